"""Delivery: outbox -> provider, one row of a conversation at a time, never twice (law 5)."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from functools import partial

import aiohttp

from hudhud.core.adapters import spoken
from hudhud.core.app import App
from hudhud.core.delivery import ending_of
from hudhud.errors import (
    HudhudError,
    SendRejectedError,
    StoreUnavailableError,
)
from hudhud.events import STAGES, emit
from hudhud.model import Outgoing
from hudhud.store import outbox, sweep
from hudhud.store.outbox import Begun, Ended
from hudhud.worker.source import DIRECT_POLL_S, Entries, Source, unless

AWAY_PAUSE_S = 0.5
END_TRIES = 60
# A row that was recorded as `sending` and not sent within this time is given back unsent: after
# a pause of the process somebody else may already have declared it unknown.
START_WITHIN_S = 2.0


class Deliverer:
    """Sends for any merchant, `settings.slots` conversations side by side."""

    def __init__(self, app: App, http: aiohttp.ClientSession, *, holder: str) -> None:
        """Work with a process's open parts, under a holder's name; `run` works until `drain`."""
        self.database = app.database
        self.hints = app.hints
        self.inboxes = app.inboxes
        self.switches = app.switches
        self.settings = app.settings
        self.http = http
        self.holder = holder
        ask = partial(sweep.due_sends, app.database)
        self._source = Source(app.sends, app.switches, lambda limit: ask(limit=limit))
        self._running: set[asyncio.Task[None]] = set()
        self._draining = asyncio.Event()

    def drain(self) -> None:
        """Begin no new send; those under way end by their own deadline."""
        self._draining.set()

    async def run(self) -> None:
        """Work until drained."""
        while not self._draining.is_set():
            free = self.settings.slots - len(self._running)
            if free <= 0:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                continue
            try:
                entries = await unless(self._draining, self._due(free))
                if entries and not self.switches.on("intake_only"):
                    await self._begin(entries)
            except StoreUnavailableError as error:
                emit("worker.store_away", "warning", error=error.detail)
                await asyncio.sleep(AWAY_PAUSE_S)
        if self._running:
            # Never cancelled in the middle: a cut send is an unknown one.
            await asyncio.wait(self._running)

    async def _due(self, limit: int) -> Entries:
        if self.switches.on("intake_only"):
            await asyncio.sleep(DIRECT_POLL_S)
            return []
        return await self._source.take(limit)

    async def _begin(self, entries: Sequence[tuple[int, int]]) -> None:
        begun, later = await outbox.begin(self.database, entries, holder=self.holder)
        recorded = time.monotonic()
        for wait in later:
            self.hints.send(wait.merchant_id, wait.conversation_id, math.ceil(wait.wait_ms))
        for row in begun:
            task = asyncio.create_task(self._deliver(row, recorded))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _deliver(self, row: Begun, recorded: float) -> None:
        started = time.monotonic()
        if started - recorded > START_WITHIN_S:
            ended = Ended(begun=row, outcome="queued", error_text="begun too late, not sent")
        else:
            ended = await self._send(row)
        STAGES.labels("send").observe(time.monotonic() - started)
        await self._record(ended)

    async def _send(self, row: Begun) -> Ended:
        try:
            inbox = await self.inboxes.by_id(row.merchant_id, row.inbox_id)
            if inbox is None:
                raise SendRejectedError("the inbox is disabled")
            speaks = spoken(inbox)
            to = speaks.channel.addressee(row.aliases)
            if to is None:
                raise SendRejectedError("the contact has no address on this channel")
        except StoreUnavailableError:
            return Ended(begun=row, outcome="queued", error_text="not sent: the store is away")
        except HudhudError as error:
            return ending_of(row, error, attempts_max=self.settings.attempts_max)
        try:
            external_id = await speaks.channel.send(
                self.http,
                speaks.options,
                Outgoing(to=to, text=row.text, tag=row.tag, reply_to=row.reply_to),
                timeout_s=self.settings.send_timeout_s,
            )
        except Exception as error:  # noqa: BLE001 - what we do not know may have left
            return ending_of(row, error, attempts_max=self.settings.attempts_max)
        return Ended(begun=row, outcome="accepted", external_id=external_id)

    async def _record(self, ended: Ended) -> None:
        for _ in range(END_TRIES):
            try:
                settled = await outbox.end(self.database, [ended])
                break
            except StoreUnavailableError:
                await asyncio.sleep(AWAY_PAUSE_S)
        else:
            # The sweep will call it unknown; its status with our tag will settle it.
            emit("send.not_recorded", "error", row=ended.begun.row_id)
            return
        emit(f"send.{ended.outcome}", row=ended.begun.row_id, code=ended.error_code)
        for row in settled:
            if row.more:
                wait_ms = ended.retry_ms if row.state == "queued" else 0
                self.hints.send(row.merchant_id, row.conversation_id, wait_ms)
            self.hints.changed(row.merchant_id, row.conversation_id)
