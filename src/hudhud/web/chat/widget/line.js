// The line to the server: what is kept in the page, what leaves once, what is heard, and what follows a failure.
const RETRY_MS_MAX = 30000, FIRST_MS = 8000, QUIET_MS = 30000, POLL_S = 20, TYPING_MS = 3000, NEW_MS = 4000, QUEUE_MAX = 200, PART = 10;
const user = tag.dataset.user || "", named = "hudhud:" + S.key + ":", place = named + encodeURIComponent(user) + ":";
const held = new Map(); // what the browser does not keep: a private window, a full shelf
const recall = (name) => {
  if (held.has(name)) return held.get(name);
  try { return localStorage.getItem(place + name); } catch { return null; }
};
const keep = (name, value) => {
  held.delete(name);
  try {
    if (value === null) localStorage.removeItem(place + name); else localStorage.setItem(place + name, value);
  } catch { if (value !== null) held.set(name, value); }
};
// Who signs in takes along what they said as a guest; the next guest of this browser begins anew.
const moveGuest = () => {
  try {
    if (!user || recall("token")) return;
    Object.keys(localStorage).filter((key) => key.startsWith(named + ":")).forEach((key) => {
      localStorage.setItem(place + key.slice(named.length + 1), localStorage.getItem(key));
      localStorage.removeItem(key);
    });
  } catch { /* nothing is kept here at all */ }
};
const queue = new Map(), uploads = new Map();
const waiting = () => {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(place + "out:")).map((key) => JSON.parse(localStorage.getItem(key)))
      .sort((one, other) => one.at - other.at).forEach((message) => queue.set(message.id, message));
  } catch { /* nothing is kept here at all */ }
};
let after = 0, missing = [], heard = 0, answering = false, typedAt = 0, trouble = "", refusal = "", failures = 0, streams = "body" in Response.prototype;
let bell = () => {}, current = null, sending = false, again = 0, latest = 0, lastType = 0;

const rest = (ms) => new Promise((done) => {
  const timer = setTimeout(done, ms);
  bell = () => { clearTimeout(timer); done(); };
});
const reach = async (path, { body, raw, type, signal, renewed } = {}) => {
  const token = recall("token");
  const headers = { ...(token && { authorization: "Bearer " + token }), ...((body || raw) && { "content-type": type || "application/json" }) };
  const answer = await fetch(base + path, { method: body || raw ? "POST" : "GET", headers, body: raw || (body && JSON.stringify(body)), signal, credentials: "omit" });
  if (answer.status === 401 && !renewed) {
    await begin();
    return reach(path, { body, raw, type, signal, renewed: true });
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(told.error), { say: told.say?.[language], wait: Number(answer.headers.get("retry-after")) * 1000,
    refused: answer.status === 422 || answer.status === 413 });
};
const begin = async () => {
  const answer = await reach("/session", { body: { token: recall("token") || "", user, signature: tag.dataset.signature || "" }, renewed: true });
  keep("token", (await answer.json()).token);
};
const tell = () => {
  const typing = answering || Date.now() < typedAt;
  dots.hidden = !!(refusal || trouble) || !typing;
  told.textContent = refusal || trouble || (queue.size + uploads.size && !navigator.onLine ? T.offline : typing ? T.answering : "");
  const unread = [...log.querySelectorAll(".m:not(.visitor)")].filter((node) => Number(node.dataset.seq) > Number(recall("seen") || 0.5)).length;
  badge.textContent = unread > 99 ? "99+" : unread;
  badge.hidden = !unread;
  opener.setAttribute("aria-label", unread ? T.open + " – " + T.unread + ": " + unread : T.open);
};
const fail = (error) => {
  if (error.name === "AbortError") return 0;
  trouble = error.say || T.offline;
  tell();
  return Math.max(error.wait || 0, Math.min(RETRY_MS_MAX, 1000 * 2 ** failures++) * (0.5 + Math.random()));
};
// Read is what stood on an open, visible panel.
const look = () => {
  if (panel.hidden || document.hidden || latest <= Number(recall("seen") || 0)) return;
  keep("seen", String(latest));
  reach("/seen", { body: { until: latest } }).catch(() => {});
};
const take = (news) => {
  failures = 0;
  trouble = "";
  if (news.typing) { typedAt = Date.now() + 2 * TYPING_MS; setTimeout(tell, 2 * TYPING_MS + 50); tell(); return; }
  const stay = atEnd();
  news.messages.forEach((message) => {
    latest = Math.max(latest, message.seq);
    if (message.from !== "visitor") typedAt = 0;
    draw(message);
  });
  ({ after, missing, answering, heard } = news);
  if (after) keep("known", "1");
  log.querySelectorAll(".visitor").forEach(mark);
  if (news.messages.length) tidy();
  if (stay && news.messages.length) toEnd();
  look();
  tell();
};
const from = () => `?after=${after}&missing=${missing}`;
// Nothing is there yet. What was taken a moment ago may still be on its way into the thread.
const unknown = () => {
  if (log.querySelector(".visitor")) return rest(NEW_MS);
  keep("known", null);
};
const stream = async () => {
  const cut = new AbortController();
  let late = false, told = false, timer = 0;
  const soon = (ms) => { clearTimeout(timer); timer = setTimeout(() => { late = true; cut.abort(); }, ms); };
  current = cut;
  soon(FIRST_MS);
  try {
    const answer = await reach("/events" + from(), { signal: cut.signal });
    if (answer.status === 204) { await unknown(); return; }
    const reader = answer.body.getReader(), decoder = new TextDecoder();
    for (let text = ""; ;) {
      const { value, done } = await reader.read();
      if (done) break;
      told = true;
      soon(QUIET_MS);
      text += decoder.decode(value, { stream: true });
      const whole = text.split("\n\n");
      text = whole.pop();
      whole.filter((one) => one.startsWith("data: ")).forEach((one) => take(JSON.parse(one.slice(6))));
    }
    await rest(200 + Math.random() * 1000);
  } catch (error) {
    // Something between us gathers the bytes: from now on we ask, and it waits with the answer.
    if (late && !told) { streams = false; return; }
    if (!late) throw error;
  } finally {
    clearTimeout(timer);
    current = null;
  }
};
const poll = async (wait) => {
  current = new AbortController();
  const answer = await reach(`/messages${from()}&wait=${wait}`, { signal: current.signal });
  take(await answer.json());
  if (!after && wait) await unknown();
};
const follow = async () => {
  for (;;) {
    if (document.hidden || !recall("token") || !recall("known")) { await rest(3600000); continue; }
    try { await (streams ? stream() : poll(POLL_S)); } catch (error) { await rest(fail(error)); }
  }
};
const wake = () => { send(); bell(); };
const opened = async () => {
  look(); tell();
  if (isPreview) return;
  try {
    if (!recall("token")) await begin();
    if (!recall("known")) await poll(0);
    log.setAttribute("aria-live", "polite");
  } catch (error) { fail(error); }
  wake();
};
const put = async () => {
  for (const [id, chosen] of uploads) {
    const answer = await reach(`/files?name=${encodeURIComponent(chosen.name.slice(-120))}`, { raw: chosen, type: chosen.type || "application/octet-stream" });
    hand({ id, text: "", files: [(await answer.json()).file], at: Date.now() });
    uploads.delete(id);
  }
};
const leave = async () => {
  let size = PART;
  while (queue.size) {
    const part = [...queue.values()].slice(0, size);
    try {
      await reach("/messages", { body: { messages: part } });
      keep("known", "1");
    } catch (error) {
      // What can never be taken must not stop what stands behind it.
      if (!error.refused) throw error;
      if (part.length > 1) { size = 1; continue; }
      refusal = error.say;
      shown.get(part[0].id)?.classList.add("refused");
    }
    part.forEach(gone);
  }
};
const gone = ({ id }) => {
  queue.delete(id);
  keep("out:" + id, null);
  const node = shown.get(id);
  if (node) { node.classList.remove("waiting"); mark(node); }
};
// Whatever was said leaves in its order; the same id again is the same message.
const send = async () => {
  if (sending || !(queue.size + uploads.size)) return;
  sending = true;
  clearTimeout(again);
  try {
    if (!recall("token")) await begin();
    for (const [id] of uploads) if (queue.has(id)) uploads.delete(id);
    await leave();
    await put();
    await leave();
    failures = 0;
    bell();
  } catch (error) {
    // It stays until they say something else: the next answer would take it away unread.
    if (error.refused) { refusal = error.say; for (const [id] of uploads) { shown.get(id)?.classList.add("refused"); uploads.delete(id); break; } }
    again = setTimeout(send, fail(error));
  }
  sending = false;
  tell();
};
const hand = (message) => { queue.set(message.id, message); keep("out:" + message.id, JSON.stringify(message)); };
const fresh = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const say = (message) => {
  if (isPreview || queue.size >= QUEUE_MAX) return false;
  refusal = "";
  const whole = { id: fresh(), at: Date.now(), ...message };
  hand(whole);
  draw({ ...whole, from: "visitor", at: whole.at / 1000 }, true);
  tidy(); toEnd();
  send();
  return true;
};
const attach = (chosen) => {
  if (isPreview || uploads.size >= PART) return;
  const id = fresh(), fits = chosen.size && chosen.size <= S.bytes_max;
  refusal = fits ? "" : T.too_large;
  if (!fits) { tell(); return; }
  uploads.set(id, chosen);
  const link = /^image\//.test(chosen.type) ? URL.createObjectURL(chosen) : "";
  draw({ id, text: "", from: "visitor", at: Date.now() / 1000, files: [{ kind: link ? "image" : "document", link, name: chosen.name }] }, true);
  tidy(); toEnd();
  send();
};
const types = () => {
  if (isPreview || !recall("known") || !box.value.trim() || Date.now() - lastType < TYPING_MS) return;
  lastType = Date.now();
  reach("/typing", { body: {} }).catch(() => {});
};
