"""Brings spooled webhooks back through the same door as new ones, in the order of acceptance.

Every process of the host spools into one folder, and one at a time reads all of it, merged by the
moment of acceptance: of two webhooks the one whose 200 came first goes in first, whoever took
them (Q4, trap 14). Files that a living process still writes are read as far as they are whole;
their own writer, or whoever adopts them, removes them later, and the unique key knows what is in.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, NamedTuple, Protocol

from hudhud.core.intake.door import DURABLE, Fate, Sender, senders
from hudhud.core.intake.record import Record, unpack
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
        self._read_to: dict[str, int] = {}
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
            self._read_to.clear()
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
        files = [f for name in names if (f := _Open.of(self.spool, name, self._read_to))]
        kept = _Kept([], set())
        try:
            merged = heapq.merge(*(file.entries(began) for file in files))
            while group := await asyncio.to_thread(_next_group, merged, self._group):
                await self._commit([entry.record for entry in group], kept, door)
                if not kept.records:
                    # What is in stays in. A spool that takes longer to read than PostgreSQL
                    # stays up at a time would else be begun anew for ever.
                    self._read_to.update((entry.name, entry.end) for entry in group if entry.end)
            if kept.records:
                if len(kept.records) == sum(file.records for file in files):
                    return False  # they lie there as well as they could anywhere
                await asyncio.to_thread(self.spool.keep, names[0], kept.records)
            return await asyncio.to_thread(self._put_away, files, len(kept.records))
        finally:
            for file in files:
                file.file.close()

    async def _commit(self, group: Sequence[Record], kept: _Kept, door: Committing) -> None:
        """Put a group in; what a lock keeps out is kept, with what follows it in a conversation."""
        free: list[tuple[Record, Webhook]] = []
        for record in group:
            webhook = await self.routing(record)
            if kept.senders.isdisjoint(senders([webhook])):
                free.append((record, webhook))
            else:
                kept.add(record, webhook)
        fates = await door.commit([webhook for _, webhook in free]) if free else []
        if "away" in fates:
            # A group that is too much for one commit would come back so for ever.
            self._group = max(1, self._group // 2)
            raise StoreUnavailableError(f"{len(group)} of the spool wait.")
        self._group = min(self.group_max, self._group * 2)
        for (record, webhook), fate in zip(free, fates, strict=True):
            if fate not in DURABLE:
                kept.add(record, webhook)

    def _put_away(self, files: Sequence[_Open], kept: int) -> bool:
        removed = 0
        for file in files:
            self._read_to[file.name] = file.read_to
            if not file.ended:
                continue
            if file.damaged:
                # Never deleted: a person may still read from it what the disk left.
                self.spool.folder.rename(file.name, file.name + DAMAGED)
            self.spool.folder.remove(file.name)
            self._read_to.pop(file.name, None)
            removed += 1
        if removed:
            self.spool.folder.sync_names()
            damaged = sum(file.damaged for file in files)
            records = sum(file.records for file in files)
            emit("spool.replayed", "warning", records=records, kept=kept, damaged=damaged)
        return removed > bool(kept)


class _Kept(NamedTuple):
    """What could not go in, in order, and who wrote it."""

    records: list[Record]
    senders: set[Sender]

    def add(self, record: Record, webhook: Webhook) -> None:
        if record not in self.records:  # a copy of it may lie in two files after a failing disk
            self.records.append(record)
        self.senders.update(senders([webhook]))


class _Entry(NamedTuple):
    """A record in its place: by the moment of acceptance, then by file, then by its place there."""

    at: datetime
    name: str
    place: int
    record: Record
    end: int  # of it in its file; 0 behind a damaged stretch, which has to be read again


class _Open:
    """One spool file being read. `ended`: nobody writes it any more, and it is ours to remove."""

    def __init__(self, name: str, file: BinaryIO, *, ended: bool) -> None:
        self.name = name
        self.file = file
        self.ended = ended
        self.read_to = file.tell()
        self.records = 0
        self.damaged = 0

    @classmethod
    def of(cls, spool: Spool, name: str, read_to: dict[str, int]) -> _Open | None:
        file = spool.folder.open(name)
        if file is None:
            return None
        ended = spool.folder.lock(file)
        file.seek(read_to.get(name, 0))
        return cls(name, file, ended=ended)

    def entries(self, until: datetime) -> Iterator[_Entry]:
        """Its records up to a moment.

        Two living files are read one after the other: without that moment a record in the second
        could overtake one that was acknowledged before it, but after the first was read.
        """
        for record in unpack(self.file):
            if record is not None:
                if until < record.accepted_at <= until + AHEAD_MAX:
                    if self.ended:  # the rest is read with all of it, what is damaged included
                        self.ended, self.read_to = False, 0
                    return
                self.records += 1
                self.read_to = self.file.tell()
                end = 0 if self.damaged else self.read_to
                yield _Entry(record.accepted_at, self.name, self.records, record, end)
            elif self.ended:
                self.damaged += 1
            else:
                return  # its writer is in the middle of it


def _next_group(merged: Iterator[_Entry], most: int) -> list[_Entry]:
    group: list[_Entry] = []
    size = 0
    for entry in merged:
        group.append(entry)
        size += len(entry.record.body)
        if len(group) >= most or size >= GROUP_BYTES_MAX:
            break
    return group
