"""The files of a thread as a page shows them, and what a composer may say of their limits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from hudhud.core.media.kinds import SHOWN
from hudhud.core.media.links import Links
from hudhud.model import Files
from hudhud.web.drawing import Row

Look = Literal[
    "image", "audio", "video", "document", "sticker", "coming", "failed", "linked", "dropped"
]
# As the composer names them, largest promise last.
_LIMITED = ("image", "audio", "video", "document")


class FileShown(NamedTuple):
    """One file of a message: how it looks, and what the reader may do with it."""

    id: int
    look: Look
    kind: str
    name: str
    bytes: int
    link: str
    small: str
    reason: str
    letter_id: int | None
    voice: bool
    hearing: str
    sure_percent: int | None


def wanted(rows: Iterable[Row]) -> tuple[list[int], list[int]]:
    """Whose files are to be read: of these messages, and those that a message of ours names."""
    rows = list(rows)
    ids = [found for row in rows if (found := _own(row)) is not None]
    return [row["id"] for row in rows], ids


def shown(
    rows: Sequence[Row], found: Iterable[Row], links: Links, now: datetime
) -> dict[int, list[FileShown]]:
    """The files of each message, by its id.

    Args:
        rows: messages, as `store.threads.messages` read them.
        found: files, as `store.media.of_messages` read them for what `wanted` says.
        links: make the addresses.
        now: the moment.
    """
    files = list(found)
    by_id = {file["id"]: file for file in files}
    of: dict[int, list[FileShown]] = {}
    for file in files:
        if file["message_id"] is not None:
            of.setdefault(file["message_id"], []).append(_file(file, links, now))
    for row in rows:
        own = by_id.get(_own(row))
        if own is not None:
            of[row["id"]] = [_file(own, links, now)]
    return of


def limits(files: Files) -> list[tuple[str, int]]:
    """The largest file of each kind that a channel takes, in bytes."""
    return [(kind, files.takes[kind].bytes_max) for kind in _LIMITED if kind in files.takes]


def _own(row: Row) -> int | None:
    content = row["content"]
    sent = content.get("send") if isinstance(content, dict) else None
    named = sent.get("media_id") if isinstance(sent, dict) else None
    return named if isinstance(named, int) else None


def _file(row: Row, links: Links, now: datetime) -> FileShown:
    look = _look(row)
    stored = row["state"] == "stored"
    small = stored and row["thumbnail_key"]
    confidence = row["confidence"]
    return FileShown(
        id=row["id"],
        look=look,
        kind=row["kind"],
        name=row["file_name"],
        bytes=row["bytes"] or 0,
        link=_link(row, links, now),
        small=links.to(row["merchant_id"], row["public_id"], now, part="small") if small else "",
        reason=row["reason"] or "",
        letter_id=row["letter_id"],
        voice=row["voice"],
        hearing=row["hearing"] or "",
        sure_percent=None if confidence is None else round(confidence * 100),
    )


def _look(row: Row) -> Look:
    state: Any = row["state"]
    if state in ("queued", "fetching"):
        return "coming"
    if state != "stored":
        return "failed" if state not in ("linked", "dropped") else state
    kind: Look = row["kind"]
    # What a browser must not show in its place is a name to save.
    safe = row["mime"] in SHOWN and (row["thumbnail_key"] or kind not in ("image", "sticker"))
    return kind if safe else "document"


def _link(row: Row, links: Links, now: datetime) -> str:
    if row["state"] == "stored":
        return links.to(row["merchant_id"], row["public_id"], now)
    source: str = row["source"]
    linked = row["state"] == "linked" and source.startswith(("https://", "http://"))
    return source if linked else ""
