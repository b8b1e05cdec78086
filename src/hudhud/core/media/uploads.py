"""What a visitor gives us lies here until its message is taken; then it is fetched as any file is.

So it has its own record, its thumbnail, its retries and its dead letter like what other providers
keep for us. What no message ever names is swept after a day; in a bucket, a rule of its own for
`uploads/` does that.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import AsyncIterator
from typing import Literal, cast
from uuid import uuid4

import msgspec

from hudhud.core.media.disk import Disk
from hudhud.core.media.kinds import BYTES_MAX, agreed, sniffed
from hudhud.core.media.storage import Storage
from hudhud.errors import MediaRefusedError, StorageUnavailableError

FOLDER = "uploads"
KEPT_S = 86_400.0
BYTES_MIN = 1
_KEY = re.compile(rf"{FOLDER}/[0-9a-f]{{32}}")
# What a person sends from an office; its first bytes are those of the packing around it.
_OFFICE = ("application/vnd.openxmlformats", "application/vnd.ms-", "application/msword")
_PACKINGS = frozenset({"application/zip", "application/x-ole-storage"})

Kind = Literal["image", "audio", "video", "document"]


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was taken, before any message names it."""

    key: str
    kind: Kind
    mime: str
    sha256: str
    bytes: int


async def receive(
    storage: Storage, chunks: AsyncIterator[bytes], declared: str, *, bytes_max: int
) -> Upload:
    """Write a file down and look what it is.

    Args:
        storage: where files lie.
        chunks: its bytes.
        declared: the type that its sender gives it.
        bytes_max: the most that is taken, beside the limit of its kind.

    Raises:
        MediaRefusedError: too large, empty, or not of a kind that people send one another.
        StorageUnavailableError: not now.
    """
    name = uuid4()
    written = await storage.scratch.write(name, 0, chunks, bytes_max=bytes_max)
    try:
        kind, mime = _looked_at(declared.partition(";")[0].strip().lower(), written.head)
        if not BYTES_MIN <= written.size_bytes <= BYTES_MAX[kind]:
            raise MediaRefusedError(f"It has {written.size_bytes} bytes.")
        key = f"{FOLDER}/{name.hex}"
        await storage.keep(written.path, key)
    finally:
        storage.scratch.forget(written.path)
    return Upload(key=key, kind=kind, mime=mime, sha256=written.sha256, bytes=written.size_bytes)


async def forget(storage: Storage, source: str) -> None:
    """Let go of an upload whose file is kept now; any other source is left alone."""
    if _KEY.fullmatch(source):
        with contextlib.suppress(StorageUnavailableError):
            await storage.drop(source)


def sweep(disk: Disk, *, now_s: float | None = None) -> int:
    """Take away what no message named within KEPT_S; returns how many."""
    before = (time.time() if now_s is None else now_s) - KEPT_S
    gone = 0
    for path in (disk.folder / FOLDER).glob("*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone


def _looked_at(declared: str, head: bytes) -> tuple[Kind, str]:
    found = sniffed(head)
    family = declared.partition("/")[0]
    if family in ("image", "audio", "video"):
        return cast("Kind", family), agreed(family, declared, head)
    office = found in _PACKINGS and declared.startswith(_OFFICE)
    if found != "application/pdf" and not office:
        raise MediaRefusedError(f"It is {found or 'of no kind that we know'}.")
    return "document", agreed("document", declared if office else found, head)
