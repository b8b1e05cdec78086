"""A file that was written and looked at is kept, with its thumbnail."""

from __future__ import annotations

from uuid import UUID

from hudhud.core.media.disk import Written, key_of
from hudhud.core.media.storage import Storage
from hudhud.core.media.thumbnail import made
from hudhud.store.media import Stored

SMALL = ".small"


async def kept(
    storage: Storage, public_id: UUID, written: Written, *, kind: str, mime: str
) -> Stored:
    """Keep a written file under its own key, and a thumbnail of an image beside it.

    Args:
        storage: where files lie.
        public_id: of the file.
        written: lies in the scratch of this storage; it may be gone afterwards.
        kind: image, audio, video, document or sticker.
        mime: its type, as its first bytes show it.

    Raises:
        StorageUnavailableError: not now.
    """
    key, small = key_of(public_id), key_of(public_id, SMALL)
    pictured = mime.startswith("image/") and kind in {"image", "sticker"}
    beside = written.path.with_name(written.path.name + SMALL)
    try:
        has_small = pictured and await made(written.path, beside)
        if has_small:
            await storage.keep(beside, small)
        await storage.keep(written.path, key)
    finally:
        storage.scratch.forget(beside)
    return Stored(
        mime=mime,
        bytes=written.size_bytes,
        sha256=written.sha256,
        key=key,
        thumbnail_key=small if has_small else None,
    )
