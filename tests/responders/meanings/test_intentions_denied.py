"""Intentions that are denied, people who are only mentioned, harm that is a person's at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hudhud.core.answering.escalating import before
from hudhud.model import Escalation, Faq, Said
from hudhud.responders.asked import fitting
from hudhud.responders.examples import calm
from hudhud.responders.lexicon import understood

ESCALATING = Escalation(keywords=("موظف", "refund"), threshold=0.5, past=())
_INTENTIONS = {"person", "complaint", "cancel_order", "returns"}


def _said(text: str) -> Said:
    return Said(id=1, author="contact", kind="text", text=text, at=datetime.now(UTC))


def _read(text: str) -> frozenset[str]:
    return frozenset(calm(text, understood(text)).meanings)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ما بدنا نلغي ولا نشتكي، بس قديش التوصيل", "delivery"),
        ("مش عايز اكنسل حاجة، بس عايز اعرف مواعيدكم", "hours"),
        ("ماني محتاج موظف، بس كم سعر الشحن", "delivery"),
        ("مبغيتش نهضر مع شي واحد، غير شحال الثمن", "price"),
        ("مابي احد يتصل، بس ابي السعر", "price"),
        ("لا أريد إلغاء الطلب، أود فقط معرفة طرق الدفع", "payment"),
        ("ما اريد احچي ويا موظف، بيش القميص", "price"),
        ("mesh 3ayez akallem 7ad, bas bekam el tawsil", "delivery"),
        ("mabaddi a7ki ma3 7ada, bass 2adde el tawsil", "delivery"),
        ("i dont want to cancel or complain, just tell me when you open", "hours"),
        ("not looking for a refund, just asking if you take cards", "payment"),
        ("no cancellation needed, what time do you close", "hours"),
    ],
)
def test_an_intention_that_is_denied_is_none_and_what_follows_is_meant(
    text: str, meant: str
) -> None:
    assert meant in _read(text)
    assert _INTENTIONS.isdisjoint(_read(text))
    assert before(ESCALATING, [_said(text)]) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ما عاد بدي الطلب", "cancel_order"),
        ("ما بدي ياه، الغيه", "cancel_order"),
        ("i dont want it, cancel my order", "cancel_order"),
        ("ما بدي روبوت بدي موظف", "person"),
        ("i dont want to talk to a bot, give me an agent", "person"),
        ("you dont want to refund me", "returns"),
        ("no refund, nobody answers", "complaint"),
        ("لا اريد البدل، ارجعوا لي فلوسي", "complaint"),
    ],
)
def test_what_is_wished_for_beside_a_denial_stays(text: str, meant: str) -> None:
    assert meant in _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "الموظف قالي في منه ازرق، لسا موجود؟",
        "el mowazzaf galli fi azra2, mawjoud?",
        "the agent told me you have it in blue, do you?",
    ],
)
def test_who_is_only_mentioned_is_not_asked_for(text: str) -> None:
    assert "person" not in _read(text)
    assert before(ESCALATING, [_said(text)]) is None


@pytest.mark.parametrize(
    "text",
    [
        "my daughter choked on a wheel of the toy car",
        "the lamp gave me an electric shock",
        "my husband had an allergic reaction after your cake",
        "بنتي بلعت حبة من العقد شو اعمل",
        "الخلاط كهربني وانا اشغله",
        "بعد الكريم ورم وجهي كله",
        "ابني مش قادر يتنفس بعد ما اكل منه",
        "weldi bla3 wa7ed la piece mn la3ba",
    ],
)
def test_harm_calls_a_person_at_once(text: str) -> None:
    decision = before(ESCALATING, [_said(text)])
    assert decision is not None
    # Of what was bought it is complained.
    assert decision.reason == ("complaint" if "your" in text else "asked_for_person")


@pytest.mark.parametrize(
    "text",
    [
        "what if my son swallowed it, is it toxic?",
        "my wife reacts to sesame, is there any in it?",
        "ولدي عنده حساسية من الفول، في فول بالاكل؟",
        "بتوصلوا شرق عمان؟",
    ],
)
def test_a_question_about_harm_is_a_question(text: str) -> None:
    assert "person" not in _read(text)


def test_a_hot_thing_is_no_fever() -> None:
    assert "detail" not in understood("باغي شي حاجة سخونة، كاينة الشوربة؟").meanings
    assert "detail" in understood("ابني عنده سخونة").meanings


def test_straight_away_is_not_late() -> None:
    assert "complaint" not in understood("بدنا نطلب منكم على طول").meanings
    assert "complaint" in understood("طلبي تاخر وطول كتير").meanings


def test_how_long_before_is_no_price() -> None:
    assert "price" not in understood("قبل بكم يوم لازم نحجز").meanings
    assert "price" in understood("بكم القميص").meanings


def _row(topic: str, question: str, answer: str) -> Faq:
    return Faq(
        id=len(topic),
        topic=topic,
        question_ar=question,
        question_en="",
        answer_ar=answer,
        answer_en="",
    )


ROWS = (
    _row("parking", "في موقف سيارات؟", "موقف مجاني خلف المحل."),
    _row("reservation", "كيف الحجز؟ بدي طاولة", "الحجز قبل ساعتين."),
    _row("halal_meat", "اللحمة حلال؟", "كل لحومنا حلال وبلدية."),
    _row("catering_all", "بتعملوا عزايم ومناسبات؟", "نعم من عشرين فما فوق."),
    _row("allergens", "في مكسرات أو حليب؟ حساسية", "المقبلات فيها طحينة."),
    _row("hours", "متى بتفتحوا؟", "كل يوم من 11 لحد 1."),
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("وين نركن السيارة", "parking"),
        ("عايزين ترابيزة لسته", "reservation"),
        ("اللحم مذبوح ذبح شرعي", "halal_meat"),
        ("عندي وليمه لتلاتين", "catering_all"),
        ("my son reacts to that allergen", "allergens"),
    ],
)
def test_a_row_is_found_by_other_words_of_its_trade(text: str, topic: str) -> None:
    fits = fitting(ROWS, understood(text).said, frozenset())
    assert fits[0].row.topic == topic
