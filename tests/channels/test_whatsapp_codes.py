from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hudhud.channels.graph.errors_table import CODES, PERMISSION_CODES, UNKNOWN, meaning
from hudhud.core.retry import Again, Dead, decide
from hudhud.errors import SendRejectedError

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_what_is_worth_another_try_says_when():
    for known in CODES.values():
        assert known.retry is (known.retry_after_s is not None)
        assert known.retry is (known.blame in {"access", "pace", "pair", "outage"})
        assert known.sentence.endswith(".")


@pytest.mark.clause("6.codes")
@pytest.mark.parametrize(
    ("code", "blame"), [("200", "access"), ("299", "access"), ("131047", "window")]
)
def test_a_code_says_who_has_to_act(code, blame):
    assert meaning(code).blame == blame


@pytest.mark.clause("6.codes")
@pytest.mark.parametrize("code", ["300", "", "x", "-1", "²", "1" * 5000])
def test_a_code_that_nobody_knows_is_not_tried_again(code):
    assert meaning(code) is UNKNOWN
    assert not UNKNOWN.retry


# PLATFORM_FACTS part 6: (codes, who waits, seconds at the first failure, does it use an attempt).
# None: over at once, with a dead letter and a person.
POLICY: tuple[tuple[tuple[int, ...], str | None, float, bool], ...] = (
    ((0, 3, 10, 190, 200, 230, 299), "number", 300, False),
    ((4,), "app", 60, False),
    ((80007, 131048, 131064, 133016), "number", 60, False),
    ((130429,), "number", 15, False),
    ((131056,), "pair", 4, False),
    ((131057,), "number", 300, False),
    ((131000, 131016, 133004), "message", 15, True),
    ((131005,), "message", 300, True),
    ((131026, 131047, 131049, 131050, 130472), None, 0, True),
    ((131051, 131052, 131053, 131008, 131009, 131021), None, 0, True),
    ((132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069), None, 0, True),
    ((131031, 368, 130497, 131042, 131045, 131037, 131062, 131063), None, 0, True),
)
EACH = [(code, *rest) for codes, *rest in POLICY for code in codes]


@pytest.mark.clause("6.codes")
@pytest.mark.parametrize(("code", "scope", "seconds", "counted"), EACH)
def test_each_code_is_obeyed_as_its_provider_means_it(code, scope, seconds, counted):
    known = meaning(str(code))
    error = SendRejectedError(
        code=str(code), retry=known.retry, retry_after_s=known.retry_after_s, scope=known.scope
    )
    found = decide(error, 1, NOW, attempts_max=3, chance=lambda: 0.0)
    if scope is None:
        assert isinstance(found, Dead)
        return
    assert isinstance(found, Again)
    assert (found.scope, found.counted) == (scope, counted)
    assert (found.at - NOW).total_seconds() == seconds
    last = decide(error, 3, NOW, attempts_max=3)
    assert isinstance(last, Dead if counted else Again)


@pytest.mark.clause("6.codes")
def test_the_table_and_the_policy_name_the_same_codes():
    told = {code for code, *_ in EACH} - set(PERMISSION_CODES)
    assert told <= set(CODES)
    # Codes that only Meta's own reference adds to the facts: over at once as well.
    # 32, 613 and 1200 are refusals of Instagram and Messenger, which the facts do not list.
    assert {code for code in set(CODES) - told if CODES[code].retry} == {32, 613, 1200}
