"""Intake: a verified webhook becomes durable, or the provider is asked to come again (laws 1, 2).

Concurrent webhooks share one commit: whatever waits when the previous commit returns goes into
the next. A webhook that PostgreSQL has not committed within its limit goes to the spool; while
PostgreSQL is distrusted, or anything lies in this host's spool, everything queues behind the spool
(order, trap 14). The acknowledgement never waits for Valkey (trap 5).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

from hudhud.core.breaker import Breaker, Permit, Policy, Verdict
from hudhud.core.intake.door import DURABLE, Door, Fate, Notice
from hudhud.core.intake.record import Record
from hudhud.core.intake.replay import Replay
from hudhud.core.intake.spool import Spool
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store.intake import Webhook
from hudhud.store.pool import Database

COMMITTERS = 2  # one held row may block one committer; the other goes on (trap 3)
# So long the other waits for the first: two groups at once are two halves (73 us of PostgreSQL for
# a webhook instead of 65, at the same rate).
PATIENCE_S = 0.02
GROUP_MAX = 256
GROUP_BYTES_MAX = 8 * 1024 * 1024
LOCK_TIMEOUT_MS = 200
PROBE_S = 0.25
PROBE_TIMEOUT_S = 1.0
# One failure opens it: five webhooks must not wait their second each before the sixth is spooled.
# Whoever probes commits something of its own: no webhook is ever the probe.
SERVICE, POLICY = "postgresql", Policy(failures=1, open_s=PROBE_S / 2)
# So little in the spool is read back in a moment: newer webhooks wait for that moment, because
# under steady traffic a spool that each of them makes longer would never become empty.
LAST_BYTES = 256 * 1024
LAST_S = 0.5
LOOK_S = 0.01
STOP_S = 2.0

Waiting = tuple[Webhook, "asyncio.Future[Fate]"]


class Intake:
    """Takes webhooks of this process; `notice` hears of each commit and must not block or raise."""

    def __init__(
        self,
        database: Database,
        spool: Spool,
        replay: Replay,
        notice: Notice,
        *,
        breaker: Breaker | None = None,
    ) -> None:
        """Put the parts together; nothing runs before `start`.

        Args:
            database: intake's own pool (COMMITTERS connections, LOCK_TIMEOUT_MS), never shared
                with what may hold connections long.
            spool: this process's hand in the spool.
            replay: reads spool files back through this intake's door.
            notice: told what became due after each commit.
            breaker: of PostgreSQL, with POLICY; open, webhooks go straight to the spool (R1).
        """
        self.database = database
        self.door = Door(database, notice)
        self.spool = spool
        self.replay = replay
        self.breaker = breaker or Breaker(POLICY)
        self._waiting: list[Waiting] = []
        self._arrived = asyncio.Event()
        self._turn = asyncio.Lock()
        self._emptying: asyncio.Task[None] | None = None
        self._clear = False
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def trusted(self) -> bool:
        """Whether webhooks are committed at once, and not spooled first."""
        return self.breaker.phase(_now()) == "closed"

    def start(self) -> None:
        """Begin to commit, and to bring back whatever is in the spool folder."""
        loops: list[Callable[[], Awaitable[None]]] = [self._commit_for_ever] * COMMITTERS
        self._tasks = [asyncio.ensure_future(loop()) for loop in [*loops, self._return_for_ever]]

    async def stop(self) -> None:
        """Commit what waits, read back what can be; the rest stays for the next start."""
        while self._waiting and self.trusted:
            self._arrived.set()
            await asyncio.sleep(0)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(STOP_S):
                while self.trusted and not self.spool.empty:
                    await self._return()
                    await asyncio.sleep(LOOK_S)
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
        if await self._may_commit() and await self._committed(webhook, timeout_s):
            return
        self._clear = False
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

    async def _may_commit(self) -> bool:
        # To look into the folder costs 5 us: who comes in the same turn of the loop hears what
        # the first one saw, unless this process has spooled since.
        if self._clear:
            return True
        if self.trusted and self.spool.empty:
            self._clear = True
            asyncio.get_running_loop().call_soon(self._look_again)
            return True
        if not self.trusted:
            return False
        if self.spool.used_bytes() <= LAST_BYTES:
            if self._emptying is None or self._emptying.done():
                self._emptying = asyncio.create_task(self._emptied())
            await asyncio.wait([self._emptying])
        return self.trusted and self.spool.empty

    def _look_again(self) -> None:
        self._clear = False

    async def _emptied(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_S):
                while self.trusted and not self.spool.empty:  # noqa: ASYNC110 - others empty it too
                    await asyncio.sleep(LOOK_S)

    async def _committed(self, webhook: Webhook, timeout_s: float) -> bool:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Fate] = loop.create_future()
        entry = (webhook, done)
        self._waiting.append(entry)
        self._arrived.set()
        # A plain timer: asyncio.timeout around each webhook costs 5 us more.
        timer = loop.call_later(timeout_s, _late, done)
        try:
            fate = await done
        except TimeoutError:
            # The commit may still happen; spooling it too is safe, the unique key settles it.
            self._distrust()
            with contextlib.suppress(ValueError):
                self._waiting.remove(entry)
            emit("intake.slow", "warning", timeout_s=timeout_s)
            return False
        finally:
            timer.cancel()
        return fate in DURABLE

    async def _commit_for_ever(self) -> None:
        while True:
            await self._arrived.wait()
            async with self._own_turn():
                group = self._next_group()
                fates = await self._fates([webhook for webhook, _ in group]) if group else []
            # After the turn: PostgreSQL has the next group before the answers to this one leave.
            self._tell(group, fates)

    @contextlib.asynccontextmanager
    async def _own_turn(self) -> AsyncIterator[None]:
        """After the commit under way, or beside it when that hangs on somebody's lock."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._turn.acquire()
        except TimeoutError:
            yield
            return
        try:
            yield
        finally:
            self._turn.release()

    def _tell(self, group: list[Waiting], fates: list[Fate]) -> None:
        if "away" in fates:
            self._distrust()
        for (_, done), fate in zip(group, fates, strict=True):
            if not done.done():
                done.set_result(fate)

    async def _fates(self, group: list[Webhook]) -> list[Fate]:
        try:
            return await self.door.commit(group)
        except Exception as error:  # noqa: BLE001 - this task ends with the process, not before
            emit("intake.failed", "error", exc_info=True, error=type(error).__name__)
            return ["away"] * len(group)

    def _next_group(self) -> list[Waiting]:
        size, count = 0, 0
        for webhook, _ in self._waiting[:GROUP_MAX]:
            size += len(webhook.body)
            if count and size > GROUP_BYTES_MAX:
                break
            count += 1
        group, self._waiting = self._waiting[:count], self._waiting[count:]
        if not self._waiting:
            self._arrived.clear()
        return group

    async def _return_for_ever(self) -> None:
        # Runs for the life of the process: it also adopts the spools of processes that died.
        while True:
            if not await self._return():
                await asyncio.sleep(PROBE_S)

    async def _return(self) -> bool:
        """Look whether PostgreSQL is back, and read the spool; says whether it became shorter."""
        if not self.trusted and not await self._answers():
            return False
        try:
            return await self.replay.run(self.door)
        except StoreUnavailableError:
            self._distrust()
        except Exception as error:  # noqa: BLE001 - this task ends with the process, not before
            emit("spool.unreadable", "error", exc_info=True, error=type(error).__name__)
        return False

    def _distrust(self) -> None:
        self._clear = False
        asked = self.breaker.ask(_now(), deadline_s=0)
        if isinstance(asked, Permit):
            self.breaker.tell(asked, Verdict("failed"), _now())

    async def _answers(self) -> bool:
        asked = self.breaker.ask(_now(), deadline_s=PROBE_TIMEOUT_S)
        if not isinstance(asked, Permit):
            return False
        # A commit, because a replica and a primary without its standby answer every question.
        answers = await self.database.takes_writes(timeout_s=PROBE_TIMEOUT_S)
        self.breaker.tell(asked, Verdict("answered" if answers else "failed"), _now())
        return self.trusted


def _late(done: asyncio.Future[Fate]) -> None:
    if not done.done():
        done.set_exception(TimeoutError())


def _now() -> float:
    return asyncio.get_running_loop().time()
