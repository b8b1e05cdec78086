// The parts of a bubble, as every provider's messages are told in them (providers/face.py).

import { element, icon, words } from "./api.js";

const BARS = [5, 9, 14, 8, 17, 11, 20, 13, 7, 16, 10, 18, 6, 12, 15, 8, 19, 9, 13, 6];

// `act.say(what)` says something, `act.open(part)` opens a menu over the phone.
export function draw(part, act) {
  return (PARTS[part.what] ?? PARTS.note)(part, act);
}

const PARTS = {
  header: (part) => worded("p", "header", part.text),
  text: (part) => worded("p", "text", part.text),
  footer: (part) => worded("p", "footer", part.text),
  note: (part) => worded("p", "quiet", words[part.text] ?? part.text),
  media: (part) => (MEDIA[part.kind] ?? MEDIA.document)(part),
  place,
  card,
  options: (part, act) => element("div", "choices", ...part.options.map((one) => pressed(one, act))),
  menu: (part, act) => {
    const button = element("button", "", icon("list"), part.text);
    button.type = "button";
    button.addEventListener("click", () => act.open(part));
    return element("div", "choices", button);
  },
};

const MEDIA = {
  image: (part) => picture(part, "picture"),
  sticker: (part) => picture(part, "sticker"),
  video: (part) => link(part.url, "video", icon("play")),
  audio: (part) => {
    const play = element("button", "icon play", icon("play"));
    play.type = "button";
    play.setAttribute("aria-label", words.audio);
    play.addEventListener("click", () => new Audio(part.url).play().catch(() => {}));
    const wave = element("span", "wave", ...BARS.map(bar));
    wave.setAttribute("aria-hidden", "true");
    return element("p", "audio", play, wave);
  },
  document: (part) => link(part.url, "card file", icon("paper", "sign"), words_of(part.text || words.document)),
};

function picture(part, className) {
  const image = element("img", className);
  image.src = part.url;
  image.alt = words.image;
  image.loading = "lazy";
  image.addEventListener("error", () => image.replaceWith(link(part.url, "card", icon("image", "sign"), words_of(words.image, part.url))));
  return image;
}

function bar(height) {
  const made = element("i");
  made.style.blockSize = `${height}px`;
  return made;
}

function place(part) {
  const at = `${part.latitude ?? 0}, ${part.longitude ?? 0}`;
  const map = element("span", "map", icon("location"));
  const address = `https://www.openstreetmap.org/?mlat=${part.latitude ?? 0}&mlon=${part.longitude ?? 0}#map=16/${part.latitude ?? 0}/${part.longitude ?? 0}`;
  return link(address, "place", map, words_of(part.text || at, part.detail || (part.text ? at : "")));
}

function card(part, act) {
  const sign = part.url ? picture(part, "sign") : icon(part.kind || "paper", "sign");
  const body = element("div", "card", sign, words_of(part.text, part.detail));
  if (!part.options?.length) return body;
  return element("div", "carded", body, element("div", "choices", ...part.options.map((one) => pressed(one, act))));
}

export function pressed(option, act) {
  const label = words_of(option.title, option.description);
  if (option.url) {
    const made = link(option.url, "button", icon("link"), label);
    return made;
  }
  const made = element("button", "", label);
  made.type = "button";
  made.disabled = !option.say;
  made.addEventListener("click", () => act.say(option.say));
  return made;
}

function words_of(title, detail = "") {
  const made = element("span", "words", worded("strong", "", title));
  if (detail) made.append(worded("small", "", detail));
  return made;
}

function worded(tag, className, text) {
  const made = element(tag, className, text ?? "");
  made.dir = "auto";
  return made;
}

// What the product sent may hold any address: only one of the web is opened.
function link(url, className, ...children) {
  const safe = /^(https?:\/\/|\/simulator\/)/.test(url ?? "");
  const made = element(safe ? "a" : "span", className, ...children);
  if (safe) Object.assign(made, { href: url, target: "_blank", rel: "noopener noreferrer" });
  return made;
}
