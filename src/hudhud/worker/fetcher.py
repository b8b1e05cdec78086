"""Files of messages: claimed, fetched and stored beside all other work, never before a 200 (S8)."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime

import aiohttp

from hudhud.core.app import App
from hudhud.core.media.disk import Disk
from hudhud.core.media.fetch import fetch, following
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


class Fetcher:
    """Fetches for any merchant, `settings.media_slots` files side by side."""

    def __init__(self, app: App, http: aiohttp.ClientSession) -> None:
        """Work with a process's open parts; `run` works until `drain`."""
        self.app = app
        self.http = http
        self.disk = Disk(app.settings.data_dir / "media")
        self._running: set[asyncio.Task[None]] = set()
        self._draining = asyncio.Event()

    def drain(self) -> None:
        """Begin nothing new; what is under way is given back when the drain's time is over."""
        self._draining.set()

    async def run(self) -> None:
        """Work until drained."""
        async with download_session() as downloads:
            try:
                while not self._draining.is_set():
                    await self._round(downloads)
                if self._running:
                    await asyncio.wait(self._running)
            finally:
                for task in self._running:
                    task.cancel()
                await asyncio.gather(*self._running, return_exceptions=True)

    async def _round(self, downloads: aiohttp.ClientSession) -> None:
        free = self.app.settings.media_slots - len(self._running)
        lease_s = self.app.settings.media_timeout_s * 2 + LEASE_GRACE_S
        pause_s, rows = POLL_S, []
        if free > 0 and not self.app.switches.on("intake_only"):
            try:
                rows = await media.claim(self.app.database, lease_s=lease_s, limit=free)
            except (StoreUnavailableError, Deadlock) as error:
                emit("worker.store_away", "warning", error=str(error))
                pause_s = AWAY_PAUSE_S
        for row in rows:
            task = asyncio.create_task(self._fetch(row, downloads))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        if not rows:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._draining.wait(), pause_s)

    async def _fetch(self, row: Fetching, downloads: aiohttp.ClientSession) -> None:
        try:
            await self._do(row, downloads)
        except (StoreUnavailableError, Deadlock) as error:
            # Its lease ends, and somebody fetches it again.
            emit("worker.store_away", "warning", error=str(error))

    async def _do(self, row: Fetching, downloads: aiohttp.ClientSession) -> None:
        if row.attempts - row.spared > self.app.settings.attempts_max + CRASHES_MAX:
            await self._end_badly(row, Dead(why="Whoever fetched it died, again and again."))
            return
        try:
            found = await fetch(self.app, self.disk, self.http, downloads, row)
        except (StoreUnavailableError, Deadlock):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the file must not stay silent
            await self._failed(row, error)
            return
        async with self.app.database.deed(row.merchant_id) as connection:
            done = await media.stored(connection, row, found)
        if done:
            emit("media.stored", media=row.id, bytes=found.bytes, type=found.mime)
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
