"""What is offered stands below its own line with its price, or is not offered at all (S6)."""

from __future__ import annotations

import pytest
from talking import Talking, product

from hudhud.model import Faq

HAMPERS = (
    product("EG", "سلة بيض بلدي", "Farm egg basket", 300, 9, category_ar="سلال"),
    product("CK", "كيكة برتقال", "Orange cake", 200, 9, category_ar="كيك"),
    product("LP", "مصباح مكتب قابل للطي", "Folding desk lamp", 700, 9, category_ar="مصابيح"),
    product("LC", "مصباح سيارة مغناطيسي", "Magnetic car lamp", 500, 9, category_ar="مصابيح"),
    product("RD", "سجادة طريق للأطفال", "Road rug for kids", 900, 9, category_ar="سجاد"),
)
EGGS = Faq(
    id=1,
    topic="allergens",
    question_ar="هل في الكيك بيض أو مكسرات أو حليب؟",
    question_en="Do the cakes hold eggs, nuts or milk?",
    answer_ar="كل أنواع الكيك فيها بيض وحليب.",
    answer_en="All our cakes hold eggs and milk.",
    score=1.0,
)


@pytest.mark.parametrize("asked", ["هل تحتوي كيكاتكم على البيض؟", "الكيك عندكم فيه بيض؟"])
async def test_what_a_row_answers_offers_no_other_thing(asked: str) -> None:
    answer = await Talking(HAMPERS, faqs=(EGGS,)).say(asked)
    assert EGGS.answer_ar in answer.text
    assert "◦" not in answer.text


@pytest.mark.parametrize(
    ("wanted", "prices"),
    [
        ("بدي مصباح للمكتب ومصباح للسيارة", ("٧ ر.س", "٥ ر.س")),
        ("عايزة كيكة برتقال وسلة بيض", ("٢ ر.س", "٣ ر.س")),
    ],
)
async def test_of_two_things_that_are_wanted_neither_is_offered_without_its_price(
    wanted: str, prices: tuple[str, str]
) -> None:
    answer = await Talking(HAMPERS, faqs=()).say(wanted)
    assert all(price in answer.text for price in prices), answer.text


async def test_a_question_is_not_answered_by_an_offer_of_one_of_several_things() -> None:
    answer = await Talking(HAMPERS, faqs=()).say("عندكم مصباح للسيارة؟ الطريق مظلم")
    assert "سجادة" not in answer.text or "◦" not in answer.text
