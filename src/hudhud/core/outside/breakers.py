"""Every breaker of one process, and the one way to call a service outside (R1).

Counting is each process's own; an opening counts for all of them (`together.py`). An operator's
word, a row in PostgreSQL, is above both.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar

import msgspec
from prometheus_client import Counter, Gauge

from hudhud.core.breaker import Breaker, Opening, Permit, Phase, Policy, Verdict
from hudhud.core.outside.together import Together
from hudhud.core.outside.verdicts import verdict_of
from hudhud.errors import BreakerOpenError, StoreUnavailableError
from hudhud.events import emit
from hudhud.queue.openings import Openings
from hudhud.store import switches
from hudhud.store.pool import Database

REFRESH_S = 1.0
BREAKERS_MAX = 10_000
# Phases as the metric counts them.
PHASES = ("closed", "half_open", "open")

STATE = Gauge("hudhud_breaker_state", "0 closed, 1 half open, 2 open (R1).", ["service"])
CALLS = Counter("hudhud_breaker_calls_total", "Calls by what they said.", ["service", "verdict"])
# The service that is being called in this task; nothing may leave the process outside of one.
CALLING: ContextVar[str | None] = ContextVar("calling", default=None)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How one breaker stands: for how many seconds still, the how manieth time in a row, and why.

    `forced` is the operator's word, which is above all that.
    """

    service: str
    phase: Phase
    left_s: float
    count: int
    why: str
    forced: switches.Forced | None


class Breakers:
    """One breaker for each service, made when it is first asked for."""

    def __init__(
        self,
        policy: Policy,
        *,
        openings: Openings | None = None,
        database: Database | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with everything closed.

        Args:
            policy: of every breaker.
            openings: what the processes tell each other; None: this one is alone.
            database: where an operator's word is read; None: nobody has one.
            clock: seconds; a test hands in its own.
        """
        self.policy = policy
        self._database = database
        self._clock = clock
        self._known: OrderedDict[str, Breaker] = OrderedDict()
        self._own: set[str] = set()
        self._forced: dict[str, switches.Forced] = {}
        self._together = Together(openings, clock)

    def get(self, service: str) -> Breaker:
        """The breaker of a service; `inbox/12`, `responder/llm/host/model`."""
        return self._made(service, self.policy)

    def own(self, service: str, policy: Policy) -> Breaker:
        """A breaker with a policy of its own, of which the other processes hear nothing.

        How this process reaches its PostgreSQL says nothing of how another one does.
        """
        self._own.add(service)
        return self._made(service, policy)

    def _made(self, service: str, policy: Policy) -> Breaker:
        breaker = self._known.get(service)
        if breaker is None:
            breaker = self._known[service] = Breaker(policy)
            if service in self._forced:
                breaker.forced = self._forced[service].position
            STATE.labels(service).set_function(
                lambda: PHASES.index(breaker.phase(self._clock()))  # at each scrape: time opens it
            )
            self._forget_one(but=service)
        self._known.move_to_end(service)
        return breaker

    @asynccontextmanager
    async def calling(self, service: str, *, deadline_s: float) -> AsyncIterator[None]:
        """Make one call to a service in this block; how the block ends is what it says.

        Args:
            service: its name.
            deadline_s: seconds in which the block ends whatever happens; a prober's permit is
                somebody else's soon after.

        Raises:
            BreakerOpenError: it is not to be called now; `retry_after_s` says when.
        """
        breaker = self.get(service)
        permit, opening = await self._permit(service, breaker, deadline_s)
        started = self._clock()
        calling = CALLING.set(service)
        verdict = Verdict("cancelled")
        try:
            yield
            verdict = verdict_of(None, self._clock() - started)
        except Exception as error:
            verdict = verdict_of(error, self._clock() - started)
            raise
        finally:
            CALLING.reset(calling)
            CALLS.labels(service, verdict.kind).inc()
            if breaker.tell(permit, verdict, self._clock()):
                self._changed(service, breaker, opening)
            if permit.probe:
                self._together.freed(service, permit)

    @asynccontextmanager
    async def courtesy(self, service: str) -> AsyncIterator[None]:
        """Make a call that nothing depends on: only while all is well, and nothing is counted.

        Raises:
            BreakerOpenError: it is open, or tried just now; a permit is worth more than this.
        """
        if self.get(service).phase(self._clock()) != "closed":
            raise BreakerOpenError(service)
        calling = CALLING.set(service)
        try:
            yield
        finally:
            CALLING.reset(calling)

    async def run(self) -> None:
        """Refresh for ever; end it by cancelling."""
        while True:
            await self.refresh()
            await asyncio.sleep(REFRESH_S)

    async def refresh(self) -> None:
        """Read the operators' word and the other processes' now; what is away keeps its last."""
        with contextlib.suppress(StoreUnavailableError):
            await self._read_forced()
        opened = {name for name, breaker in self._known.items() if breaker.opening is not None}
        await self._together.agree(opened - self._own, self.get)

    @property
    def together(self) -> bool:
        """Whether the processes hear of each other; when not, each decides for itself."""
        return self._together.healthy

    def standing(self, services: Iterable[str] | None = None) -> list[Standing]:
        """How breakers stand here and now; without `services`, those that need to be looked at."""
        now = self._clock()
        if services is None:
            services = [name for name, b in self._known.items() if b.phase(now) != "closed"]
            services = sorted({*services, *self._forced})
        return [self._standing(service, now) for service in services]

    async def close(self) -> None:
        """Let what is being told arrive."""
        await self._together.close()

    def _standing(self, service: str, now: float) -> Standing:
        breaker = self._known.get(service, Breaker(self.policy))
        opening, held = breaker.opening, self._forced.get(service)
        return Standing(
            service=service,
            phase=held.position if held else breaker.phase(now),
            left_s=max(0.0, opening.until - now) if opening else 0.0,
            count=opening.count if opening else 0,
            why=opening.why if opening else "",
            forced=held,
        )

    async def _permit(
        self, service: str, breaker: Breaker, deadline_s: float
    ) -> tuple[Permit, Opening | None]:
        while True:
            asked, opening = breaker.ask(self._clock(), deadline_s=deadline_s), breaker.opening
            if isinstance(asked, Permit) and asked.probe:
                granted = await self._together.leave(service, breaker, asked, deadline_s)
                if breaker.opening is not opening:
                    # It changed while we asked; what holds now decides.
                    self._together.give_back(service, breaker, asked)
                    continue
                asked = granted
            if isinstance(asked, Permit):
                return asked, opening
            CALLS.labels(service, "refused").inc()
            raise BreakerOpenError(service, retry_after_s=asked.wait_s)

    def _changed(self, service: str, breaker: Breaker, before: Opening | None) -> None:
        opening = breaker.opening
        if opening is None:
            emit("breaker.closed", service=service, by="this")
            if before is not None:
                self._together.closed(service, before)
            return
        emit(
            "breaker.opened",
            "warning",
            service=service,
            by="this",
            why=opening.why,
            count=opening.count,
            open_s=round(opening.until - self._clock(), 1),
        )
        self._together.opened(service, opening)

    async def _read_forced(self) -> None:
        if self._database is None:
            return
        async with self._database.reading() as connection:
            self._forced = await switches.forced(connection)
        for service in self._forced:
            self.get(service)
        for service, breaker in self._known.items():
            held = self._forced.get(service)
            position = held.position if held else None
            if position != breaker.forced:
                breaker.forced = position
                emit("breaker.forced", "warning", service=service, position=position or "released")

    def _forget_one(self, *, but: str) -> None:
        if len(self._known) <= BREAKERS_MAX:
            return
        for service, breaker in self._known.items():
            idle = breaker.opening is None and breaker.forced is None
            if idle and service != but and service not in self._own:
                del self._known[service]
                STATE.remove(service)
                CALLS.remove_by_labels({"service": service})
                return
