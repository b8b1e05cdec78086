"""The spool: where webhooks are durable while PostgreSQL cannot take them (law 2).

One folder; one file for each process that had to spool, locked while that process lives. A record
is its length, its checksum and its bytes. A webhook is acknowledged after fsync; files are read
back in order and removed once everything in them was accepted. A torn tail (the process died in
the middle of a write that nobody acknowledged) is tolerated; any fsync error retires the file,
because after one the kernel may already have dropped what it could not write.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypedDict

import msgspec

from hudhud.errors import SpoolUnavailableError
from hudhud.events import emit

HEAD = struct.Struct(">4sII")
MAGIC = b"HUD1"
RECORD_BYTES_MAX = 80 * 1024 * 1024
SUFFIX = ".spool"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One verified webhook: whose it is, when it became durable, its raw bytes (trap 14)."""

    merchant_id: int
    inbox_id: int
    channel: str
    accepted_at: datetime
    body: bytes


class Spool:
    """This process's spool. Appends share one fsync; readers take whole files, oldest first."""

    def __init__(
        self, folder: Path, *, bytes_max: int, fsync: Callable[[int], None] = os.fsync
    ) -> None:
        """Open the folder, and refuse to start when it cannot be written.

        Args:
            folder: on a persistent disk, shared by the processes of this host.
            bytes_max: most bytes in the folder; beyond it appends are refused (503).
            fsync: makes a descriptor durable; a test may hand in one that fails.

        Raises:
            SpoolUnavailableError: the folder cannot be written.
        """
        self.folder = folder
        self.bytes_max = bytes_max
        self._fsync = fsync
        self._file: BinaryIO | None = None
        self._path: Path | None = None
        self._rotating = False
        self._waiting: list[tuple[Record, asyncio.Future[None]]] = []
        self._flusher: asyncio.Task[None] | None = None
        self._count = 0
        self.records = 0
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = folder / f"probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise SpoolUnavailableError(f"{folder}: {error.strerror}.") from error

    @property
    def empty(self) -> bool:
        """Whether nothing of this process waits here; else newer webhooks queue behind it."""
        return self.records == 0 and not self._waiting

    async def append(self, record: Record) -> None:
        """Make one webhook durable; returns after its fsync.

        Raises:
            SpoolUnavailableError: full, or the disk refuses; the webhook is not durable.
        """
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
                self.records += len(batch)
            except Exception as error:  # noqa: BLE001 - or its webhooks would wait for ever
                why = getattr(error, "strerror", None) or type(error).__name__
                failure = SpoolUnavailableError(f"{why}.")
                emit("spool.failed", "error", error=why)
            for _, done in batch:
                if not done.done():
                    done.set_exception(failure) if failure else done.set_result(None)
        if self._rotating:
            self._end_file()

    def _write(self, records: list[Record]) -> None:
        blocks = [pack(record) for record in records]
        if self.bytes() + sum(map(len, blocks)) > self.bytes_max:
            raise OSError(28, "The spool has reached its limit")
        file = self._file or self._open()
        start = file.tell()
        try:
            _write_all(file.fileno(), b"".join(blocks))
            self._fsync(file.fileno())
        except Exception:
            self._retire(file, start)
            raise

    def _open(self) -> BinaryIO:
        self._count += 1
        stamp = f"{datetime.now().timestamp():020.6f}"  # noqa: DTZ005 - only orders file names
        path = self.folder / f"{stamp}-{os.getpid()}-{self._count}{SUFFIX}"
        # A reader must never find it unlocked, so it takes its name after its lock.
        unnamed = path.with_suffix(".new")
        file = unnamed.open("xb", buffering=0)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unnamed.rename(path)
        self._sync_folder()  # the name must survive a power cut as well as the bytes
        self._file, self._path = file, path
        return file

    def _retire(self, file: BinaryIO, whole_bytes: int) -> None:
        # What was acknowledged before stays readable; what failed now was not acknowledged.
        self._file = None
        try:
            os.ftruncate(file.fileno(), whole_bytes)
        finally:
            file.close()

    def _sync_folder(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def rotate(self) -> None:
        """End the file being written, so that it can be read back; a write under way ends first."""
        self._rotating = True
        if self._flusher is None or self._flusher.done():
            self._end_file()

    def _end_file(self) -> None:
        self._rotating = False
        if self._file is not None:
            self._file.close()
            self._file = None

    def files(self) -> list[Path]:
        """All spool files, oldest first, the one being written left out."""
        current = self._path if self._file else None
        return sorted(path for path in self.folder.glob(f"*{SUFFIX}") if path != current)

    def bytes(self) -> int:
        """Bytes in the folder now."""
        return sum(_size(path) for path in self.folder.glob(f"*{SUFFIX}"))

    def remove(self, path: Path, records: int) -> None:
        """Forget a file whose every record was accepted or set aside."""
        path.unlink(missing_ok=True)
        self._sync_folder()
        if f"-{os.getpid()}-" in path.name:
            self.records = max(0, self.records - records)

    def close(self) -> None:
        """Stop writing; what is left is replayed at the next start."""
        self.rotate()


def claim_file(path: Path) -> BinaryIO | None:
    """Open a file for replay unless its writer, or another reader, still holds it."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    if not path.exists():  # another reader finished it between our open and our lock
        file.close()
        return None
    return file


def pack(record: Record) -> bytes:
    """One record as it stands in the file: magic, length, CRC-32, MessagePack."""
    data = msgspec.msgpack.encode(record)
    return HEAD.pack(MAGIC, len(data), zlib.crc32(data)) + data


def unpack(file: BinaryIO) -> Iterator[Record | None]:
    """All whole records in order, and None once for each damaged stretch between them.

    A torn tail yields None at the end: it was never acknowledged, and nothing follows it.
    """
    start = file.tell()
    while len(head := file.read(HEAD.size)) == HEAD.size:
        magic, length, checksum = HEAD.unpack(head)
        data = file.read(length) if magic == MAGIC and length <= RECORD_BYTES_MAX else b""
        if magic == MAGIC and len(data) == length and zlib.crc32(data) == checksum:
            start = file.tell()
            yield msgspec.msgpack.decode(data, type=Record)
            continue
        yield None
        start = _next_record(file, start + 1)
    if head and file.tell() > start + len(head):
        yield None


def _next_record(file: BinaryIO, start: int) -> int:
    # Disks lose sectors in the middle too: what comes after one is still an acknowledged message.
    file.seek(start)
    rest = file.read()
    found = rest.find(MAGIC)
    file.seek(start + found if found >= 0 else start + len(rest))
    return file.tell()


class SpoolReport(TypedDict):
    """What lies in a spool folder: whole records, bytes, and the age of the oldest in seconds."""

    records: int
    bytes: int
    oldest_s: float


def report(folder: Path, now: float) -> SpoolReport:
    """Count what waits in the folder, for the waiting page and the metrics.

    Args:
        folder: the spool folder; one that is not there yet is empty.
        now: Unix time in seconds.
    """
    paths = [path for path in sorted(folder.glob(f"*{SUFFIX}")) if _size(path)]
    oldest = float(paths[0].name.split("-")[0]) if paths else now
    return {
        "records": sum(map(_count, paths)),
        "bytes": sum(map(_size, paths)),
        "oldest_s": max(0.0, now - oldest),
    }


def _count(path: Path) -> int:
    # Heads only: a spool of a gigabyte must not be read to draw a page.
    count = 0
    with contextlib.suppress(OSError), path.open("rb") as file:
        while len(head := file.read(HEAD.size)) == HEAD.size:
            magic, length, _ = HEAD.unpack(head)
            if magic != MAGIC:
                break
            file.seek(length, os.SEEK_CUR)
            count += 1
    return count


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
