// Language, direction and numbers. What others wrote only ever becomes text or a link, never markup.
const tag = document.currentScript;
const base = new URL(tag.src).href.replace(/\/widget\.js.*$/, "");
const onPage = "page" in tag.dataset, isPreview = "preview" in tag.dataset;
const said = tag.dataset.lang || document.documentElement.lang || navigator.language || "ar";
const language = /^ar/i.test(said) ? "ar" : "en", T = S[language];
const ahead = language === "ar" ? "rtl" : "ltr";
const LINK = /(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?()،؛؟])/;
const NUMBER = /(\+?[\d٠-٩۰-۹](?:[\d٠-٩۰-۹ .,٫٬:\/-]*[\d٠-٩۰-۹])?%?)/;

// By majority: one Latin word in an Arabic sentence turns nothing around.
const direction = (text) => {
  const right = (text.match(/[\u0590-\u08ff\ufb1d-\ufefc]/g) || []).filter((c) => !/[٠-٩۰-۹]/.test(c)).length;
  const left = (text.match(/[A-Za-z\u00c0-\u024f]/g) || []).length;
  return right === left ? ahead : right > left ? "rtl" : "ltr";
};
const make = (name, attributes, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, value);
  node.append(...children);
  return node;
};
const icon = (path) => {
  const space = "http://www.w3.org/2000/svg", drawing = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  drawing.append(line);
  return drawing;
};
// An address that leads somewhere: ours, or one of the web.
const address = (link) => {
  try {
    const url = new URL(link, base);
    return /^(https?|blob):$/.test(url.protocol) ? url.href : "";
  } catch { return ""; }
};
const outward = (link, ...inside) =>
  make("a", { href: address(link), target: "_blank", rel: "noopener noreferrer" }, ...inside);
// Numbers stay in one piece and in their own direction; addresses can be followed.
const words = (text) => make("div", { class: "words", dir: direction(text) }, ...text.split(LINK).flatMap((part, at) =>
  at % 2 ? outward(part, make("bdi", { dir: "ltr" }, part)) : part.split(NUMBER).map((piece, place) =>
    place % 2 ? make("bdi", { class: "number", dir: "ltr" }, piece) : piece)));
const clock = (at) => new Intl.DateTimeFormat(T.locale, { hour: "numeric", minute: "2-digit" }).format(at * 1000);
const day = (at) => new Intl.DateTimeFormat(T.locale, { weekday: "long", day: "numeric", month: "long" }).format(at * 1000);
