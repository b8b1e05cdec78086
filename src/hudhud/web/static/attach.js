// A file that was chosen is named, may be taken out again, and is refused before it travels when the
// channel takes none that large.

const input = document.querySelector("[data-attach]");
const chosen = document.querySelector("[data-chosen]"), limits = document.querySelector("[data-limits]");

function most(file) {
  const kind = ["image", "audio", "video"].find((one) => file.type.startsWith(`${one}/`)) ?? "document";
  const known = [kind, "document"].map((one) => Number(input.dataset[one])).filter(Boolean);
  return Math.max(0, ...known);
}

function show() {
  const file = input.files[0];
  const wrong = input.form.querySelector("[data-wrong]");
  wrong.hidden = true;
  if (file && file.size > most(file)) {
    wrong.textContent = input.dataset.tooLarge;
    wrong.hidden = false;
    input.value = "";
  }
  const kept = input.files[0];
  chosen.hidden = !kept;
  limits.hidden = Boolean(kept);
  chosen.querySelector("bdi").textContent = kept?.name ?? "";
}

if (input) {
  input.addEventListener("change", show);
  document.querySelector("[data-drop]").addEventListener("click", () => { input.value = ""; show(); });
}
