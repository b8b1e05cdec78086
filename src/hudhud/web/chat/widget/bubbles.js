// Messages: words, files, cards and answers to tap, in the order of their numbers.
const shown = new Map();
const choices = (list, tapped) => make("div", { class: "choices" }, ...list.map((one) => {
  if (one.link) return outward(one.link, make("bdi", {}, one.title));
  const button = make("button", { type: "button", dir: "auto" }, one.title);
  button.onclick = () => { tapped(one); box.focus(); };
  return button;
}));
const aligned = (name, text = "") => make(name, { dir: direction(text) }, text);
const tap = ({ id, title }) => say({ text: title, choice: id });
const picture = (link, alt, instead = alt || T.file) => {
  const image = make("img", { src: address(link), alt, loading: "lazy" }), around = outward(link, image);
  // The site's own policy may forbid foreign pictures: then it is a link.
  image.onerror = () => { if (instead) image.replaceWith(instead); else around.remove(); };
  image.onload = () => { if (atEnd()) toEnd(); };
  return around;
};
const file = ({ kind, link, name }) => {
  if (!link) return make("span", { class: "file" }, name || T.file);
  if (kind === "image" || kind === "sticker") return picture(link, name || T.image);
  if (kind === "audio") return make("audio", { controls: "", preload: "none", src: address(link) });
  if (kind === "video") return make("video", { controls: "", preload: "none", src: address(link) });
  return make("span", { class: "file" }, outward(link, make("bdi", {}, name || T.file)));
};
const parts = {
  media: (sent) => sent.link ? [file({ kind: sent.type, link: sent.link, name: sent.file_name || sent.caption })] : [],
  buttons: (sent) => [choices(sent.buttons, tap)],
  list: (sent) => sent.sections.map((section) =>
    make("div", { role: "group", "aria-label": section.title || sent.button }, aligned("b", section.title), choices(section.rows, tap))),
  link_button: (sent) => [choices([sent])],
  location: (sent) => [outward(`https://www.openstreetmap.org/?mlat=${Number(sent.latitude)}&mlon=${Number(sent.longitude)}`, T.map)],
  contacts: (sent) => sent.cards.map((card) => make("p", { class: "card-of" }, make("bdi", {}, card.name), " ",
    make("a", { href: "tel:" + card.phone.replace(/[^\d+]/g, ""), dir: "ltr" }, card.phone))),
  carousel: (sent) => [make("ul", { class: "row", tabindex: "0", "aria-label": T.cards }, ...sent.elements.map((one) => make("li", {},
    ...(one.image_link ? [picture(one.image_link, one.title, "")] : []),
    aligned("b", one.title), aligned("p", one.subtitle),
    choices([...(one.link ? [{ title: T.look, link: one.link }] : []), ...one.buttons], tap))))],
};
const inside = (message) => {
  const sent = message.content || {}, list = sent.kind === "carousel";
  const around = [sent.header, list ? "" : message.text, sent.footer];
  // A file's or a place's words only say again what is shown.
  const bare = sent.kind === "media" && message.text !== sent.caption || sent.kind === "contacts";
  return [
    ...(message.about && shown.has(message.about) ? [make("blockquote", { dir: "auto" }, shown.get(message.about).textContent.slice(0, 120))] : []),
    ...(message.files || []).map(file),
    ...(sent.kind === "media" ? parts.media(sent) : []),
    ...around.filter((text) => text && !bare).map(words),
    ...(parts[sent.kind] && sent.kind !== "media" ? parts[sent.kind](sent) : []),
  ];
};
const mark = (node) => {
  const seq = Number(node.dataset.seq);
  const name = node.classList.contains("waiting") ? "pending" : seq && seq <= heard ? "heard" : "sent";
  const sign = node.querySelector(".mark");
  if (sign) { sign.className = "mark " + name; sign.title = T[name]; sign.setAttribute("aria-label", T[name]); }
};
const draw = (message, waiting) => {
  const known = shown.get(message.id), own = message.from === "visitor";
  const node = known || make("div", {});
  const files = (message.files || []).length && !node.querySelector(".file,img,audio,video");
  node.className = "m " + message.from + (waiting ? " waiting" : "");
  if (!known || files) {
    node.replaceChildren(make("span", { class: "who" }, T[own ? "you" : message.from] || ""), ...inside(message),
      make("span", { class: "foot" }, make("time", {}, clock(message.at || Date.now() / 1000)),
        ...(own ? [make("span", { class: "mark", role: "img" })] : [])));
    shown.set(message.id, node);
  }
  if (message.at) node.dataset.at = message.at;
  if (message.seq) node.dataset.seq = message.seq;
  // By sequence number; what waits has none and stays last.
  const place = Number(message.seq || Infinity);
  const later = [...log.querySelectorAll(".m")].find((other) => other !== node && Number(other.dataset.seq || Infinity) > place);
  if (!known || node.nextElementSibling !== (later || null)) log.insertBefore(node, later || null);
  mark(node);
};
// Who begins to speak is named once; a day is named where it begins; only the last question can be answered.
const tidy = () => {
  log.querySelectorAll(".day").forEach((line) => line.remove());
  let before = "", today = "";
  const all = [...log.querySelectorAll(".m")];
  all.forEach((node, at) => {
    const on = node.dataset.at ? day(Number(node.dataset.at)) : today;
    if (on !== today && node.dataset.at) {
      log.insertBefore(make("div", { class: "day", "aria-hidden": "true" }, on), node);
      before = "";
    }
    today = on;
    const whose = node.classList[1];
    node.classList.toggle("first", whose !== before);
    before = whose;
    const answered = all.slice(at + 1).some((other) => other.classList.contains("visitor"));
    node.querySelectorAll(".choices button").forEach((button) => { button.disabled = answered; });
  });
};
