"""When look-ups leave the claim and go side by side: a rule of what was measured (P1)."""

from __future__ import annotations

import pytest

from hudhud.core.context.choosing import HELD_MS_MAX, Position, Seen, choose

NEAR = dict.fromkeys("abcdefghijkl", 0.1)
SOURCE = dict.fromkeys("abcdefghijkl", 75.0)


def after(groups: int, took_ms: dict[str, float], trip_ms: float) -> Position:
    seen, position = Seen(), "merged"
    for _ in range(groups):
        seen = seen.and_then(took_ms, trip_ms)
        position = choose(seen, position)
    return position


@pytest.mark.parametrize("trip_ms", [0.1, 1.0, 5.0, 50.0])
def test_quick_look_ups_stay_with_the_claim_however_far_postgresql_is(trip_ms: float) -> None:
    assert after(100, NEAR, trip_ms) == "merged"


def test_look_ups_as_slow_as_the_source_systems_go_side_by_side_after_few_groups() -> None:
    assert after(3, SOURCE, 0.2) == "side_by_side"


def test_one_slow_group_among_quick_ones_moves_nothing() -> None:
    seen = Seen()
    for took_ms in ([NEAR] * 20, [dict.fromkeys("abc", 10.0)], [NEAR] * 20):
        for one in took_ms:
            seen = seen.and_then(one, 0.2)
            assert choose(seen, "merged") == "merged"


def test_what_is_barely_better_stays_where_it_is() -> None:
    barely = Seen(trip_ms=1.0, looked_ms=20.0, slowest_ms=6.0)  # saves 3 ms
    assert choose(barely, "side_by_side") == "side_by_side"
    assert choose(barely, "merged") == "merged"


def test_the_claim_does_not_hold_its_rows_for_one_slow_look_up() -> None:
    lone = Seen(trip_ms=5.0, looked_ms=HELD_MS_MAX + 1, slowest_ms=HELD_MS_MAX)
    assert choose(lone, "merged") == "side_by_side"


def test_it_comes_back_when_postgresql_is_quick_again() -> None:
    seen, position = Seen(), "merged"
    for took_ms in [SOURCE] * 5 + [NEAR] * 100:
        seen = seen.and_then(took_ms, 0.2)
        position = choose(seen, position)
    assert position == "merged"


def test_a_bare_claim_tells_of_the_way_and_not_of_the_look_ups() -> None:
    seen = Seen(trip_ms=0.0, looked_ms=5.0, slowest_ms=1.0).and_then({}, 10.0)
    assert (seen.trip_ms, seen.looked_ms, seen.slowest_ms) == (1.0, 5.0, 1.0)
