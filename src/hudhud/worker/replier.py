"""Replies: wakes when a batch is due, claims it, has it answered, writes the ending.

Slots, not batches: one slow answer delays nobody (trap 17). What finishes in the same moment is
written together. While Valkey is away or switched off, PostgreSQL itself says what is due
(direct mode, Q8); the claim is the same.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from functools import partial

from hudhud.core.adapters import Spoken, spoken
from hudhud.core.answer import answer, failed
from hudhud.core.app import App
from hudhud.errors import HudhudError, StoreUnavailableError
from hudhud.events import STAGES, emit
from hudhud.model import Claimed
from hudhud.store import conversations, sweep
from hudhud.store.conversations import Claim, Finish, Setting
from hudhud.store.pool import Deadlock, Refused
from hudhud.worker.source import DIRECT_POLL_S, Entries, Source, unless
from hudhud.worker.typing import Typing

AWAY_PAUSE_S = 0.5
FINISH_TRIES = 20
GROUP_MAX = 64
# Of the drain's time, what running answers may still use; the rest is for writing them down.
PATIENCE = 0.7


class Replier:
    """Answers batches of any merchant, `settings.slots` side by side."""

    def __init__(self, app: App, typing: Typing, *, holder: str) -> None:
        """Work with a process's open parts, under a holder's name; `run` works until `drain`."""
        self.database = app.database
        self.hints = app.hints
        self.inboxes = app.inboxes
        self.switches = app.switches
        self.settings = app.settings
        self.typing = typing
        self.holder = holder
        ask = partial(sweep.due_replies, app.database, within_s=0)
        self._source = Source(app.replies, app.switches, lambda limit: ask(limit=limit))
        self.running: dict[int, tuple[Claim, asyncio.Task[None]]] = {}
        self._alone: Entries = []
        self._endings: list[Finish] = []
        self._ended = asyncio.Event()
        self._freed = asyncio.Event()
        self._draining = asyncio.Event()

    async def run(self) -> None:
        """Work until drained; every long-lived part of it ends with it."""
        async with asyncio.TaskGroup() as parts:
            background = [parts.create_task(self._write()), parts.create_task(self._renew())]
            await self._claim_until_drained()
            await self._finish_running()
            for task in background:
                task.cancel()

    def drain(self) -> None:
        """Take nothing new; finish what runs, or hand it back when that takes too long (Q9)."""
        self._draining.set()
        self._freed.set()

    @property
    def _held(self) -> bool:
        return self.switches.on("drain") or self.switches.on("intake_only")

    async def _claim_until_drained(self) -> None:
        while not self._draining.is_set():
            free = self.settings.slots - len(self.running)
            if free <= 0:
                self._freed.clear()
                await self._freed.wait()
                continue
            try:
                entries = await unless(self._draining, self._due(min(free, GROUP_MAX)))
                if self._held:
                    continue  # a switch was turned while we waited; the sweep tells of them again
                if entries:
                    await self.claim(entries)
                if self._alone and not self.running:
                    await self.claim([self._alone.pop()], alone=True)
            except StoreUnavailableError as error:
                emit("worker.store_away", "warning", error=error.detail)
                await asyncio.sleep(AWAY_PAUSE_S)

    async def _due(self, limit: int) -> Entries:
        if self._held:
            await asyncio.sleep(DIRECT_POLL_S)
            return []
        if self._alone or any(claim.crashes for claim, _ in self.running.values()):
            # One whose workers died is answered while nothing else is in progress (trap 17).
            return await self._rest() if self.running else []
        return await self._source.take(limit)

    async def _rest(self) -> Entries:
        self._freed.clear()
        await self._freed.wait()
        return []

    async def claim(self, entries: Sequence[tuple[int, int]], *, alone: bool = False) -> None:
        """Claim what may be due and start its answers; refused hints go back with their time.

        Raises:
            StoreUnavailableError: PostgreSQL is away; the sweep restores the hints.
        """
        claims = await conversations.claim(
            self.database,
            entries,
            holder=self.holder,
            lease_s=self.settings.lease_s,
            alone=alone,
        )
        won = [claim for claim in claims if claim.verdict == "claimed"]
        for claim in claims:
            where = (claim.claimed.merchant_id, claim.claimed.conversation_id)
            if claim.verdict == "alone":
                self._alone.append(where)
            elif claim.verdict in {"early", "leased"}:
                self.hints.reply(*where, math.ceil(claim.wait_ms))
        if not won:
            return
        needed = [claim.claimed for claim in won]
        setting = await self._settings(needed)
        for claim in won:
            conversation_id = claim.claimed.conversation_id
            task = asyncio.create_task(self._answer(claim, setting.get(conversation_id)))
            self.running[conversation_id] = (claim, task)
            self.hints.changed(claim.claimed.merchant_id, conversation_id)

    async def _settings(self, needed: Sequence[Claimed]) -> dict[int, Setting]:
        # The leases are ours: giving up at once would leave these batches until they expire.
        for _ in range(FINISH_TRIES):
            try:
                return await conversations.settings(self.database, needed, history_max=30)
            except StoreUnavailableError:
                await asyncio.sleep(AWAY_PAUSE_S)
        return await conversations.settings(self.database, needed, history_max=30)

    async def _answer(self, claim: Claim, setting: Setting | None) -> None:
        started = time.monotonic()
        try:
            speaks = await self._spoken(claim)
            self.typing.show(speaks, claim)
            ending = await answer(
                self.database,
                self.settings,
                claim,
                setting,
                speaks.channel.parts,
                ai_on=self.switches.on("ai"),
            )
        except asyncio.CancelledError:
            # A drain ran out of time: the batch goes back as it was, for the next worker.
            ending = Finish(claimed=claim.claimed, outcome="released")
        except (HudhudError, ValueError) as error:
            ending = failed(claim, error, self.settings)
        STAGES.labels("answer").observe(time.monotonic() - started)
        self._end(ending)

    async def _spoken(self, claim: Claim) -> Spoken:
        inbox = await self.inboxes.by_id(claim.claimed.merchant_id, claim.claimed.inbox_id)
        if inbox is None:
            raise StoreUnavailableError("the inbox is disabled")
        return spoken(inbox)

    async def _write(self) -> None:
        while True:
            await self._ended.wait()
            await asyncio.sleep(0)  # whatever ends in this same tick goes with it
            await self._flush()

    async def _flush(self) -> None:
        self._ended.clear()
        endings, self._endings = self._endings[:GROUP_MAX], self._endings[GROUP_MAX:]
        if self._endings:
            self._ended.set()
        if not endings:
            return
        try:
            await self._finish(endings)
        finally:
            for ending in endings:
                # Its next batch may have been claimed here before we heard of our own commit.
                entry = self.running.get(ending.claimed.conversation_id)
                if entry is not None and entry[0].claimed.fence == ending.claimed.fence:
                    del self.running[ending.claimed.conversation_id]
            self._freed.set()

    async def _finish(self, endings: Sequence[Finish]) -> None:
        for _ in range(FINISH_TRIES):
            try:
                written = await conversations.finish(self.database, endings)
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
        for done in written:
            if done.due_ms is not None:
                self.hints.reply(done.merchant_id, done.conversation_id, done.due_ms)
            if done.sends:
                self.hints.send(done.merchant_id, done.conversation_id, 0)
            self.hints.changed(done.merchant_id, done.conversation_id)
        if len(written) < len(endings):
            emit("lease.lost", "warning", count=len(endings) - len(written))

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

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self.settings.lease_s / 3)
            held = [claim.claimed for claim, _ in self.running.values()]
            if not held:
                continue
            try:
                ours = await conversations.renew(self.database, held, lease_s=self.settings.lease_s)
            except StoreUnavailableError:
                continue  # the fence decides in the end
            for claimed in held:
                entry = self.running.get(claimed.conversation_id)
                if claimed.conversation_id not in ours and entry is not None:
                    entry[1].cancel()

    async def _finish_running(self) -> None:
        running = list(self.running.values())
        if running:
            patience_s = self.settings.drain_s * PATIENCE
            _, late = await asyncio.wait([task for _, task in running], timeout=patience_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for claim, task in running:
            if task.cancelled():  # cut before its first step, so it could not say so itself
                self._end(Finish(claimed=claim.claimed, outcome="released"))
        while self.running:
            self._freed.clear()
            await self._freed.wait()

    def _end(self, ending: Finish) -> None:
        self._endings.append(ending)
        self._ended.set()
