// Everything that the page asks of the simulator, and its words.

export const words = JSON.parse(document.body.dataset.words);
export const language = document.documentElement.lang;

export async function ask(method, path, body) {
  const init = { method, headers: { "Content-Type": "application/json" } };
  if (body !== undefined) init.body = JSON.stringify(body);
  const answer = await fetch(`/simulator/${path}`, init);
  const text = await answer.text();
  if (!answer.ok) {
    let said = answer.statusText;
    try { said = JSON.parse(text).error; } catch { /* not ours: the status text says enough */ }
    throw new Error(said);
  }
  return text ? JSON.parse(text) : null;
}

export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name, className = "") {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${name}`);
  if (className) svg.setAttribute("class", className);
  svg.append(use);
  return svg;
}

const times = new Intl.DateTimeFormat(language === "ar" ? "ar-u-nu-arab" : "en", {
  hour: "numeric", minute: "2-digit", second: "2-digit",
});
const numbers = new Intl.NumberFormat(language === "ar" ? "ar-u-nu-arab" : "en");

export const clockTime = (ms) => times.format(new Date(ms));
export const figure = (count) => numbers.format(count);
