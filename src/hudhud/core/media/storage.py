"""Where files lie: on our own disk, or in a bucket that speaks S3; a setting decides (S8)."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from hudhud.core.media.disk import Disk, key_of
from hudhud.core.outside.breakers import Breakers
from hudhud.errors import NotFoundError, StorageUnavailableError
from hudhud.settings import Settings


class Storage(Protocol):
    """Keeps files by key. What comes from outside is written to `scratch` first, and looked at."""

    @property
    def scratch(self) -> Disk:
        """Where a file is written before it is kept."""

    async def keep(self, path: Path, key: str) -> None:
        """Keep a written file under this key, durably; `path` may be gone afterwards.

        Raises:
            StorageUnavailableError: not now.
        """

    def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes of a kept file from `start` to before `end`.

        Raises:
            NotFoundError: it is not there.
            StorageUnavailableError: not now.
        """

    async def drop(self, key: str) -> None:
        """Delete a kept file; one that is not there is deleted already.

        Raises:
            StorageUnavailableError: not now.
        """


async def try_out(storage: Storage) -> None:
    """Keep a small file, read it and drop it again.

    Raises:
        StorageUnavailableError: one of these did not work.
        BreakerOpenError: it failed too often just now.
    """
    name, data = uuid.uuid4(), b"hudhud"

    async def chunks() -> AsyncIterator[bytes]:
        yield data

    written = await storage.scratch.write(name, 0, chunks(), bytes_max=len(data))
    key = key_of(name, ".tried")
    try:
        await storage.keep(written.path, key)
        found = b"".join([chunk async for chunk in storage.read(key, 0, len(data))])
        await storage.drop(key)
    except NotFoundError:
        found = b""
    finally:
        storage.scratch.forget(written.path)
    if found != data:
        raise StorageUnavailableError("It gave back something else.")


@asynccontextmanager
async def opened_storage(settings: Settings, breakers: Breakers) -> AsyncIterator[Storage]:
    """Open what the settings name."""
    disk = Disk(settings.data_dir / "media")
    if not settings.s3_url:
        yield disk
        return
    # Its HTTP client is loaded only where it is used: a web process has no other need of one.
    from hudhud.core.media.bucket import opened_bucket  # noqa: PLC0415

    async with opened_bucket(settings, breakers, disk) as bucket:
        yield bucket
