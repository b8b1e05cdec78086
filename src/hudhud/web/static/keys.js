// Everything by keyboard: ? lists the keys. A key never acts while somebody types.

const dialog = document.getElementById("keys");

function rows() {
  return [...document.querySelectorAll(".row, a.card")];
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row === document.activeElement);
  const current = at >= 0 ? at : all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, current + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  r: () => document.getElementById("reply")?.focus(),
  "/": () => document.getElementById("search")?.focus(),
  c: () => { location.href = "/"; },
  w: () => { location.href = "/waiting"; },
  "?": () => dialog.showModal(),
};
// The same places on an Arabic keyboard.
const places = { KeyJ: "j", KeyK: "k", KeyR: "r", KeyC: "c", KeyW: "w" };

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && field) field.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field?.form?.id === "composer") {
    event.preventDefault();
    field.form.requestSubmit();
  }
  if (field || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const deed = keys[event.key === "؟" ? "?" : event.key] ?? keys[places[event.code]];
  if (!deed) return;
  event.preventDefault();
  deed();
});
