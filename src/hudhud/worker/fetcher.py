"""Files of messages: fetched, stored and heard beside all other work, never before a 200 (S8)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import UTC, datetime

import aiohttp

from hudhud.core.app import App
from hudhud.core.media import uploads
from hudhud.core.media.dropping import drop_old
from hudhud.core.media.fetch import fetch, following
from hudhud.core.media.hearing import hear
from hudhud.core.outside.session import download_session
from hudhud.core.retry import Dead
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store import media
from hudhud.store.media import Fetching
from hudhud.store.pool import Deadlock

POLL_S = 1.0
AWAY_PAUSE_S = 2.0
# What a lease lasts longer than the longest fetch: its record, and its thumbnail.
LEASE_GRACE_S = 60.0
# A file whose worker died so often without a word may be what they die of.
CRASHES_MAX = 3
REASON_CHARS_MAX = 500
# Of the drain's time, what fetches under way may still use; a file is begun anew by somebody else.
PATIENCE = 0.5
DROP_EVERY_S = 60.0
# Nobody writes for so long.
HALF_WRITTEN_S = 24 * 3600.0


class Fetcher:
    """Fetches for any merchant, `settings.media_slots` files side by side."""

    def __init__(self, app: App, http: aiohttp.ClientSession, *, holder: str) -> None:
        """Work with a process's open parts, under a holder's name; `run` works until `drain`."""
        self.app = app
        self.http = http
        self.storage = app.storage
        self.holder = holder
        self._running: set[asyncio.Task[None]] = set()
        self._draining = asyncio.Event()
        self._drop_at = 0.0

    def drain(self) -> None:
        """Begin nothing new; what takes long is given back."""
        self._draining.set()

    async def run(self) -> None:
        """Work until drained."""
        await self.storage.scratch.clear(older_s=HALF_WRITTEN_S)
        async with download_session() as downloads:
            try:
                while not self._draining.is_set():
                    await self._round(downloads)
                await self._leave()
            finally:
                for task in self._running:
                    task.cancel()
                await asyncio.gather(*self._running, return_exceptions=True)

    async def _leave(self) -> None:
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=self.app.settings.drain_s * PATIENCE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if late:
            # Away, its leases end by themselves.
            with contextlib.suppress(StoreUnavailableError, Deadlock):
                count = await media.release(self.app.database, self.holder, crashed=False)
                emit("media.given_back", count=count)

    async def _round(self, downloads: aiohttp.ClientSession) -> None:
        free = self.app.settings.media_slots - len(self._running)
        pause_s, rows = POLL_S, []
        if free > 0 and not self.app.switches.on("intake_only"):
            try:
                rows = await media.claim(
                    self.app.database, holder=self.holder, lease_s=self._lease_s, limit=free
                )
                await self._drop()
            except (StoreUnavailableError, Deadlock) as error:
                emit("worker.store_away", "warning", error=str(error))
                pause_s = AWAY_PAUSE_S
        for row in rows:
            task = asyncio.create_task(self._take(row, downloads))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        if not rows:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._draining.wait(), pause_s)

    @property
    def _lease_s(self) -> float:
        settings = self.app.settings
        return max(settings.media_timeout_s * 2, settings.hearing_timeout_s) + LEASE_GRACE_S

    async def _drop(self) -> None:
        if self.app.settings.media_keep_days and time.monotonic() >= self._drop_at:
            more = await drop_old(self.app)
            self._drop_at = time.monotonic() + (0 if more else DROP_EVERY_S)

    async def _take(self, row: Fetching, downloads: aiohttp.ClientSession) -> None:
        try:
            if row.attempts - row.spared > self.app.settings.attempts_max + CRASHES_MAX:
                dead = Dead(why="Whoever was at work on it died, again and again.")
                await self._end_badly(row, dead)
            elif row.hearing is not None:
                await self._hear(row)
            else:
                await self._fetch(row, downloads)
        except (StoreUnavailableError, Deadlock) as error:
            # Its lease ends, and somebody takes it again.
            emit("worker.store_away", "warning", error=str(error))

    async def _fetch(self, row: Fetching, downloads: aiohttp.ClientSession) -> None:
        try:
            found = await fetch(self.app, self.storage, self.http, downloads, row)
        except (StoreUnavailableError, Deadlock):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the file must not stay silent
            await self._failed(row, error)
            return
        to_hear = row.voice and bool(self.app.settings.hearing_url)
        async with self.app.database.deed(row.merchant_id) as connection:
            done = await media.stored(connection, row, found, to_hear=to_hear)
        if done:
            await uploads.forget(self.storage, row.source)
            emit("media.stored", media=row.id, bytes=found.bytes, type=found.mime)
            self.app.hints.changed(row.merchant_id, row.conversation_id)

    async def _hear(self, row: Fetching) -> None:
        try:
            found = await hear(self.app, self.storage, self.http, row)
        except (StoreUnavailableError, Deadlock):
            raise
        except Exception as error:  # noqa: BLE001 - the same
            await self._failed(row, error)
            return
        async with self.app.database.deed(row.merchant_id) as connection:
            done = await media.heard(connection, row, found.text, found.confidence)
        if done:
            emit("media.heard", media=row.id, confidence=found.confidence)
            self.app.hints.changed(row.merchant_id, row.conversation_id)

    async def _failed(self, row: Fetching, error: Exception) -> None:
        now = datetime.now(UTC)
        decided = following(row, error, now, attempts_max=self.app.settings.attempts_max)
        if isinstance(decided, Dead):
            await self._end_badly(row, decided)
            return
        wait_s = (decided.at - now).total_seconds()
        async with self.app.database.deed(row.merchant_id) as connection:
            await media.again(
                connection,
                row,
                str(error)[:REASON_CHARS_MAX],
                wait_s=wait_s,
                counted=decided.counted,
            )
        emit("media.retried", "warning", media=row.id, error=type(error).__name__)

    async def _end_badly(self, row: Fetching, dead: Dead) -> None:
        async with self.app.database.deed(row.merchant_id) as connection:
            done = await media.failed(connection, row, dead.why[:REASON_CHARS_MAX])
        if done:
            emit("media.failed", "warning", media=row.id)
            self.app.hints.changed(row.merchant_id, row.conversation_id)
