"""The spool's folder: every touch of its disk, in one place.

A test hands in a folder that forgets, at a power cut, whatever was not synced (trap 22).
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from pathlib import Path
from typing import BinaryIO

# No file system counts the time of a change more coarsely. A list that was made so long after the
# last change is right until the next one; every webhook asks, and asking the time is cheaper.
MTIME_S = 2.5
# What a file system says that has no full flush, as one over a network.
NO_FULL_FLUSH = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOTTY})


class Folder:
    """Files by name. A file and its name become durable apart: `sync` and `sync_names`."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is touched yet."""
        self.path = path
        self._changed_ns = 0
        self._seen_at = 0.0
        self._listed: list[str] | None = None

    def make(self) -> None:
        """Make the folder and prove that a file in it can be written, synced and removed.

        Raises:
            OSError: it cannot; nothing of the trial is left.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = f"probe-{os.getpid()}"
        self.remove(probe)
        try:
            with self.create(probe) as file:
                self.write(file, b"x")
                self.sync(file)
        finally:
            self.remove(probe)
        self.sync_names()

    def names(self) -> list[str]:
        """Everything in it, sorted."""
        changed_ns = self.path.stat().st_mtime_ns
        now = time.monotonic()
        if changed_ns != self._changed_ns:
            self._changed_ns, self._seen_at, self._listed = changed_ns, now, None
        if self._listed is not None:
            return self._listed
        with os.scandir(self.path) as entries:
            names = sorted(entry.name for entry in entries)
        if now - self._seen_at > MTIME_S:
            self._listed = names
        return names

    def size(self, name: str) -> int:
        """Bytes of a file; 0 when it is gone."""
        try:
            return (self.path / name).stat().st_size
        except FileNotFoundError:
            return 0

    def create(self, name: str) -> BinaryIO:
        """A new, empty file to append to, locked for as long as it is open."""
        file = (self.path / name).open("xb", buffering=0)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file

    def open(self, name: str) -> BinaryIO | None:
        """A file to read and to mark; None when it is gone."""
        try:
            return (self.path / name).open("r+b")
        except FileNotFoundError:
            return None

    def lock(self, file: BinaryIO) -> bool:
        """Take the lock of an open file, unless somebody else holds it; closing frees it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def lock_whole(self) -> int | None:
        """Lock the folder itself, unless another does; `close_whole` frees it."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor

    def close_whole(self, descriptor: int) -> None:
        """Free the folder's lock."""
        os.close(descriptor)

    def write(self, file: BinaryIO, data: bytes) -> None:
        """Append all of it."""
        view = memoryview(data)
        while view:
            view = view[os.write(file.fileno(), view) :]

    def mark(self, file: BinaryIO, at: int, data: bytes) -> None:
        """Write over bytes that are there: what a full disk still takes. Nobody waits for it."""
        os.pwrite(file.fileno(), data, at)

    def sync(self, file: BinaryIO) -> None:
        """Make the file's bytes durable."""
        flush(file.fileno())

    def cut(self, file: BinaryIO, size: int) -> None:
        """Take back what was written beyond so many bytes."""
        os.ftruncate(file.fileno(), size)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name."""
        (self.path / old).rename(self.path / new)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self.path / name).unlink(missing_ok=True)

    def sync_names(self) -> None:
        """Make the names durable: a file whose name is lost is lost with it."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            flush(descriptor)
        finally:
            os.close(descriptor)


def flush(descriptor: int) -> None:
    """Bring what was written onto the disk itself: macOS's own fsync stops at the drive's cache.

    Raises:
        OSError: the disk refuses.
    """
    full: int | None = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        try:
            fcntl.fcntl(descriptor, full)
        except OSError as error:
            if error.errno not in NO_FULL_FLUSH:
                raise
        else:
            return
    os.fsync(descriptor)
