"""The breaker's policy, value by value, and against a model in any order of events (R1)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hudhud.core.breaker import (
    PROBE_GRACE_S,
    PROBE_WAIT_S,
    Breaker,
    Opening,
    Permit,
    Policy,
    Refusal,
    Verdict,
    policy_of,
)
from hudhud.core.outside.verdicts import verdict_of
from hudhud.errors import (
    ResponderFailedError,
    SendNotMadeError,
    SendRejectedError,
    SendUnknownError,
    SettingsWrongError,
)
from hudhud.readers import BREAKER_PARTS
from hudhud.settings import load

DEADLINE_S = 10.0
OK, FAILED, CANCELLED = Verdict("answered"), Verdict("failed"), Verdict("cancelled")


def call(breaker: Breaker, verdict: Verdict, now: float) -> bool:
    """One call that ends at once; returns whether it was let through."""
    asked = breaker.ask(now, deadline_s=DEADLINE_S)
    if isinstance(asked, Permit):
        breaker.tell(asked, verdict, now)
    return isinstance(asked, Permit)


def opened(policy: Policy | None = None, *, now: float = 0.0) -> Breaker:
    breaker = Breaker(policy or Policy())
    while breaker.phase(now) == "closed":
        call(breaker, FAILED, now)
    return breaker


# R1 as it was asked for: opens at the 5th consecutive failure, refuses for 60 s, then one probe;
# success closes, failure reopens. Each step: at, what the call says, let through?, phase after.
R1 = [
    [(0, "failed", True, "closed")] * 4 + [(0, "failed", True, "open")],
    [(0, "failed", True, "closed")] * 4 + [(0, "answered", True, "closed")]
    + [(1, "failed", True, "closed")] * 4 + [(1, "failed", True, "open")],
    [(0, "failed", True, "closed")] * 4 + [(0, "failed", True, "open")]
    + [(0.1, "answered", False, "open"), (59.9, "answered", False, "open")]
    + [(60, "answered", True, "closed"), (60, "failed", True, "closed")],
    [(0, "failed", True, "closed")] * 4 + [(0, "failed", True, "open")]
    + [(60, "failed", True, "open"), (119.9, "answered", False, "open")]
    + [(120, "answered", True, "closed")] + [(120, "failed", True, "closed")] * 4
    + [(120, "failed", True, "open")],
    [(0, "failed", True, "closed")] * 4 + [(0, "cancelled", True, "closed")] * 9
    + [(0, "failed", True, "open")],
]  # fmt: skip


@pytest.mark.parametrize("steps", R1)
def test_the_default_policy_is_the_one_that_was_asked_for(steps):
    breaker = Breaker(Policy())
    for now, kind, let_through, phase in steps:
        assert call(breaker, Verdict(kind), now) is let_through
        assert breaker.phase(now) == phase


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (None, "answered"),
        (SendNotMadeError("ClientConnectorError"), "failed"),
        (SendUnknownError("HTTP 502"), "failed"),
        (SendRejectedError("131026", code="131026"), "answered"),
        (SendRejectedError("HTTP 403", code="http_403"), "answered"),
        (SendRejectedError("131016", retry=True, retry_after_s=15, service="down"), "failed"),
        (SendRejectedError("HTTP 429", retry=True, retry_after_s=9, service="busy"), "busy"),
        (SendRejectedError("HTTP 429", retry=True, service="busy"), "answered"),
        (ResponderFailedError("No answer within 6 s."), "failed"),
        (ResponderFailedError("ModelHTTPError", service="well"), "answered"),
        (ResponderFailedError("429", service="busy", retry_after_s=3), "busy"),
        (ConnectionResetError(), "failed"),
        (TimeoutError(), "failed"),
        (ZeroDivisionError(), "cancelled"),
    ],
)
def test_a_4xx_is_an_answer_a_429_is_a_moment_and_our_own_fault_is_nothing(error, kind):
    assert verdict_of(error, 1.0).kind == kind


@pytest.mark.parametrize("named_s", [86_400.0, 1e300, float("inf")])
def test_whatever_moment_is_named_after_an_hour_somebody_looks(named_s):
    busy = verdict_of(ResponderFailedError("429", service="busy", retry_after_s=named_s), 1.0)
    breaker = Breaker(Policy())
    call(breaker, busy, 0)
    assert breaker.ask(1, deadline_s=1) == Refusal(3599)
    assert isinstance(breaker.ask(3600, deadline_s=1), Permit)


def test_a_429_is_no_failure_and_holds_until_its_moment():
    breaker = Breaker(Policy())
    for _ in range(4):
        call(breaker, FAILED, 0)
    call(breaker, Verdict("busy", wait_s=7), 0)
    assert breaker.ask(1, deadline_s=1) == Refusal(6)
    assert breaker.opening is not None
    assert breaker.opening.count == 0
    assert call(breaker, FAILED, 7)
    assert breaker.ask(7, deadline_s=1) == Refusal(60)


def test_each_opening_in_a_row_lasts_longer_up_to_its_most_and_jitter_only_adds():
    chance = random.Random(7)  # noqa: S311 - a seed, no secret
    policy = Policy(open_s=10, open_s_max=60, jitter=0.5)
    breaker, now, lasted = Breaker(policy, chance), 0.0, []
    for _ in range(5):
        call(breaker, FAILED, now)
    for _ in range(6):
        assert breaker.opening is not None
        lasted.append(breaker.opening.until - now)
        now = breaker.opening.until
        call(breaker, FAILED, now)
    for seconds, least in zip(lasted, (10, 20, 40, 60, 60, 60), strict=True):
        assert least <= seconds <= least * 1.5
    assert len(set(lasted)) == 6
    call(breaker, OK, now + 90)
    for _ in range(5):
        call(breaker, FAILED, now + 90)
    assert breaker.opening is not None
    assert breaker.opening.until - now - 90 <= 15  # in a row: a closing begins anew


@pytest.mark.parametrize("share", ["failure_share", "slow_share"])
def test_a_share_opens_only_with_enough_calls_and_only_within_its_window(share):
    policy = Policy(failures=1000, calls_min=10, window_s=60, slow_s=2, **{share: 0.5})
    bad = FAILED if share == "failure_share" else Verdict("answered", took_s=2.1)
    breaker = Breaker(policy)
    for n in range(9):
        call(breaker, bad if n % 2 else OK, 0)
    assert breaker.phase(0) == "closed"  # 4 of 9: too few to judge
    for n in range(9):
        call(breaker, bad if n % 2 else OK, 70)
    assert breaker.phase(70) == "closed"  # the first nine are out of the window
    call(breaker, bad, 71)
    assert breaker.phase(71) == "open"
    assert breaker.opening is not None
    assert breaker.opening.why == share


def test_without_a_share_slow_calls_and_scattered_failures_open_nothing():
    breaker = Breaker(Policy())
    for n in range(400):
        call(breaker, FAILED if n % 5 else OK, n)
        call(breaker, Verdict("answered", took_s=100), n)
    assert breaker.phase(400) == "closed"


def test_a_prober_that_died_gives_its_permit_back_with_time_and_its_word_counts_no_more():
    breaker = opened()
    dead = breaker.ask(60, deadline_s=DEADLINE_S)
    assert isinstance(dead, Permit)
    assert breaker.ask(61, deadline_s=DEADLINE_S) == Refusal(PROBE_WAIT_S)
    assert breaker.ask(70.75, deadline_s=DEADLINE_S) == Refusal(0.25)
    later = 60 + DEADLINE_S + PROBE_GRACE_S
    second = breaker.ask(later, deadline_s=DEADLINE_S)
    assert isinstance(second, Permit)
    assert not breaker.tell(dead, OK, later)
    assert breaker.phase(later) == "half_open"
    assert breaker.tell(second, OK, later)
    assert breaker.phase(later) == "closed"


def test_a_cancelled_prober_gives_its_permit_back_at_once():
    breaker = opened()
    assert call(breaker, CANCELLED, 60)
    assert call(breaker, OK, 60)
    assert breaker.phase(60) == "closed"


def test_a_prober_that_is_still_out_there_keeps_its_place_through_another_opening():
    breaker = opened()
    prober = breaker.ask(60, deadline_s=30)
    assert isinstance(prober, Permit)
    breaker.adopt(Opening(name="another's", count=1, until=70, why="probe"))
    assert isinstance(breaker.ask(71, deadline_s=DEADLINE_S), Refusal)
    assert not breaker.tell(prober, FAILED, 72)
    assert isinstance(breaker.ask(72, deadline_s=DEADLINE_S), Permit)


def test_what_began_before_the_opening_says_nothing_after_it():
    breaker = Breaker(Policy())
    early = [breaker.ask(0, deadline_s=DEADLINE_S) for _ in range(7)]
    for permit in early[:5]:
        assert isinstance(permit, Permit)
        breaker.tell(permit, FAILED, 1)
    for permit in early[5:]:
        assert isinstance(permit, Permit)
        assert not breaker.tell(permit, OK, 2)
    assert breaker.ask(2, deadline_s=1) == Refusal(59)


def test_an_operators_word_is_above_what_the_calls_say():
    breaker = opened()
    breaker.forced = "closed"
    for _ in range(9):
        assert call(breaker, FAILED, 1)
    late = [breaker.ask(1, deadline_s=1) for _ in range(5)]
    breaker.forced = "open"
    assert not call(breaker, OK, 100)
    breaker.forced = None
    for permit in late:
        assert isinstance(permit, Permit)
        assert not breaker.tell(permit, FAILED, 2)
    assert breaker.phase(59) == "open"
    assert call(breaker, OK, 60)


def test_the_settings_and_the_policy_have_the_same_parts():
    assert set(BREAKER_PARTS) == set(Policy.__struct_fields__)
    assert policy_of("") == Policy()
    read = load({"HUDHUD_BREAKER": "failures=3, open_s=0.5"}).breaker
    assert policy_of(read) == Policy(failures=3, open_s=0.5)


@pytest.mark.parametrize("text", ["failures=0", "failures=2.5", "fail=1", "open_s", "jitter=2"])
def test_a_policy_that_cannot_be_is_refused_at_the_start(text):
    with pytest.raises(SettingsWrongError, match="HUDHUD_BREAKER"):
        load({"HUDHUD_BREAKER": text})


@dataclass
class Model:
    """What a breaker is, told once more and plainly: no epochs, no window, lists of who is who."""

    failures: int = 0
    until: float | None = None
    count: int = 0
    probers: dict[int, float] = field(default_factory=dict)  # call: when its permit ends
    early: set[int] = field(default_factory=set)  # calls of before the last change: heard no more

    def change(self, calls: Iterator[int], *, until: float | None, count: int) -> None:
        self.failures, self.until, self.count = 0, until, count
        self.early |= set(calls)


class AnyOrder(RuleBasedStateMachine):
    """Calls begin, end, are cut or forgotten in any order, while time goes on."""

    policy = Policy(failures=3, open_s=10, open_s_max=40, probes=2)

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.breaker = Breaker(self.policy)
        self.model = Model()
        self.calls: dict[int, Permit] = {}
        self.begun = 0

    @rule(deadline_s=st.sampled_from([1.0, 5.0]))
    def begin(self, deadline_s: float) -> None:
        asked = self.breaker.ask(self.now, deadline_s=deadline_s)
        model = self.model
        living = [end for end in model.probers.values() if end > self.now]
        closed = model.until is None
        probing = not closed and self.now >= model.until and len(living) < self.policy.probes
        assert isinstance(asked, Permit) == (closed or probing)
        if isinstance(asked, Refusal):
            again = model.until if self.now < (model.until or 0) else min(*living, self.now + 1)
            assert asked.wait_s == again - self.now > 0
            return
        self.begun += 1
        self.calls[self.begun] = asked
        if probing:
            model.probers[self.begun] = self.now + deadline_s + PROBE_GRACE_S

    @precondition(lambda self: self.calls)
    @rule(
        data=st.data(),
        kind=st.sampled_from(["answered", "failed", "failed", "failed", "busy", "cancelled"]),
    )
    def end(self, data: st.DataObject, kind: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.calls)))
        permit, model = self.calls.pop(number), self.model
        self.breaker.tell(permit, Verdict(kind, wait_s=5.0), self.now)
        probe = number in model.probers
        silent = number in model.early or (probe and model.probers[number] <= self.now)
        model.probers.pop(number, None)
        if silent or kind == "cancelled":
            return
        if kind == "busy":
            model.change(self.calls, until=self.now + 5, count=model.count)
        elif probe and kind == "answered":
            model.change(self.calls, until=None, count=0)
        elif kind == "failed":
            model.failures += 1
            if probe or model.failures >= self.policy.failures:
                count = model.count + 1 if probe else 1
                lasts = min(10 * 2 ** (count - 1), 40)
                model.change(self.calls, until=self.now + lasts, count=count)
        else:
            model.failures = 0

    @rule(seconds=st.sampled_from([0.5, 2.0, 10.0, 45.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(left_s=st.sampled_from([0.0, 8.0]), count=st.integers(1, 3))
    def hear_of_another(self, left_s: float, count: int) -> None:
        opening = Opening(name="theirs", count=count, until=self.now + left_s, why="failures")
        self.breaker.adopt(opening)
        self.model.change(self.calls, until=opening.until, count=count)

    @invariant()
    def it_stands_as_the_model_does(self) -> None:
        until = self.model.until
        phase = "closed" if until is None else "open" if self.now < until else "half_open"
        assert self.breaker.phase(self.now) == phase
        assert (self.breaker.opening is None) == (until is None)
        if self.breaker.opening is not None:
            assert self.breaker.opening.until == until
            assert self.breaker.opening.count == self.model.count

    def teardown(self) -> None:
        """Whoever died, whatever was cut: once all permits ran out, somebody may try."""
        later = self.now + 100
        assert isinstance(self.breaker.ask(later, deadline_s=1), Permit)


AnyOrder.TestCase.settings = hypothesis_settings(
    max_examples=150, stateful_step_count=40, deadline=None
)
test_in_any_order_of_events_it_stands_as_its_model = AnyOrder.TestCase
