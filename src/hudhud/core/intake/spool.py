"""The spool: where webhooks are durable while PostgreSQL cannot take them (law 2).

One folder for all processes of a host; one file for each process that had to spool, locked while
it is being written. A webhook is acknowledged after the fsync of its bytes and of its file's name.
While anything lies in the folder, newer webhooks of every process queue behind it (trap 14).
Any error of the disk retires the file: after one the kernel may already have dropped what it
could not write.
"""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, TypedDict

from msgspec.structs import replace

from hudhud.core.intake.folder import Folder
from hudhud.core.intake.record import DONE, HEAD, MAGIC, Record, pack
from hudhud.errors import SpoolUnavailableError
from hudhud.events import emit

SUFFIX = ".spool"
UNNAMED = ".new"
DAMAGED = ".damaged"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Spool:
    """This process's hand in the folder. Appends share one fsync."""

    def __init__(
        self, path: Path, *, bytes_max: int, folder: Folder | None = None, writer: str = ""
    ) -> None:
        """Open the folder, and refuse to start when it cannot be written.

        A full disk is no reason to refuse: only a process that runs brings back what lies here,
        which is what makes room again. Until then appends fail, and the answer is 503.

        Args:
            path: on a persistent disk, shared by the processes of this host.
            bytes_max: most bytes in the folder; beyond it appends are refused (503).
            folder: its file operations; a test hands in one that loses power.
            writer: who writes, in the names of files; unique to each start of a process.

        Raises:
            SpoolUnavailableError: the folder cannot be written.
        """
        self.folder = folder or Folder(path)
        self.bytes_max = bytes_max
        self._writer = writer or f"{os.getpid()}x{secrets.token_hex(4)}"
        self._file: BinaryIO | None = None
        self._whole_bytes = 0
        self._rotating = False
        self._waiting: list[tuple[Record, asyncio.Future[None]]] = []
        self._flusher: asyncio.Task[None] | None = None
        self._count = 0
        self._latest = datetime.min.replace(tzinfo=UTC)
        try:
            self.folder.make()
        except OSError as error:
            if error.errno not in FULL:
                raise SpoolUnavailableError(f"{path}: {error.strerror}.") from error
            emit("spool.full", "error", error=error.strerror)

    @property
    def empty(self) -> bool:
        """Whether nothing waits here, whoever spooled it; else newer webhooks queue behind it."""
        try:
            return not self._waiting and not self.names()
        except OSError:
            return False  # nobody knows what lies there

    def names(self) -> list[str]:
        """All spool files, the ones being written among them."""
        return [name for name in self.folder.names() if name.endswith(SUFFIX)]

    def used_bytes(self) -> int:
        """Bytes that wait in the folder now."""
        return sum(map(self.folder.size, self.names()))

    async def append(self, record: Record) -> None:
        """Make one webhook durable; returns after its fsync.

        A record is never older than the one before it: a clock that was set back must not put
        the newer one first.

        Raises:
            SpoolUnavailableError: full, or the disk refuses; the webhook is not durable.
        """
        if record.accepted_at < self._latest:
            record = replace(record, accepted_at=self._latest)
        self._latest = record.accepted_at
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((record, done))
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush())
        await done

    async def _flush(self) -> None:
        while self._waiting:
            if self._rotating:
                self._end_file()
            batch, self._waiting = self._waiting, []
            failure = None
            try:
                await asyncio.to_thread(self._write, [record for record, _ in batch])
            except Exception as error:  # noqa: BLE001 - or its webhooks would wait for ever
                why = getattr(error, "strerror", None) or type(error).__name__
                failure = SpoolUnavailableError(f"{why}.")
                emit("spool.failed", "error", error=why, webhooks=len(batch))
            for _, done in batch:
                if not done.done():
                    done.set_exception(failure) if failure else done.set_result(None)
        if self._rotating:
            self._end_file()

    def _write(self, records: Sequence[Record]) -> None:
        data = b"".join(map(pack, records))
        if self.used_bytes() + len(data) > self.bytes_max:
            raise OSError(errno.ENOSPC, "The spool has reached its limit")
        file = self._file or self._begin_file()
        try:
            self.folder.write(file, data)
            self.folder.sync(file)
        except BaseException:
            self._retire(file)
            raise
        self._whole_bytes += len(data)

    def _begin_file(self) -> BinaryIO:
        self._count += 1
        name = f"{time.time():020.6f}-{self._writer}-{self._count}"
        self._file, self._whole_bytes = self._named(name), 0
        return self._file

    def _named(self, name: str) -> BinaryIO:
        # A reader must never find it unlocked or half, so it takes its name last of all.
        file = self.folder.create(name + UNNAMED)
        try:
            self.folder.rename(name + UNNAMED, name + SUFFIX)
            self.folder.sync_names()  # the name must survive a power cut as well as the bytes
        except BaseException:
            # Nothing in it was acknowledged, and a second copy of it would be read back too.
            file.close()
            for suffix in (UNNAMED, SUFFIX):
                self.folder.remove(name + suffix)
            raise
        return file

    def _retire(self, file: BinaryIO) -> None:
        # What was acknowledged before stays readable; what failed now was not acknowledged.
        self._file = None
        try:
            self.folder.cut(file, self._whole_bytes)
        finally:
            file.close()

    def rotate(self) -> None:
        """End the file being written, so that it can be removed; a write under way ends first."""
        self._rotating = True
        if self._flusher is None or self._flusher.done():
            self._end_file()

    def _end_file(self) -> None:
        self._rotating = False
        if self._file is not None:
            self._file.close()
            self._file = None

    def close(self) -> None:
        """Stop writing; what is left is replayed at the next start."""
        self.rotate()


class SpoolReport(TypedDict):
    """What lies in a spool folder: whole records, bytes, and the age of the oldest in seconds.

    `damaged` files were set aside for a person; `room_bytes` more can be taken before 503.
    """

    records: int
    bytes: int
    oldest_s: float
    damaged: int
    room_bytes: int


def report(path: Path, now: float, *, bytes_max: int | None = None) -> SpoolReport:
    """Count what waits in the folder, for the waiting page and the metrics.

    Args:
        path: the spool folder; one that is not there yet is empty.
        now: Unix time in seconds.
        bytes_max: the spool's limit; None leaves only the disk's own.
    """
    folder = Folder(path)
    names = folder.names() if path.is_dir() else []
    sizes = {name: folder.size(name) for name in names if name.endswith(SUFFIX)}
    waiting = [name for name, size in sizes.items() if size]
    used = sum(sizes.values())
    free = shutil.disk_usage(path).free if path.is_dir() else bytes_max or 0
    return {
        "records": sum(_count(folder, name) for name in waiting),
        "bytes": used,
        "oldest_s": max(0.0, now - min((float(n.partition("-")[0]) for n in waiting), default=now)),
        "damaged": sum(name.endswith(DAMAGED) for name in names),
        "room_bytes": max(0, min(free, free if bytes_max is None else bytes_max - used)),
    }


def _count(folder: Folder, name: str) -> int:
    # Heads only: a spool of a gigabyte must not be read to draw a page.
    file = folder.open(name)
    if file is None:
        return 0
    count = 0
    with file:
        while len(head := file.read(HEAD.size)) == HEAD.size:
            magic, length, _ = HEAD.unpack(head)
            if magic not in {MAGIC, DONE}:
                break
            file.seek(length, os.SEEK_CUR)
            count += magic == MAGIC
    return count
