// One message as the phone shows it.

import { clockTime, element, icon, words } from "./api.js";
import { draw } from "./parts.js";

const TICKS = { accepted: "clock", waiting: "clock", sent: "tick-one", delivered: "tick-two", read: "tick-two" };
const QUOTE_CHARS_MAX = 120;

// `act`: say, open, deeds, `find` for the message that this one answers, `label` of a kind.
export function bubble(message, act) {
  const item = element("li", message.noted ? "noted" : `bubble ${message.mine ? "mine" : "theirs"}`);
  item.dataset.wamid = message.wamid;
  if (message.noted) {
    item.append(element("p", "", act.label(message.kind)));
    return item;
  }
  if (message.face[0]?.kind === "sticker") item.classList.add("bare");
  if (message.revoked) {
    item.append(element("p", "quiet", icon("bin"), words.revoked));
  } else {
    const quoted = message.reply_to && act.find(message.reply_to);
    if (quoted) item.append(quote(quoted, act));
    item.append(...tags(message), ...message.face.map((part) => draw(part, act)));
  }
  item.append(foot(message, act));
  if (message.reaction) item.append(element("span", "reaction", message.reaction));
  return item;
}

export function gist(message, act) {
  return (message.text || message.face?.[0]?.text || act.label(message.kind)).slice(0, QUOTE_CHARS_MAX);
}

function quote(message, act) {
  const text = element("p", "", gist(message, act));
  text.dir = "auto";
  return element("blockquote", message.mine ? "mine" : "", text);
}

function tags(message) {
  const told = message.more ?? {};
  const named = [
    told.forwarded && words.forwarded,
    told.ad && `${words.from_ad} ${told.ad}`,
    told.asked_product && `${words.about_product} ${told.asked_product}`,
    message.kind === "echo" && words.echo,
  ].filter(Boolean);
  return named.map((name) => element("small", "tag", name));
}

function more(message, act) {
  const button = element("button", "icon more", icon("more"));
  button.type = "button";
  button.setAttribute("aria-label", words.more);
  button.addEventListener("click", () => act.deeds(message));
  return button;
}

function foot(message, act) {
  const time = element("time", "", clockTime(message.at_ms));
  time.dateTime = new Date(message.at_ms).toISOString();
  const line = element("small", "foot", time);
  if (message.edited && !message.revoked) line.prepend(element("span", "", words.edited));
  if (!message.revoked) line.prepend(more(message, act));
  if (message.mine) {
    const tick = icon(TICKS[message.tick] ?? "clock", `tick ${message.tick}`);
    tick.setAttribute("role", "img");
    tick.setAttribute("aria-label", words[`tick_${message.tick}`] ?? words.waiting);
    line.append(tick);
  }
  return line;
}
