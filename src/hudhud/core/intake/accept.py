"""Intake: a verified webhook becomes durable, or the provider is asked to come again (laws 1, 2).

Concurrent webhooks share one commit: whatever waits when the previous commit returns goes into
the next. A webhook that PostgreSQL has not committed within its limit goes to the spool; while
PostgreSQL is distrusted, or this process's spool is not empty, everything queues behind the spool
(order, trap 14). The acknowledgement never waits for Valkey (trap 5).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from hudhud.core.intake.replay import Replay
from hudhud.core.intake.spool import Record, Spool
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store import intake as store
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.pool import AWAY, LOCKED, Database, Refused

COMMITTERS = 2  # one held row may block one committer; the other goes on (trap 3)
GROUP_MAX = 256
GROUP_BYTES_MAX = 8 * 1024 * 1024
LOCK_TIMEOUT_MS = 200
COMMIT_TIMEOUT_S = 5.0
PROBE_S = 0.25

Notice = Callable[[Accepted], None]
Waiting = tuple[Webhook, "asyncio.Future[bool]"]


class Intake:
    """Takes webhooks of this process; `notice` hears of each commit and must not block or raise."""

    def __init__(self, database: Database, spool: Spool, replay: Replay, notice: Notice) -> None:
        """Put the parts together; nothing runs before `start`.

        Args:
            database: intake's own pool (COMMITTERS connections, LOCK_TIMEOUT_MS), never shared
                with what may hold connections long.
            spool: this process's spool.
            replay: reads spool files back through this intake's door.
            notice: told what became due after each commit.
        """
        self.database = database
        self.spool = spool
        self.replay = replay
        self.notice = notice
        self.trusted = True
        self._waiting: list[Waiting] = []
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to commit, and to bring back whatever is in the spool folder."""
        loops: list[Callable[[], Awaitable[None]]] = [self._commit_for_ever] * COMMITTERS
        self._tasks = [asyncio.ensure_future(loop()) for loop in [*loops, self._return_for_ever]]

    async def stop(self) -> None:
        """Commit what waits, then end; the spool's content stays for the next start."""
        while self._waiting and self.trusted:
            self._arrived.set()
            await asyncio.sleep(0)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.spool.close()

    async def take(self, webhook: Webhook, channel: str, *, timeout_s: float) -> None:
        """Make one webhook durable; when this returns, 200 is true.

        Args:
            webhook: verified and parsed.
            channel: which parser reads it again when it comes out of the spool.
            timeout_s: how long PostgreSQL may take before the spool does.

        Raises:
            SpoolUnavailableError: neither PostgreSQL nor the spool can take it.
        """
        if self.trusted and self.spool.empty and await self._committed(webhook, timeout_s):
            return
        await self.spool.append(
            Record(
                merchant_id=webhook.merchant_id,
                inbox_id=webhook.inbox_id,
                channel=channel,
                accepted_at=datetime.now(UTC),
                body=webhook.body,
            )
        )
        emit("webhook.spooled", "warning", inbox=webhook.inbox_id)

    async def _committed(self, webhook: Webhook, timeout_s: float) -> bool:
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        entry = (webhook, done)
        self._waiting.append(entry)
        self._arrived.set()
        try:
            async with asyncio.timeout(timeout_s):
                return await done
        except TimeoutError:
            # The commit may still happen; spooling it too is safe, the unique key settles it.
            self.trusted = False
            with contextlib.suppress(ValueError):
                self._waiting.remove(entry)
            emit("intake.slow", "warning", timeout_s=timeout_s)
            return False

    async def _commit_for_ever(self) -> None:
        while True:
            if not self._waiting:
                self._arrived.clear()
                await self._arrived.wait()
                continue
            group = self._next_group()
            taken = await self.commit([webhook for webhook, _ in group])
            for (_, done), was_taken in zip(group, taken, strict=True):
                if not done.done():
                    done.set_result(was_taken)

    def _next_group(self) -> list[Waiting]:
        size, count = 0, 0
        for webhook, _ in self._waiting[:GROUP_MAX]:
            size += len(webhook.body)
            if count and size > GROUP_BYTES_MAX:
                break
            count += 1
        group, self._waiting = self._waiting[:count], self._waiting[count:]
        return group

    async def commit(self, group: Sequence[Webhook]) -> list[bool]:
        """Commit a group; what cannot go in is found by halving, so that neighbours go in.

        Returns: for each webhook whether it is durable in PostgreSQL.
        """
        started = time.monotonic()
        try:
            async with self.database.pool.acquire(timeout=COMMIT_TIMEOUT_S) as connection:
                accepted = await store.accept(connection, group, timeout_s=COMMIT_TIMEOUT_S)
        except AWAY as error:
            self.trusted = False
            emit("intake.away", "warning", error=type(error).__name__)
            return [False] * len(group)
        except Refused as error:
            return await self._halve(group, error)
        self.notice(accepted)
        emit(
            "webhook.committed",
            "debug",
            group=len(group),
            inserted=accepted.inserted,
            duplicates=accepted.duplicates,
            ms=round((time.monotonic() - started) * 1000, 1),
        )
        if accepted.unaccounted:
            # Trap 4: a message that is neither inserted nor known is never acknowledged as taken.
            for place in accepted.unaccounted:
                await self._set_aside(group[place], "a message of it could not be accounted for")
        return [True] * len(group)

    async def _halve(self, group: Sequence[Webhook], error: Refused) -> list[bool]:
        # 40P01 and 55P03: somebody else holds a row; each smaller group has a better chance, and
        # in the end only the locked conversation itself goes to the spool (trap 3).
        if len(group) > 1:
            middle = len(group) // 2
            return await self.commit(group[:middle]) + await self.commit(group[middle:])
        if isinstance(error, LOCKED):
            emit("intake.locked", "warning", inbox=group[0].inbox_id)
            return [False]
        return [await self._set_aside(group[0], f"{error.sqlstate}: {error}")]

    async def _set_aside(self, webhook: Webhook, reason: str) -> bool:
        emit("webhook.set_aside", "error", inbox=webhook.inbox_id)
        try:
            async with self.database.pool.acquire(timeout=COMMIT_TIMEOUT_S) as connection:
                await store.set_aside(connection, webhook, reason, timeout_s=COMMIT_TIMEOUT_S)
        except (*AWAY, Refused):
            return False
        return True

    async def _return_for_ever(self) -> None:
        # Runs for the life of the process: it also adopts the spools of processes that died.
        while True:
            await asyncio.sleep(PROBE_S)
            if not self.trusted:
                self.trusted = await self._answers()
            if self.trusted:
                with contextlib.suppress(StoreUnavailableError):
                    await self.replay.run(self)

    async def _answers(self) -> bool:
        try:
            await self.database.call("select 1", timeout_s=1.0)
        except StoreUnavailableError:
            return False
        return True
