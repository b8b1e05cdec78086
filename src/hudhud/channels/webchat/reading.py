"""Reads what `web/chat` wrote: one visitor, their messages, what they have read. Pure.

A body comes back through here when it was spooled, and when the journal is replayed; nobody
outside can post one (`verify`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from hudhud.channels import storable
from hudhud.channels.loose import document, items, record, stamp, words
from hudhud.channels.webchat.options import Options
from hudhud.errors import UnreadableWebhookError
from hudhud.model import Alias, Attachment, DeliveryStatus, InboundMessage, Parsed, Unread

VISITOR, SITE_USER = "visitor", "site_user"
_FILES: dict[str, Literal["image", "audio", "video", "document"]] = {
    "image": "image",
    "audio": "audio",
    "video": "video",
    "document": "document",
}
_KINDS = {"text", "button", *_FILES}


def challenge(_options: Options, _query: Mapping[str, str]) -> str | None:
    """Nobody proves an address to us."""
    return None


def verify(_options: Options, _body: bytes, _headers: Mapping[str, str]) -> bool:
    """No webhook of this channel comes from outside: visitors come through `web/chat`."""
    return False


def parse(body: bytes) -> Parsed:
    """The messages and read marks of one visitor.

    A message is named by its visitor and by the id that their browser gave it, so that the same
    one posted again is the same (law 2), and nobody can take another one's id.

    Raises:
        UnreadableWebhookError: it is not ours.
    """
    read = document(body)
    visitor, account = words(read.get("visitor")), words(read.get("account"))
    if not visitor or not account:
        raise UnreadableWebhookError("It names no visitor.")
    messages, statuses, unread = [], [], []
    for place, item in enumerate(items(read.get("messages"))):
        made = _message(read, record(item))
        if isinstance(made, str):
            unread.append(Unread(place=f"messages[{place}]", reason=made))
        else:
            messages.append(made)
    for place, item in enumerate(items(read.get("read"))):
        if not (external_id := words(item)):
            unread.append(Unread(place=f"read[{place}]", reason="no id"))
            continue
        statuses.append(
            DeliveryStatus(
                external_id=storable.external_id(external_id),
                account=storable.text(account, storable.ID_CHARS_MAX),
                status="read",
                provider_at=stamp(read.get("at")),
            )
        )
    return Parsed(messages=tuple(messages), statuses=tuple(statuses), unread=tuple(unread))


def _message(read: dict[str, Any], item: dict[str, Any]) -> InboundMessage | str:
    sent_id, kind, text = (words(item.get(name)) for name in ("id", "type", "text"))
    if not sent_id:
        return "no id"
    if kind not in _KINDS:
        return f"type: {storable.text(kind, 64)!r}"
    files = _files(item)
    if not text.strip() and not files:
        return "nothing in it"
    choice = words(item.get("choice"))
    visitor = words(read["visitor"])
    return InboundMessage(
        external_id=storable.external_id(f"{visitor}:{sent_id}"),
        account=storable.text(words(read["account"]), storable.ID_CHARS_MAX),
        aliases=_aliases(visitor, words(read.get("user"))),
        kind=kind,
        text=storable.text(text),
        provider_at=stamp(read.get("at")),
        name=storable.text(words(read.get("name")), storable.NAME_CHARS_MAX),
        content={"choice": storable.text(choice, storable.ID_CHARS_MAX)} if choice else None,
        attachments=files,
    )


def _files(item: dict[str, Any]) -> tuple[Attachment, ...]:
    named = [record(file) for file in items(item.get("files"))]
    return tuple(
        Attachment(
            kind=kind,
            source=storable.external_id(words(file.get("key"))),
            mime=storable.text(words(file.get("mime")), storable.NAME_CHARS_MAX),
            sha256=storable.text(words(file.get("sha256")), storable.ID_CHARS_MAX),
            file_name=storable.text(words(file.get("name")), storable.NAME_CHARS_MAX),
        )
        for file in named
        if (kind := _FILES.get(words(file.get("kind")))) and words(file.get("key"))
    )


def _aliases(visitor: str, user: str) -> tuple[Alias, ...]:
    # The site vouched for its user; a visitor id is only this browser.
    named = [(SITE_USER, user)] if user else []
    return tuple(
        Alias(kind, storable.external_id(value)) for kind, value in [*named, (VISITOR, visitor)]
    )
