// The widget. What others wrote only ever becomes text: nothing here makes markup of data.
const tag = document.currentScript;
const base = new URL(tag.src).href.replace(/\/widget\.js.*$/, "");
const said = tag.dataset.lang || document.documentElement.lang || navigator.language || "ar";
const language = /^ar/i.test(said) ? "ar" : "en", T = S[language];
const POLL_MS = 2000, IDLE_MS = 10000, RETRY_MS_MAX = 30000, QUEUE_MAX = 200;
const place = "hudhud:" + S.key;
const kept = { token: "", queue: [], seen: 0 };
try { Object.assign(kept, JSON.parse(localStorage.getItem(place) || "{}")); } catch { /* private window */ }
const keep = () => { try { localStorage.setItem(place, JSON.stringify(kept)); } catch { /* in memory only */ } };
const shown = new Map();
let after = 0, timer = 0, failures = 0, busy = false, again = false, latest = 0, answering = false, trouble = "";

const host = document.createElement("div");
const shadow = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
shadow.adoptedStyleSheets = [sheet];
const make = (name, attributes, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const onPage = "page" in tag.dataset;
const badge = make("span", { class: "badge", hidden: "" });
const opener = make("button", { class: "open", type: "button", "aria-label": T.open, "aria-expanded": "false" }, "✉", badge);
const closer = make("button", { class: "close", type: "button", "aria-label": T.close }, "×");
const log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": T.label, tabindex: "0" });
const state = make("div", { class: "state", role: "status" });
const box = make("textarea", { rows: "1", maxlength: "4000", dir: "auto", placeholder: T.write, "aria-label": T.write });
const form = make("form", {}, box, make("button", { type: "submit" }, T.send));
const panel = make("section", { class: "panel", role: "dialog", "aria-label": S.title, hidden: "" },
  make("header", {}, make("span", { dir: "auto" }, S.title), closer), log, state, form);
const root = make("div", { class: "root " + S.position + (onPage ? " page" : ""), lang: language, dir: language === "ar" ? "rtl" : "ltr" }, panel, opener);
root.style.setProperty("--accent", S.accent);
shadow.append(root);

const direction = (text) => {
  const right = (text.match(/[\u0590-\u08ff\ufb1d-\ufefc]/g) || []).length;
  const left = (text.match(/[A-Za-z\u00c0-\u024f]/g) || []).length;
  return left > right ? "ltr" : "rtl";
};
const draw = (message, waiting) => {
  const known = shown.get(message.id);
  const node = known || make("div", { class: "m", dir: direction(message.text) });
  node.className = "m " + message.from + (waiting ? " waiting" : "");
  if (!known) {
    // Numbers of several digits stay in one piece and in their own direction.
    message.text.split(/(\+?[\d٠-٩۰-۹][\d٠-٩۰-۹ .,:\/-]*[\d٠-٩۰-۹])/).forEach((part, index) =>
      node.append(index % 2 ? make("bdi", { dir: "ltr" }, part) : part));
    shown.set(message.id, node);
  }
  if (message.seq) node.dataset.seq = message.seq;
  // By sequence number; what waits has none and stays last.
  const later = [...log.children].find((other) => other !== node && Number(other.dataset.seq || Infinity) > Number(message.seq || Infinity));
  if (!known || message.seq) log.insertBefore(node, later || null);
};
const tell = () => {
  state.textContent = trouble || (kept.queue.length ? T.waiting : answering ? T.answering : "");
};
const count = () => {
  const unread = [...log.children].filter((n) => !n.classList.contains("visitor") && Number(n.dataset.seq) > kept.seen).length;
  badge.textContent = unread > 99 ? "99+" : unread;
  badge.hidden = !unread;
  opener.setAttribute("aria-label", unread ? T.open + " – " + T.unread + ": " + unread : T.open);
};
const ask = async (path, body, renewed) => {
  const headers = { ...(kept.token && { authorization: "Bearer " + kept.token }), ...(body && { "content-type": "application/json" }) };
  const answer = await fetch(base + path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), credentials: "omit" });
  if (answer.status === 401 && !renewed) { await begin(); return ask(path, body, true); }
  const told = await answer.json();
  if (answer.ok) return told;
  throw Object.assign(new Error(told.error), { say: told.say && told.say[language], wait: Number(answer.headers.get("retry-after")) * 1000, refused: answer.status === 422 || answer.status === 413 });
};
const begin = async () => {
  const { user = "", signature = "" } = tag.dataset;
  kept.token = (await ask("/session", { token: kept.token, user, signature }, true)).token;
  keep();
};
const leave = async () => {
  while (kept.queue.length) {
    const part = kept.queue.slice(0, 10);
    try { await ask("/messages", { messages: part }); } catch (error) {
      // What can never be taken must not stop what stands behind it.
      if (!error.refused) throw error;
      trouble = error.say;
    }
    part.forEach(({ id }) => shown.get(id)?.classList.remove("waiting"));
    kept.queue = kept.queue.filter((one) => !part.some(({ id }) => id === one.id));
    keep();
  }
};
const look = async () => {
  let told;
  do {
    told = await ask("/messages?after=" + after);
    told.messages.forEach((message) => { latest = Math.max(latest, message.seq); draw(message); });
    after = told.next;
  } while (told.more);
  answering = told.answering;
  if (told.messages.length) log.scrollTop = log.scrollHeight;
};
const turn = async () => {
  clearTimeout(timer);
  if (busy) { again = true; return; }
  busy = true;
  let wait = panel.hidden || document.hidden ? IDLE_MS : POLL_MS;
  try {
    if (!kept.token) await begin();
    trouble = "";
    await leave();
    await look();
    failures = 0;
  } catch (error) {
    trouble = error.say || T.offline;
    wait = Math.max(error.wait || 0, Math.min(RETRY_MS_MAX, 1000 * 2 ** failures++) * (0.5 + Math.random()));
  }
  busy = false;
  if (!panel.hidden && !document.hidden && latest > kept.seen) { kept.seen = latest; keep(); }
  tell(); count();
  timer = setTimeout(turn, again ? 0 : wait);
  again = false;
};
const open = () => {
  panel.hidden = false; opener.hidden = true;
  opener.setAttribute("aria-expanded", "true");
  box.focus();
  turn();
};
const close = () => {
  panel.hidden = true; opener.hidden = false;
  opener.setAttribute("aria-expanded", "false");
  opener.focus();
};
opener.onclick = open;
closer.onclick = close;
form.onsubmit = (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text || kept.queue.length >= QUEUE_MAX) return;
  const id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  kept.queue.push({ id, text });
  keep();
  draw({ id, text, from: "visitor" }, true);
  log.scrollTop = log.scrollHeight;
  box.value = "";
  turn();
};
panel.onkeydown = (event) => {
  if (event.key === "Escape" && !onPage) close();
  if (event.key === "Enter" && !event.shiftKey && event.target === box && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  if (event.key !== "Tab" || onPage) return;
  const stops = [closer, log, box, form.lastChild], at = stops.indexOf(shadow.activeElement);
  event.preventDefault();
  stops[(at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length].focus();
};
addEventListener("online", turn);
document.addEventListener("visibilitychange", () => { if (!document.hidden && kept.token) turn(); });
draw({ id: "greeting", seq: 0.5, text: T.greeting, from: "assistant" });
kept.queue.forEach((message) => draw({ ...message, from: "visitor" }, true));
const start = () => { document.body.append(host); if (onPage) open(); else if (kept.token) turn(); };
if (document.body) start(); else addEventListener("DOMContentLoaded", start);
