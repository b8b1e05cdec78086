"""Brings spooled webhooks back through the same door as new ones, oldest first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from hudhud.core.intake.spool import Record, Spool, claim_file, unpack
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store.intake import Webhook

GROUP = 128

Routing = Callable[[Record], Awaitable[Webhook]]


class Door(Protocol):
    """Where webhooks become durable: intake's own group commit."""

    async def commit(self, group: Sequence[Webhook]) -> list[bool]:
        """Say of each webhook whether it is durable now."""


class Replay:
    """Reads this process's spool and those of dead processes of this host."""

    def __init__(self, spool: Spool, routing: Routing) -> None:
        """Keep the spool and the way from a record to a webhook (parsing, finding inboxes)."""
        self.spool = spool
        self.routing = routing

    async def run(self, door: Door) -> None:
        """Replay every file that no living process is writing.

        Raises:
            StoreUnavailableError: PostgreSQL went away again; the file stays as it is, and what
                it held that went in already is recognised as duplicate the next time.
        """
        self.spool.rotate()
        for path in self.spool.files():
            file = claim_file(path)
            if file is None:
                continue
            with file:
                await self._file(path, file, door)

    async def _file(self, path: Path, file: BinaryIO, door: Door) -> None:
        records, damaged = await asyncio.to_thread(_read, file)
        for start in range(0, len(records), GROUP):
            group = [await self.routing(record) for record in records[start : start + GROUP]]
            for attempt in range(3):
                taken = await door.commit(group)
                group = [webhook for webhook, ok in zip(group, taken, strict=True) if not ok]
                if not group:
                    break
                await asyncio.sleep(0.1 * 2**attempt)
            if group:
                raise StoreUnavailableError(f"{len(group)} of the spool wait.")
        if damaged:
            # Never deleted: a person may still read from it what the disk left.
            await asyncio.to_thread(path.rename, path.with_suffix(".damaged"))
        self.spool.remove(path, len(records))
        emit("spool.replayed", "warning", records=len(records), damaged=damaged)


def _read(file: BinaryIO) -> tuple[list[Record], int]:
    read = list(unpack(file))
    return [record for record in read if record is not None], read.count(None)
