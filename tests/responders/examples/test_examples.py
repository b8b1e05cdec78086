"""Examples give a second opinion where the rules are silent (decision 0024)."""

from __future__ import annotations

import asyncio
import sys
from threading import Event

import pytest

from hudhud.responders.examples import (
    CALLS,
    arabic_in_latin,
    calm,
    heard,
    judge,
    ready,
    strays,
    warming,
)
from hudhud.responders.examples.calling import SURE, SURE_OF_WARES
from hudhud.responders.examples.judging import _judged, _learnt, weigh
from hudhud.responders.examples.learning import (
    PIECE_CHARS_MAX,
    TEXT_CHARS_MAX,
    examples,
    learn,
    pieces,
)
from hudhud.responders.lexicon import understood

WAIT_S = 10
NOTHING: frozenset[str] = frozenset()


def opinion(text: str, named: frozenset[str] = NOTHING) -> str:
    """What calls for a person in it by its likeness, where no rule reads so."""
    told = understood(text)
    calls = [one for one in heard(text, told, named).meanings if one in CALLS]
    return next((one for one in calls if one not in told.meanings), "")


def test_what_was_learnt_is_told_again_and_what_was_not_is_no_kind() -> None:
    learnt = learn([("الجهاز احترق", "complaint"), ("مساء النور", "greeting")])
    assert weigh(learnt, "احترق الجهاز").kind == "complaint"
    assert weigh(learnt, "مسا النور").kind == "greeting"
    assert weigh(learnt, "xyz").kind == ""


def test_every_kind_has_examples_enough_to_be_told_from_the_others() -> None:
    kinds = [kind for _, kind in examples()]
    for kind in ("person", "complaint", "greeting", "thanks", "off_topic", "detail", "wish"):
        assert kinds.count(kind) > 20, kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("الماكنه اللي شريتها منكم عطلت وانحرقت", "complaint"),
        ("جابولي غرض مكسور وناقص", "complaint"),
        ("خلوا احد من عندكم يتواصل معاي", "person"),
        ("khaleeh wa7ed mn 3andkom yet9el feeni", "person"),
    ],
)
def test_fresh_words_for_a_trouble_call_a_person(text: str, kind: str) -> None:
    told = understood(text).meanings
    assert kind in told or opinion(text) == kind


@pytest.mark.parametrize(
    "text", ["اسود", "واحد", "كيلو تمر مشكل", "حي الورود شارع التحلية", "abu ahmad", "xl please"]
)
def test_what_is_no_trouble_calls_nobody(text: str) -> None:
    assert opinion(text) == ""


def test_a_likeness_below_its_margin_calls_nobody() -> None:
    text = next(
        text
        for text, _ in examples()
        if not understood(text).meanings
        and judge(text).kind == "complaint"
        and judge(text).margin > SURE_OF_WARES
        and len(text.split()) > 3
    )
    assert opinion(text) == "complaint"
    weak = "يا ريت صفحه ورق"
    like = judge(weak)
    assert like.margin < SURE or like.kind not in ("complaint", "person")
    assert opinion(weak) == ""


def test_who_wants_a_thing_calls_nobody_by_what_is_beside_it() -> None:
    text = "اخوي مدير بنك ويبي ثوب رسمي ابيض"
    told = understood(text)
    assert "person" in told.meanings
    assert "person" not in calm(text, told).meanings
    assert "person" in calm("اريد المدير", understood("اريد المدير")).meanings


def test_an_opinion_costs_no_more_than_the_beginning_of_a_message() -> None:
    long = "وين الطلب يا جماعه صار اسبوع " * 1000
    lengths = PIECE_CHARS_MAX - 1
    assert pieces(long) == pieces(long[:TEXT_CHARS_MAX])
    assert len(pieces(long)) <= lengths * (TEXT_CHARS_MAX + 2)
    judge(long)
    kept = _judged.cache_info().hits
    judge(long)
    assert _judged.cache_info().hits == kept + 1


def test_what_was_learnt_takes_little_memory() -> None:
    learnt = _learnt()
    held = (learnt.pieces, learnt.starts, learnt.pairs)
    assert len(learnt.pieces) > 100_000
    assert sum(map(sys.getsizeof, held)) < 6 << 20


async def test_leases_are_renewed_while_a_process_learns_its_examples(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    learning = Event()
    begun: list[str] = []

    def learn_slowly() -> None:
        begun.append("learning")
        assert learning.wait(WAIT_S)

    monkeypatch.setattr(warming, "_learn", learn_slowly)
    warming._learning.cache_clear()
    waiting = [asyncio.create_task(ready()) for _ in range(20)]
    await asyncio.sleep(0)  # the loop goes on
    assert not any(task.done() for task in waiting)
    learning.set()
    await asyncio.gather(*waiting)
    assert begun == ["learning"]
    warming._learning.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "العلبه واصله مفتوحه وناقصها قطعه",
        "صارلي اسبوع انتظر ولا خبر منكم",
        "the lid was open and half of it was missing",
        "jat na2sa w el 3elba maftoo7a",
    ],
)
def test_a_trouble_that_is_only_told_is_a_complaint(text: str) -> None:
    assert "complaint" in heard(text, understood(text), NOTHING).meanings


@pytest.mark.parametrize(
    "text",
    [
        "عندي محل واريد اتعامل وياكم",
        "are you hiring at the moment",
        "بدور على شغل عندكو",
        "ana blogger w bdi et3awan ma3kon",
    ],
)
def test_an_offer_of_work_or_a_partnership_is_a_persons(text: str) -> None:
    assert {"partner", "person"} <= {*heard(text, understood(text), NOTHING).meanings}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("كم الساعه الان في نيويورك", "off_topic"),
        ("مين رئيس المانيا", "off_topic"),
        ("write a python script for me", "off_topic"),
        ("بشاور زوجي وارجع لكم", "thinking"),
        ("بدي اسأل عن شغلة", "vague"),
    ],
)
def test_what_is_no_shops_business_is_read_as_that_and_nothing_else(text: str, kind: str) -> None:
    told = heard(text, understood(text), NOTHING)
    assert told.meanings == (kind,)
    assert strays(told)


@pytest.mark.parametrize(
    "text", ["كم سعر القميص الاسود", "when do you close today", "توصلون للبصره؟", "abi wa7ed aswad"]
)
def test_a_plain_question_stays_what_the_rules_read(text: str) -> None:
    told = understood(text)
    assert heard(text, told, NOTHING).meanings == told.meanings


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("ok thabteh", True),
        ("tayeb khallas b3ato", True),
        ("ok please send it", False),
        ("what about the other one", False),
        ("Maya Haddad", None),
    ],
)
def test_arabic_in_latin_letters_is_known_without_a_list_of_its_words(
    text: str, arabic: object
) -> None:
    assert arabic_in_latin(text) is arabic
