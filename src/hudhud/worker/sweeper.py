"""The sweep: schedules whatever PostgreSQL knows and Valkey does not (laws 1 and 6, Q7)."""

from __future__ import annotations

import asyncio

from hudhud.core import handoff
from hudhud.core.contacts import merging
from hudhud.core.hints import ValkeyHints
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.queue.rota import Rota
from hudhud.settings import Settings
from hudhud.store import outbox, report, sweep
from hudhud.store.pool import Database, Deadlock

WATCH_S = 1.0
# Of the time between two watches, so that one worker alone finds each of them his.
TURN = 0.9
# Two watches ahead: whatever Valkey forgot is known to it again before it is due.
AHEAD_S = 2.0
REPLIES_MAX = 4096
LIMIT = 1000
# Messages that one sweep adds to the counters of their inboxes (Q7).
COUNTED_MAX = 100_000
# Rows of each table at which one step of retention looks, once a second: it keeps up with 2 000/s.
DROPPED_MAX = 2000
# A sender that has not recorded its result this long after its own deadline is dead.
SEND_GRACE_S = 20.0
# Providers bring a webhook again for a week: an edit whose message has not come by then is alone.
PARKED_S = 7 * 24 * 3600.0


class Sweeper:
    """Every second it hints what is due soon; every `sweep_s` it mends what was left lying.

    Any number of workers may sweep at once: rows are locked with SKIP LOCKED, hints are idempotent,
    and one of all at a time gives them.
    """

    def __init__(
        self, database: Database, hints: ValkeyHints, settings: Settings, rota: Rota
    ) -> None:
        """Put the parts together."""
        self.database = database
        self.hints = hints
        self.settings = settings
        self._rota = rota
        self._watch_s = min(WATCH_S, settings.sweep_s)

    async def run(self) -> None:
        """Sweep until cancelled; PostgreSQL away is waited out."""
        rounds = max(1, round(self.settings.sweep_s / WATCH_S))
        turn = 0
        while True:
            try:
                if turn % rounds == 0:
                    await self.mend()
                await self.watch()
            except (StoreUnavailableError, Deadlock) as error:
                emit("sweep.store_away", "warning", error=str(error))
            turn += 1
            await asyncio.sleep(self._watch_s)

    async def watch(self) -> None:
        """Hint what is due now or will be soon: a wiped Valkey is refilled by this."""
        if await self._rota.mine(TURN * self._watch_s):
            try:
                await self._hint()
            except StoreUnavailableError:
                # Others may reach PostgreSQL: who does not must not have each turn before them.
                await self._rota.leave()
                raise
        await merging.merge_wished(self.database, self.hints)
        if self.settings.keep_days:
            days = self.settings.keep_days
            await sweep.drop_old(self.database, keep_days=days, limit=DROPPED_MAX)

    async def _hint(self) -> None:
        due = await sweep.due_replies(self.database, within_s=AHEAD_S, limit=REPLIES_MAX)
        self.hints.replies(due)
        self.hints.sends(await sweep.due_sends(self.database, limit=LIMIT))

    async def mend(self) -> None:
        """Find what no due time points to any more, and make it due."""
        mended = await sweep.sweep(
            self.database,
            lease_s=self.settings.lease_s,
            send_s=self.settings.send_timeout_s + SEND_GRACE_S,
            limit=LIMIT,
        )
        for found in mended:
            emit(
                "sweep.mended",
                "warning",
                what=found.what,
                merchant=found.merchant_id,
                conversation=found.conversation_id,
            )
            self.hints.changed(found.merchant_id, found.conversation_id)
        await self._mend_sends()
        for place in await sweep.give_up_changes(self.database, after_s=PARKED_S, limit=LIMIT):
            self.hints.changed(*place)
        await handoff.hand_back_silent(self.database, self.hints, limit=LIMIT)
        await report.count_messages(self.database, limit=COUNTED_MAX)

    async def _mend_sends(self) -> None:
        for merchant_id, conversation_id in await outbox.mend(self.database, limit=LIMIT):
            where = {"merchant": merchant_id, "conversation": conversation_id}
            emit("sweep.mended", "warning", what="send_clock", **where)
        unsettled = await outbox.unknown_to_person(
            self.database, after_s=self.settings.unknown_s, limit=LIMIT
        )
        for merchant_id, conversation_id in unsettled:
            emit("send.unsettled", "warning", merchant=merchant_id, conversation=conversation_id)
            self.hints.changed(merchant_id, conversation_id)
