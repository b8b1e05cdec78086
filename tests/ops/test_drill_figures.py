"""A drill's report is clean only when every promise was kept, times included."""

from __future__ import annotations

from typing import Any

import pytest
from drill_histories import World, clean, numbered

from hudhud.ops.drills.figures import (
    DIRECT_S_MAX,
    OVERDUE_MAX,
    SETTLE_S_MAX,
    Measured,
    direct_answers_s,
    report,
)
from hudhud.ops.drills.judge import judged
from hudhud.ops.drills.plan import Wanted
from hudhud.ops.drills.seen import Miss, Seen, seen
from hudhud.ops.drills.shops import WINDOW_S
from hudhud.ops.drills.telling import report_lines

WANTED = Wanted(messages=10, contacts=4, minutes=1, seed=1)
KILLED_MS = 10_000
BACK_MS = 20_000


def measured(**changes: Any) -> Measured:
    calm = {
        "settle_s": 1.0,
        "rest_s": 2.0,
        "took_s": 60.0,
        "drain_code": 0,
        "supervisor_starts": 1,
        "operator_deeds": 0,
        "spool_on": "a small tmpfs",
    }
    return Measured(**(calm | changes))


def told(found: Seen, misses: list[Miss] | None = None, **changes: Any) -> Any:
    return report(WANTED, found, misses or [], measured(**changes), ["web_kill", "web_kill"])


@pytest.mark.parametrize(
    ("changes", "clean_"),
    [
        ({}, True),
        ({"settle_s": SETTLE_S_MAX + 0.1}, False),
        ({"settle_s": None}, False),
        ({"rest_s": None}, False),
        ({"drain_code": 1}, False),
    ],
)
def test_lateness_and_an_unfinished_drain_are_misses(
    changes: dict[str, Any], *, clean_: bool
) -> None:
    found = told(seen(clean(1)), **changes)
    assert found.clean is clean_
    assert bool(found.misses) is not clean_


def test_every_kind_of_miss_is_counted_and_told() -> None:
    misses = [Miss("lost", "a"), Miss("twice", "b"), Miss("out_of_order", "c"), Miss("broken", "d")]
    found = told(seen(clean(1)), misses)
    assert not found.clean
    assert (found.lost, found.twice, found.out_of_order, found.broken) == (1, 1, 1, 1)
    words = "\n".join(report_lines(found))
    assert "✗ lost: a" in words
    assert "✗ Missed." in words


def test_faults_are_counted_as_they_struck_and_not_as_they_were_planned() -> None:
    lines = [
        {"what": "struck", "fault": "web_kill", "until_ms": 0},
        {"what": "struck", "fault": "web_kill", "until_ms": 0, "why_not": "none of them lived"},
    ]
    found = told(seen(numbered(lines)))
    ran = found.ran["web_kill"]
    assert (ran.planned, ran.struck, ran.kills) == (2, 1, 1)
    assert (found.faults, found.kills) == (1, 1)
    assert "could not: none of them lived" in "\n".join(report_lines(found))


def test_the_figures_of_a_clean_history_add_up() -> None:
    history = seen(clean(2))
    found = told(history, judged(history))
    assert found.clean
    assert found.messages == len(history.messages)
    assert found.by_responder + found.by_person == found.batches
    assert "✓ Nothing lost" in "\n".join(report_lines(found))


def outage(*, said_ms: int, answered_ms: int, **other: Any) -> list[float]:
    """One message, said and answered at these moments, while Valkey is dead from 10 to 20 s."""
    world = World(5)
    world.conversation(["answered"])
    outside = [{**line, "at_ms": said_ms} for line in world.outside]
    for line in outside:
        if line["what"] == "called":
            line["at_ms"] = answered_ms
    strikes = [{"fault": "valkey_kill", "at_ms": KILLED_MS, "until_ms": BACK_MS}, other]
    struck = [{"what": "struck", **strike} for strike in strikes if strike]
    return direct_answers_s(seen(numbered([*outside, *struck, *world.stored, {"what": "end"}])))


def test_new_batches_that_wait_behind_overdue_ones_are_not_measured() -> None:
    world = World(5)
    for _ in range(OVERDUE_MAX + 1):
        world.conversation(["answered"])
    older = len(world.outside)
    world.conversation(["answered"])
    moments = [
        (5_000 if place < older else 11_000, 14_000 if place < older else 14_500)
        for place in range(len(world.outside))
    ]
    outside = [
        {**line, "at_ms": answered if line["what"] == "called" else said}
        for line, (said, answered) in zip(world.outside, moments, strict=True)
    ]
    kill = {"what": "struck", "fault": "valkey_kill", "at_ms": KILLED_MS, "until_ms": BACK_MS}
    lines = numbered([*outside, kill, *world.stored, {"what": "end"}])
    assert direct_answers_s(seen(lines)) == []


def test_without_valkey_the_first_answer_counts_from_its_due_time() -> None:
    due_ms = 11_000 + int(WINDOW_S * 1000)
    assert outage(said_ms=11_000, answered_ms=due_ms + 700) == [0.7]


def test_what_was_due_before_the_kill_says_nothing_about_direct_mode() -> None:
    assert outage(said_ms=7_000, answered_ms=10_500) == []


@pytest.mark.parametrize(
    ("fault", "from_ms", "until_ms", "counts"),
    [
        ("postgresql_kill", 12_000, 13_000, False),
        ("worker_stop", 1_000, 12_000, False),
        ("worker_stop", 1_000, 9_000, True),
        ("clock_ahead", 12_000, 12_000, True),
        ("web_kill", 12_000, 12_000, True),
    ],
)
def test_an_outage_that_something_else_disturbed_is_not_measured(
    fault: str, from_ms: int, until_ms: int, *, counts: bool
) -> None:
    other = {"fault": fault, "at_ms": from_ms, "until_ms": until_ms}
    assert bool(outage(said_ms=11_000, answered_ms=14_000, **other)) is counts


def test_a_late_first_answer_without_valkey_is_a_miss() -> None:
    world = World(5)
    world.conversation(["answered"])
    late_ms = 11_000 + int((WINDOW_S + DIRECT_S_MAX + 1) * 1000)
    outside = [
        {**line, "at_ms": late_ms if line["what"] == "called" else 11_000} for line in world.outside
    ]
    kill = {"what": "struck", "fault": "valkey_kill", "at_ms": KILLED_MS, "until_ms": BACK_MS}
    found = told(seen(numbered([*outside, kill, *world.stored, {"what": "end"}])))
    assert not found.clean
    assert "without Valkey the first answer came after 6.0 s" in found.misses[0]
