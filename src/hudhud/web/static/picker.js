// A template reads as it will be sent while its places are filled.

document.addEventListener("input", (event) => {
  const form = event.target.closest("#template");
  if (!form) return;
  const { name, value } = event.target;
  for (const spot of form.querySelectorAll(`[data-place="${CSS.escape(name)}"]`)) {
    spot.textContent = value.trim() || spot.dataset.empty;
    spot.classList.toggle("full", Boolean(value.trim()));
  }
});
