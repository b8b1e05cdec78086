"""A reply is read by what was asked before it: an offer, a name, an address, the yes (S6)."""

from __future__ import annotations

import pytest
from talking import BAKERY, Talking, product

OFFERED = "حذاء رياضي اسود ٤٢"
WHO = ("مصطفى جبار", "07744556677", "البصرة الجزائر")
IN_CART = "اريد حجاب قطني بيج حبتين"


@pytest.mark.parametrize(
    "yes",
    ["زي الفل", "بالظبط كده", "على بركة الله", "توكلوا على الله", "ثبت الطلب عيوني", "ابعتوهن",
     "ماكو مشكلة ثبت", "go for it", "نعم هذا ما اريده", "🤝"],
)  # fmt: skip
async def test_whatever_agrees_to_what_was_shown_places_it(yes: str) -> None:
    talk = Talking()
    await talk.all(IN_CART, *WHO, yes)
    assert talk.bought == ["2 AC-03 بيج"]


@pytest.mark.parametrize(
    "said",
    [
        "تمام بس خليها ثلاثة",
        "تمام متى توصل؟",
        "زين بس اللون اسود",
        "حلو، وكاب كحلي",
        "تمام بس مو هسه",
        "اوكي لحظة",
        "❤️",
        "امم",
    ],
)
async def test_what_changes_or_asks_or_says_nothing_is_no_yes(said: str) -> None:
    talk = Talking()
    await talk.all(IN_CART, *WHO, said)
    assert not talk.orders


async def test_a_thing_that_is_named_is_offered_and_taken_by_who_tells_their_name() -> None:
    talk = Talking()
    offered = await talk.say(OFFERED)
    assert offered.text.endswith("هل أضيفه إلى طلبك؟")
    await talk.all(*WHO, "تمام")
    assert talk.bought == ["1 SO-01 42 أسود"]


async def test_an_offer_stands_through_a_question_and_no_mere_nod_takes_it() -> None:
    for last, cart in (("تمام احجزها", ["1 SO-01 42 أسود"]), ("طيب شكرا", [])):
        talk = Talking()
        await talk.all(OFFERED, "الدفع كاش؟", last)
        assert talk.cart == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("correction", "line"),
    [
        ("لا سويه ٤٣", "1 SO-01 43 أسود"),
        ("لا ابيض", "1 SO-01 42 أبيض"),
        ("خليهم ٢", "2 SO-01 42 أسود"),
    ],
)
async def test_what_is_said_of_an_offer_takes_the_place_of_what_was_said(
    correction: str, line: str
) -> None:
    talk = Talking()
    await talk.all(OFFERED, correction, *WHO, "تمام")
    assert talk.bought == [line]


async def test_a_bare_colour_chooses_of_what_was_shown_and_finds_nothing_else() -> None:
    talk = Talking()
    await talk.all("عدكم دشداشة شتوية؟", "رصاصية 58 لابوية", "علي حسين 07701234567 بغداد", "اي")
    assert talk.bought == ["1 DS-02 58 رمادي"]


@pytest.mark.parametrize("name", ["ابو كريم", "فاطمة الزهراء", "د. ليلى حسن", "Layla Hassan"])
async def test_a_name_that_was_asked_for_may_hold_a_word_of_what_is_sold(name: str) -> None:
    talk = Talking()
    await talk.all(IN_CART, name)
    assert talk.collected["name"] == name.removeprefix("د. ")


async def test_a_place_asked_about_is_no_address_and_one_with_numbers_is() -> None:
    talk = Talking()
    await talk.all(IN_CART, "شكد التوصيل للبصرة")
    assert "address" not in talk.collected
    await talk.all("علي حسن 07701234567", "Erbil, Italian Village 2 house 40")
    assert talk.collected["address"] == "Erbil, Italian Village 2 house 40"


async def test_what_is_wanted_instead_is_no_cancelling() -> None:
    talk = Talking()
    await talk.all("بدي جاكيت شتوي كحلي اكس لارج", "غيرت رأيي بدي ياه أسود")
    assert talk.cart == ["1 JK-02 XL أسود"]
    await talk.say("غيرت رأيي")
    assert talk.cart == []


async def test_a_number_of_its_name_counts_nothing() -> None:
    talk = Talking()
    await talk.all("اريد اطلب قاط ولادي ثلاث قطع كحلي عمر ٨")
    assert talk.cart == ["1 KD-02 8 كحلي"]


async def test_two_colours_of_one_thing_are_two_lines() -> None:
    talk = Talking()
    await talk.say("اريد حجاب قطني وردي و حجاب كحلي واحد من كل لون")
    assert sorted(talk.cart) == ["1 AC-03 كحلي", "1 AC-03 وردي"]


async def test_the_words_of_a_size_name_nothing_else() -> None:
    cover = product(
        "CV", "كفر شفاف", "Clear case", 5500, 9, sizes=("آيفون 15", "آيفون 16"),
        description_en="For iPhones.",
    )  # fmt: skip
    cable = product("CB", "كابل لايتننق", "Lightning cable", 4900, 9, description_ar="للآيفون")
    talk = Talking((cover, cable))
    await talk.say("عايز ٢ كفر شفاف ايفون ١٦ وواحد ايفون ١٥")
    assert sorted(talk.cart) == ["1 CV آيفون 15", "2 CV آيفون 16"]


async def test_what_is_wanted_in_its_place_takes_it() -> None:
    talk = Talking()
    await talk.all("اريد كاب اسود", "غيرت رأيي هاتلي حجاب اسود بداله")
    assert talk.cart == ["1 AC-03 أسود"]


async def test_a_name_takes_no_offer_beside_what_is_in_the_cart() -> None:
    talk = Talking(BAKERY)
    await talk.all("اريد معمول بالفستق ٢", "سعاد كريم")
    assert talk.cart == ["2 MM"]
