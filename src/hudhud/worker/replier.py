"""Replies: wakes when a batch is due, claims it, has it answered, writes the ending.

Slots, not batches: one slow answer delays nobody (trap 17), and one merchant leaves room for the
others (trap 20). While Valkey is away or switched off, PostgreSQL itself says what is due (direct
mode, Q8); the claim is the same.

A suspect is a conversation of which two holders in succession died. A worker has at most one of
them in progress, beside others that are above suspicion: a message that kills workers takes its
neighbours with it twice at most, and none of them is given up because of it (trap 17).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType

from hudhud import registry
from hudhud.core.adapters import spoken
from hudhud.core.answering import answer, failed
from hudhud.core.app import App
from hudhud.core.context import Looking
from hudhud.core.context.looking import Looked
from hudhud.core.tracing import Trace, step, tracing
from hudhud.core.tracing.spans import Spans
from hudhud.errors import HudhudError, StoreUnavailableError
from hudhud.events import STAGES, emit
from hudhud.model import Claimed
from hudhud.store import conversations
from hudhud.store.conversations import Claim, Finish
from hudhud.store.intake import Due
from hudhud.store.lookups import declared
from hudhud.store.pool import Deadlock
from hudhud.worker.endings import AWAY_PAUSE_S, GROUP_MAX, Endings
from hudhud.worker.sharing import full, room
from hudhud.worker.source import DIRECT_POLL_S, Entries, Hinted, happened
from hudhud.worker.typing import Typing

# A suspect that is taken while another is in progress is due again so soon.
SUSPECT_WAITS_MS = 250
# One death is a machine's, a deploy's or a neighbour's; SQL `claim` and `pick_due` say the same.
SUSPECT_FROM = 2
# While PostgreSQL works on one claim, what becomes due meanwhile is claimed by another (Q3).
CLAIMS_AT_ONCE = 4
# A claim leaves so long before its first batch is due, and waits for it in PostgreSQL: longer than
# answers keep the loop from its timers, and well under the 20 ms for which SQL `claim` waits.
LEAD_S = 0.012
# Of the drain's time, what running answers may still use; the rest is for writing them down.
PATIENCE = 0.7


class Replier:
    """Answers batches of any merchant, `settings.slots` side by side."""

    def __init__(
        self, app: App, typing: Typing, *, holder: str, spans: Spans | None = None
    ) -> None:
        """Work with a process's open parts, under a holder's name; `run` works until `drain`."""
        self.database = app.database
        self.hints = app.hints
        self.inboxes = app.inboxes
        self.switches = app.switches
        self.breakers = app.breakers
        self.settings = app.settings
        self.typing = typing
        self.spans = spans
        self.holder = holder
        self.running: dict[int, tuple[Claim, asyncio.Task[None]]] = {}
        self._traces: dict[int, Trace] = {}
        self._hinted = Hinted(app.replies, app.switches)
        self._looking = Looking(app.database, app.switches, app.settings)
        self._endings = Endings(app.database, app.hints, self._free)
        self._freed = asyncio.Event()
        self._draining = asyncio.Event()
        self._claiming: dict[asyncio.Task[None], Entries] = {}
        self._suspecting = False
        self._unheard = False

    async def run(self) -> None:
        """Work until drained; every long-lived part of it ends with it."""
        async with asyncio.TaskGroup() as parts:
            background = [parts.create_task(self._endings.run()), parts.create_task(self._renew())]
            await self._claim_until_drained(parts)
            await self._finish_running()
            await self._looking.close()
            for task in background:
                task.cancel()

    def drain(self) -> None:
        """Take nothing new; finish what runs, or hand it back when that takes too long (Q9)."""
        self._draining.set()
        self._freed.set()
        self._hinted.hurry()

    @property
    def _held(self) -> bool:
        return self.switches.on("drain") or self.switches.on("intake_only")

    async def _claim_until_drained(self, parts: asyncio.TaskGroup) -> None:
        while not self._draining.is_set():
            if self._held:
                await happened(self._draining, DIRECT_POLL_S)
            elif (free := self.settings.slots - self._held_slots().total()) <= 0:
                self._freed.clear()
                await self._freed.wait()
            else:
                try:
                    await self._claim_once(free, parts)
                except (StoreUnavailableError, Deadlock) as error:
                    emit("worker.store_away", "warning", error=str(error))
                    await happened(self._draining, AWAY_PAUSE_S)
        await self._claims_over()

    async def _claim_once(self, free: int, parts: asyncio.TaskGroup) -> None:
        await self._give_back_unheard()
        if len(self._claiming) >= CLAIMS_AT_ONCE:
            await asyncio.wait(self._claiming, return_when=asyncio.FIRST_COMPLETED)
        elif self._hinted.trusted:
            await self._take(free, parts)
        elif not await self._claim_due(free):
            await happened(self._draining, DIRECT_POLL_S)

    async def _take(self, free: int, parts: asyncio.TaskGroup) -> None:
        if self._draining.is_set():
            return
        held = self._held_slots()
        entries = await self._hinted.take(
            min(room(held, free), GROUP_MAX), without=full(held, free), lead_s=LEAD_S
        )
        if self._held or self._draining.is_set():  # a switch was turned while we waited
            self._put_back(entries, 0)
        elif entries:
            claiming = parts.create_task(self._claim_apart(entries))
            self._claiming[claiming] = entries
            claiming.add_done_callback(self._claimed)

    def _claimed(self, claiming: asyncio.Task[None]) -> None:
        del self._claiming[claiming]
        self._room_came()

    async def _claims_over(self) -> None:
        if self._claiming:
            await asyncio.wait(self._claiming)

    async def _claim_apart(self, entries: Entries) -> None:
        try:
            await self._claim(entries)
        except (StoreUnavailableError, Deadlock) as error:
            emit("worker.store_away", "warning", error=str(error))

    async def _claim(self, entries: Sequence[tuple[int, int]], *, alone: bool = False) -> None:
        with self._heard():
            began = time.monotonic()
            claims = await conversations.claim(
                self.database,
                entries,
                holder=self.holder,
                lease_s=self.settings.lease_s,
                alone=alone,
                names=self._looking.with_claim,
            )
            self._start(claims, claim_s=time.monotonic() - began)
        suspects = [_place(claim) for claim in claims if claim.verdict == "alone"]
        if suspects and not self._has_suspect:
            self._suspecting = True
            try:
                await self._claim([suspects.pop()], alone=True)
            finally:
                self._suspecting = False
        self._put_back(suspects, SUSPECT_WAITS_MS)

    @contextlib.contextmanager
    def _heard(self) -> Iterator[None]:
        # A claim may have been committed whose answer never came: leases of ours that nobody
        # works under. Waiting for their expiry would cost their customers a minute.
        try:
            yield
        except BaseException:
            self._unheard = True
            raise

    async def _claim_due(self, free: int) -> int:
        held = self._held_slots()
        with self._heard():
            began = time.monotonic()
            claims = await conversations.claim_due(
                self.database,
                holder=self.holder,
                lease_s=self.settings.lease_s,
                limit=min(GROUP_MAX, room(held, free)),
                without=full(held, free),
                suspect=not self._has_suspect,
                names=self._looking.with_claim,
            )
            self._start(claims, claim_s=time.monotonic() - began)
        return len(claims)

    def _start(self, claims: Sequence[Claim], *, claim_s: float) -> None:
        looked = self._looking.begin(claims, claim_s=claim_s)
        for claim in claims:
            if claim.verdict in {"early", "leased", "locked"}:
                self._put_back([_place(claim)], claim.wait_ms)
            if claim.verdict == "claimed":
                conversation_id = claim.claimed.conversation_id
                task = asyncio.create_task(self._answer(claim, looked, claim_s=claim_s))
                self.running[conversation_id] = (claim, task)
                self.hints.changed(claim.claimed.merchant_id, conversation_id)

    async def _give_back_unheard(self) -> None:
        if self._unheard:
            await self._claims_over()  # what they claim is nobody's until it has begun
            places = await conversations.release(
                self.database, self.holder, keep=self.running, crashed=False
            )
            self._unheard = False
            self._put_back(places, 0)

    def _put_back(self, places: Iterable[tuple[int, int]], due_ms: float) -> None:
        self.hints.replies(
            Due(merchant_id=merchant_id, conversation_id=conversation_id, due_ms=due_ms)
            for merchant_id, conversation_id in places
        )

    def _held_slots(self) -> Counter[int]:
        """Slots by merchant: of what runs, and of what is being claimed."""
        held = Counter(claim.claimed.merchant_id for claim, _ in self.running.values())
        held.update(merchant for entries in self._claiming.values() for merchant, _ in entries)
        return held

    @property
    def _has_suspect(self) -> bool:
        running = (claim for claim, _ in self.running.values())
        return self._suspecting or any(claim.crashes >= SUSPECT_FROM for claim in running)

    async def _answer(self, claim: Claim, looked: Looked | None, *, claim_s: float) -> None:
        trace = self._traces[claim.claimed.conversation_id] = Trace(claim, claim_s=claim_s)
        started = time.monotonic()
        try:
            with tracing(trace):
                ending = await self._ending(claim, looked, trace)
        except asyncio.CancelledError:
            # A drain ran out of time: the batch goes back as it was, for the next worker.
            ending = Finish(claimed=claim.claimed, outcome="released")
        except (HudhudError, ValueError) as error:
            ending = failed(claim, error, self.settings)
        STAGES.labels("answer").observe(time.monotonic() - started)
        self._endings.add(trace.told(ending))

    async def _ending(self, claim: Claim, looked: Looked | None, trace: Trace) -> Finish:
        with step("look_ups", position=self._looking.position if looked else "merged"):
            claim = await self._looking.complete(claim, looked)
        if claim.setting is not None:
            trace.looked_up(claim.setting)
        channel = await self._channel(claim)
        self.typing.show(claim)
        return await answer(
            self.database,
            self.settings,
            claim,
            channel.parts,
            checked=channel.checked,
            breakers=self.breakers,
            ai_on=self.switches.on("ai"),
        )

    async def _channel(self, claim: Claim) -> ModuleType:
        """Of the inbox as it was looked up: the answer waits for no other reading of it (P4)."""
        if claim.setting is not None and declared.INBOX.name in claim.setting.found:
            return registry.adapter("channels", claim.setting.of(declared.INBOX).channel)
        inbox = await self.inboxes.by_id(claim.claimed.merchant_id, claim.claimed.inbox_id)
        if inbox is None:
            raise StoreUnavailableError("the inbox is disabled")
        return spoken(inbox).channel

    def _free(self, ending: Finish) -> None:
        # Its next batch may have been claimed here before we heard of our own commit.
        entry = self.running.get(ending.claimed.conversation_id)
        if entry is not None and entry[0].claimed.fence == ending.claimed.fence:
            del self.running[ending.claimed.conversation_id]
            trace = self._traces.pop(ending.claimed.conversation_id, None)
            if trace is not None and self.spans is not None:
                self.spans.answered(trace, ending.outcome)
        self._room_came()

    def _room_came(self) -> None:
        self._freed.set()
        self._hinted.room_came()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self.settings.lease_s / 3)
            held = [claim.claimed for claim, _ in self.running.values()]
            if not held:
                continue
            try:
                ours = await conversations.renew(self.database, held, lease_s=self.settings.lease_s)
            except (StoreUnavailableError, Deadlock):
                continue  # the fence decides in the end
            self._drop([claimed for claimed in held if claimed.conversation_id not in ours])

    def _drop(self, lost: Iterable[Claimed]) -> None:
        for claimed in lost:
            entry = self.running.get(claimed.conversation_id)
            if entry is not None and entry[0].claimed.fence == claimed.fence:
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
                self._endings.add(Finish(claimed=claim.claimed, outcome="released"))
        while self.running:
            self._freed.clear()
            await self._freed.wait()
        with contextlib.suppress(StoreUnavailableError):  # then they expire
            await self._give_back_unheard()


def _place(claim: Claim) -> tuple[int, int]:
    return claim.claimed.merchant_id, claim.claimed.conversation_id
