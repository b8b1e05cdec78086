"""A drill's plan is a pure function of its arguments, and strikes everything there is."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from hudhud.errors import BadInputError
from hudhud.ops.drills.faults import FAULTS
from hudhud.ops.drills.nemesis import DEEDS
from hudhud.ops.drills.plan import ACCOUNTS, MODEL_ACCOUNTS, Wanted, planned
from hudhud.ops.drills.telling import plan_lines

WANTED = Wanted(messages=2000, contacts=50, minutes=5, seed=7)


def test_the_same_seed_makes_the_same_plan_and_another_one_another() -> None:
    assert planned(WANTED) == planned(WANTED)
    other = Wanted(messages=2000, contacts=50, minutes=5, seed=8)
    assert planned(other) != planned(WANTED)


def test_more_customers_meet_the_same_faults() -> None:
    crowd = Wanted(messages=9000, contacts=300, minutes=5, seed=7)
    assert planned(crowd).strikes == planned(WANTED).strikes


def test_every_fault_has_a_deed_and_strikes_in_five_minutes() -> None:
    assert set(DEEDS) == set(FAULTS)
    struck = {strike.fault for strike in planned(WANTED).strikes}
    assert struck == set(FAULTS)


def test_faults_come_every_few_seconds_and_never_two_of_one_target_at_once() -> None:
    plan = planned(WANTED)
    moments = [strike.at_s for strike in plan.strikes]
    assert moments == sorted(moments)
    assert len(moments) > 60
    spans = defaultdict(list)
    for strike in plan.strikes:
        fault = FAULTS[strike.fault]
        assert fault.least_s <= strike.for_s <= fault.most_s
        spans[fault.target].append((strike.at_s, strike.at_s + strike.for_s))
    for target in spans.values():
        for (_, ended), (begun, _) in pairwise(target):
            assert ended < begun


@pytest.mark.parametrize("messages", [1, 7, 2000])
def test_every_message_is_said_once_and_has_its_number(messages: int) -> None:
    plan = planned(Wanted(messages=messages, contacts=50, minutes=1, seed=2))
    numbers = [burst.first + place for burst in plan.bursts for place in range(len(burst.texts))]
    assert sorted(numbers) == list(range(1, messages + 1))
    assert all(0 <= burst.at_s <= 60 for burst in plan.bursts)


def test_messages_to_the_model_carry_their_number_as_a_mark() -> None:
    for burst in planned(WANTED).bursts:
        for place, text in enumerate(burst.texts):
            modelled = burst.contact % ACCOUNTS in MODEL_ACCOUNTS
            assert text.endswith(f" #{burst.first + place}") is modelled


@pytest.mark.parametrize("wrong", [{"messages": 0}, {"contacts": 0}, {"minutes": 0}])
def test_a_drill_of_nothing_is_refused(wrong: dict[str, int]) -> None:
    asked = {"messages": 1, "contacts": 1, "minutes": 1, "seed": 1} | wrong
    with pytest.raises(BadInputError):
        planned(Wanted(**asked))


def test_the_plan_is_told_with_every_fault() -> None:
    plan = planned(WANTED)
    assert len(list(plan_lines(plan))) == len(plan.strikes) + 1
