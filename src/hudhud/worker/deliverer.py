"""Delivery: outbox -> provider, one row of a conversation at a time, never twice (law 5)."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial

import aiohttp

from hudhud.core.adapters import Spoken, spoken
from hudhud.core.app import App
from hudhud.core.delivery import ending_of, outgoing_of, unsent
from hudhud.core.media.carrying import CARRY_S, carried, names_file
from hudhud.core.outside.services import inbox_service
from hudhud.core.templates import refuse_unfit
from hudhud.core.tracing.spans import Spans
from hudhud.errors import (
    BreakerOpenError,
    SendNotMadeError,
    SendRejectedError,
    StorageUnavailableError,
    StoreUnavailableError,
)
from hudhud.events import STAGES, emit
from hudhud.model import Alias, Outgoing, Template
from hudhud.store import outbox, sweep
from hudhud.store.intake import Due
from hudhud.store.outbox import Begun, Ended, Pace
from hudhud.store.pool import Deadlock
from hudhud.worker.records import AWAY_PAUSE_S, Records
from hudhud.worker.sharing import full, room
from hudhud.worker.source import DIRECT_POLL_S, Entries, Source, happened

# A row that was recorded as `sending` and not sent within this time is given back unsent: after
# a pause of the process somebody else may already have declared it unknown.
START_WITHIN_S = 2.0
# The number waits no longer than this for its breaker, which a person may close at any moment.
BREAKER_PAUSE_S = 5.0


class _TooLateError(Exception):
    """A pause lay between the record and the send; it says nothing about the provider."""


class Deliverer:
    """Sends for any merchant, `settings.slots` conversations side by side."""

    def __init__(
        self, app: App, http: aiohttp.ClientSession, *, holder: str, spans: Spans | None = None
    ) -> None:
        """Work with a process's open parts; `run` works until `drain`.

        Args:
            app: the open parts.
            http: the session that sends.
            holder: a name that no other start of any process has.
            spans: where sends are told of, if anywhere.
        """
        self._app = app
        self.database = app.database
        self.hints = app.hints
        self.inboxes = app.inboxes
        self.switches = app.switches
        self.breakers = app.breakers
        self.settings = app.settings
        self.http = http
        self.spans = spans
        self.pace = Pace(
            number_per_s=app.settings.sends_per_s, app_per_s=app.settings.app_sends_per_s
        )
        ask = partial(sweep.due_sends, app.database)
        self._source = Source(app.sends, app.switches, lambda limit: ask(limit=limit))
        self._records = Records(app.database, app.hints)
        self._running: set[asyncio.Task[None]] = set()
        self._under_way: Counter[int] = Counter()
        self._draining = asyncio.Event()
        # Each call of `begin` has a name of its own. What was asked under a name whose answer
        # never came is asked again, so that what it recorded is known as never sent.
        self._names = (f"{holder}/{number}" for number in itertools.count(1))
        self._lost: list[str] = []
        self._unanswered: Entries = []

    def drain(self) -> None:
        """Begin no new send; those under way end by their own deadline (Q9)."""
        self._draining.set()
        self._source.hurry()

    async def run(self) -> None:
        """Work until drained; cancelled, nothing of it goes on."""
        try:
            while not self._draining.is_set():
                await self._begin_due()
            await self._leave()
        finally:
            for task in self._running:
                task.cancel()
            self._records.close()

    async def _begin_due(self) -> None:
        free = self.settings.slots - len(self._running)
        if free <= 0:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            return
        try:
            entries = self._unanswered or await self._due(free)
            held = self.switches.on("intake_only")
            if self._unanswered or (entries and not held):
                await self._begin(entries, held=held)
        except (StoreUnavailableError, Deadlock) as error:
            emit("worker.store_away", "warning", error=str(error))
            await asyncio.sleep(AWAY_PAUSE_S)

    async def _due(self, free: int) -> Entries:
        if self.switches.on("intake_only"):
            await happened(self._draining, DIRECT_POLL_S)
            return []
        held = self._under_way
        entries = await self._source.take(room(held, free), without=full(held, free))
        if self._draining.is_set():
            self.hints.sends(Due(merchant_id=m, conversation_id=c, due_ms=0) for m, c in entries)
            return []
        return entries

    async def _begin(self, entries: Entries, *, held: bool) -> None:
        # Held, nothing begins: what was recorded without an answer only goes back, unsent.
        # In direct mode PostgreSQL named those too that have their share: they wait (trap 17).
        free = self.settings.slots - len(self._running)
        sated = full(self._under_way, free)
        seats = [0 if held or merchant in sated else len(entries) for merchant, _ in entries]
        name = next(self._names)
        # Before the question: after a pause of the process, the answer may be old when it is read.
        asked = time.monotonic()
        try:
            begun, later = await outbox.begin(
                self.database, entries, holder=name, pace=self.pace, room=seats, lost=self._lost
            )
        except StoreUnavailableError:
            self._lost.append(name)
            self._unanswered = entries
            raise
        self._lost, self._unanswered = [], []
        self.hints.sends(later)
        for row in begun:
            task = asyncio.create_task(self._deliver(row, asked))
            self._running.add(task)
            self._under_way[row.merchant_id] += 1
            task.add_done_callback(partial(self._free, row.merchant_id))

    def _free(self, merchant_id: int, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._under_way[merchant_id] -= 1
        if not self._under_way[merchant_id]:
            del self._under_way[merchant_id]
        self._source.room_came()

    async def _leave(self) -> None:
        if self._unanswered:
            try:
                await self._begin(self._unanswered, held=True)
            except (StoreUnavailableError, Deadlock) as error:
                emit("worker.store_away", "warning", error=str(error))
        if self._running:
            # Not cut in the middle while there is time: a cut send is an unknown one.
            await asyncio.wait(self._running)

    async def _deliver(self, row: Begun, asked: float) -> None:
        started = time.monotonic()
        try:
            ended = await self._send(row, asked)
            took_s = time.monotonic() - started
            STAGES.labels("send").observe(took_s)
            if self.spans is not None:
                self.spans.sent(ended, took_s=took_s)
            await self._records.add(ended)
        except asyncio.CancelledError:
            # The sweep will call it unknown; its status with our tag will settle it.
            emit("send.not_recorded", "error", row=row.row_id)
            raise

    async def _send(self, row: Begun, asked: float) -> Ended:
        try:
            speaks, to = await self._address(row)
            outgoing, within_s = await self._ready(row, speaks, to)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it: nothing has left
            return self._unready(row, error)
        limit_s = self.settings.send_timeout_s
        try:
            async with self.breakers.calling(inbox_service(row.inbox_id), deadline_s=limit_s):
                _refuse_late(asked, within_s)
                external_id = await speaks.channel.send(
                    self.http, speaks.options, outgoing, timeout_s=limit_s
                )
        except _TooLateError:
            return unsent(row, "begun too late, not sent")
        except BreakerOpenError as error:
            return _resting(row, error)
        except Exception as error:  # noqa: BLE001 - what we do not know may have left
            return self._failed(row, error)
        return Ended(begun=row, outcome="accepted", external_id=external_id)

    async def _ready(self, row: Begun, speaks: Spoken, to: Alias) -> tuple[Outgoing, float]:
        """What leaves, and within how many seconds of the question it has to."""
        now = datetime.now(UTC)
        outgoing = outgoing_of(row, to, speaks.channel, now)
        if isinstance(outgoing.content, Template):
            await refuse_unfit(self.database, row.merchant_id, row.inbox_id, outgoing.content)
        if not names_file(outgoing.content):
            return outgoing, START_WITHIN_S
        outgoing = await carried(self._app, self.http, speaks, row, outgoing, now)
        return outgoing, START_WITHIN_S + CARRY_S

    async def _address(self, row: Begun) -> tuple[Spoken, Alias]:
        inbox = await self.inboxes.by_id(row.merchant_id, row.inbox_id)
        if inbox is None:
            raise SendRejectedError("the inbox is disabled")
        speaks = spoken(inbox)
        to = speaks.channel.addressee(row.aliases)
        if to is None:
            raise SendRejectedError("the contact has no address on this channel")
        return speaks, to

    def _unready(self, row: Begun, error: Exception) -> Ended:
        if isinstance(error, StoreUnavailableError | StorageUnavailableError):
            return unsent(row, "not sent: the store is away", wait_s=AWAY_PAUSE_S)
        if isinstance(error, BreakerOpenError):
            return _resting(row, error)
        if not isinstance(error, SendRejectedError | SendNotMadeError):
            error = SendRejectedError(f"{type(error).__name__}: {error}")
        return self._failed(row, error)

    def _failed(self, row: Begun, error: Exception) -> Ended:
        attempts_max = self.settings.attempts_max
        ended = ending_of(row, error, datetime.now(UTC), attempts_max=attempts_max)
        if ended.scope in {"number", "app"}:
            emit(
                "pace.shut",
                "warning",
                scope=ended.scope,
                inbox=row.inbox_id,
                code=ended.error_code,
                wait_ms=round(ended.retry_ms),
            )
        return ended


def _resting(row: Begun, error: BreakerOpenError) -> Ended:
    wait_s = min(max(error.retry_after_s or 0.0, AWAY_PAUSE_S), BREAKER_PAUSE_S)
    return unsent(row, error.sentence, wait_s=wait_s, scope="number")


def _refuse_late(asked: float, within_s: float) -> None:
    # CLOCK_MONOTONIC goes on while a process is stopped, so a SIGSTOP is seen here too.
    if time.monotonic() - asked > within_s:
        raise _TooLateError
