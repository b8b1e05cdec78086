"""What broke from another's shop is none of ours; what was left here, and a threat, are."""

from __future__ import annotations

import pytest

from hudhud.model import Faq
from hudhud.responders.dealing import quoted
from hudhud.responders.lexicon import understood
from hudhud.responders.lexicon.said.others import elsewhere, left_behind
from hudhud.text import words


@pytest.mark.parametrize(
    "text",
    [
        "خذيت طاولة من محل ثاني وطلعت مكسورة، ابي وحدة متينة",
        "جبت مظلة من غير محل وخربت، عندكن اقوى؟",
        "my kettle from another shop leaked, is yours any good?",
        "bought a lamp elsewhere and it came broken",
    ],
)
def test_what_broke_from_another_shop_is_no_complaint_about_ours(text: str) -> None:
    assert elsewhere(words(text))
    assert "complaint" not in understood(text).meanings


@pytest.mark.parametrize(
    "text", ["اللمبة اللي من عندكم وصلتني مكسورة", "you sold me a broken lamp"]
)
def test_what_broke_from_us_is_a_complaint(text: str) -> None:
    assert not elsewhere(words(text))


@pytest.mark.parametrize(
    "text", ["نسيت مظلتي عندكم امس", "وقع مني سواري بالمحل", "I left my scarf in your shop"]
)
def test_what_was_left_at_our_place_calls_a_person(text: str) -> None:
    assert "person" in understood(text).meanings


@pytest.mark.parametrize("text", ["نسيت اسال عندكم توصيل؟", "ضيعت المظلة وابي وحدة جديدة"])
def test_what_was_forgotten_or_lost_in_the_world_calls_nobody(text: str) -> None:
    assert not left_behind(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "راح ارفع عليكم قضية",
        "see you in court then",
        "وعدتونا يوم الاحد",
        "مرهمكم سوى لها حساسية",
    ],
)
def test_threats_broken_promises_and_harm_are_complaints(text: str) -> None:
    assert "complaint" in understood(text).meanings


def test_a_price_that_a_row_leaves_to_a_colleague_calls_one_when_it_is_asked() -> None:
    row = Faq(
        id=1,
        topic="tents",
        question_ar="هل تفصلون الخيام؟",
        question_en="Do you make tents to measure?",
        answer_ar="نعم. أرسل الطول والعرض ويعطيك زميلنا السعر.",
        answer_en="Yes. Send the length and the width and a colleague will quote you.",
    )
    assert quoted([row], [understood("بكم خيمة طولها ٦ امتار")], named=False)
    assert not quoted([row], [understood("هل تفصلون الخيام؟")], named=False)
