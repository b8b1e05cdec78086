// Live pages. The page reads itself again and swaps the parts that changed; scroll, focus, open
// details and typed words stay. Without this script every page still works: it is only older.

const STEP_MS = 250; // a storm of changes is drawn at most this often
const SLOW_MS = 10_000; // when there is no stream
const CLOSED = 409;
const STREAM_QUIET_MS = 15_000; // the server speaks every 5 s
const MINUTE = 60, HOUR = 3600, DAY = 86400;

const body = document.body;
const units = body.dataset.units.split("|");
let aheadS = 0; // how far this clock is ahead of the server's

// --- ages -----------------------------------------------------------------------------------
function digits(number) {
  const text = String(number);
  return body.dataset.digits === "arabic" ? text.replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩"[d]) : text;
}

function short(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const [size, unit] = s >= DAY ? [DAY, 3] : s >= HOUR ? [HOUR, 2] : s >= MINUTE ? [MINUTE, 1] : [1, 0];
  return units[unit].replace("#", digits(Math.floor(s / size)));
}

function tick() {
  const now = Date.now() / 1000 - aheadS;
  for (const age of document.querySelectorAll("[data-since], [data-until]")) {
    const { since, until } = age.dataset;
    const said = short(since === undefined ? until - now : now - since);
    if (age.textContent !== said) age.textContent = said;
  }
}

function setClock(page) {
  const now = Number(page.querySelector("[data-now]")?.dataset.now);
  if (now) aheadS = Date.now() / 1000 - now;
}

// --- swapping -------------------------------------------------------------------------------
const drawn = new Map(); // what the server last said of each region; ages tick in the page itself

function swap(page) {
  for (const fresh of page.querySelectorAll("[data-region]")) {
    const old = document.getElementById(fresh.id);
    if (!old || drawn.get(fresh.id) === fresh.innerHTML) continue;
    drawn.set(fresh.id, fresh.innerHTML);
    if (holds(old)) continue;
    const atEnd = old.scrollHeight - old.scrollTop - old.clientHeight < 48;
    const top = old.scrollTop;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const open = [...old.querySelectorAll("details[open]")].map((details) => details.id);
    old.replaceChildren(...document.adoptNode(fresh).childNodes);
    old.className = fresh.className;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) (document.getElementById(focused.id) ?? again(old, focused))?.focus({ preventScroll: true });
    old.scrollTop = old.dataset.scroll === "end" && atEnd ? old.scrollHeight : top;
  }
  document.title = page.title || document.title;
  setClock(page);
  tick();
}

function holds(region) {
  // Words that are being selected are not torn away.
  const selection = getSelection();
  if (!selection.isCollapsed && region.contains(selection.anchorNode)) {
    drawn.delete(region.id);
    return true;
  }
  // Neither is a sound that somebody listens to; the page looks again when it ends.
  if ([...region.querySelectorAll("audio, video")].some((player) => !player.paused)) {
    drawn.delete(region.id);
    return true;
  }
  return false;
}

function again(region, element) {
  const name = element.tagName === "A" ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : element.localName;
  return element.value ? region.querySelector(`${name}[value="${CSS.escape(element.value)}"]`) : region.querySelector(name);
}

// --- looking again --------------------------------------------------------------------------
let looking = false, lookAfter = false, lastLook = 0;

async function look() {
  if (looking) { lookAfter = true; return; }
  looking = true;
  await new Promise((done) => setTimeout(done, Math.max(0, lastLook + STEP_MS - Date.now())));
  lastLook = Date.now();
  lookAfter = false;
  try {
    const response = await fetch(location.href, { headers: { "Hudhud-Parts": "1" }, cache: "no-store" });
    if (response.status === 401) { location.reload(); return; }
    if (response.ok) swap(await pageOf(response));
    alive(response.ok);
  } catch {
    alive(false);
  } finally {
    looking = false;
    if (lookAfter) look();
  }
}

async function pageOf(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function alive(yes) {
  document.getElementById("unlive").hidden = yes;
}

// --- the stream: only while somebody looks, for a browser has six connections to a server -----
let stream = null, heardAt = 0;

function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
    return;
  }
  if (stream) return;
  stream = new EventSource("/live");
  heardAt = Date.now();
  stream.onmessage = (event) => {
    heardAt = Date.now();
    const { typing, refresh } = JSON.parse(event.data);
    if (typing) showTyping(typing);
    if (!typing || refresh) look();
  };
  stream.onerror = () => { if (stream?.readyState === EventSource.CLOSED) { stream = null; } };
}

setInterval(() => {
  if (document.hidden) return;
  if (!stream || Date.now() - heardAt > STREAM_QUIET_MS) look();
}, SLOW_MS);
document.addEventListener("visibilitychange", () => { listen(); if (!document.hidden) look(); });
addEventListener("pagehide", () => { stream?.close(); stream = null; });
addEventListener("pageshow", listen);

document.addEventListener("pause", () => setTimeout(look), true);

// --- who types: told while it happens, and forgotten --------------------------------------
const TYPING_MS = 3000;
let typedAt = 0, hiding = 0;

function showTyping([conversation, by]) {
  const line = document.getElementById("typing");
  if (by !== "visitor" || line?.dataset.conversation !== String(conversation)) return;
  line.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { line.hidden = true; }, 2 * TYPING_MS);
}

document.addEventListener("input", ({ target }) => {
  const address = target.form?.dataset.typing;
  if (!address || !target.value.trim() || Date.now() - typedAt < TYPING_MS) return;
  typedAt = Date.now();
  fetch(address, { method: "POST", body: new URLSearchParams() }).catch(() => {});
});

// --- answering without leaving the page -----------------------------------------------------
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-quiet]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button"), wrong = form.querySelector("[data-wrong]"), text = form.elements.text;
  const fields = new FormData(form), file = fields.get("file");
  if (!file?.size) fields.delete("file");
  if (!file?.size && !fields.get("text").trim()) { text.focus(); return; }
  let told = "";
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: file?.size ? fields : new URLSearchParams(fields), headers: { "Hudhud-Parts": "1" } });
    const page = await pageOf(response);
    told = page.querySelector("#composer .wrong:not([data-wrong])")?.textContent ?? "";
    if (response.status === CLOSED && offer(page)) return;
    if (!response.ok) throw new Error(response.status);
    // Words that were typed while these ones left stay.
    text.value = text.value.startsWith(fields.get("text")) ? text.value.slice(fields.get("text").length) : text.value;
    if (file?.size && form.elements.file.files[0] === file) form.elements.file.value = "";
    form.elements.file?.dispatchEvent(new Event("change"));
    form.elements.key.value = page.querySelector("input[name=key]").value;
    wrong.hidden = true;
    swap(page);
    const messages = document.getElementById("messages");
    messages.scrollTop = messages.scrollHeight;
    alive(true);
  } catch {
    // The key stays: sending once more cannot send twice.
    wrong.textContent = told || wrong.dataset.wrong;
    wrong.hidden = false;
  } finally {
    button.disabled = false;
    text.focus();
  }
});

// The window closed meanwhile: the words stay to be read, and what may leave instead is offered.
function offer(page) {
  const fresh = page.getElementById("answer");
  if (!fresh?.querySelector("#picker")) return false;
  document.getElementById("answer").replaceWith(document.adoptNode(fresh));
  document.getElementById("picker").scrollIntoView({ block: "nearest" });
  return true;
}

setClock(document);
setInterval(tick, 1000);
tick();
const messages = document.getElementById("messages");
if (messages && !location.search.includes("older=")) messages.scrollTop = messages.scrollHeight;
document.querySelector(".row[aria-current]")?.scrollIntoView({ block: "nearest" });
listen();
