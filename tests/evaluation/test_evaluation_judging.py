"""Each judgement can say yes and can say no."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation.figures import rows, table, table_by_set
from evaluation.items import Item
from evaluation.judging import Mark, marks, misfiled, misread
from evaluation.shops import shops
from evaluation.stage import Reply

SHOP = shops()["nakhla"]


def judged(item: dict[str, Any], *replies: dict[str, Any]) -> dict[str, bool]:
    asked: dict[str, Any] = {"id": "x", "dialect": "gulf", "shop": "nakhla", "kind": "product"}
    told: dict[str, Any] = {"said": ("؟",), "text": "", "outcome": "answered"}
    given = marks(
        Item(**(asked | {"turns": (("؟",),)} | item)),
        [Reply(**(told | reply)) for reply in replies],
        SHOP,
    )
    return {mark.measure: mark.right for mark in given}


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (("SH-01", "SH-02"), (True, True)),
        (("SH-02", "SH-03", "SH-01"), (False, True)),
        (("SH-02", "SH-03", "TS-01", "SH-01"), (False, False)),
        ((), (False, False)),
    ],
)
def test_a_product_is_found_first_in_three_or_not(
    found: tuple[str, ...], wanted: tuple[bool, bool]
) -> None:
    told = judged({"products": ("SH-01",)}, {"found": found})
    assert (told["product found first"], told["product found in three"]) == wanted


def test_of_several_products_that_may_be_meant_any_is_right() -> None:
    told = judged({"products": ("SH-01", "SH-02")}, {"shown": ("SH-02",)})
    assert told["product answered first"]


def test_who_thought_better_of_it_has_ordered_nothing() -> None:
    changed = {"kind": "order", "no_order": True}
    assert judged(changed, {})["order completed"]
    assert not judged(changed, {"order": {"SH-01": 1}}, {})["order completed"]


def test_an_order_in_another_colour_is_not_the_one_that_was_meant() -> None:
    meant = {"kind": "order", "order": {"AC-02": 1}, "says": ["أسود"]}
    placed = {"order": {"AC-02": 1}, "text": "١ × حقيبة يد نسائية (أسود)"}
    assert judged(meant, placed)["order completed"]
    assert not judged(meant, placed | {"text": "١ × حقيبة يد نسائية (جملي)"})["order completed"]


def test_the_first_answered_question_counts() -> None:
    item = {"kind": "faq", "faq": ("hours",)}
    assert judged(item, {"told": ("hours", "delivery")})["FAQ answered first"]
    assert not judged(item, {"told": ("delivery", "hours")})["FAQ answered first"]


def test_an_intent_is_missed_when_it_is_not_read_or_a_weighty_one_is_read_into_it() -> None:
    assert misread(("price",), frozenset({"greeting", "price"})) == ""
    assert misread(("price",), frozenset({"stock"})) == "wanted price, read stock"
    assert misread(("price",), frozenset({"price", "complaint"})) == "read complaint into it"
    assert misread(("complaint", "person"), frozenset({"complaint", "person"})) == ""


def test_a_person_who_was_not_wanted_costs_precision_and_one_not_called_costs_recall() -> None:
    handed, alone = {"outcome": "handed_over", "reason": "complaint"}, {"outcome": "answered"}
    precision, recall = "hand-over precision", "hand-over recall"
    wanted = judged({"hand_over": True}, handed)
    assert (wanted[precision], wanted[recall]) == (True, True)
    assert judged({"hand_over": True}, alone)[recall] is False
    assert judged({"hand_over": False}, handed)[precision] is False
    assert {precision, recall}.isdisjoint(judged({"hand_over": False}, alone))
    assert {precision, recall}.isdisjoint(judged({}, handed))


def test_fields_are_compared_as_people_read_them() -> None:
    wanted = {"name": "إيمان علي", "phone": "0771234567"}
    assert misfiled(wanted, {"name": "ايمان علي", "phone": "+962771234567"}) == ""
    assert misfiled(wanted, {"name": "ايمان", "phone": "0771234567"}) == "name: ايمان"
    assert misfiled(wanted, {"name": "إيمان علي"}) == "phone: nothing"
    assert misfiled({"phone": "0771234567"}, {"phone": "0771234568"})


def test_an_order_is_completed_when_exactly_its_lines_were_placed() -> None:
    item = {"kind": "order", "order": {"SH-01": 2}}
    assert judged(item, {}, {"order": {"SH-01": 2}})["order completed"]
    assert not judged(item, {"order": {"SH-01": 1}})["order completed"]
    assert not judged(item, {})["order completed"]


def test_every_burst_of_a_conversation_is_looked_at_for_wrong_prices() -> None:
    told = judged({}, {"text": "قميص كتان صيفي: ١٬٠٠٠ د.ع"}, {"text": "أهلاً"})
    assert not told["wrong price or stock"]
    assert told["invented fact"]


def test_the_table_says_pass_miss_and_counts_what_must_not_happen() -> None:
    def mark(measure: str, *, right: bool) -> Mark:
        return Mark(item="x", dialect="gulf", measure=measure, right=right)

    told = [mark("intent", right=True)] * 9 + [mark("intent", right=False)]
    told += [mark("invented fact", right=True), mark("wrong price or stock", right=False)]
    verdicts = {row.measure: row.verdict for row in rows(told)}
    assert verdicts["intent"] == verdicts["invented fact"] == "pass"
    assert verdicts["wrong price or stock"] == verdicts["order completed"] == "MISS"
    assert "0.90 9/10" in table(rows(told))
    assert "1 of 1" in table(rows(told))
    assert {row.measure: row.verdict for row in rows(told[1:])}["intent"] == "MISS"


def test_every_set_has_a_column_of_its_own() -> None:
    right = Mark(item="x", dialect="gulf", measure="intent", right=True)
    wrong = Mark(item="y", dialect="gulf", measure="intent", right=False, why="?")
    told = table_by_set({"first": rows([right]), "second": rows([right, wrong])})
    (line,) = [line for line in told.splitlines() if line.startswith("intent")]
    assert line.split() == ["intent", "≥", "0.90", "1.00", "1/1", "0.50", "1/2"]
