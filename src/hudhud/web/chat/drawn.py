"""One message as the widget draws it: words, what is more than words, whose it is. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from hudhud.web.drawing import Row

# What somebody else's release put there is drawn as its words.
FILES = frozenset({"image", "audio", "video", "document"})
_SHOWN = frozenset({"media", "buttons", "list", "link_button", "location", "contacts", "carousel"})


def drawn(row: Row, files: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """A row of `store.visits.messages` for the visitor, with its files as `shown` tells them."""
    inbound = row["direction"] == "in"
    told = {
        "seq": row["seq"],
        "id": (inbound and own_id(row["external_id"])) or f"m{row['seq']}",
        "from": "visitor" if inbound else row["author"],
        "text": row["body"] or "",
        "at": row["accepted_at"].timestamp(),
    }
    if (sent := _sent(row)).get("kind") in _SHOWN:
        told["content"] = sent
    if files:
        told["files"] = list(files)
    if quoted := own_id(row["reply_to"]):
        told["about"] = quoted
    return told


def shown(file: Row, link: Callable[[UUID], str]) -> dict[str, Any]:
    """A row of `store.media` for the visitor; one that is not stored (yet) has no link."""
    told = {"kind": file["kind"], "name": file["file_name"]}
    return {**told, "link": link(file["public_id"])} if file["state"] == "stored" else told


def media_of(row: Row) -> int | None:
    """Our id of the file that this message sends; None when it sends none that we keep."""
    media_id = _sent(row).get("media_id")
    return media_id if isinstance(media_id, int) else None


def _sent(row: Row) -> dict[str, Any]:
    content = row["content"] if isinstance(row["content"], dict) else {}
    sent = content.get("send")
    return sent if isinstance(sent, dict) else {}


def own_id(external_id: str | None) -> str:
    """The browser's own id of a message, which stands behind the visitor's; empty for others."""
    _, colon, own = (external_id or "").rpartition(":")
    return own if colon else ""
