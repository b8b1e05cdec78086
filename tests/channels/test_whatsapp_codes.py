from __future__ import annotations

import pytest

from hudhud.channels.whatsapp.errors_table import CODES, UNKNOWN, meaning


def test_what_is_worth_another_try_says_when():
    for known in CODES.values():
        assert known.retry is (known.retry_after_s is not None)
        assert known.retry is (known.blame in {"access", "pace", "pair", "outage"})
        assert known.sentence.endswith(".")


@pytest.mark.parametrize(
    ("code", "blame"), [("200", "access"), ("299", "access"), ("131047", "window")]
)
def test_a_code_says_who_has_to_act(code, blame):
    assert meaning(code).blame == blame


@pytest.mark.parametrize("code", ["300", "", "x", "-1", "²", "1" * 5000])
def test_a_code_that_nobody_knows_is_not_tried_again(code):
    assert meaning(code) is UNKNOWN
    assert not UNKNOWN.retry
