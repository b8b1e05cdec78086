"""Nothing is placed without a yes to exactly what was shown (S6)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from talking import Talking

from hudhud.model import PlaceOrder

WHO = ("علي حسن", "07701234567", "بغداد الكرادة")

YES = [
    "نعم", "اي", "ايه", "ايوه", "أيوا", "اه", "أجل", "بلى", "اكيد", "طبعا", "موافق", "تمام", "طيب",
    "اوكي", "ماشي", "حاضر", "واخا", "صافي", "زين", "أكد", "أكّد الطلب", "اي اكد", "نعم أكدي الطلب",
    "ثبت", "ثبتوه", "اعتمد", "اعتمديه", "اي عيني ثبتها", "ايوه تمام اكد الطلب لو سمحت",
    "توكلنا على الله اكد",
    "yes", "Yes please", "yep", "sure", "ok", "okay confirm", "confirm", "confirmed", "go ahead",
    "place the order", "yes, that's correct", "aywa", "ee", "akked", "na3am", "tamam", "👍", "✅",
]  # fmt: skip
NO = [
    "لا", "لأ", "مو هسه", "مو الحين", "بعدين", "لا بعدين", "مش دلوقتي", "خليني افكر", "لحظة",
    "استنى",     "no", "not now", "wait", "let me think", "later", "لا شكرا",
]  # fmt: skip
NEITHER = [
    "شكرا", "كم التوصيل؟", "متى تفتحون؟", "اي مقاس هذا؟", "بكم الحزام؟", "what are your hours?",
    "ايش يعني؟", "تقبلون فيزا؟", "التوصيل مجاني صح؟", "I can return it within 30 days, correct?",
    "اكد الطلب؟", "كيف احجز موعد", "can I pay with apple pay",
]  # fmt: skip


async def _shown() -> Talking:
    talk = Talking()
    answer = await talk.all("ابي كاب اسود واحد", WHO)
    assert answer.text.endswith("هل أؤكد الطلب؟")
    return talk


@pytest.mark.parametrize("said", YES)
async def test_a_yes_to_what_was_shown_places_it(said: str) -> None:
    talk = await _shown()
    await talk.say(said)
    assert talk.bought == ["1 AC-04 أسود"]
    assert talk.cart == []


@pytest.mark.parametrize("said", [*NO, *NEITHER])
async def test_anything_else_places_nothing_and_keeps_the_cart(said: str) -> None:
    talk = await _shown()
    answer = await talk.say(said)
    assert not talk.orders
    assert talk.cart == ["1 AC-04 أسود"]
    assert answer.text or answer.noted


@pytest.mark.parametrize("said", NO)
async def test_after_a_no_or_a_later_the_order_can_still_be_confirmed(said: str) -> None:
    talk = await _shown()
    await talk.say(said)
    shown = await talk.say("اكد الطلب")
    assert not talk.orders, "the last thing that was asked is not the confirmation"
    assert shown.text.endswith("هل أؤكد الطلب؟")
    await talk.say("نعم")
    assert talk.bought == ["1 AC-04 أسود"]


@pytest.mark.parametrize("said", NEITHER[1:8])
async def test_a_question_in_between_is_answered_and_the_order_goes_on(said: str) -> None:
    talk = await _shown()
    answer = await talk.say(said)
    assert answer.text.endswith(("هل أؤكد الطلب؟", "Shall I place this order?"))
    await talk.say("نعم")
    assert talk.bought == ["1 AC-04 أسود"]


@pytest.mark.parametrize("said", ["نعم", "اكد", "yes", "ok", "تمام", "👍"])
async def test_a_yes_that_nobody_asked_for_confirms_nothing(said: str) -> None:
    talk = Talking()
    await talk.say(said)
    assert not talk.orders
    await talk.say("ابي كاب اسود واحد")
    await talk.say(said)
    assert not talk.orders
    assert talk.cart == ["1 AC-04 أسود"]


async def test_a_yes_after_the_order_was_placed_places_no_second() -> None:
    talk = await _shown()
    await talk.all("نعم", "نعم", "اكد")
    assert len(talk.orders) == 1


async def test_a_yes_to_another_cart_than_was_shown_shows_this_one() -> None:
    talk = await _shown()
    talk.reprice("AC-04", 11_000_000)
    again = await talk.say("نعم")
    assert not talk.orders
    assert "١١٬٠٠٠" in again.text
    assert again.text.endswith("هل أؤكد الطلب؟")
    await talk.say("نعم")
    assert talk.orders[0].total_minor == 11_000_000


async def test_a_cart_that_changed_unseen_is_shown_and_not_even_tried() -> None:
    talk = await _shown()
    cart = talk.counter.cart
    talk.counter.cart = replace(cart, version=cart.version + 1)
    again = await talk.say("نعم")
    assert not any(isinstance(call, PlaceOrder) for call in talk.counter.calls)
    assert again.text.endswith("هل أؤكد الطلب؟")


async def test_a_yes_to_a_person_is_no_yes_to_us() -> None:
    talk = await _shown()
    talk._said("operator", "هل يناسبك العصر؟", "text")
    await talk.say("نعم")
    assert not talk.orders


async def test_a_question_with_a_weak_yes_is_a_question() -> None:
    talk = await _shown()
    await talk.say("تمام وكم التوصيل؟")
    assert not talk.orders
    await talk.say("ok but what are your hours?")
    assert not talk.orders


async def test_a_yes_and_a_new_address_are_shown_again() -> None:
    talk = await _shown()
    answer = await talk.say("نعم اكد على عنواني النجف حي السلام")
    assert not talk.orders
    assert "النجف حي السلام" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "لا تكملوا الطلب، لقيت غيرها",
        "ما تثبتون الطلب رجاء",
        "لا ترسلوها خلاص",
        "don't place it please",
        "do not confirm the order, I found another",
        "ما بقيتش باغي الطلب",
    ],
)
async def test_who_forbids_the_order_has_none(said: str) -> None:
    talking = Talking()
    await talking.all("ابي هودي اسود لارج", ("علي حسن", "07701234567", "بغداد الكرادة"), said)
    assert talking.orders == []
    await talking.say("شكرا")
    assert talking.orders == []
