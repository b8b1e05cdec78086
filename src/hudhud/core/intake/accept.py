"""Intake: a verified webhook becomes durable, or the provider is asked to come again (laws 1, 2).

Concurrent webhooks share one commit: whatever waits when the previous commit returns goes into
the next. A webhook that PostgreSQL has not committed within its limit goes to the spool; while
PostgreSQL is distrusted, or anything lies in this host's spool, everything queues behind the spool
(order, trap 14). The acknowledgement never waits for Valkey (trap 5).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from hudhud.core.breaker import Breaker, Permit, Policy, Verdict
from hudhud.core.intake.door import DURABLE, Commit, Door, Fate, Notice
from hudhud.core.intake.line import Line, Waiting
from hudhud.core.intake.record import Record
from hudhud.core.intake.replay import Replay
from hudhud.core.intake.spool import Spool
from hudhud.errors import HudhudError, SpoolUnavailableError, StoreUnavailableError
from hudhud.events import emit
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.pool import Database

COMMITTERS = 2  # one held row may block one committer; the other goes on (trap 3)
# So long the other waits for the first: two groups at once are two halves, and dearer than a whole.
PATIENCE_S = 0.02
TICK_S = 0.001  # no shorter sleep: a clock may stand still for as long
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

Done = Callable[[HudhudError | None], None]


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
        self.door = Door(database, partial(_soon, notice))
        self.spool = spool
        self.replay = replay
        self.breaker = breaker or Breaker(POLICY)
        self._line = Line(self._late)
        self._turn: object = None
        self._hangs_at = 0.0
        self._spooling: set[asyncio.Task[None]] = set()
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
        while self._line and self.trusted:
            self._line.arrived.set()
            await asyncio.sleep(0)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._spooling, return_exceptions=True)
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
        await self._spool(webhook, channel)

    def enter(self, webhook: Webhook, channel: str, done: Done, *, timeout_s: float) -> bool:
        """The same for whoever has no task to wait in, which costs as much as the whole of this.

        Args:
            webhook: as `take`.
            channel: as `take`.
            done: called once, and never before this returns: with None, when the webhook is
                durable, or with the error that `take` raises.
            timeout_s: as `take`.

        Returns: false, and nothing was begun, while webhooks go to the spool: ask `take`.
        """
        if not self._sees_clear():
            return False
        self._line.enter(webhook, partial(self._ended, webhook, channel, done), timeout_s=timeout_s)
        return True

    def _ended(self, webhook: Webhook, channel: str, done: Done, fate: Fate) -> None:
        if fate in DURABLE:
            done(None)
            return
        spooling = asyncio.ensure_future(self._spool(webhook, channel))
        self._spooling.add(spooling)  # the loop itself holds tasks only weakly
        spooling.add_done_callback(self._spooling.discard)
        spooling.add_done_callback(partial(_spooled, done))

    async def _spool(self, webhook: Webhook, channel: str) -> None:
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
        if self._sees_clear():
            return True
        if not self.trusted:
            return False
        if self.spool.used_bytes() <= LAST_BYTES:
            if self._emptying is None or self._emptying.done():
                self._emptying = asyncio.create_task(self._emptied())
            await asyncio.wait([self._emptying])
        return self.trusted and self.spool.empty

    def _sees_clear(self) -> bool:
        # To look into the folder costs 5 us: who comes in the same turn of the loop hears what
        # the first one saw, unless this process has spooled since.
        if not self._clear and self.trusted and self.spool.empty:
            self._clear = True
            asyncio.get_running_loop().call_soon(self._look_again)
        return self._clear

    def _look_again(self) -> None:
        self._clear = False

    async def _emptied(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_S):
                while self.trusted and not self.spool.empty:  # noqa: ASYNC110 - others empty it too
                    await asyncio.sleep(LOOK_S)

    async def _committed(self, webhook: Webhook, timeout_s: float) -> bool:
        done: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
        self._line.enter(webhook, partial(_settle, done), timeout_s=timeout_s)
        return await done in DURABLE

    async def _commit_for_ever(self) -> None:
        while True:
            await self._line.arrived.wait()
            # The commit under way takes the next group itself; beside it only when it hangs.
            if (wait_s := self._hangs_at - _now()) > 0:
                await asyncio.sleep(max(wait_s, TICK_S))
                continue
            turn = self._turn = object()
            self._hangs_at = _now() + PATIENCE_S
            await self._commit_while(turn)
            if self._turn is turn:
                self._hangs_at = 0.0

    async def _commit_while(self, turn: object) -> None:
        try:
            async with self.door.held() as commit:
                while self._turn is turn and (group := self._line.next_group()):
                    self._hangs_at = _now() + PATIENCE_S
                    fates = await self._fates(commit, group)
                    # Told when PostgreSQL has the next group: whoever hears it comes again, and
                    # to take him in would keep PostgreSQL waiting.
                    asyncio.get_running_loop().call_soon(self._tell, group, fates)
                    if "away" in fates:
                        return  # with this connection, at least
        except Exception as error:  # noqa: BLE001 - this task ends with the process, not before
            emit("intake.failed", "error", exc_info=True, error=type(error).__name__)
            group = self._line.next_group()
            self._tell(group, ["away"] * len(group))

    async def _fates(self, commit: Commit, group: Sequence[Waiting]) -> list[Fate]:
        try:
            return await commit([waiting.webhook for waiting in group])
        except Exception as error:  # noqa: BLE001 - the same
            emit("intake.failed", "error", exc_info=True, error=type(error).__name__)
            return ["away"] * len(group)

    def _tell(self, group: Sequence[Waiting], fates: Sequence[Fate]) -> None:
        if "away" in fates:
            self._distrust()
        self._line.tell(group, fates)

    def _late(self, count: int) -> None:
        self._distrust()
        emit("intake.slow", "warning", count=count)

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


def _soon(notice: Notice, accepted: Accepted) -> None:
    asyncio.get_running_loop().call_soon(notice, accepted)


def _settle(done: asyncio.Future[Fate], fate: Fate) -> None:
    if not done.done():
        done.set_result(fate)


def _spooled(done: Done, spooling: asyncio.Task[None]) -> None:
    if spooling.cancelled():
        return
    error = spooling.exception()
    if error is not None and not isinstance(error, HudhudError):
        emit("intake.failed", "error", error=type(error).__name__)
        error = SpoolUnavailableError(type(error).__name__)
    done(error)


def _now() -> float:
    return asyncio.get_running_loop().time()
