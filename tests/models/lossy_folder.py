"""A disk in memory that forgets, at a power cut, what was not synced (trap 22).

It knows what a page cache knows: bytes and names become durable apart; what was written and not
synced may survive whole, in part, as zeros, or not at all; a sync that failed once may have
dropped its pages for good, whatever a later sync says.
"""

from __future__ import annotations

import errno
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from hudhud.core.intake.folder import Folder
from hudhud.core.intake.spool import DAMAGED


class Inode:
    """The bytes of one file: as they are read now, and as they would be after a power cut."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.synced = b""
        self.dropped = False
        self.holder: object = None


class Disk:
    """The platter under every process's view of the folder."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names: dict[str, Inode] = {}
        self.synced_names: dict[str, Inode] = {}
        self.whole: object = None
        self.fails: Callable[[str], bool] = lambda _deed: False

    def lose_power(self) -> None:
        """Keep what was synced; of the rest, whatever chance leaves."""
        both = {**self.synced_names, **self.names}
        left: dict[str, Inode] = {}
        for name, inode in both.items():
            synced_here = self.synced_names.get(name) is inode
            survives = self.names.get(name) is inode if synced_here else False
            if survives or self.chance.random() < 0.5:
                left[name] = inode
        for inode in left.values():
            inode.data = bytearray(self._after(inode))
            inode.synced = bytes(inode.data)
            inode.holder = None
            inode.dropped = False
        self.names, self.synced_names = left, dict(left)
        self.whole = None

    def _after(self, inode: Inode) -> bytes:
        now, safe = bytes(inode.data), inode.synced
        if not now.startswith(safe):
            return self.chance.choice((now, safe))  # a truncation that may not have arrived
        rest = now[len(safe) :]
        kept = rest[: self.chance.randint(0, len(rest))]
        zeros = bytes(self.chance.randint(0, len(rest) - len(kept)))
        return safe + kept + (zeros if self.chance.random() < 0.5 else b"")


class _File(io.BytesIO):
    def __init__(self, inode: Inode) -> None:
        super().__init__(bytes(inode.data))
        self.inode = inode

    def close(self) -> None:
        if self.inode.holder is self:
            self.inode.holder = None
        super().close()


class LossyFolder(Folder):
    """One process's view of the disk; `die` ends it as SIGKILL does."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(Path("spool"))
        self.disk = disk
        self._open: list[_File] = []

    def die(self) -> None:
        for file in self._open:
            file.close()
        if self.disk.whole is self:
            self.disk.whole = None

    def _may_fail(self, deed: str) -> None:
        if self.disk.fails(deed):
            raise OSError(errno.ENOSPC if deed in {"write", "create"} else errno.EIO, deed)

    def make(self) -> None:
        return

    def names(self) -> list[str]:
        return sorted(self.disk.names)

    def size(self, name: str) -> int:
        return len(self.disk.names[name].data) if name in self.disk.names else 0

    def _file(self, inode: Inode) -> BinaryIO:
        file = _File(inode)
        self._open.append(file)
        return cast("BinaryIO", file)

    def create(self, name: str) -> BinaryIO:
        self._may_fail("create")
        assert name not in self.disk.names
        inode = self.disk.names[name] = Inode()
        file = self._file(inode)
        inode.holder = file
        return file

    def open(self, name: str) -> BinaryIO | None:
        inode = self.disk.names.get(name)
        return None if inode is None else self._file(inode)

    def lock(self, file: BinaryIO) -> bool:
        inode = cast("_File", file).inode
        if inode.holder not in {None, file}:
            return False
        inode.holder = file
        return True

    def lock_whole(self) -> int | None:
        if self.disk.whole is not None:
            return None
        self.disk.whole = self
        return 1

    def close_whole(self, descriptor: int) -> None:
        assert descriptor == 1
        if self.disk.whole is self:
            self.disk.whole = None

    def write(self, file: BinaryIO, data: bytes) -> None:
        inode = cast("_File", file).inode
        if self.disk.fails("write"):
            inode.data += data[: self.disk.chance.randint(0, len(data))]
            raise OSError(errno.ENOSPC, "No space left on device")
        inode.data += data

    def mark(self, file: BinaryIO, at: int, data: bytes) -> None:
        self._may_fail("mark")
        cast("_File", file).inode.data[at : at + len(data)] = data

    def sync(self, file: BinaryIO) -> None:
        inode = cast("_File", file).inode
        if self.disk.fails("sync"):
            inode.dropped = True
            raise OSError(errno.EIO, "Input/output error")
        if not inode.dropped:
            inode.synced = bytes(inode.data)

    def cut(self, file: BinaryIO, size: int) -> None:
        del cast("_File", file).inode.data[size:]

    def rename(self, old: str, new: str) -> None:
        self._may_fail("rename")
        # Only the same damaged file, back after a power cut, may take its name a second time.
        assert new not in self.disk.names or new.endswith(DAMAGED)
        self.disk.names[new] = self.disk.names.pop(old)

    def remove(self, name: str) -> None:
        self.disk.names.pop(name, None)

    def sync_names(self) -> None:
        self._may_fail("sync_names")
        self.disk.synced_names = dict(self.disk.names)
