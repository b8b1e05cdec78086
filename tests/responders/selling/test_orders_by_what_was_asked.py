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


GROCER = (
    product("OO", "زيت زيتون صافي", "Pure olive oil", 30, 40, category_ar="زيوت"),
    product("OL", "زيتون أسود", "Black olives", 8, 40, category_ar="مخللات"),
    product("SH", "لوح تقطيع خشب", "Wooden board", 9, 40, category_ar="مطبخ"),
    product("RK", "حامل للألواح", "Rack for boards", 5, 40, category_ar="مطبخ"),
    product("TE", "شاي سيلاني", "Ceylon tea", 5, 40, description_ar="كيس ربع كيلو."),
    product("DB", "دمبل ٥ كيلو", "Dumbbell 5 kg", 50, 40, category_ar="رياضة"),
)


@pytest.mark.parametrize("said", ["شيل الزيتون", "take the olives out", "shil el zaitoon"])
async def test_what_is_taken_out_is_what_is_called_so_and_not_what_is_made_of_it(said: str) -> None:
    talk = Talking(GROCER, faqs=())
    await talk.all("اريد زيت زيتون صافي ٢ وزيتون أسود ٣", said)
    assert talk.cart == ["2 OO"]


@pytest.mark.parametrize("said", ["اجعل الألواح ثمانية", "خلي الالواح ٨"])
async def test_several_of_a_thing_are_it_though_another_is_named_after_them(said: str) -> None:
    talk = Talking(GROCER, faqs=())
    await talk.all("اريد ٢ لوح تقطيع و٢ حامل للألواح", said)
    assert sorted(talk.cart) == ["2 RK", "8 SH"]


@pytest.mark.parametrize(
    ("said", "many"), [("بدي نص كيلو شاي سيلاني", 2), ("اريد كيلو شاي سيلاني", 4)]
)
async def test_a_weight_is_as_many_as_make_it_up(said: str, many: int) -> None:
    talk = Talking(GROCER, faqs=())
    await talk.all("اريد حامل للألواح ١", said)
    assert talk.cart == ["1 RK", f"{many} TE"]


async def test_a_weight_behind_a_name_tells_which_and_makes_up_nothing() -> None:
    talk = Talking(GROCER, faqs=())
    await talk.all("اريد حامل للألواح ١", "زيد دمبل ١٠ كيلو")
    assert "2 DB" not in talk.cart


async def test_eight_in_dialect_is_a_number_and_no_price() -> None:
    talk = Talking(GROCER, faqs=())
    await talk.all("بغيت ثمنية ديال الزيتون الأسود")
    assert talk.cart == ["8 OL"]


async def test_why_something_goes_takes_nothing_else_out() -> None:
    talk = Talking(GROCER, faqs=())
    await talk.all(
        "I want 1 wooden board and 2 black olives", "take the olives out, wrong ones for a board"
    )
    assert talk.cart == ["1 SH"]


PAINTS = (
    product(
        "PT", "علبة دهان", "Paint tin", 12, 40, colours_ar=("أسود", "أحمر", "فضي"),
        colours_en=("Black", "Red", "Silver"), category_ar="دهانات",
    ),
    product("BR", "فرشاة خشب", "Wooden brush", 3, 40, category_ar="أدوات وفرش"),
    product("RL", "رول دهان", "Paint roller", 4, 40, category_ar="أدوات وفرش"),
)  # fmt: skip


@pytest.mark.parametrize(
    "said", ["واحد اسود والباقي فضي", "one black and the rest silver", "w7da aswad w elba2i fidhi"]
)
async def test_the_rest_of_so_many_is_told_by_its_colour(said: str) -> None:
    talk = Talking(PAINTS, faqs=())
    await talk.all("اريد ٣ علبة دهان", said)
    assert sorted(talk.cart) == ["1 PT أسود", "2 PT فضي"]


async def test_one_more_in_another_colour_is_of_what_there_are_several_of() -> None:
    talk = Talking(PAINTS, faqs=())
    await talk.all("I want 2 red paint tins and a brush", "make it 3, the third one black")
    assert sorted(talk.cart) == ["1 BR", "1 PT أسود", "2 PT أحمر"]


async def test_what_comes_for_what_went_before_takes_nothing_else_out() -> None:
    talk = Talking(PAINTS, faqs=())
    await talk.all("اريد ٢ فرشاة وعلبة دهان احمر", "شيل الدهان", "وحط بدالها رول دهان")
    assert sorted(talk.cart) == ["1 RL", "2 BR"]


async def test_a_colour_is_of_nothing_that_has_none() -> None:
    talk = Talking(PAINTS, faqs=())
    await talk.all("اريد ٤ فرشاة خشب", "هات وحدة سودا")
    assert talk.cart == ["4 BR"]


CLEANERS = (
    product("FL", "منظف أرضيات ٣ لتر", "Floor cleaner, 3 L", 24, 40, category_ar="منظفات"),
    product("SF", "منعم ملابس ٢ لتر", "Softener, 2 L", 18, 40, category_ar="غسيل وكي"),
    product("TS", "حبوب غسيل", "Washing tabs", 30, 40, category_ar="غسيل وكي"),
)


async def test_a_number_that_a_name_measures_with_counts_all_the_same() -> None:
    talk = Talking(CLEANERS, faqs=())
    await talk.all("abi 3 monazef ardiyat w 2 mon3im")
    assert sorted(talk.cart) == ["2 SF", "3 FL"]


async def test_a_word_of_a_category_adds_none_of_what_is_there() -> None:
    talk = Talking(CLEANERS, faqs=())
    await talk.all("اريد ٣ منعم ملابس", "زيدوا معها حبوب غسيل")
    assert sorted(talk.cart) == ["1 TS", "3 SF"]


@pytest.mark.parametrize("said", ["Emma Stone here, 0551234567, Jeddah street 5 house 4"])
async def test_who_says_they_are_here_tells_a_name(said: str) -> None:
    talk = Talking(CLEANERS, faqs=())
    await talk.all("I want 2 softener", said)
    assert talk.collected["name"] == "Emma Stone"


async def test_fewer_of_what_is_offered_leaves_the_others() -> None:
    talk = Talking()
    await talk.say("اطلب ٣ هودي قطني اسود")
    answer = await talk.say("شيل واحد هودي")
    assert "٢ × هودي" in answer.text


async def test_all_that_several_may_be_is_listed_and_none_left_out() -> None:
    pans = (
        product(
            "UT", "طقم معالق خشب", "Wooden spoons", 31, 9, description_ar="لا تخدش الطاسة.",
            category_ar="أدوات",
        ),
        product("PA", "طاسة حديد", "Iron pan", 69, 9, category_ar="طناجر وقلي"),
        product("PB", "طاسة جريل", "Grill pan", 56, 9, category_ar="طناجر وقلي"),
    )  # fmt: skip
    answer = await Talking(pans, faqs=()).say("عايز طقم معالق وطاسة")
    assert all(name in answer.text for name in ("معالق خشب", "طاسة حديد", "طاسة جريل"))
