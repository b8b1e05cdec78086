"""A reply to what we showed or offered is about that, and opens nothing else (S6)."""

from __future__ import annotations

import pytest
from talking import BAKERY, Talking, product

SWEETS = (
    product("BA", "بسبوسة باللوز", "Basbousa with almonds", 100, 9, category_ar="حلويات شرقية"),
    product("BC", "بسبوسة بالقشطة", "Basbousa with cream", 100, 9, category_ar="حلويات شرقية"),
    product("KN", "كنافة حلبية", "Aleppo kunafa", 300, 9, category_ar="حلويات شرقية"),
    product("BX", "علبة تمر فاخرة", "Luxury date box", 500, 9, category_ar="هدايا"),
    product("CR", "كريم للبشرة", "Skin cream", 200, 9, category_ar="عناية بالجسم"),
)


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("بكم البسبوسة باللوز", "طيب علبتين"), ["2 BA"]),
        (("بكم الكنافة الحلبية", "تمام ٣ علب لو سمحت"), ["3 KN"]),
        (("how much is the Aleppo kunafa", "ok send me 2 boxes"), ["2 KN"]),
        (("اريد بسبوسة باللوز", "هدى الحلبي"), ["1 BA"]),
    ],
)
async def test_units_and_family_names_open_no_other_thing(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking(SWEETS)
    await talk.all(*said)
    assert talk.cart == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("عندكم هودي قطني رمادي؟", "ابعتولي واحد ميديوم"), ["1 JK-04 M رمادي"]),
        (("كاين تيشيرت بولو كحلي؟", "صيفطو ليا واحد لارج"), ["1 TS-03 L كحلي"]),
        (("في عندكن كاب رياضي كحلي؟", "طب وأسود؟", "خلص دزلي وحدة سودا"), ["1 AC-04 أسود"]),
        (("do you have the sports cap?", "what about navy?", "ok send one"), ["1 AC-04 كحلي"]),
        (("3ndkom 7ejab 2otni?", "tayeb b3atouli wa7de bida"), ["1 AC-03 أبيض"]),
    ],
)
async def test_a_colour_or_a_size_is_of_what_was_shown(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking()
    await talk.all(*said)
    assert talk.cart == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("بكم حقيبة اليد النسائية", "واسود؟", "نعم، منه أسود"),
        ("how much is the handbag", "and in white?", "comes in White"),
        ("بكم الهودي القطني", "ولارج؟", "هودي قطني"),
        ("بكم الهودي القطني", "XL?", "هودي قطني"),
    ],
)
async def test_a_trait_alone_is_asked_of_what_was_spoken_of(
    before: str, asked: str, told: str
) -> None:
    talk = Talking()
    answer = await talk.all(before, asked)
    assert told in answer.text
    assert "•" not in answer.text


async def test_who_asks_for_anything_of_a_colour_is_shown_all_of_it() -> None:
    talk = Talking()
    answer = await talk.all("بكم حقيبة اليد النسائية", "عندكم شي احمر؟")
    assert answer.text.count("•") > 1


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("اريد كنافة حلبية وبسبوسة باللوز", "بدل الكنافة بتمر فاخر"), ["1 BA", "1 BX"]),
        (("اريد بسبوسة باللوز", "لا بدلوها بالقشطة"), ["1 BC"]),
        (("اريد بسبوسة باللوز", "ممكن تبدله بكنافة حلبية"), ["1 KN"]),
        (("I want the Aleppo kunafa", "replace it with the skin cream"), ["1 CR"]),
    ],
)
async def test_what_comes_instead_takes_the_place_of_what_was_offered(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking(SWEETS)
    offered = await talk.say(said[0])
    assert "◦" in offered.text
    await talk.all(*said[1:])
    assert sorted(talk.cart) == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("بكم الكنافة الحلبية", "بدي منهن تنتين"),
        ("عندكم كنافة حلبية؟", "زين اريد منها علبتين"),
        ("بكام الكنافة الحلبية؟", "هات منها اتنين"),
        ("شحال الكنافة الحلبية؟", "زيدني منهم جوج"),
        ("بكم الكنافة الحلبية", "حط لي منها ثنتين لو سمحت"),
        ("bkam elknafe el7alabiye", "baddi menhon tnein"),
        ("ch7al kunafa halabiya", "bghit menhom jouj"),
        ("how much is the Aleppo kunafa", "give me 2 of them"),
        ("how much is the Aleppo kunafa", "I'll take two of those"),
        ("do you have Aleppo kunafa?", "great, add two of these please"),
    ],
)
async def test_so_many_of_what_was_shown_beside_a_cart_are_no_number_of_what_is_in_it(
    asked: str, said: str
) -> None:
    talk = Talking(SWEETS)
    await talk.all("ابي ٣ بسبوسة باللوز", asked, said)
    assert talk.cart == ["3 BA", "2 KN"], [one.text for one in talk.answers]


@pytest.mark.parametrize("said", ["بدي منهن تنتين", "give me two of those", "bghit menhom jouj"])
async def test_of_several_that_were_shown_beside_a_cart_it_is_asked_which(said: str) -> None:
    talk = Talking(SWEETS)
    await talk.all("ابي ٣ كنافة حلبية", "شو عندكن بسبوسة؟", said)
    assert talk.cart == ["3 KN"], [one.text for one in talk.answers]
    assert "بسبوسة بالقشطة" in talk.answers[-1].text or "with cream" in talk.answers[-1].text


@pytest.mark.parametrize("said", ["خليهم ٥", "make it 5", "give me 5 of them"])
async def test_so_many_of_what_is_in_the_cart_and_was_asked_about_change_it(said: str) -> None:
    talk = Talking(SWEETS)
    await talk.all("ابي ٣ كنافة حلبية", "how much is the Aleppo kunafa", said)
    assert talk.cart == ["5 KN"], [one.text for one in talk.answers]


async def test_one_more_so_many_is_told_once() -> None:
    talk = Talking(BAKERY)
    offered = await talk.say("ابي ٢ عسل سدر", "بس كم سعره؟")
    assert "٢ × عسل سدر" in offered.text or talk.cart
    talk = Talking(SWEETS)
    await talk.all("اريد بسبوسة باللوز", "زيدوا واحد يعني ٢")
    assert talk.cart == ["2 BA"]


@pytest.mark.parametrize("asked", ["هو مناسب للبشرة؟", "ينفع للبشرة الجافة؟"])
async def test_a_question_beside_an_order_opens_no_other_kind_of_thing(asked: str) -> None:
    talk = Talking(SWEETS)
    answer = await talk.all("اريد كنافة حلبية وحدة", asked)
    assert talk.cart == ["1 KN"]
    assert "أيّها" not in answer.text


async def test_what_is_bidden_beside_an_order_is_taken_by_whatever_names_it() -> None:
    talk = Talking(SWEETS)
    await talk.all("اريد كنافة حلبية وحدة", "وزيد لوز وحدة")
    assert talk.cart == ["1 KN", "1 BA"]


async def test_what_a_description_tells_answers_a_question_about_the_thing() -> None:
    serum = product(
        "SR", "سيروم ورد", "Rose serum", 100, 9, description_ar="للشعر المصبوغ، بلا زيت.",
        category_ar="عناية بالشعر",
    )  # fmt: skip
    talk = Talking((*SWEETS, serum), faqs=())
    answer = await talk.all("اريد سيروم ورد ٢", "هو للشعر المصبوغ؟")
    assert "للشعر المصبوغ، بلا زيت" in answer.text
    assert answer.hand_over is None
    assert talk.cart == ["2 SR"]


async def test_what_lacks_a_size_is_asked_for_on_when_something_else_is_added() -> None:
    talk = Talking()
    await talk.say("اطلب هودي قطني اسود")
    answer = await talk.say("زيدوا معه كاب رياضي كحلي واحد")
    assert talk.cart == ["1 AC-04 كحلي"]
    assert "هودي" in answer.text
    await talk.say("لارج")
    assert "1 JK-04 L أسود" in talk.cart


async def test_what_is_joined_to_an_offer_is_wanted_with_it() -> None:
    talk = Talking()
    answer = await talk.all("اريد حزام جلد طبيعي بني", "وكاب رياضي كحلي واحد")
    assert talk.cart == ["1 AC-04 كحلي"]
    assert "◦ ١ × حزام جلد طبيعي (بني)" in answer.text
    await talk.say("105")
    assert sorted(talk.cart) == ["1 AC-01 105 بني", "1 AC-04 كحلي"]


async def test_a_question_about_what_is_in_the_cart_is_answered_and_the_order_goes_on() -> None:
    talk = Talking()
    first = await talk.say("اريد كاب رياضي اسود واحد")
    answer = await talk.say("شنو الوانه؟")
    assert "الألوان" in answer.text
    assert answer.text.splitlines()[-1] == first.text.splitlines()[-1]
