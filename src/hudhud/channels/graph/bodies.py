"""What stands in one message of Instagram or Messenger: its kind, its words, its files."""

from __future__ import annotations

from typing import Any, Literal

from hudhud.channels import storable
from hudhud.channels.loose import items, record, words
from hudhud.model import Attachment

SOURCE_CHARS_MAX = 4096
KIND_CHARS_MAX = 64
HEART = "❤️"
_File = Literal["image", "audio", "video", "document", "sticker"]
_FILES: dict[str, _File] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "document",
}
# What is only linked. A story lives for a day and, by Meta's policy, is never stored; a post and a
# reel are somebody else's. None says whether it is a picture or a film.
_LINKED: dict[str, _File] = {
    "story_mention": "image",
    "share": "image",
    "ig_reel": "video",
    "reel": "video",
}
# Messenger calls so what it shows of an address, also of one that stands in the words.
_NAMED = {"fallback": "share"}


def body_kind(message: dict[str, Any]) -> str:
    """The kind of a message: what Meta says of it, else its first attachment, else words."""
    if message.get("is_unsupported") is True:
        return "unsupported"
    if isinstance(record(message.get("reply_to")).get("story"), dict):
        return "story_reply"
    kinds = [_kind(record(raw)) for raw in items(message.get("attachments"))]
    written = isinstance(message.get("text"), str)
    if kinds and kinds[0] and not (written and kinds[0] == "share"):
        return kinds[0]
    return "text" if written else "unknown"


def body_text(message: dict[str, Any]) -> str:
    """The words of a message; of one without words those of what it carries."""
    written = message.get("text")
    if isinstance(written, str) and written:
        return written
    said = (_said(record(raw)) for raw in items(message.get("attachments")))
    return "\n".join(dict.fromkeys(filter(None, said)))


def attachments(message: dict[str, Any]) -> tuple[Attachment, ...]:
    """The files of a message, and the story that it answers."""
    found = [_file(record(raw)) for raw in items(message.get("attachments"))]
    story = record(record(message.get("reply_to")).get("story"))
    if _source(story.get("url")):
        found.append(Attachment(kind="image", source=_source(story.get("url")), kept=False))
    return tuple(each for each in found if each is not None)


def _kind(attachment: dict[str, Any]) -> str:
    named = words(attachment.get("type"))
    if named == "image" and record(attachment.get("payload")).get("sticker_id"):
        return "sticker"
    return storable.text(_FILES.get(named) or _NAMED.get(named, named), KIND_CHARS_MAX)


def _file(attachment: dict[str, Any]) -> Attachment | None:
    named = words(attachment.get("type"))
    source = _source(record(attachment.get("payload")).get("url"))
    if not source:
        return None
    if named in _LINKED:
        return Attachment(kind=_LINKED[named], source=source, kept=False)
    if named not in _FILES:
        return None
    kind: _File = "sticker" if _kind(attachment) == "sticker" else _FILES[named]
    return Attachment(kind=kind, source=source, voice=kind == "audio")


def _said(attachment: dict[str, Any]) -> str:
    if attachment.get("type") == "like_heart":
        return HEART
    payload = record(attachment.get("payload"))
    place = record(payload.get("coordinates"))
    if place:
        return ", ".join(_number(place.get(side)) for side in ("lat", "long"))
    title = words(attachment.get("title")) or words(payload.get("title"))
    if attachment.get("type") == "fallback":
        return "\n".join(filter(None, (title, words(payload.get("url")))))
    return title


def _number(value: Any) -> str:
    return str(value) if isinstance(value, float) else words(value)


def _source(value: Any) -> str:
    # An address that cannot be stored as it stands could not be asked either.
    address = words(value)
    return address if storable.text(address, SOURCE_CHARS_MAX) == address else ""
