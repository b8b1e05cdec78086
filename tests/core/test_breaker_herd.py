"""Crowds before a breaker, in virtual time: no more probers than permits, and never stuck (R1)."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest
from prometheus_client import REGISTRY

from hudhud.core.breaker import Policy
from hudhud.core.outside import breakers as outside
from hudhud.core.outside.breakers import CALLING, Breakers
from hudhud.errors import BreakerOpenError, SendNotMadeError
from virtual_time import run, run_seeds

SEEDS = 10_000
SERVICE = "inbox/1"
DEADLINE_S = 4.0


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    # A hundred thousand openings would be as many lines.
    monkeypatch.setattr(outside, "emit", lambda *_, **__: None)


class Outside:
    """A service that is up or down, and counts who reaches it while its breaker is not closed."""

    def __init__(self, policy: Policy) -> None:
        self.clock = asyncio.get_running_loop().time
        self.breakers = Breakers(policy, clock=self.clock)
        self.up = False
        self.probing = 0
        self.most_probing = 0
        self.reached = 0
        self.in_a_row = 0
        self.ends: Counter[str] = Counter()

    async def call(self, took_s: float) -> None:
        try:
            async with self.breakers.calling(SERVICE, deadline_s=DEADLINE_S):
                await self._serve(took_s)
        except BreakerOpenError as refused:
            self.ends["refused" if refused.retry_after_s else "refused for no time"] += 1
        except SendNotMadeError:
            self.ends["failed"] += 1
        else:
            self.ends["answered"] += 1

    async def _serve(self, took_s: float) -> None:
        assert CALLING.get() == SERVICE
        breaker = self.breakers.get(SERVICE)
        assert breaker.phase(self.clock()) != "open"
        self.reached += 1
        probe = breaker.opening is not None
        self.probing += probe
        self.most_probing = max(self.most_probing, self.probing)
        try:
            await asyncio.sleep(took_s)
            if not self.up:
                raise SendNotMadeError("down")
        finally:
            self.probing -= probe


async def broken(policy: Policy) -> Outside:
    """A service that is down, and whose breaker has opened and waited its time."""
    service = Outside(policy)
    for _ in range(policy.failures):
        await service.call(0)
    await asyncio.sleep(policy.open_s)
    service.reached = 0
    return service


@pytest.mark.parametrize("probes", [1, 2, 5])
def test_of_a_hundred_at_once_only_the_permits_reach_a_service_that_is_still_down(probes):
    async def herd() -> None:
        service = await broken(Policy(probes=probes))
        await asyncio.gather(*(service.call(1.0) for _ in range(100)))
        assert service.reached == service.most_probing == probes
        assert service.ends["refused"] == 100 - probes
        assert service.breakers.get(SERVICE).phase(service.clock()) == "open"

    run(herd())


def test_a_hundred_that_come_while_probers_come_and_go_are_never_more_than_the_permits():
    async def herd(chance: random.Random) -> None:
        policy = Policy(probes=chance.randint(1, 3), open_s=5)
        service = await broken(policy)
        callers = [
            asyncio.create_task(_after(chance.uniform(0, 20), service.call(chance.uniform(0, 4))))
            for _ in range(100)
        ]
        for caller in chance.sample(callers, 30):
            asyncio.get_running_loop().call_later(chance.uniform(0, 24), caller.cancel)
        await asyncio.gather(*callers, return_exceptions=True)
        assert 1 <= service.most_probing <= policy.probes

    assert run_seeds(herd, range(100)) == 100


def test_in_ten_thousand_schedules_nobody_passes_an_open_breaker_and_it_always_comes_back():
    async def schedule(chance: random.Random) -> None:
        policy = Policy(
            failures=chance.randint(1, 3),
            open_s=chance.choice([1.0, 6.0]),
            open_s_max=chance.choice([0.0, 12.0]),
            jitter=chance.choice([0.0, 0.3]),
            probes=chance.randint(1, 2),
        )
        service = Outside(policy)
        service.up = chance.random() < 0.5
        loop = asyncio.get_running_loop()
        callers = [asyncio.create_task(_calls(service, chance, 3)) for _ in range(4)]
        for caller in callers:
            if chance.random() < 0.3:
                loop.call_later(chance.uniform(0, 15), caller.cancel)
        for at in (chance.uniform(0, 20) for _ in range(2)):
            loop.call_later(at, _flip, service)
        await asyncio.gather(*callers, return_exceptions=True)
        assert service.most_probing <= policy.probes
        assert not service.ends["refused for no time"]
        # Whatever was cut in the middle: once the service is well, one call finds it so.
        await asyncio.sleep(40)
        service.up = True
        answered = service.ends["answered"]
        await service.call(0)
        assert service.ends["answered"] == answered + 1
        assert service.breakers.get(SERVICE).opening is None

    assert run_seeds(schedule, range(SEEDS)) == SEEDS


def test_a_cancelled_crowd_opens_nothing():
    async def crowd() -> None:
        service = Outside(Policy())
        service.up = True
        callers = [asyncio.create_task(service.call(3.0)) for _ in range(50)]
        await asyncio.sleep(1)
        for caller in callers:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)
        await service.call(0)
        assert service.ends == {"answered": 1}

    run(crowd())


def test_a_courtesy_is_no_probe_and_counts_for_nothing():
    async def courtesy() -> None:
        service = await broken(Policy())
        with pytest.raises(BreakerOpenError):
            async with service.breakers.courtesy(SERVICE):
                raise AssertionError
        service.up = True
        await service.call(0)
        for _ in range(9):
            with pytest.raises(SendNotMadeError):
                async with service.breakers.courtesy(SERVICE):
                    raise SendNotMadeError
        assert service.breakers.get(SERVICE).opening is None

    run(courtesy())


def test_the_metric_follows_the_clock_and_not_only_the_calls():
    async def metric() -> None:
        service = Outside(Policy())

        def state() -> float | None:
            return REGISTRY.get_sample_value("hudhud_breaker_state", {"service": SERVICE})

        await service.call(0)
        assert state() == 0
        for _ in range(4):
            await service.call(0)
        assert state() == 2
        await asyncio.sleep(60)
        assert state() == 1

    run(metric())


def test_so_many_services_are_remembered_and_no_open_one_is_forgotten(monkeypatch):
    monkeypatch.setattr(outside, "BREAKERS_MAX", 3)

    async def many() -> None:
        service = await broken(Policy())
        for number in range(50):
            service.breakers.get(f"inbox/{number + 2}")
        assert [one.service for one in service.breakers.standing()] == [SERVICE]
        assert len(service.breakers._known) == 3
        for number in range(50):
            held = service.breakers.get(f"inbox/{number + 52}")
            held.forced = "open"
        assert len(service.breakers._known) == 51
        assert service.breakers.get("inbox/200").phase(0) == "closed"

    run(many())


async def _after(seconds: float, call) -> None:
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        call.close()
        raise
    await call


async def _calls(service: Outside, chance: random.Random, times: int) -> None:
    for _ in range(times):
        await asyncio.sleep(chance.uniform(0, 5))
        await service.call(chance.uniform(0, DEADLINE_S))


def _flip(service: Outside) -> None:
    service.up = not service.up
