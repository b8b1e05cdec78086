"""What is said of a peer is said of everybody by the same rules, and each of them can turn red."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.peers import available, names
from bench.peers.catalogue import HERE, PEERS
from bench.peers.judging import Answer, Verdict, judge, late_ms, user_lines

SENT = {"one": ["a", "b", "c"], "two": ["d"]}


def _answer(conversation: str, *messages: str, at: float = 0.0) -> Answer:
    return Answer(conversation, messages, at)


def test_every_message_answered_once_and_in_order_is_no_fault() -> None:
    answers = [_answer("one", "a", "b"), _answer("two", "d"), _answer("one", "c")]
    assert judge(SENT, answers, paced=SENT) == Verdict(lost=0, twice=0, disordered=0)


def test_a_message_in_no_answer_is_lost() -> None:
    assert judge(SENT, [_answer("one", "a", "c")]) == Verdict(lost=2, twice=0, disordered=0)


def test_an_answer_to_another_customer_does_not_count() -> None:
    assert judge(SENT, [_answer("two", "a", "b", "c", "d")]).lost == 3


def test_each_answer_beyond_the_first_is_counted() -> None:
    answers = [_answer("one", "a", "b", "c"), _answer("two", "d"), _answer("one", "a", "b")]
    assert judge(SENT, [*answers, _answer("two", "d", "d")]).twice == 4


def test_a_message_before_an_earlier_one_is_out_of_order() -> None:
    answers = [_answer("one", "b"), _answer("one", "a", "c"), _answer("two", "d")]
    assert judge(SENT, answers, paced={"one"}).disordered == 1


def test_a_repeated_answer_is_not_out_of_order_as_well() -> None:
    answers = [_answer("one", "a", "b"), _answer("one", "a", "b", "c"), _answer("two", "d")]
    assert judge(SENT, answers, paced=SENT) == Verdict(lost=0, twice=2, disordered=0)


def test_nobody_is_blamed_for_the_order_of_what_was_under_way_together() -> None:
    assert judge(SENT, [_answer("one", "b", "a", "c"), _answer("two", "d")]).disordered == 0


def test_a_small_batch_is_due_after_its_window() -> None:
    answers = [_answer("one", "a", "b", at=11.5)]
    assert late_ms({"a": 10.0, "b": 10.9}, answers, burst=5, window_ms=1000) == [500.0]


def test_a_whole_burst_is_due_with_its_last_message() -> None:
    answers = [_answer("one", "a", "b", at=10.5)]
    found = late_ms({"a": 10.0, "b": 10.25}, answers, burst=2, window_ms=1000)
    assert found == [250.0]


def test_an_answer_before_its_time_is_early() -> None:
    (late,) = late_ms({"d": 10.0}, [_answer("two", "d", at=10.75)], burst=5, window_ms=1000)
    assert late == -250.0


def test_comments_blank_lines_and_docstrings_are_not_written_for_the_peer(tmp_path: Path) -> None:
    app = tmp_path / "app.py"
    app.write_text('"""Words\nof it."""\n\n# why\nx = """two\nlines"""  # both count\n\n\ny = 1\n')
    assert user_lines(app) == 3


def test_lines_of_javascript_are_counted_without_comments(tmp_path: Path) -> None:
    app = tmp_path / "app.mjs"
    app.write_text("// why\n\n/* one\n   two */\nconst x = 1; // counts\nconst y = `\na`;\n")
    assert user_lines(app) == 3


@pytest.mark.parametrize("name", sorted(PEERS))
def test_every_peer_has_its_applications_and_exact_pins(name: str) -> None:
    peer = PEERS[name]
    assert name in names()
    assert (HERE / name / peer.app).is_file()
    assert (HERE / name / peer.app_sql).is_file()
    pins = HERE / name / ("package.json" if peer.node else "requirements.txt")
    assert "://" not in pins.read_text(encoding="utf-8")
    if not peer.node:
        assert all("==" in line for line in pins.read_text(encoding="utf-8").splitlines())


def test_a_peer_of_node_says_what_is_missing_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert available("bullmq") == "node and npm not installed"
    assert available("saq") == ""
