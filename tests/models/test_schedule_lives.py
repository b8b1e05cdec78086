"""Trap 15 over generated lives in virtual time: no wake-up is lost, whoever dies with a token."""

from __future__ import annotations

import asyncio

import pytest

from hudhud.queue import pop, shards, taker
from models.scheduling import live
from virtual_time import run_seeds

SEEDS = 600
# All shards are alike; few of them make lives cheap, and takers meet more often.
FEW = 3


@pytest.fixture(autouse=True)
def _few_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (shards, taker, pop):
        monkeypatch.setattr(module, "SHARDS", FEW)
    monkeypatch.setattr(taker, "IN_TURN", tuple(range(FEW)))


@pytest.fixture(autouse=True)
def _virtual_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taker, "monotonic", lambda: asyncio.get_running_loop().time())


def test_whatever_is_due_is_taken_at_most_a_second_late_whoever_dies() -> None:
    assert run_seeds(live, range(SEEDS)) == SEEDS
