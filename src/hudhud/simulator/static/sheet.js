// What slides over the phone: the menu of all kinds, the form of one, a list to choose from.

import { element, icon, language, words } from "./api.js";
import { pressed } from "./parts.js";

const GROUPS = ["say", "answer", "change", "event"];
const EMOJIS = ["❤️", "👍", "😂", "😮", "😢", "🙏"];
// These are `Say`'s own, whatever the provider.
const ALWAYS = [
  { name: "hides_phone", label: ["رقمه", "Phone number"], value: "", choices: {
    "": ["كما كان", "As before"], yes: ["مخفي، يظهر معرّف", "Hidden; a user id is shown"], no: ["ظاهر", "Shown"],
  } },
  { name: "copies", label: ["نسخ من الويبهوك", "Copies of the webhook"], value: "" },
  { name: "age_s", label: ["عمرها بالثواني", "Its age in seconds"], value: "" },
  { name: "extra", label: ["أعضاء فوق شكلها (JSON)", "Members laid over its shape (JSON)"], value: "" },
];

const worded = (pair) => pair[language === "ar" ? 0 : 1];
export const labelOf = (kind) => kind && worded(kind.label);

export class Sheet {
  // `say(what)` answers whether it was said.
  constructor(node, say) {
    this.node = node;
    this.say = say;
    node.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
  }

  close() {
    this.node.hidden = true;
    this.node.replaceChildren();
    this.opener?.focus({ preventScroll: true });
    this.opener = null;
  }

  open(title, ...children) {
    if (this.node.hidden) this.opener = document.activeElement;
    const close = element("button", "icon", icon("close"));
    close.type = "button";
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => this.close());
    const heading = element("h3", "", title);
    heading.dir = "auto";
    this.node.replaceChildren(element("header", "", heading, close), ...children);
    this.node.hidden = false;
    this.node.querySelector("input, select, textarea, div button, ul button")?.focus({ preventScroll: true });
  }

  menu(provider) {
    const kinds = Object.entries(provider?.kinds ?? {});
    const groups = GROUPS.map((group) => [group, kinds.filter(([, kind]) => kind.group === group)])
      .filter(([, found]) => found.length);
    this.open(words.attach, ...groups.map(([group, found]) => element(
      "section", "", element("h4", "", words[`group_${group}`]),
      element("div", "tiles", ...found.map(([name, kind]) => this.tile(name, kind, provider))),
    )));
  }

  tile(name, kind, provider) {
    const tile = element("button", `tile ${kind.group}`, icon(kind.icon), element("span", "", worded(kind.label)));
    tile.type = "button";
    tile.dataset.kind = name;
    tile.addEventListener("click", () => this.form(name, kind, provider));
    return tile;
  }

  form(name, kind, provider, given = {}) {
    const form = element("form", "", ...kind.fields.map((one) => field(one, given[one.name])));
    const rest = element("details", "", element("summary", "", words.besides),
      ...[...provider.manners, ...ALWAYS].map((one) => field(one)));
    const send = element("button", "main", icon("send"), words.send);
    form.append(rest, send);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const what = filled(form, { ...given, kind: name });
      if (what && await this.say(what)) this.close();
    });
    this.open(worded(kind.label), form);
    if (!kind.fields.length) send.focus();
  }

  list(part, act) {
    const rows = part.options.flatMap((option) => {
      const row = element("li", "", pressed(option, act));
      return option.section ? [element("li", "section", option.section), row] : [row];
    });
    this.open(part.text, element("ul", "rows", ...rows));
  }

  deeds(message, provider, quote) {
    const deed = (sign, label, run) => {
      const button = element("button", "tile", icon(sign), element("span", "", label));
      button.type = "button";
      button.addEventListener("click", run);
      return button;
    };
    const about = { message_id: message.wamid };
    const kinds = provider?.kinds ?? {};
    const reply = deed("reply", words.reply, () => { this.close(); quote(message); });
    const wanted = message.mine ? ["edit", "revoke"] : ["status"];
    const deeds = wanted.filter((name) => kinds[name]).map((name) => deed(
      kinds[name].icon, worded(kinds[name].label),
      () => this.form(name, kinds[name], provider, { ...about, text: message.text }),
    ));
    const parts = [element("div", "tiles", reply, ...deeds)];
    if (!message.mine && kinds.reaction) parts.unshift(this.emojis(about, message.reaction));
    this.open(words.more, ...parts);
  }

  emojis(about, already) {
    const one = (emoji, label) => {
      const button = element("button", "icon emoji", label);
      button.type = "button";
      button.setAttribute("aria-pressed", String(emoji === already && emoji !== ""));
      button.addEventListener("click", async () => {
        if (await this.say({ kind: "reaction", emoji, ...about })) this.close();
      });
      return button;
    };
    const back = already ? [one("", icon("close"))] : [];
    return element("div", "emojis", ...EMOJIS.map((emoji) => one(emoji, emoji)), ...back);
  }
}

function field(declared, given) {
  const choices = Object.entries(declared.choices ?? {});
  const value = given ?? declared.value ?? "";
  const input = element(choices.length ? "select" : "input");
  for (const [key, label] of choices) {
    const option = element("option", "", worded(label));
    option.value = key;
    input.append(option);
  }
  input.name = declared.name;
  input.value = value;
  if (!choices.length) input.dir = "auto";
  return element("label", "", worded(declared.label), input);
}

function filled(form, what) {
  for (const [name, value] of new FormData(form)) {
    const kept = value.trim();
    if (name === "extra") {
      try { if (kept) what.extra = JSON.parse(kept); } catch (error) {
        form.elements.extra.setCustomValidity(error.message);
        form.elements.extra.reportValidity();
        form.elements.extra.addEventListener("input", () => form.elements.extra.setCustomValidity(""), { once: true });
        return null;
      }
    } else if (name === "hides_phone") {
      if (kept) what[name] = kept === "yes";
    } else if (name === "copies" || name === "age_s") {
      if (kept) what[name] = Number(kept);
    } else if (kept || name === "emoji" || form.elements[name].tagName === "SELECT") {
      what[name] = kept;
    } else {
      delete what[name];
    }
  }
  return what;
}
