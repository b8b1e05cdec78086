// One phone: its frame, its thread, and what its owner does.

import { ask, element, words } from "./api.js";
import { bubble, gist } from "./bubble.js";
import { labelOf, Sheet } from "./sheet.js";

const NEAR_END_PX = 80;

export class Phone {
  constructor(data, numbers, kinds, onHide) {
    this.waId = data.wa_id;
    this.numbers = numbers;
    this.kinds = kinds;
    this.messages = new Map();
    this.typingUntil = {};
    this.node = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
    this.node.dataset.waId = this.waId;
    this.find = (selector) => this.node.querySelector(selector);
    this.find(".who").textContent = data.name;
    this.find(".wa-id").textContent = `+${this.waId}`;
    this.find(".hide").addEventListener("click", () => onHide(this.waId));
    this.find(".number").addEventListener("change", () => this.drawAll());
    this.find(".writer").addEventListener("submit", (event) => this.submit(event));
    this.find("textarea").addEventListener("keydown", (event) => this.key(event));
    for (const button of this.node.querySelectorAll("[data-quick]")) {
      button.addEventListener("click", () => this.quick(button.dataset.quick));
    }
    this.sheet = new Sheet(this.find(".sheet"), (what) => this.say(what));
    this.act = {
      say: async (what) => { if (await this.say(what)) this.sheet.close(); },
      open: (part) => this.sheet.list(part, this.act),
      deeds: (message) => this.sheet.deeds(message, this.provider, (one) => this.quote(one)),
      find: (wamid) => this.messages.get(wamid),
      label: (kind) => labelOf(this.provider?.kinds[kind]) ?? words[kind] ?? kind,
    };
    this.find(".attach").addEventListener("click", () => this.sheet.menu(this.provider));
    this.find(".unquote").addEventListener("click", () => this.quote(null));
    this.offer(numbers);
    const last = data.messages?.at(-1)?.phone_number_id;
    if (numbers.some((one) => one.phone_number_id === last)) this.find(".number").value = last;
    for (const message of data.messages ?? []) this.messages.set(message.wamid, message);
    for (const [number, until] of Object.entries(data.typing ?? {})) this.typing(number, until);
    this.drawAll();
  }

  get number() { return this.find(".number").value; }

  get provider() {
    const number = this.numbers.find((one) => one.phone_number_id === this.number);
    return this.kinds[number?.provider];
  }

  quote(message) {
    this.quoted = message;
    this.find(".quoting").hidden = !message;
    this.find(".quoting p").textContent = message ? gist(message, this.act) : "";
    this.find("textarea").focus({ preventScroll: true });
  }

  offer(numbers) {
    this.numbers = numbers;
    const select = this.find(".number");
    const before = select.value;
    select.replaceChildren(...numbers.map((number) => {
      const option = element("option", "", titled(number));
      option.value = number.phone_number_id;
      return option;
    }));
    if (numbers.some((number) => number.phone_number_id === before)) select.value = before;
    select.disabled = numbers.length < 2;
    if (select.value !== before) this.drawAll();
  }

  drawAll() {
    const shown = [...this.messages.values()].filter((m) => m.phone_number_id === this.number);
    this.find(".avatar").textContent = [...(this.find(".number").selectedOptions[0]?.text ?? "·")][0];
    const thread = this.find(".thread");
    thread.replaceChildren(...shown.map((message) => this.bubbleOf(message)));
    if (!shown.length) thread.append(element("li", "empty", words.empty));
    this.toEnd();
    this.showTyping();
  }

  toEnd() {
    const thread = this.find(".thread");
    thread.scrollTop = thread.scrollHeight;
    // A picture has no height before it is there; who has scrolled up meanwhile stays where they are.
    for (const picture of thread.querySelectorAll("img")) {
      if (picture.complete) continue;
      const end = thread.scrollTop;
      picture.addEventListener("load", () => thread.scrollTop >= end && this.toEnd(), { once: true });
    }
  }

  bubbleOf(message) {
    const about = (what) => ({ ...what, reply_to: what.reply_to ?? message.wamid });
    const act = { ...this.act, say: (what) => this.act.say(about(what)) };
    act.open = (part) => this.sheet.list(part, act);
    return bubble(message, act);
  }

  put(message) {
    this.messages.set(message.wamid, message);
    if (message.phone_number_id !== this.number) return;
    const thread = this.find(".thread");
    const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < NEAR_END_PX;
    thread.querySelector(".empty")?.remove();
    const old = thread.querySelector(`[data-wamid="${CSS.escape(message.wamid)}"]`);
    const made = this.bubbleOf(message);
    if (old) old.replaceWith(made); else thread.append(made);
    if (!old && (atEnd || message.mine)) this.toEnd();
  }

  typing(number, untilMs) {
    this.typingUntil[number] = untilMs;
    this.showTyping();
    if (untilMs > Date.now()) setTimeout(() => this.showTyping(), untilMs - Date.now() + 50);
  }

  showTyping() {
    const typing = (this.typingUntil[this.number] ?? 0) > Date.now();
    const state = this.find(".state");
    this.find(".dots").hidden = !typing;
    const text = typing ? words.typing : words.online;
    state.hidden = !this.number;
    state.classList.toggle("typing", typing);
    if (state.textContent !== text) state.textContent = text;
  }

  key(event) {
    // An Enter that ends an input method's word is not meant to send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  async submit(event) {
    event.preventDefault();
    const field = this.find("textarea");
    const text = field.value.trim();
    if (!text) return;
    const quoted = this.quoted;
    field.value = "";
    this.quote(null);
    const what = quoted ? { text, reply_to: quoted.wamid } : { text };
    if (!(await this.say(what))) field.value = field.value || text;
    field.focus();
  }

  quick(kind) {
    if (kind === "burst") return this.say({ messages: words.five.split("|").map((text) => ({ text })) });
    return this.say({ kind, text: kind === "image" ? words.picture : "" });
  }

  async say(what) {
    const wrong = this.find(".wrong");
    try {
      await ask("POST", `phones/${this.waId}/say`, { phone_number_id: this.number, ...what });
      wrong.hidden = true;
      return true;
    } catch (error) {
      wrong.textContent = `${words.not_sent} ${error.message}`;
      wrong.hidden = false;
      return false;
    }
  }
}

// The provider is named only where it is not the usual one.
function titled(number) {
  const name = number.name || number.display_phone_number;
  return number.provider === "whatsapp" ? name : `${name} · ${number.provider}`;
}
