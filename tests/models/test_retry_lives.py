"""The retry decision over generated lives: all end, none too soon, none together (Q6)."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import cast

from hudhud.core.retry import LONGEST_S, PAIR_BASE, PAIR_GROWS_MAX, SPREAD_S, Again, Dead, decide
from hudhud.errors import Scope, SendNotMadeError, SendRejectedError
from virtual_time import run_seeds

SEEDS = 4000
ATTEMPTS_MAX = 5
SCOPES: tuple[Scope, ...] = ("message", "pair", "number", "app")
ZERO = datetime(2026, 11, 21, tzinfo=UTC)


def trouble(chance: random.Random) -> Exception | None:
    """What the provider says this time; None is yes."""
    asked_s = chance.choice((None, None, 3.0, 60.0))
    what = chance.choice(("yes", "away", "never", *SCOPES))
    if what == "yes":
        return None
    if what == "away":
        return SendNotMadeError("nobody there", retry_after_s=asked_s)
    if what == "never":
        return SendRejectedError("no", code="131026")
    error = SendRejectedError("later", code="1", retry=True, retry_after_s=asked_s)
    error.scope = cast("Scope", what)
    return error


async def message(chance: random.Random) -> int:
    """Try until it is accepted or dead; returns the tries that counted."""
    clock = asyncio.get_running_loop().time
    attempt, spared = 1, 0
    while True:
        error = trouble(chance)
        if error is None:
            return attempt
        now = ZERO + timedelta(seconds=clock())
        told = decide(
            error, attempt, now, attempts_max=ATTEMPTS_MAX, spared=spared, chance=chance.random
        )
        if isinstance(told, Dead):
            assert told.why
            return attempt
        check(told, error, now, attempt)
        attempt, spared = attempt + told.counted, spared + (not told.counted)
        await asyncio.sleep((told.at - now).total_seconds())


def check(told: Again, error: Exception, now: datetime, attempt: int) -> None:
    wait_s = (told.at - now).total_seconds()
    asked_s = getattr(error, "retry_after_s", None) or 0.0
    assert wait_s >= asked_s
    longest_s = {"message": LONGEST_S, "pair": PAIR_BASE**PAIR_GROWS_MAX}.get(told.scope, SPREAD_S)
    assert wait_s <= asked_s + longest_s
    assert told.counted == (told.scope == "message" and not isinstance(error, SendNotMadeError))
    assert attempt < ATTEMPTS_MAX or not told.counted


async def life(chance: random.Random) -> None:
    assert await message(chance) <= ATTEMPTS_MAX


def test_every_message_ends_within_its_attempts_and_never_sooner_than_asked() -> None:
    assert run_seeds(life, range(SEEDS)) == SEEDS


def test_a_crowd_that_failed_together_does_not_come_back_together() -> None:
    async def crowd(chance: random.Random) -> None:
        away = SendNotMadeError("nobody there", retry_after_s=2.0)
        told = [
            decide(away, 2, ZERO, attempts_max=ATTEMPTS_MAX, chance=chance.random)
            for _ in range(100)
        ]
        moments = sorted(one.at for one in told if isinstance(one, Again))
        assert len(set(moments)) == len(told) == 100
        assert moments[-1] - moments[0] > timedelta(seconds=2)

    assert run_seeds(crowd, range(50)) == 50
