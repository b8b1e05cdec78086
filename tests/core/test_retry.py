"""The one retry decision: who counts, who waits, how long, and when it is over (Q6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hudhud.core.delivery import ending_of, unsent
from hudhud.core.retry import Again, Dead, decide
from hudhud.errors import (
    NotFoundError,
    SendNotMadeError,
    SendRejectedError,
    SendUnknownError,
    StoreUnavailableError,
)
from hudhud.store.outbox import Begun

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def decided(error: BaseException, attempt: int = 1, **more: Any) -> Again | Dead:
    return decide(error, attempt, NOW, attempts_max=3, **more)


def wait_s(found: Again | Dead) -> float:
    assert isinstance(found, Again)
    return (found.at - NOW).total_seconds()


def begun(*, attempt: int = 1, spared: int = 0) -> Begun:
    return Begun(
        merchant_id=1,
        conversation_id=2,
        inbox_id=3,
        row_id=4,
        attempt=attempt,
        spared=spared,
        text="أهلا",
        reply_to=None,
        aliases=(),
    )


BROKE = SendRejectedError("131000", retry=True)


@pytest.mark.parametrize(("attempt", "ceiling_s"), [(1, 1), (2, 4)])
@pytest.mark.parametrize("chance", [0.0, 0.25, 1.0])
def test_a_failure_that_may_pass_is_tried_again_with_full_jitter(
    attempt: int, ceiling_s: float, chance: float
):
    found = decided(BROKE, attempt, chance=lambda: chance)
    assert wait_s(found) == pytest.approx(ceiling_s * chance)
    assert isinstance(found, Again)
    assert found.counted


def test_the_pause_between_attempts_has_a_limit():
    found = decide(BROKE, 19, NOW, attempts_max=20, chance=lambda: 1.0)
    assert wait_s(found) == 300


def test_the_last_attempt_ends_in_a_dead_letter_that_says_why():
    assert decided(BROKE, 3) == Dead(why="The provider refused the message. 131000")


@pytest.mark.parametrize(("before", "ceiling_s"), [(0, 1), (1, 4), (2, 16), (3, 30), (999, 30)])
def test_a_provider_that_nobody_reaches_makes_no_dead_letter_however_long(
    before: int, ceiling_s: float
):
    found = decided(SendNotMadeError(), 1, spared=before, chance=lambda: 1.0)
    assert wait_s(found) == ceiling_s
    assert isinstance(found, Again)
    assert not found.counted


def test_what_the_provider_asks_for_is_never_cut_short():
    error = SendRejectedError(retry=True, retry_after_s=77)
    assert wait_s(decided(error, chance=lambda: 0.0)) == 77
    assert wait_s(decided(error, chance=lambda: 1.0)) == 78


def test_what_cannot_help_is_over_at_once():
    assert isinstance(decided(SendRejectedError("131047", retry=False)), Dead)
    assert isinstance(decided(NotFoundError("no such responder")), Dead)


@pytest.mark.parametrize("error", [StoreUnavailableError(), ZeroDivisionError("unforeseen")])
def test_what_may_pass_is_tried_again_until_its_attempts_are_used(error: Exception):
    assert isinstance(decided(error, 2), Again)
    assert isinstance(decided(error, 3), Dead)


@pytest.mark.clause("6.pair")
@pytest.mark.parametrize(("before", "wanted_s"), [(0, 4), (1, 16), (2, 64), (4, 1024), (40, 1024)])
def test_too_fast_to_one_person_waits_four_to_the_x_and_never_dies(before: int, wanted_s: int):
    error = SendRejectedError(code="131056", retry=True, retry_after_s=4, scope="pair")
    found = decided(error, 1, spared=before)
    assert found == Again(at=NOW + timedelta(seconds=wanted_s), scope="pair", counted=False)


@pytest.mark.parametrize("scope", ["number", "app"])
def test_a_slowed_number_or_app_waits_as_a_whole_and_no_message_pays_for_it(scope: Any):
    error = SendRejectedError(retry=True, retry_after_s=60, scope=scope)
    found = decided(error, 99)
    assert isinstance(found, Again)
    assert (found.scope, found.counted) == (scope, False)
    assert 60 <= wait_s(found) <= 61


def test_whatever_may_have_left_is_unknown_and_nothing_else_is():
    for error in (SendUnknownError(), RuntimeError("unforeseen"), TimeoutError()):
        assert ending_of(begun(), error, NOW, attempts_max=3).outcome == "unknown"
    for error in (SendNotMadeError(), SendRejectedError(retry=True)):
        assert ending_of(begun(), error, NOW, attempts_max=3).outcome == "queued"


def test_spared_tries_do_not_use_up_the_attempts():
    ended = ending_of(begun(attempt=9, spared=7), BROKE, NOW, attempts_max=3)
    assert (ended.outcome, ended.spared) == ("queued", False)
    ended = ending_of(begun(attempt=9, spared=6), BROKE, NOW, attempts_max=3)
    assert ended.outcome == "rejected"


def test_what_was_never_tried_goes_back_without_an_attempt():
    ended = unsent(begun(), "paused", wait_s=2)
    assert (ended.outcome, ended.spared, ended.retry_ms) == ("queued", True, 2000)


def test_an_unknown_send_keeps_the_id_that_it_has_if_it_left() -> None:
    error = SendUnknownError("cut", external_id="3EB0")
    ended = ending_of(begun(), error, NOW, attempts_max=3)
    assert (ended.outcome, ended.external_id) == ("unknown", "3EB0")
