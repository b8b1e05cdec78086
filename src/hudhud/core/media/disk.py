"""Files on our own disk: written beside, synced, then renamed; a half file has no name (S8)."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import msgspec

from hudhud.core.media.kinds import HEAD_BYTES
from hudhud.errors import MediaRefusedError, NotFoundError, StorageUnavailableError

WRITE_BYTES = READ_BYTES = 256 * 1024


def key_of(public_id: UUID, suffix: str = "") -> str:
    """The key under which a file is stored."""
    name = public_id.hex
    return f"{name[:2]}/{name}{suffix}"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies beside its place, whole and synced, until it is given its name."""

    path: Path
    size_bytes: int
    sha256: str
    head: bytes


class Disk:
    """The folder of media, in 256 parts."""

    def __init__(self, folder: Path) -> None:
        """Keep files below this folder; it is made when the first one comes."""
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where a stored key lies."""
        return self.folder / key

    async def write(
        self, public_id: UUID, attempt: int, chunks: AsyncIterator[bytes], *, bytes_max: int
    ) -> Written:
        """Stream a file to disk, counting and hashing it on its way.

        Args:
            public_id: of the file.
            attempt: two attempts at one file never write into one another.
            chunks: its bytes.
            bytes_max: the most that is taken.

        Raises:
            MediaRefusedError: it is larger.
            StorageUnavailableError: the disk is full, or cannot be written.
        """
        path = self.path(key_of(public_id, f".{attempt}.part"))
        digest, size, head, waiting = hashlib.sha256(), 0, b"", bytearray()
        try:
            file = await asyncio.to_thread(_create, path)
            try:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > bytes_max:
                        raise MediaRefusedError(f"It is larger than {bytes_max} bytes.")
                    head = (head + chunk)[:HEAD_BYTES] if len(head) < HEAD_BYTES else head
                    digest.update(chunk)
                    waiting += chunk
                    if len(waiting) >= WRITE_BYTES:
                        await asyncio.to_thread(_write, file, bytes(waiting))
                        waiting.clear()
                await asyncio.to_thread(_write, file, bytes(waiting))
                await asyncio.to_thread(os.fsync, file)
            finally:
                os.close(file)
        except OSError as error:
            self.forget(path)
            raise StorageUnavailableError(error.strerror or "") from error
        except BaseException:
            self.forget(path)
            raise
        return Written(path=path, size_bytes=size, sha256=digest.hexdigest(), head=head)

    @property
    def scratch(self) -> Disk:
        """Where a file is written before it is kept."""
        return self

    async def keep(self, path: Path, key: str) -> None:
        """Give a written file its name; from now on it is there, also after a power cut.

        Raises:
            StorageUnavailableError: the disk does not take it.
        """
        try:
            await asyncio.to_thread(_rename, path, self.path(key))
        except OSError as error:
            raise StorageUnavailableError(error.strerror or "") from error

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes of a kept file from `start` to before `end`.

        Raises:
            NotFoundError: it is not there.
            StorageUnavailableError: the disk cannot be read.
        """
        try:
            file = await asyncio.to_thread(os.open, self.path(key), os.O_RDONLY | os.O_NOFOLLOW)
            try:
                while start < end:
                    size = min(READ_BYTES, end - start)
                    if not (data := await asyncio.to_thread(os.pread, file, size, start)):
                        return
                    start += len(data)
                    yield data
            finally:
                os.close(file)
        except FileNotFoundError:
            raise NotFoundError("The file.") from None
        except OSError as error:
            raise StorageUnavailableError(error.strerror or "") from error

    async def drop(self, key: str) -> None:
        """Delete a kept file; one that is not there is deleted already.

        Raises:
            StorageUnavailableError: the disk does not let go of it.
        """
        try:
            await asyncio.to_thread(self.path(key).unlink, missing_ok=True)
        except OSError as error:
            raise StorageUnavailableError(error.strerror or "") from error

    async def clear(self, *, older_s: float) -> int:
        """Delete what killed processes left half written, older than so many seconds; how many."""
        return await asyncio.to_thread(_clear, self.folder, time.time() - older_s)

    def forget(self, path: Path) -> None:
        """Take a file away, if it is there."""
        with contextlib.suppress(OSError):
            path.unlink()


def _clear(folder: Path, before: float) -> int:
    gone = 0
    for path in folder.glob("??/*.part*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone


def _create(path: Path) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _rename(path: Path, place: Path) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
