"""What was paid twice is a person's; who only asks whether he must talk to one wants none."""

from __future__ import annotations

import pytest

from hudhud.model import Faq
from hudhud.responders.dealing import deals, quoted
from hudhud.responders.examples.hearing import heard
from hudhud.responders.lexicon import understood
from hudhud.responders.lexicon.flawed import flawed
from hudhud.responders.lexicon.said.overpaid import overpaid
from hudhud.responders.selling.naming import Names
from hudhud.text import words


@pytest.mark.parametrize(
    "text",
    [
        "سددت لكم القيمة مرتين، كيف أسترد الفرق",
        "انخصم من حسابي الضعف",
        "حاسبتوني بزيادة اليوم",
        "i paid twice for one lamp, what now?",
        "your driver took more than the bill says",
    ],
)
def test_money_paid_twice_is_a_persons(text: str) -> None:
    assert overpaid(words(text))
    assert "complaint" in understood(text).meanings


@pytest.mark.parametrize(
    "text",
    ["لو دفعت مرتين بالغلط ترجعون؟", "بدفع زيادة عالتغليف؟", "do i pay extra for wrapping?"],
)
def test_money_that_may_be_paid_is_not_complained_about(text: str) -> None:
    assert not overpaid(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "الخلاط لي شريت من عندكم ماكيدورش",
        "التيليكوموند لي خديت من عندكم والو",
        "lmssbah li chrit mn 3endkom makich3elch",
    ],
)
def test_what_was_bought_and_does_nothing_is_flawed(text: str) -> None:
    assert flawed(words(text))


def test_what_was_bought_and_has_nothing_wrong_is_not() -> None:
    assert not flawed(words("الكاس لي شريت من عندكم ما فيه والو"))


@pytest.mark.parametrize(
    "text", ["عندي مشكلة محتارة بين لونين", "لدي مشكلة، لا أدري أي ستارة أختار"]
)
def test_a_problem_of_choosing_is_no_complaint(text: str) -> None:
    assert "complaint" not in understood(text).meanings


def test_a_problem_of_what_came_is_one_though_another_is_to_be_chosen() -> None:
    assert "complaint" in understood("عندي مشكلة في طلبي وصلني ناقص، محتار شو اعمل").meanings


@pytest.mark.parametrize(
    "text",
    [
        "do I need to ring someone to swap a shirt?",
        "هل يجب أن أكلم موظفاً لتبديل القطعة",
        "call me Salma",
    ],
)
def test_who_asks_whether_one_must_talk_or_tells_a_name_wants_nobody(text: str) -> None:
    assert "person" not in understood(text).meanings


def test_who_has_an_old_one_and_buys_a_new_one_offers_nothing() -> None:
    text = "عندي تلاجة قديمة وعايزة اشتري تلاجة جديدة، عندكم ايه"
    assert "partner" not in heard(text, understood(text), frozenset()).meanings


@pytest.mark.parametrize("text", ["لازم أكلم المدير اليوم", "please call me back"])
def test_who_wants_somebody_is_heard(text: str) -> None:
    assert "person" in understood(text).meanings


@pytest.mark.parametrize(
    "text",
    [
        "أملك بوتيكاً وأود أن أصير وكيلكم، كيف نتفق",
        "عندي دكان وبغيت نشري بالكثرة",
        "we are furnishing a 25 room lodge, what would it cost",
        "i'm an architect and would like to discuss a commission",
    ],
)
def test_who_offers_business_is_a_persons(text: str) -> None:
    assert deals([text], Names([]))


@pytest.mark.parametrize(
    ("text", "named", "left"),
    [
        ("سعر الجملة من كم حبة يبدأ؟", True, False),
        ("بدي ٣٠ حبة كم السعر", False, False),
        ("بدي ٣٠ حبة كم السعر", True, True),
    ],
)
def test_a_row_that_asks_which_thing_is_left_to_a_person_when_one_is_named(
    text: str,
    *,
    named: bool,
    left: bool,
) -> None:
    row = Faq(
        id=1,
        topic="wholesale",
        question_ar="هل تبيعون بالجملة؟",
        question_en="Do you sell wholesale?",
        answer_ar="نعم من ١٠ قطع. أرسل الموديل ويعطيك زميلنا السعر.",
        answer_en="Yes, from 10. Send the model and a colleague gives you the price.",
    )
    assert quoted([row], [understood(text)], named=named) is left
