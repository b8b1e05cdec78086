// The page of a web chat: the line can be copied, and the preview follows what is typed.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // not over plain http: the words can be selected
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}

const looks = document.getElementById("looks"), preview = document.getElementById("preview");
const said = (name, otherwise) => looks.elements[name].value.trim() || otherwise;
looks.addEventListener("input", () => {
  const host = preview.firstElementChild;
  const title = said("title", looks.elements.title.placeholder);
  const detail = { accent: said("accent"), title, ar: said("greeting_ar", ""), en: said("greeting_en", "") };
  host?.dispatchEvent(new CustomEvent("repaint", { detail }));
});
