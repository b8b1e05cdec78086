"""The breakers of all processes together: one opening for all of them, one prober among them (R1).

What one process opened is told through Valkey, which also hands out the permits to probe, so that a
hundred processes send one prober. While Valkey is away each goes on by what it knows itself; when
it is back, or was wiped, they tell each other again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Literal

from hudhud.core.breaker import PROBE_WAIT_S, Breaker, Opening, Permit, Refusal, Verdict
from hudhud.errors import QueueUnavailableError
from hudhud.events import emit
from hudhud.queue.openings import Openings, Record

LET_GO_MAX = 10_000

Step = Literal["nothing", "adopt", "publish", "close", "close_theirs"]


class Together:
    """What this process tells the others of its breakers, and hears of theirs."""

    def __init__(self, openings: Openings | None, clock: Callable[[], float]) -> None:
        """Use what is shared through Valkey; None: this process is alone."""
        self._openings = openings
        self._clock = clock
        # The last opening that this process closed: Valkey may still show it for a moment.
        self._let_go: dict[str, str] = {}
        self._telling: set[asyncio.Task[None]] = set()

    @property
    def healthy(self) -> bool:
        """Whether they hear of each other, or there is nobody to hear."""
        return self._openings is None or self._openings.healthy

    async def leave(
        self, service: str, breaker: Breaker, permit: Permit, deadline_s: float
    ) -> Permit | Refusal:
        """Ask the others for leave to probe; without Valkey the own permit is enough."""
        if self._openings is None or breaker.opening is None:
            return permit
        try:
            wait_s = await self._openings.probe(
                service,
                breaker.opening.name,
                permit=permit.probe,
                permits=breaker.policy.probes,
                deadline_s=deadline_s,
            )
        except QueueUnavailableError:
            return permit
        except asyncio.CancelledError:
            self.give_back(service, breaker, permit)
            raise
        if wait_s is None:
            return permit
        breaker.tell(permit, Verdict("cancelled"), self._clock())
        return Refusal(min(PROBE_WAIT_S, wait_s))

    def give_back(self, service: str, breaker: Breaker, permit: Permit) -> None:
        """Give a permit to probe back unused, here and for the others; returns at once."""
        breaker.tell(permit, Verdict("cancelled"), self._clock())
        self.freed(service, permit)

    def opened(self, service: str, opening: Opening) -> None:
        """Tell of an opening; returns at once."""
        record = _record(opening, self._clock())
        self._tell(lambda openings: openings.opened(service, record))

    def closed(self, service: str, opening: Opening) -> None:
        """Tell that an opening is over; returns at once."""
        if len(self._let_go) >= LET_GO_MAX:
            self._let_go.clear()
        self._let_go[service] = opening.name
        self._tell(lambda openings: openings.closed(service, opening.name))

    def freed(self, service: str, permit: Permit) -> None:
        """Tell that a probe ended, whatever it said; returns at once."""
        self._tell(lambda openings: openings.freed(service, permit.probe))

    async def agree(self, opened: Iterable[str], get: Callable[[str], Breaker]) -> None:
        """Hear what the others told, and tell what they have not heard; silent without Valkey.

        Args:
            opened: services whose breaker this process has open.
            get: finds or makes the breaker of a service.
        """
        if self._openings is None:
            return
        with contextlib.suppress(QueueUnavailableError):
            records = await self._openings.read()
            for service in {*opened, *(name for name, r in records.items() if not r.closed)}:
                await self._agree(self._openings, service, get(service), records.get(service))

    async def close(self) -> None:
        """Let what is being told arrive."""
        if self._telling:
            await asyncio.wait(self._telling)

    async def _agree(
        self, openings: Openings, service: str, breaker: Breaker, theirs: Record | None
    ) -> None:
        now = self._clock()
        match step(breaker.opening, self._let_go.get(service, ""), theirs, now):
            case "adopt" if theirs is not None:
                self._adopt(service, breaker, theirs)
            case "close":
                breaker.close()
                emit("breaker.closed", service=service, by="another")
            case "publish" if breaker.opening is not None:
                standing = await openings.opened(service, _record(breaker.opening, now))
                if breaker.opening is not None and standing.name != breaker.opening.name:
                    self._adopt(service, breaker, standing)
            case "close_theirs" if theirs is not None:
                await openings.closed(service, theirs.name)

    def _adopt(self, service: str, breaker: Breaker, theirs: Record) -> None:
        until = self._clock() + theirs.left_s
        breaker.adopt(Opening(name=theirs.name, count=theirs.count, until=until, why=theirs.why))
        emit("breaker.opened", service=service, by="another", why=theirs.why)

    def _tell(self, deed: Callable[[Openings], Coroutine[Any, Any, object]]) -> None:
        if self._openings is None:
            return
        task = asyncio.get_running_loop().create_task(_quietly(deed(self._openings)))
        # The loop itself holds tasks only weakly.
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


def step(mine: Opening | None, let_go: str, theirs: Record | None, now: float) -> Step:
    """Decide what to do about one service, when this process and Valkey are compared; pure.

    Args:
        mine: how this process sees it; None is closed.
        let_go: name of the last opening that this process closed itself.
        theirs: what stands in Valkey; None after a wipe, or when it never opened.
        now: this process's clock.
    """
    if mine is None:
        if theirs is None or theirs.closed:
            return "nothing"
        return "close_theirs" if theirs.name == let_go else "adopt"
    if theirs is None:
        return "publish"
    if theirs.name == mine.name:
        return "close" if theirs.closed else "nothing"
    # Another opening was closed. Ours is either newer, or so old that it was tried meanwhile.
    if theirs.closed and mine.until <= now:
        return "close"
    # Two opened it at once: the one that lasts longer stands, and Valkey says which.
    return "publish"


def _record(opening: Opening, now: float) -> Record:
    left_s = max(0.0, opening.until - now)
    return Record(name=opening.name, count=opening.count, why=opening.why, left_s=left_s)


async def _quietly(telling: Coroutine[Any, Any, object]) -> None:
    with contextlib.suppress(QueueUnavailableError):  # told again at the next refresh
        await telling
