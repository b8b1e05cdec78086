"""Laws 3 to 6 over generated lives, in virtual time; a few of them again on PostgreSQL."""

from __future__ import annotations

import asyncio
import random
from functools import cache
from itertools import islice

import pytest

from hudhud.store.pool import Database
from models.answering import Life, live
from models.on_postgresql import OnPostgresql
from virtual_time import run, run_seeds

SEEDS = 2000
ON_POSTGRESQL = 8


async def judged(chance: random.Random) -> None:
    await live(chance)


def lived(seed: int) -> Life:
    return run(live(random.Random(seed)))  # noqa: S311 - a seed, no secret


@cache
def overtaken(place: int) -> Life:
    """The lives in which a worker comes back to a lease that is another's by now (trap 7)."""
    found = (life for seed in range(SEEDS) if (life := lived(seed)).overtaken)
    return next(islice(found, place, None))


def test_no_life_loses_repeats_or_reorders_anything() -> None:
    assert run_seeds(judged, range(SEEDS)) == SEEDS


def test_lives_meet_what_they_are_about() -> None:
    deeds, verdicts, outcomes = set(), set(), set()
    for seed in range(40):
        for call in lived(seed).calls:
            deeds.add(call.deed)
            if call.deed == "claim":
                verdicts.add(call.answer[0])
            if call.deed == "finish":
                outcomes.add((call.args[2], call.answer))
    assert verdicts == {"claimed", "person", "leased", "idle", "early", "alone"}
    assert {("answered", True), ("answered", False), ("retry", True), ("dead", True)} <= outcomes
    assert {"settle", "status", "sweep", "reply", "take_over", "hand_back"} <= deeds


@pytest.mark.parametrize("place", range(ON_POSTGRESQL))
async def test_postgresql_answers_every_call_of_a_life_as_the_model_does(
    place: int, database: Database
) -> None:
    # A life has a loop of its own, in a thread: this test's loop is real.
    life = await asyncio.to_thread(overtaken, place)
    real = await OnPostgresql.open(database)
    for number, call in enumerate(life.calls):
        answer = await real.make(call.at_s, call.deed, call.args)
        assert answer == call.answer, f"call {number}: {call}"
    assert await real.image() == life.model.image()
