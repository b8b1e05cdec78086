"""What a responder reads of each type of message: the words in it, in no language but its own.

One reader per type of PLATFORM_FACTS part 2. A reader returns "" when the type carries no words
(the kind and the content say the rest) and None when the body is not what its type promises.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hudhud.channels.loose import document, items, record, words
from hudhud.channels.places import place
from hudhud.errors import UnreadableWebhookError


def _text(body: Any) -> str | None:
    written = record(body).get("body")
    return written if isinstance(written, str) else None


def _media(body: Any) -> str | None:
    return words(body.get("caption")) if isinstance(body, dict) else None


def _location(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    named = (words(body.get("name")), words(body.get("address")))
    return place(body.get("latitude"), body.get("longitude"), *named)


def _contacts(body: Any) -> str | None:
    if not isinstance(body, list):
        return None
    names = [record(record(card).get("name")) for card in body]
    return _joined(*[name.get("formatted_name") or name.get("first_name") for name in names])


def _reaction(body: Any) -> str | None:
    return words(body.get("emoji")) if isinstance(body, dict) else None


def _interactive(body: Any) -> str | None:
    reply = record(body)
    for kind, read in _REPLIES.items():
        if isinstance(reply.get(kind), dict):
            return read(reply[kind])
    return None


def _title(reply: dict[str, Any]) -> str:
    return words(reply.get("title"))


def _filled(reply: dict[str, Any]) -> str:
    # The body is always "Sent"; what was filled in is JSON text inside the JSON.
    try:
        answers = document(words(reply.get("response_json")).encode("utf-8", "surrogatepass"))
    except UnreadableWebhookError:
        answers = {}
    told = [
        f"{name}: {said}"
        for name, answer in answers.items()
        if name != "flow_token" and (said := _joined(*(items(answer) or (answer,))))
    ]
    return "\n".join(told) or words(reply.get("body"))


# `call_permission_reply` carries a decision, not words.
_REPLIES: dict[str, Callable[[dict[str, Any]], str]] = {
    "button_reply": _title,
    "list_reply": _title,
    "nfm_reply": _filled,
    "call_permission_reply": lambda _: "",
}


def _button(body: Any) -> str | None:
    return (
        (words(body.get("text")) or words(body.get("payload"))) if isinstance(body, dict) else None
    )


def _order(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    lines = [record(line) for line in items(body.get("product_items"))]
    ordered = [
        f"{words(line.get('quantity')) or '1'} × {words(line.get('product_retailer_id'))}"
        for line in lines
    ]
    return "\n".join(filter(None, (words(body.get("text")), *ordered)))


def _system(body: Any) -> str | None:
    return words(body.get("body")) if isinstance(body, dict) else None


def _edit(body: Any) -> str | None:
    message = record(record(body).get("message"))
    # An edit of an edit does not exist, and following one would have no end.
    reader = None if message.get("type") == "edit" else READERS.get(words(message.get("type")))
    return (reader and reader(message.get(words(message.get("type"))))) or ""


def _wordless(_body: Any) -> str | None:
    return ""


def _joined(*parts: Any) -> str:
    return ", ".join(filter(None, map(words, parts)))


READERS: dict[str, Callable[[Any], str | None]] = {
    "text": _text,
    "image": _media,
    "video": _media,
    "document": _media,
    "sticker": _media,
    "audio": _media,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "interactive": _interactive,
    "button": _button,
    "order": _order,
    "system": _system,
    "edit": _edit,
    "revoke": _wordless,
    "request_welcome": _wordless,
}
