"""What an order takes up from the talk before it (S6)."""

from __future__ import annotations

import pytest
from talking import BAKERY, Talking, product


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("عندكم جاكيت شتوي مبطن كحلي مقاس XL؟", "بكم", "زين اخذه"), ["1 JK-02 XL كحلي"]),
        (("اريد جاكيت شتوي مبطن كحلي مقاس XL", "عطني حبتين"), ["2 JK-02 XL كحلي"]),
        (("اريد جاكيت شتوي مبطن كحلي XL", "زيدها لثلاثه", "لا واحد كفايه"), ["1 JK-02 XL كحلي"]),
        (("بكم شنطة يد نسائية سوداء", "واحده بس"), ["1 AC-02 أسود"]),
        (("اريد حزام جلد طبيعي بني قياس ١١٥ وحده",), ["1 AC-01 115 بني"]),
        (("عندكم تيشيرت بولو كحلي XL؟", "وبكم", "طيب اريده"), ["1 TS-03 XL كحلي"]),
        (("how much is the linen shirt?", "great white L plz"), ["1 SH-01 L أبيض"]),
        (("سعر البيجامة الاطفال", "ماشي جهزولي تلاتة وردي عمر 8"), ["3 KD-01 8 وردي"]),
        (("عندكم طقم مواليد ابيض", "نعم قياس 3-6"), ["1 KD-03 3-6 أبيض"]),
        (("عندكم طقم مواليد", "اريد ابيض", "قياس 0-3"), ["1 KD-03 0-3 أبيض"]),
        (("عندكم قميص كتان احمر؟", "شنطة يد نسائية سوداء بكم", "اخذها"), ["1 AC-02 أسود"]),
    ],
)
async def test_what_was_spoken_of_is_taken_as_it_was_spoken_of(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking()
    await talk.all(*said)
    assert talk.cart == cart, [one.text for one in talk.answers]


async def test_a_size_that_is_offered_is_no_count() -> None:
    talk = Talking()
    offered = await talk.say("لو سمحت حزام بني ١١٥")
    assert "١١٥ ×" not in offered.text


@pytest.mark.parametrize("said", ["اريدها بس بعدين", "XL؟", "لا", "شكد وزنها", "لونها اسود حلو"])
async def test_what_is_only_spoken_of_is_not_taken(said: str) -> None:
    talk = Talking()
    await talk.all("بكم الجاكيت الشتوي المبطن", said)
    assert talk.cart == []


async def test_a_size_of_several_words_answers_our_question() -> None:
    talk = Talking(BAKERY)
    await talk.all("اريد صينية حلى مشكل", "١٢ شخص", "وحدة")
    assert talk.cart == ["1 TR 12 شخص"]


async def test_who_says_the_whole_name_is_not_asked_which_one() -> None:
    talk = Talking((
        product("A", "شاحن سيارة سريع", "Fast car charger", 100, 5),
        product("B", "شاحن سيارة سريع لاسلكي", "Fast wireless car charger", 100, 5),
    ))  # fmt: skip
    await talk.all("اريد شاحن سياره سريع ٢")
    assert talk.cart == ["2 A"]


async def test_an_offer_is_taken_in_latin_letters() -> None:
    talk = Talking()
    await talk.all("abi hijab", "w7da", "aswad")
    assert talk.cart == ["1 AC-03 أسود"], [one.text for one in talk.answers]
