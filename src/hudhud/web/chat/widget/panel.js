// What stands there: the button, and the panel that it opens. All of it in a shadow tree of its own.
const host = make("div", {});
const shadow = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
shadow.adoptedStyleSheets = [sheet];

const badge = make("span", { class: "badge", "aria-hidden": "true", hidden: "" });
const opener = make("button", { class: "open", type: "button", "aria-expanded": "false" },
  icon("M12 3C6.5 3 2 6.8 2 11.5c0 2.6 1.4 5 3.7 6.5L5 21.5l4-1.8c1 .2 2 .3 3 .3 5.5 0 10-3.8 10-8.5S17.5 3 12 3z"), badge);
const closer = make("button", { class: "close", type: "button", "aria-label": T.close }, icon("M6 9l6 6 6-6"));
const log = make("div", { class: "log", role: "log", "aria-live": "off", "aria-label": T.label, tabindex: "0" });
const dots = make("span", { class: "dots", "aria-hidden": "true", hidden: "" }, make("i", {}), make("i", {}), make("i", {}));
const told = make("span", {});
const state = make("div", { class: "state", role: "status" }, dots, told);
const chooser = make("input", { type: "file", multiple: "", hidden: "", tabindex: "-1", accept: S.accept });
const clip = make("button", { class: "clip", type: "button", "aria-label": T.attach, title: T.attach },
  icon("M20 11.5l-8 8a5 5 0 0 1-7.2-7.2l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3"));
const box = make("textarea", { rows: "1", maxlength: "4000", dir: "auto", placeholder: T.write, "aria-label": T.write, enterkeyhint: "send" });
const sender = make("button", { class: "send", type: "submit", "aria-label": T.send, title: T.send }, icon("M20 12L4 5l4.5 7L4 19z"));
const form = make("form", {}, clip, chooser, box, sender);
const panel = make("section", { class: "panel", role: "dialog", "aria-label": S.title, hidden: "" },
  make("header", {}, make("span", { class: "face", "aria-hidden": "true" }, [...S.title][0] || ""),
    make("strong", {}, make("bdi", {}, S.title)), closer), log, state, form);
const root = make("div", { class: ["root", S.position, onPage && "page", isPreview && "preview"].filter(Boolean).join(" "), lang: language, dir: ahead }, panel, opener);
shadow.append(root);

// White letters on a dark colour, dark ones on a light colour.
const paint = (colour) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  root.style.setProperty("--accent", colour);
  root.style.setProperty("--on-accent", 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.25 ? "#1d1a16" : "#fff");
};
const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
const toEnd = () => { log.scrollTop = log.scrollHeight; };
const grow = () => {
  box.style.blockSize = "auto";
  box.style.blockSize = box.scrollHeight + 2 + "px";
};
const open = () => {
  panel.hidden = false; opener.hidden = true;
  opener.setAttribute("aria-expanded", "true");
  if (!isPreview) box.focus({ preventScroll: true });
  toEnd();
  opened();
};
const close = () => {
  panel.hidden = true; opener.hidden = false;
  opener.setAttribute("aria-expanded", "false");
  opener.focus();
};
opener.onclick = open;
closer.onclick = close;
clip.onclick = () => chooser.click();
chooser.onchange = () => { [...chooser.files].forEach(attach); chooser.value = ""; };
panel.ondragover = (event) => event.preventDefault();
panel.ondrop = (event) => { event.preventDefault(); [...event.dataTransfer.files].forEach(attach); };
box.onpaste = (event) => {
  if (!event.clipboardData.files.length) return;
  event.preventDefault();
  [...event.clipboardData.files].forEach(attach);
};
box.oninput = () => { grow(); types(); };
form.onsubmit = (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text || !say({ text })) return;
  box.value = "";
  grow();
};
panel.onkeydown = (event) => {
  // A site's own keys do nothing while somebody types here.
  event.stopPropagation();
  if (event.key === "Escape" && !onPage && !isPreview) close();
  const sends = event.key === "Enter" && !event.shiftKey && event.target === box && !event.isComposing;
  if (sends) { event.preventDefault(); form.requestSubmit(); }
};
