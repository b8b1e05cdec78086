"""Whether a person should take over: values in, a reason out (S7)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hudhud.core.answering.escalating import after, before
from hudhud.model import Answer, Assistant, Cart, Escalation, Field, Line, Past, Said, Turn

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
KNOWN = Escalation(threshold=0.5, keywords=("موظف", "خدمة VIP", "agent"))
NAME = Field(
    name="name",
    kind="name",
    label_ar="الاسم",
    label_en="Name",
    question_ar="ما اسمك الكريم؟",
    question_en="What is your name?",
)


def said(text: str, author: Any = "contact") -> Said:
    return Said(id=1, author=author, kind="text", text=text, at=NOW)


def turn(*told: str, batch: str = "كم سعر القميص؟", fields: tuple[Field, ...] = (), **more: Any):
    """A turn whose history alternates, the contact first."""
    authors = ("contact", "assistant")
    return Turn(
        merchant_id=1,
        merchant_name="متجر",
        conversation_id=1,
        contact_name="علي",
        assistant=Assistant(
            id=1,
            merchant_id=1,
            name="هدهد",
            responder="llm",
            instructions="",
            options={},
            fields=fields,
        ),
        messages=(said(batch),),
        history=tuple(said(text, authors[place % 2]) for place, text in enumerate(told)),
        **more,
    )


def test_a_word_of_what_is_sold_is_no_keyword_unless_it_is_spelled_just_so() -> None:
    known, sold = Escalation(threshold=0.5, keywords=("فحص",)), frozenset({"فحص"})
    assert why(before(known, [said("كم بالفحص؟")])) == "keyword:فحص"
    assert before(known, [said("كم بالفحص؟")], sold) is None
    assert why(before(known, [said("ابي فحص")], sold)) == "keyword:فحص"


@pytest.mark.parametrize("text", ["ينفع للبشرة الدهنية؟", "9aboun lal bashra el dehniye?", "بشرتي"])
def test_another_word_of_the_same_root_is_no_keyword(text: str) -> None:
    known = Escalation(threshold=0.5, keywords=("بشري",))
    assert before(known, [said(text)]) is None
    assert why(before(known, [said("ابي رد من البشري")])) == "keyword:بشري"


def why(decision: Any) -> str | None:
    return None if decision is None else decision.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("أريد الموظف لو سمحت", "keyword:موظف"),
        ("وين المُوَظَّف؟", "keyword:موظف"),
        ("بدي موظفين يساعدوني", "keyword:موظف"),
        ("abi muwazaf", "keyword:موظف"),
        ("خدمه vip", "keyword:خدمة VIP"),
        ("AGENT please", "keyword:agent"),
        ("urgently", None),
        ("خدمة ممتازة", None),
        ("ممكن أتكلم مع أحد؟", "asked_for_person"),
        ("let me talk to a human", "asked_for_person"),
        ("كم سعر القميص؟", None),
        ("الموظف كان محترم مشكورين", None),  # spoken of, and not asked for
        ("ابها حي الموظفين", None),  # where somebody lives
        ("ابوظبي المشرف فيلا ٩", None),
        ("بشرى نعمة", None),  # who somebody is, and no «بشري» is wanted
        ("no need for an agent, when do you close", None),
    ],
)
def test_a_keyword_in_any_spelling_and_who_asks_for_a_person_need_no_answer(text, reason):
    assert why(before(KNOWN, (said(text),))) == reason


def test_what_is_off_is_not_decided():
    assert before(None, (said("أريد موظف"),)) is None
    angry = turn(batch="أنتم نصابين 😡")
    assert after(None, angry, Answer(text="أهلاً")) is None


@pytest.mark.parametrize("text", ["أنتم نصابين", "رائع جداً 🤬", "this is unacceptable"])
def test_an_angry_contact_gets_a_person_and_what_was_made_is_said(text):
    decided = after(KNOWN, turn(batch=text), Answer(text="نعتذر منك كثيراً"))
    assert decided is not None
    assert (decided.reason, decided.answers) == ("complaint", True)


def test_an_answer_below_the_threshold_is_not_said():
    assert why(after(KNOWN, turn(), Answer(text="سعره كذا", confidence=0.49))) == "low_confidence"
    assert after(KNOWN, turn(), Answer(text="سعره كذا", confidence=0.5)) is None
    assert after(KNOWN, turn(), Answer(text="سعره كذا")) is None


def test_doubt_that_goes_on_is_a_reason_too():
    doubted = Past(outcome="answered", reason=None, confidence=0.6, at=NOW)
    sure = Past(outcome="answered", reason=None, confidence=0.9, at=NOW)
    known = Escalation(threshold=0.5, keywords=(), past=(doubted, doubted, sure))
    assert why(after(known, turn(), Answer(text="ربما كذا", confidence=0.6))) == "low_confidence"
    assert after(known, turn(), Answer(text="سعره كذا", confidence=0.9)) is None
    settled = Escalation(threshold=0.5, keywords=(), past=(doubted, sure, doubted))
    assert after(settled, turn(), Answer(text="ربما كذا", confidence=0.6)) is None
    never = Escalation(threshold=0, keywords=(), past=(doubted, doubted))
    assert after(never, turn(), Answer(text="ربما كذا", confidence=0.0)) is None


ANSWER = "سعر القميص ٢٨ ألف دينار."


def test_the_same_question_with_the_same_answer_is_given_away():
    again = turn("كم سعر القميص", ANSWER, "طيب شكراً", "العفو")
    assert why(after(KNOWN, again, Answer(text=ANSWER))) == "asked_again"
    # Another answer to it may help.
    assert after(KNOWN, again, Answer(text="سعره ٢٨ ألفاً، والتوصيل مجاني.")) is None


def test_the_answer_that_was_just_given_is_not_given_once_more():
    once = turn("متى يصل الطلب؟", "يصل الطلب خلال يومين.", batch="لكن كيف يصل؟")
    assert why(after(KNOWN, once, Answer(text="يصل الطلب خلال يومين."))) == "same_answer"


def test_one_line_of_a_product_answers_several_questions_about_it():
    once = turn("هل القميص متوفر؟", ANSWER, batch="وبكم القميص؟")
    shown = Answer(text=ANSWER, trace={"products": ["SH-01"]})
    assert after(KNOWN, once, shown) is None


def test_while_an_order_is_made_a_question_may_be_asked_twice():
    line = Line(sku="SH-01", name_ar="قميص", name_en="Shirt", count=1, price_minor=1)
    filling: dict[str, Any] = {"batch": "ربما", "cart": Cart(lines=(line,))}
    ask = "هل نؤكد الطلب الآن؟"
    assert after(KNOWN, turn("اطلب قميص", ask, **filling), Answer(text=ask)) is None
    stuck = turn("اطلب قميص", ask, "أمم", ask, **filling)
    assert why(after(KNOWN, stuck, Answer(text=ask))) == "same_answer"


def test_who_only_greets_and_thanks_is_never_given_away():
    thanked = turn("شكراً جزيلاً لكم", "العفو، في خدمتك دائماً.", batch="شكراً جزيلاً لكم")
    assert after(KNOWN, thanked, Answer(text="العفو، في خدمتك دائماً.")) is None


def test_who_stays_beyond_the_business_is_given_away_with_that_reason():
    refusal = "هذا خارج ما أعرفه، فأنا هنا لأخدمك."
    far = turn("من سيفوز بالمباراة؟", refusal, batch="ومن رئيس البلد؟")
    reply = Answer(text=refusal, trace={"meanings": ["off_topic"]})
    assert why(after(KNOWN, far, reply)) == "out_of_scope"


def test_a_field_that_is_asked_in_vain_is_read_by_a_person():
    asks = ("ما اسمك الكريم؟", "عذراً، ما اسمك الكريم؟", "تكرماً، ما اسمك الكريم؟")
    stuck = turn("أريد الاشتراك", asks[0], "٤٤", asks[1], batch="٥٥", fields=(NAME,))
    assert why(after(KNOWN, stuck, Answer(text=asks[2]))) == "collecting_failed"
    # What was understood meanwhile is no failure.
    assert after(KNOWN, stuck, Answer(text=asks[2], collected={"goal": "x"})) is None
    early = turn("أريد الاشتراك", asks[0], batch="٥٥", fields=(NAME,))
    assert after(KNOWN, early, Answer(text=asks[1])) is None
