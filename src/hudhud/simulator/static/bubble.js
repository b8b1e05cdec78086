// One message as the phone shows it.

import { clockTime, element, icon, words } from "./api.js";

const PICTURES = {
  image: "image", video: "image", sticker: "image", audio: "audio", location: "location",
  document: "paper", contacts: "paper", order: "paper", template: "paper", unsupported: "paper",
};
const TICKS = { accepted: "clock", waiting: "clock", sent: "tick-one", delivered: "tick-two", read: "tick-two" };

// `answer(kind, {id, title})` is called when a button or a row of the message is pressed.
export function bubble(message, answer) {
  const item = element("li", `bubble ${message.mine ? "mine" : "theirs"}`);
  item.dataset.wamid = message.wamid;
  if (message.revoked) {
    item.append(element("p", "quiet", words.revoked));
  } else {
    item.append(...body(message), ...choices(message, answer));
  }
  item.append(foot(message));
  if (message.reaction) item.append(element("span", "reaction", message.reaction));
  return item;
}

function body(message) {
  const parts = [];
  if (PICTURES[message.kind]) {
    parts.push(element("p", `media ${message.kind}`, icon(PICTURES[message.kind]), element("span", "", words[message.kind])));
  }
  if (message.text) {
    const text = element("p", "text", message.text);
    text.dir = "auto";
    parts.push(text);
  }
  return parts;
}

function choices(message, answer) {
  const action = message.content?.interactive?.action;
  if (message.mine || !action) return [];
  const rows = (action.sections ?? []).flatMap((section) => section.rows ?? []);
  const replies = (action.buttons ?? []).map((button) => button.reply).filter(Boolean);
  const offered = [
    ...replies.map((reply) => ["button_reply", reply]),
    ...rows.map((row) => ["list_reply", row]),
  ].map(([kind, one]) => {
    const button = element("button", "", one.title);
    button.type = "button";
    button.dir = "auto";
    button.addEventListener("click", () => answer(kind, one));
    return button;
  });
  return offered.length ? [element("div", "choices", ...offered)] : [];
}

function foot(message) {
  const time = element("time", "", clockTime(message.at_ms));
  time.dateTime = new Date(message.at_ms).toISOString();
  const line = element("small", "foot", time);
  if (message.edited && !message.revoked) line.prepend(element("span", "", words.edited));
  if (message.mine) {
    const tick = icon(TICKS[message.tick] ?? "clock", `tick ${message.tick}`);
    tick.setAttribute("role", "img");
    tick.setAttribute("aria-label", words[`tick_${message.tick}`] ?? words.waiting);
    line.append(tick);
  }
  return line;
}
