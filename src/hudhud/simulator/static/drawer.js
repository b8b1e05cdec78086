// The drawer of failures: what is chosen here is true for every number.

import { ask, element, figure, icon, words } from "./api.js";

const byId = (id) => document.getElementById(id);
const drawer = byId("drawer");

export function showFaults(faults) {
  byId("faults").replaceChildren(...faults.map(row));
  byId("no-faults").hidden = faults.length > 0;
  byId("clear-faults").hidden = faults.length === 0;
  byId("fault-count").hidden = faults.length === 0;
  byId("fault-count").textContent = figure(faults.length);
}

export function showBehaviour(behaviour) {
  if (behaviour.script) byId("script").value = behaviour.script;
  byId("window").value = behaviour.window;
}

function row(fault) {
  const remove = element("button", "icon", icon("close"));
  remove.type = "button";
  remove.setAttribute("aria-label", words.remove);
  remove.addEventListener("click", () => ask("DELETE", `faults/${fault.id}`));
  const left = fault.calls_left === null
    ? `${figure(Math.round(fault.probability * 100))}%`
    : `${words.left} ${figure(fault.calls_left)}`;
  const label = words[`fault_${fault.kind}`] ?? fault.kind;
  return element("li", "", element("span", "", label), element("small", "", left), remove);
}

function toggle(open) {
  drawer.hidden = !open;
  byId("open-drawer").setAttribute("aria-expanded", String(open));
  (open ? byId("close-drawer") : byId("open-drawer")).focus();
}

byId("open-drawer").addEventListener("click", () => toggle(drawer.hidden));
byId("close-drawer").addEventListener("click", () => toggle(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !drawer.hidden) toggle(false);
});
byId("script").addEventListener("change", (event) => ask("PUT", "behaviour", { statuses: event.target.value }));
byId("window").addEventListener("change", (event) => ask("PUT", "behaviour", { window: event.target.value }));
byId("clear-faults").addEventListener("click", () => ask("DELETE", "faults"));
byId("fault-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  ask("POST", "faults", { kind: form.get("kind"), calls: Number(form.get("calls")) });
});
