"""Reads one message of any type, from a contact or from the owner's own phone.

Source: PLATFORM_FACTS part 9, and the message types of WhatsApp Web as Evolution passes them on.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from hudhud.channels import storable
from hudhud.channels.evolution.people import aliases_of, crowd_of
from hudhud.channels.evolution.texts import READERS
from hudhud.channels.loose import items, record, stamp, words
from hudhud.model import Attachment, InboundMessage

_WRAPPERS = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "viewOnceMessageV2Extension",
    "documentWithCaptionMessage",
    "deviceSentMessage",
    "botInvokeMessage",
    "groupMentionedMessage",
    "lottieStickerMessage",
    "editedMessage",
)
_WRAPPED_MAX = 8
_FILES: dict[str, Literal["image", "audio", "video", "document", "sticker"]] = {
    "imageMessage": "image",
    "videoMessage": "video",
    "ptvMessage": "video",
    "audioMessage": "audio",
    "documentMessage": "document",
    "stickerMessage": "sticker",
}
# A protocol message by its name or its number in the protocol.
_PROTOCOL = {"REVOKE": "revoke", "0": "revoke", "MESSAGE_EDIT": "edit", "14": "edit"}
_NOTED = frozenset({"edit", "revoke", "system", "poll_vote"})
_CONTENT_DROPPED = frozenset({"messageContextInfo", "base64", "jpegThumbnail", "mediaKey"})


class Around(msgspec.Struct, frozen=True):
    """What stands around the items of one webhook: the instance, its own jid, when it was told."""

    account: str
    ours: str
    told_at: datetime | None = None


def read_message(raw: Any, around: Around) -> InboundMessage | str:
    """Read one message of `messages.upsert`, or say why it could not be.

    What the contact said and we cannot read is `unknown` and wakes: a person will look at it.
    """
    if not isinstance(raw, dict):
        return "not an object"
    key = record(raw.get("key"))
    if crowd := crowd_of(key):
        return f"field:{crowd}"
    id_ = words(key.get("id"))
    if not id_:
        return "no id"
    names = aliases_of(key, raw, around.ours)
    if not names:
        return "no sender"
    message = unwrapped(record(raw.get("message")))
    type_, kind, text, about = _read(message)
    body = record(message.get(type_))
    context = record(body.get("contextInfo")) or record(raw.get("contextInfo"))
    quoted = about or words(context.get("stanzaId"))
    outward = key.get("fromMe") is True
    note = _note(kind, text) or ("echo" if outward else "")
    return InboundMessage(
        external_id=storable.external_id(id_),
        account=around.account,
        aliases=names,
        kind=kind,
        text=storable.text(text),
        provider_at=moment(raw.get("messageTimestamp")),
        # Beside what the owner wrote stands the owner's name.
        name="" if outward else storable.text(words(raw.get("pushName")), storable.NAME_CHARS_MAX),
        content=_content(message, type_, context),
        wakes=not note,
        note=note or None,
        direction="out" if outward else "in",
        reply_to=storable.external_id(quoted) if quoted else None,
        attachments=_attachments(type_, body, key),
        free_entry=bool(record(context.get("externalAdReply")).get("sourceType") == "ad"),
    )


def unwrapped(message: dict[str, Any]) -> dict[str, Any]:
    """The message inside its envelopes (disappearing, view once, with caption)."""
    for _ in range(_WRAPPED_MAX):
        inner = next(
            (record(record(message[name]).get("message")) for name in _WRAPPERS if name in message),
            {},
        )
        if not inner:
            break
        message = inner
    return message


def moment(raw: Any) -> datetime | None:
    """The moment of a stamp in seconds: a number, its digits, or a 64-bit number in two halves."""
    halves = record(raw)
    return stamp(halves.get("low") if halves else raw)


def _read(message: dict[str, Any]) -> tuple[str, str, str, str]:
    """The key that carries the message, our kind, its words, and the id that it is about."""
    protocol = record(message.get("protocolMessage"))
    if protocol:
        kind = _PROTOCOL.get(words(protocol.get("type") or 0).upper(), "system")
        edited = unwrapped(record(protocol.get("editedMessage")))
        text = _read(edited)[2] if edited and "protocolMessage" not in edited else ""
        return "protocolMessage", kind, text, words(record(protocol.get("key")).get("id"))
    for type_, (kind, reader) in READERS.items():
        if type_ in message:
            found = reader(message[type_])
            about = words(record(record(message[type_]).get("key")).get("id"))
            about = about if kind == "reaction" else ""
            return (type_, "unknown", "", "") if found is None else (type_, kind, found, about)
    return "", "unknown", "", ""


def _note(kind: str, text: str) -> str:
    if kind == "reaction":
        return "reaction" if text else "reaction_removed"
    return kind if kind in _NOTED else ""


def _attachments(type_: str, body: dict[str, Any], key: dict[str, Any]) -> tuple[Attachment, ...]:
    if type_ not in _FILES:
        return ()
    # What `locate` has to show to Evolution to get the file.
    asked = {name: words(key.get(name)) for name in ("id", "remoteJid")}
    source = {**asked, "fromMe": key.get("fromMe") is True}
    return (
        Attachment(
            kind=_FILES[type_],
            source=storable.text(msgspec.json.encode(storable.content(source)).decode()),
            mime=storable.text(words(body.get("mimetype")), storable.NAME_CHARS_MAX),
            file_name=storable.text(
                words(body.get("fileName")) or words(body.get("title")), storable.NAME_CHARS_MAX
            ),
            voice=body.get("ptt") is True,
        ),
    )


def _content(message: dict[str, Any], type_: str, context: dict[str, Any]) -> dict[str, Any] | None:
    plain = type_ in ("conversation", "text") or (type_ == "extendedTextMessage" and not context)
    if plain and not context:
        return None
    rest = {key: _light(part) for key, part in message.items() if key not in _CONTENT_DROPPED}
    if context and "contextInfo" not in record(message.get(type_)):
        rest["contextInfo"] = _light(context)
    stored: dict[str, Any] = storable.content(rest)
    return stored or None


def _light(value: Any) -> Any:
    """Without what a page never shows: thumbnails, keys, and lists of bytes."""
    if not isinstance(value, dict):
        return value
    return {
        key: part
        for key, part in value.items()
        if key not in _CONTENT_DROPPED and not (items(part) and key.lower().endswith("sha256"))
    }
