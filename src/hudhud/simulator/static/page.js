// The page: which phones stand side by side, and what the simulator tells them.

import { ask, element, words } from "./api.js";
import { showBehaviour, showFaults } from "./drawer.js";
import { Phone } from "./phone.js";

const SHOWN_AT_FIRST = 3;
const SHOWN_KEY = "hudhud.phones.shown";
const byId = (id) => document.getElementById(id);
const known = new Map(); // wa_id → what the simulator knows of a phone
const open = new Map(); // wa_id → Phone, in the order in which they stand
let numbers = [];
let kinds = {};
let shown = JSON.parse(sessionStorage.getItem(SHOWN_KEY) ?? "null");

async function load() {
  const state = await ask("GET", "state");
  known.clear();
  for (const phone of state.phones) known.set(phone.wa_id, phone);
  if (!known.size) known.set(...(await firstPhone()));
  kinds = state.kinds;
  setNumbers(state.numbers);
  showFaults(state.faults);
  showBehaviour(state.behaviour);
  shown = (shown ?? []).filter((id) => known.has(id));
  if (!shown.length) shown = [...known.keys()].reverse().slice(0, SHOWN_AT_FIRST);
  const drafts = new Map([...open].map(([id, phone]) => [id, phone.find("textarea").value]));
  open.clear();
  byId("phones").replaceChildren();
  for (const id of shown) stand(id, drafts.get(id));
  drawChips();
  for (const phone of open.values()) phone.toEnd(); // the chips took their height only now
}

async function firstPhone() {
  const phone = await ask("POST", "phones", suggestion());
  return [phone.wa_id, phone];
}

function stand(id, draft = "") {
  const phone = new Phone(known.get(id), numbers, kinds, hide);
  phone.find("textarea").value = draft;
  open.set(id, phone);
  byId("phones").append(phone.node);
  phone.toEnd();
  return phone;
}

function hide(id) {
  open.get(id)?.node.remove();
  open.delete(id);
  remember();
}

function remember() {
  shown = [...open.keys()];
  sessionStorage.setItem(SHOWN_KEY, JSON.stringify(shown));
  drawChips();
}

async function show(id) {
  known.set(id, await ask("GET", `phones/${id}`));
  const phone = open.get(id) ?? stand(id);
  remember();
  phone.node.scrollIntoView({ inline: "center", block: "nearest" });
  phone.find("textarea").focus({ preventScroll: true });
}

function drawChips() {
  const chips = [...known.values()].map((phone) => {
    const chip = element("button", "chip", phone.name);
    chip.type = "button";
    chip.setAttribute("aria-pressed", String(open.has(phone.wa_id)));
    chip.addEventListener("click", () => (open.has(phone.wa_id) && matchMedia("(min-width: 46rem)").matches
      ? hide(phone.wa_id) : show(phone.wa_id)));
    return chip;
  });
  const add = element("button", "chip add", `+ ${words.add_phone}`);
  add.type = "button";
  add.addEventListener("click", propose);
  byId("chips").replaceChildren(...chips, add);
}

function suggestion() {
  const names = words.names.split("|");
  return { name: names[known.size % names.length], wa_id: String(966500000101 + known.size) };
}

function propose() {
  const form = byId("add-form");
  const suggested = suggestion();
  form.elements.name.value = suggested.name;
  form.elements.wa_id.value = suggested.wa_id;
  byId("adder").showModal();
}

byId("add-form").addEventListener("submit", async (event) => {
  if (event.submitter?.value !== "open") return;
  const form = event.target.elements;
  const phone = await ask("POST", "phones", { name: form.name.value, wa_id: form.wa_id.value });
  known.set(phone.wa_id, phone);
  await show(phone.wa_id);
});

function setNumbers(list) {
  numbers = list;
  for (const phone of open.values()) phone.offer(numbers);
  const unready = numbers.find((number) => !number.verified);
  byId("unready").hidden = numbers.length > 0 && !unready;
  byId("unready").textContent = unready
    ? `${words.not_verified} ${unready.name} · ${unready.reason}`
    : `${words.no_number}. ${words.no_number_hint}`;
}

function meet(id) {
  if (known.has(id)) return;
  known.set(id, { wa_id: id, name: `+${id}` });
  ask("GET", `phones/${id}`).then((phone) => { known.set(id, phone); drawChips(); });
}

const on = {
  hello: () => load().then(() => { byId("lost").hidden = true; }),
  message: (message) => { meet(message.wa_id); open.get(message.wa_id)?.put(message); },
  typing: (told) => open.get(told.wa_id)?.typing(told.phone_number_id, told.until_ms),
  phone: (phone) => { known.set(phone.wa_id, { ...known.get(phone.wa_id), ...phone }); drawChips(); },
  phone_gone: (phone) => { known.delete(phone.wa_id); hide(phone.wa_id); },
  numbers: setNumbers,
  faults: showFaults,
  behaviour: showBehaviour,
  reset: () => load(),
};

const stream = new EventSource("/simulator/events");
for (const [name, deed] of Object.entries(on)) {
  stream.addEventListener(name, (event) => deed(JSON.parse(event.data)));
}
stream.addEventListener("error", () => { byId("lost").hidden = false; });
