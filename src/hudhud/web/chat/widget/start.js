// Nothing is asked of the server before somebody opens the chat, or wrote in it before.
addEventListener("online", wake);
addEventListener("offline", tell);
document.addEventListener("visibilitychange", () => { if (document.hidden) current?.abort(); else { look(); wake(); } });
if (!isPreview) { moveGuest(); waiting(); }
paint(S.accent);
draw({ id: "greeting", seq: 0.5, text: T.greeting, from: S.greets });
queue.forEach((message) => draw({ ...message, files: [], from: "visitor", at: message.at / 1000 }, true));
tidy(); tell();
const start = () => {
  (document.getElementById(tag.dataset.into) || document.body).append(host);
  if (onPage || isPreview) open(); else wake();
  if (isPreview) host.addEventListener("repaint", ({ detail }) => {
    paint(detail.accent);
    shown.get("greeting").querySelector(".words").replaceWith(words(detail[language]));
    panel.querySelector("strong bdi").textContent = detail.title;
    panel.querySelector(".face").textContent = [...detail.title][0] || "";
  });
  else follow();
};
if (document.body) start(); else addEventListener("DOMContentLoaded", start);
