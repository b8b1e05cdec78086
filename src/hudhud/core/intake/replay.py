"""Brings spooled webhooks back through the same door as new ones, in the order of acceptance.

Every process of the host spools into one folder, and one at a time reads all of it, merged by the
moment of acceptance: of two webhooks the one whose 200 came first goes in first, whoever took
them (Q4, trap 14). Files that a living process still writes are read as far as they are whole;
their own writer, or whoever adopts them, removes them later.

What went in is marked in its file, so that whoever reads next begins behind it: a spool that takes
longer to read than PostgreSQL, or this process, lives at a time would else be begun anew for ever.
A mark may be lost; then the unique key knows what is in.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, NamedTuple, Protocol

from hudhud.core.intake.door import DURABLE, Fate, Sender, senders
from hudhud.core.intake.folder import Folder
from hudhud.core.intake.record import DONE, Record, placed
from hudhud.core.intake.spool import DAMAGED, Spool
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store.intake import Webhook

GROUP_MAX = 128
GROUP_BYTES_MAX = 8 * 1024 * 1024
# Another process that holds the folder and changes nothing for so many looks may be stopped.
LOOKS_MAX = 20
# What is accepted while a replay runs is the next one's. More than this ahead of our own clock is
# a clock that jumped, and is not waited for.
AHEAD_MAX = timedelta(seconds=5)

Routing = Callable[[Record], Awaitable[Webhook]]


class Committing(Protocol):
    """The door, or a stand-in of it that a schedule in virtual time opens and shuts."""

    async def commit(self, group: Sequence[Webhook]) -> list[Fate]:
        """Say of each webhook what became of it."""


class Replay:
    """Reads this process's spool and those of every other process of this host."""

    def __init__(self, spool: Spool, routing: Routing, *, group_max: int = GROUP_MAX) -> None:
        """Keep the spool and the way from a record to a webhook (parsing, finding inboxes).

        Args:
            spool: this process's hand in the folder.
            routing: from a record to a webhook; raises StoreUnavailableError and no other error.
            group_max: most webhooks in one commit.
        """
        self.spool = spool
        self.routing = routing
        self.group_max = group_max
        self._group = group_max
        self._seen: tuple[list[str], int] = ([], 0)

    async def run(self, door: Committing) -> bool:
        """Replay everything that lies in the folder now, unless another process does.

        Returns: whether anything was removed, so that looking again at once is worth it.

        Raises:
            StoreUnavailableError: PostgreSQL went away again; the files stay as they are, and
                what they held that went in already is recognised as duplicate the next time.
        """
        self.spool.rotate()
        began = datetime.now(UTC)
        names = self.spool.names()
        if not names:
            return False
        whole = self.spool.folder.lock_whole()
        if whole is None and not self._stuck(names):
            return False
        try:
            return await self._bring_back(names, began, door)
        finally:
            if whole is not None:
                self.spool.folder.close_whole(whole)

    def _stuck(self, names: list[str]) -> bool:
        looks = self._seen[1] + 1 if self._seen[0] == names else 0
        self._seen = (names, looks)
        return looks >= LOOKS_MAX

    async def _bring_back(self, names: list[str], began: datetime, door: Committing) -> bool:
        files = {name: file for name in names if (file := _Open.of(self.spool, name))}
        kept: set[Sender] = set()
        removed = 0
        try:
            merged = heapq.merge(*(file.entries(began) for file in files.values()))
            while group := await asyncio.to_thread(_next_group, merged, self._group):
                done = await self._commit(group, kept, door)
                await asyncio.to_thread(_mark, files, done)
                removed += await asyncio.to_thread(self._put_away, files.values())
            return removed + await asyncio.to_thread(self._put_away, files.values()) > 0
        finally:
            for file in files.values():
                file.file.close()

    async def _commit(
        self, group: Sequence[_Entry], kept: set[Sender], door: Committing
    ) -> list[_Entry]:
        """Put a group in, and say what is in.

        What a lock keeps out stays where it lies, with what follows it in its conversation; whose
        that is, is noted in `kept`.
        """
        free: list[tuple[_Entry, Webhook]] = []
        for entry in group:
            webhook = await self.routing(entry.record)
            if kept.isdisjoint(theirs := senders([webhook])):
                free.append((entry, webhook))
            else:
                kept |= theirs
        fates = await door.commit([webhook for _, webhook in free]) if free else []
        if "away" in fates:
            # A group that is too much for one commit would come back so for ever.
            self._group = max(1, self._group // 2)
            raise StoreUnavailableError(f"{len(group)} of the spool wait.")
        self._group = min(self.group_max, self._group * 2)
        for (_, webhook), fate in zip(free, fates, strict=True):
            if fate not in DURABLE:
                kept |= senders([webhook])
        return [entry for (entry, _), fate in zip(free, fates, strict=True) if fate in DURABLE]

    def _put_away(self, files: Iterable[_Open]) -> int:
        """Remove what is read to its end and wholly in; how many files that were."""
        over = [file for file in files if file.over and not file.waiting]
        for file in over:
            file.over = False
            if file.damaged:
                # Never deleted: a person may still read from it what the disk left.
                self.spool.folder.rename(file.name, file.name + DAMAGED)
            self.spool.folder.remove(file.name)
        if over:
            self.spool.folder.sync_names()
            damaged = sum(file.damaged for file in over)
            records = sum(file.records for file in over)
            emit("spool.replayed", "warning", records=records, damaged=damaged)
        return len(over)


def _mark(files: Mapping[str, _Open], done: Iterable[_Entry]) -> None:
    for entry in done:
        files[entry.name].mark(entry.begin)


class _Entry(NamedTuple):
    """A record in its place: by the moment of acceptance, then by file, then by its place there."""

    at: datetime
    name: str
    place: int
    record: Record
    begin: int  # of it in its file


class _Open:
    """One spool file being read.

    `ended`: nobody writes it any more, and it is ours to remove. `over`: such a one was read to
    its end; `waiting` of its records are not in.
    """

    def __init__(self, folder: Folder, name: str, file: BinaryIO, *, ended: bool) -> None:
        self.name = name
        self.file = file
        self.ended = ended
        self.over = False
        self.records = 0
        self.waiting = 0
        self.damaged = 0
        self._folder = folder

    @classmethod
    def of(cls, spool: Spool, name: str) -> _Open | None:
        file = spool.folder.open(name)
        if file is None:
            return None
        return cls(spool.folder, name, file, ended=spool.folder.lock(file))

    def mark(self, begin: int) -> None:
        """Its record that begins there is in."""
        self.waiting -= 1
        with contextlib.suppress(OSError):  # it is read once more than it had to be
            self._folder.mark(self.file, begin, DONE)

    def entries(self, until: datetime) -> Iterator[_Entry]:
        """Its records up to a moment.

        Two living files are read one after the other: without that moment a record in the second
        could overtake one that was acknowledged before it, but after the first was read.
        """
        for begin, record in placed(self.file):
            if record is not None:
                if until < record.accepted_at <= until + AHEAD_MAX:
                    return
                self.records += 1
                self.waiting += 1
                yield _Entry(record.accepted_at, self.name, self.records, record, begin)
            elif self.ended:
                self.damaged += 1
            else:
                return  # its writer is in the middle of it
        self.over = self.ended


def _next_group(merged: Iterator[_Entry], most: int) -> list[_Entry]:
    group: list[_Entry] = []
    size = 0
    for entry in merged:
        group.append(entry)
        size += len(entry.record.body)
        if len(group) >= most or size >= GROUP_BYTES_MAX:
            break
    return group
