"""Records what became of sends: whatever waits when one commit returns goes into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from hudhud.core.hints import ValkeyHints
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store import outbox
from hudhud.store.intake import Due
from hudhud.store.outbox import Ended, Settled
from hudhud.store.pool import Database, Deadlock, Refused

AWAY_PAUSE_S = 0.5
GROUP_MAX = 64


class Records:
    """The sends of one deliverer whose endings are to be recorded.

    A late record delays the next send of its conversation and never lets it begin sooner: until
    it is committed the row stands as `sending`, and what begins is decided from the rows alone.
    """

    def __init__(self, database: Database, hints: ValkeyHints) -> None:
        """Record into `database`; tell `hints` what may be sent next."""
        self._database = database
        self._hints = hints
        self._waiting: list[tuple[Ended, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, ended: Ended) -> None:
        """Record one, together with others; returns when that is over, however long it takes."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((ended, over))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await over

    def close(self) -> None:
        """Stop, whatever still waits."""
        if self._writing is not None:
            self._writing.cancel()

    async def _write(self) -> None:
        await asyncio.sleep(0)  # whatever ends in this same tick goes with it
        while self._waiting:
            group, self._waiting = self._waiting[:GROUP_MAX], self._waiting[GROUP_MAX:]
            try:
                await self._record([ended for ended, _ in group])
            finally:
                for _, over in group:
                    if not over.done():
                        over.set_result(None)

    async def _record(self, endings: Sequence[Ended]) -> None:
        while True:
            try:
                settled = await outbox.end(self._database, endings)
            except (StoreUnavailableError, Deadlock):
                # As long as this process lives, it is the one that knows what became of them.
                await asyncio.sleep(AWAY_PAUSE_S)
            except Refused as error:
                await self._record_apart(endings, error)
                return
            else:
                self._tell(endings, settled)
                return

    async def _record_apart(self, endings: Sequence[Ended], error: Refused) -> None:
        # One that PostgreSQL cannot store must not take its neighbours with it (trap 8). The
        # sweep will call it unknown; its status with our tag, or a person, settles it.
        if len(endings) > 1:
            for ended in endings:
                await self._record([ended])
            return
        row_id = endings[0].begun.row_id
        emit("send.not_recorded", "error", row=row_id, sqlstate=error.sqlstate)

    def _tell(self, endings: Sequence[Ended], settled: Sequence[Settled]) -> None:
        told = {ended.begun.row_id: ended for ended in endings}
        for ended in endings:
            emit(f"send.{ended.outcome}", row=ended.begun.row_id, code=ended.error_code)
        self._hints.sends(
            Due(
                merchant_id=row.merchant_id,
                conversation_id=row.conversation_id,
                due_ms=told[row.row_id].retry_ms if row.state == "queued" else 0,
            )
            for row in settled
            if row.more
        )
        for row in settled:
            self._hints.changed(row.merchant_id, row.conversation_id)
