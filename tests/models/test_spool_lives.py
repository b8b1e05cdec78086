"""Law 2 and Q4 over generated lives of a host, in virtual time, on a disk that forgets (trap 22).

Two web processes die, the power is cut, the disk refuses, PostgreSQL is away, slow or locked; the
provider posts again until 200. Whatever was answered 200 is in PostgreSQL in the end, in order.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog

from models.spooling import live
from virtual_time import run_seeds

SEEDS = 500


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


def test_what_was_answered_200_survives_every_life_of_its_host_in_order() -> None:
    assert run_seeds(live, range(SEEDS)) == SEEDS
