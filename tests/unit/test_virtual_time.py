"""The virtual clock itself: it jumps, it is always alike, and it notices a hang."""

from __future__ import annotations

import asyncio
import itertools
import random
import time

import pytest

import virtual_time
from virtual_time import NothingLeftError, SpinningError, run, run_seeds


def test_an_hour_passes_in_a_moment() -> None:
    async def hour() -> float:
        await asyncio.sleep(3600)
        return asyncio.get_running_loop().time()

    started = time.monotonic()
    assert run(hour()) == pytest.approx(3600)
    assert time.monotonic() - started < 5


def test_timers_fire_in_the_order_of_their_times() -> None:
    async def race() -> list[int]:
        order: list[int] = []

        async def runner(number: int, delay_s: float) -> None:
            await asyncio.sleep(delay_s)
            order.append(number)

        await asyncio.gather(runner(1, 30), runner(2, 10), runner(3, 20))
        return order

    assert run(race()) == [2, 3, 1]


def test_a_timeout_fires_although_nobody_waits_for_real() -> None:
    async def late() -> None:
        async with asyncio.timeout(5):
            await asyncio.sleep(60)

    with pytest.raises(TimeoutError):
        run(late())


def test_a_hang_is_an_error_at_once() -> None:
    async def hang() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(NothingLeftError):
        run(hang())


def test_steps_without_end_are_an_error_too() -> None:
    async def spin() -> None:
        while True:
            await asyncio.sleep(0)

    with pytest.raises(SpinningError):
        run(spin())


def test_the_work_of_a_thread_is_done_when_it_is_handed_over() -> None:
    async def threads() -> list[int]:
        return [await asyncio.to_thread(abs, -number) for number in range(3)]

    assert run(threads()) == [0, 1, 2]


def test_the_same_seed_lives_the_same_life_and_a_red_one_is_named() -> None:
    lives: list[list[float]] = []

    async def scenario(chance: random.Random) -> None:
        life = []
        for _ in range(5):
            await asyncio.sleep(chance.random())
            life.append(asyncio.get_running_loop().time())
        lives.append([round(b - a, 9) for a, b in itertools.pairwise(life)])

    assert run_seeds(scenario, [7, 7, 8]) == 3
    assert lives[0] == lives[1] != lives[2]

    async def red(chance: random.Random) -> None:
        assert chance.random() < 0

    with pytest.raises(AssertionError) as seen:
        virtual_time.run_seeds(red, [41])
    assert seen.value.__notes__[-1] == "seed 41"
