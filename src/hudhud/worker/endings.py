"""Writes how batches ended: together what ends in the same moment, each only under its fence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from hudhud.core.hints import ValkeyHints
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store import conversations
from hudhud.store.conversations import Finish, Finished
from hudhud.store.intake import Due
from hudhud.store.pool import Database, Deadlock, Refused

AWAY_PAUSE_S = 0.5
FINISH_TRIES = 20
GROUP_MAX = 64


class Endings:
    """The endings of one worker that wait to be written."""

    def __init__(
        self, database: Database, hints: ValkeyHints, done: Callable[[Finish], None]
    ) -> None:
        """Write into `database`; tell `done` of each ending that needs no more work here."""
        self._database = database
        self._hints = hints
        self._done = done
        self._waiting: list[Finish] = []
        self._came = asyncio.Event()

    def add(self, ending: Finish) -> None:
        """Write this one with whatever else ends in this tick."""
        self._waiting.append(ending)
        self._came.set()

    async def run(self) -> None:
        """Write for ever; end it by cancelling."""
        while True:
            await self._came.wait()
            await asyncio.sleep(0)  # whatever ends in this same tick goes with it
            await self._flush()

    async def _flush(self) -> None:
        self._came.clear()
        group, self._waiting = self._waiting[:GROUP_MAX], self._waiting[GROUP_MAX:]
        if self._waiting:
            self._came.set()
        try:
            await self._finish(group)
        finally:
            for ending in group:
                self._done(ending)

    async def _finish(self, endings: Sequence[Finish]) -> None:
        for _ in range(FINISH_TRIES):
            try:
                written = await conversations.finish(self._database, endings)
                break
            except (StoreUnavailableError, Deadlock):
                # The answers exist; they are worth waiting for, and the fence guards a late write.
                await asyncio.sleep(AWAY_PAUSE_S)
            except Refused as error:
                await self._finish_apart(endings, error)
                return
        else:
            emit("answer.not_written", "error", count=len(endings))
            return
        self._tell(endings, written)

    async def _finish_apart(self, endings: Sequence[Finish], error: Refused) -> None:
        # One ending that PostgreSQL cannot store must not take its neighbours with it (trap 8).
        if len(endings) > 1:
            for ending in endings:
                await self._finish([ending])
            return
        emit("answer.unstorable", "error", sqlstate=error.sqlstate)
        claimed = endings[0].claimed
        if endings[0].reason != "unstorable":
            await self._finish(
                [Finish(claimed=claimed, outcome="handed_over", reason="unstorable")]
            )

    def _tell(self, endings: Sequence[Finish], written: Sequence[Finished]) -> None:
        ends = {ending.claimed.conversation_id: ending for ending in endings}
        self._hints.replies(_due(d, d.due_ms) for d in written if d.due_ms is not None)
        self._hints.sends(_due(d, 0) for d in written if d.sends)
        for done in written:
            ending = ends[done.conversation_id]
            if done.batch_id is None and ending.outcome == "answered":
                emit("answer.absorbed", conversation=done.conversation_id)
            elif ending.outcome == "handed_over":
                why = (ending.reason or "").partition(":")[0]
                emit("conversation.handed_over", conversation=done.conversation_id, why=why)
            self._hints.changed(done.merchant_id, done.conversation_id)
        if len(written) < len(endings):
            emit("lease.lost", "warning", count=len(endings) - len(written))


def _due(done: Finished, due_ms: float) -> Due:
    return Due(merchant_id=done.merchant_id, conversation_id=done.conversation_id, due_ms=due_ms)
