"""Sizes, parts, pairs, units and measures are told of the thing they stand beside (S6)."""

from __future__ import annotations

import pytest
from talking import BAKERY, CLOTHES, Talking, product

from hudhud.responders.selling.agreeing import consents
from hudhud.responders.selling.naming import Names

CABLES = (
    product(
        "CB", "كابل تايب سي", "USB-C to USB-C cable", 3500, 20, sizes=("1 م", "2 م"),
        colours_ar=("أسود", "أبيض"), colours_en=("Black", "White"),
    ),
    product("TR", "حامل ثلاثي", "Tripod one metre", 11900, 5),
    product("BD", "سماعات أذن لاسلكية", "Wireless earbuds", 19900, 9),
    product("CH", "شاحن سريع", "Fast charger", 6500, 9, colours_ar=("أبيض", "أسود"),
            colours_en=("White", "Black")),
)  # fmt: skip
SWEETS = (
    product("IC", "آيس كريم مستكة", "Mastic ice cream", 14000, 9),
    product("BX", "علبة شوكولاتة فاخرة", "Chocolate box", 60000, 9),
    product("GH", "غريبة", "Ghorayeba", 20000, 9),
    product("PT", "بيتي فور مشكل", "Petit four", 27000, 9),
)


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        # A number that is a size of it counts nothing, and «وحدة» is then how many.
        (("اريد حذاء رسمي جلد سودة 43 وحدة",), ["1 SO-02 43 أسود"]),
        (("اريد صندل نسائي صيفي بيج 38 وحدة",), ["1 SO-03 38 بيج"]),
        (("اريد دشداشة شتوية صوف بني قياس ثمانية وخمسين وحدة",), ["1 DS-02 58 بني"]),
        (("اريد بيجامة اطفال وردي 8 وحدة",), ["1 KD-01 8 وردي"]),
        (
            ("بكم بيجامة الاطفال", "زين اريد ثنتين وحدة قياس 4 وردي ووحدة قياس 8 ازرق"),
            ["1 KD-01 4 وردي", "1 KD-01 8 أزرق"],
        ),
        (
            ("بكم تيشيرت بولو", "زين اريد ثنتين وحدة كحلي L ووحدة كحلي XL"),
            ["1 TS-03 L كحلي", "1 TS-03 XL كحلي"],
        ),
        # A total and its parts: the parts, and what is said once holds for each.
        (
            ("اريد بيجامة اطفال ثنتين وحدة قياس 4 وردي ووحدة قياس 8 ازرق",),
            ["1 KD-01 4 وردي", "1 KD-01 8 أزرق"],
        ),
        (
            ("بغيت تيشيرت بولو كحلي اثنين واحد L وواحد XL",),
            ["1 TS-03 L كحلي", "1 TS-03 XL كحلي"],
        ),
        # Halves of them, one of each colour; where it is not told how many of which, we ask.
        (
            ("اريد هودي قطني L عدد ٤ نصها اسود ونصها رمادي",),
            ["2 JK-04 L أسود", "2 JK-04 L رمادي"],
        ),
        (
            ("6 cotton hoodies size L half black half grey",),
            ["3 JK-04 L أسود", "3 JK-04 L رمادي"],
        ),
        (
            ("اريد هودي قطني L حبتين", "حبة من كل لون رمادي واسود"),
            ["1 JK-04 L رمادي", "1 JK-04 L أسود"],
        ),
        (("5 cotton hoodies size L black and grey",), []),
        (("اريد هودي قطني L عدد ٥ نصها اسود ونصها رمادي",), []),
        # A pair of what is worn in pairs is one; "also black" is of the thing before.
        (("I need straight jeans, dark blue, size 34, one pair",), ["1 TR-01 34 أزرق داكن"]),
        (
            ("I need a leather belt, black, 105, and a sports cap, also black",),
            ["1 AC-01 105 أسود", "1 AC-04 أسود"],
        ),
        # Who takes what was just spoken of takes it as it was spoken of, in any dialect.
        (("بكام الهودي؟", "ينفع عنابي لارج؟", "خلاص هاخد اتنين"), ["2 JK-04 L عنابي"]),
        (("شحال حزام جلد طبيعي", "عطيني واحد قهوي 115"), ["1 AC-01 115 بني"]),
        (("بكم الهودي", "رح اخذ واحد اسود M"), ["1 JK-04 M أسود"]),
        # A name while the order waits for one, and a city that is no sport.
        (("اريد هودي قطني اسود M", "متى توصل؟ انا بالرياض"), ["1 JK-04 M أسود"]),
    ],
)  # fmt: skip
async def test_what_is_told_of_clothes_is_of_the_one_named(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking()
    await talk.all(*said)
    assert sorted(talk.cart) == sorted(cart), [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("Need 2 USB-C to USB-C cables, 2 metre, black",), ["2 CB 2 م أسود"]),
        (
            ("Need 2 USB-C to USB-C cables, black", "and also one fast charger, white"),
            ["1 CH أبيض"],
        ),
        (("give me one pair of wireless earbuds",), ["1 BD"]),
        # As many as there are colours told are one of each.
        (("اريد ٢ شاحن سريع اسود وابيض",), ["1 CH أسود", "1 CH أبيض"]),
    ],
)
async def test_a_comma_begins_no_other_thing(said: tuple[str, ...], cart: list[str]) -> None:
    talk = Talking(CABLES)
    await talk.all(*said)
    assert talk.cart == cart, [one.text for one in talk.answers]


SACKED = (
    product("RC", "رز بسمتي", "Basmati rice", 2000, 30, sizes=("2 كغ", "5 كغ", "10 كغ")),
    product("SG", "طقم ملاعق", "Spoon set", 4000, 9, colours_ar=("ذهبي", "فضي")),
    product("SK", "طقم سكاكين", "Knife set", 6000, 9),
    product("LN", "عدسات شهرية", "Monthly lenses", 9000, 40, sizes=("-1.00", "-2.00", "-2.50")),
    product("BK", "حقيبة ظهر مدرسية", "School backpack", 7000, 9, colours_ar=("وردي", "أخضر")),
)


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        # A number with the unit of a size is that size, and what else is counted is how many.
        (("ابي رز بسمتي ثنتين عشرة كيلو",), ["2 RC 10 كغ"]),
        (("بدي كيس رز بسمتي خمسة كيلو",), ["1 RC 5 كغ"]),
        (("نحب رز بسمتي 5 kg زوز",), ["2 RC 5 كغ"]),
        # A fraction is one number with what it is a fraction of.
        (("اريد عدسات شهرية درجة -2.50 علبتين",), ["2 LN -2.50"]),
        (("I need monthly lenses -2.00, one box",), ["1 LN -2.00"]),
        # What is counted in sets is what is named behind.
        (("بغيت طقم واحد ملاعق فضي",), ["1 SG فضي"]),
        (("ابي طقم ملاعق ذهبي اثنين وفضي وحدة",), ["2 SG ذهبي", "1 SG فضي"]),
        # A word of a name that is spelled nearly like a colour is none.
        (("بغيت حقيبة ظهر مدرسية خضرا وحدة",), ["1 BK أخضر"]),
    ],
)
async def test_a_measure_is_a_size_and_no_number_of_things(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking(SACKED)
    await talk.all(*said)
    assert sorted(talk.cart) == sorted(cart), [one.text for one in talk.answers]


async def test_what_it_is_to_go_with_is_no_second_thing() -> None:
    answer = await Talking().say("احتاج حزام جلد طبيعي البسه مع الدشداشة")
    assert answer.text.count("◦") <= 1


async def test_what_is_counted_in_units_is_what_was_named_before() -> None:
    talk = Talking(SWEETS)
    await talk.say("عايزة", "ايس كريم مستكة", "٣ علب")
    assert talk.cart == ["3 IC"], [one.text for one in talk.answers]


async def test_a_unit_before_its_number_is_a_unit_all_the_same() -> None:
    talk = Talking(SWEETS)
    await talk.say("أريد كيلوغراما واحدا من الغريبة وكيلوغراما واحدا من البيتي فور.")
    assert sorted(talk.cart) == ["1 GH", "1 PT"], [one.text for one in talk.answers]


async def test_of_several_things_offered_one_is_dropped() -> None:
    talk = Talking(BAKERY)
    offered = await talk.say("خبز صاج وعسل سدر")
    assert "هل أضيفه" in offered.text
    await talk.all("شيل العسل خلاص ما ابيه", "نعم")
    assert talk.cart == ["1 BR"], [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("said", "name"),
    [("يوسف طارق", "يوسف طارق"), ("بشرى نعمة", "بشرى نعمة"), ("karrar 7aider", "karrar 7aider")],
)
async def test_two_plain_words_are_the_name_that_was_asked_for(said: str, name: str) -> None:
    talk = Talking()
    await talk.say("اريد هودي قطني اسود M")
    answer = await talk.say(said)
    assert name in answer.collected.values()
    assert answer.hand_over is None


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("والله اي حبيبتي توكلي على الله وخلي يجيبها قبل العرس", True),
        ("اي تمام وخلي يوصلها باجر", True),
        ("اي وخليها ثلاثة", False),
        ("اي وخلي يجيبها سودة", False),
    ],
)
def test_a_wish_about_the_delivery_takes_no_yes_back(said: str, *, agrees: bool) -> None:
    assert consents([said], Names(()), Names(())) is agrees


async def test_what_goes_on_in_one_message_is_looked_for_by_itself() -> None:
    talk = Talking()
    talk.finds = tuple(one for one in CLOTHES if one.sku == "KD-02")
    await talk.say("أريد بدلة أولاد رمادية مقاس ٨ وكاب رياضي أسود")
    assert len(talk.cart) == 2, [one.text for one in talk.answers]


async def test_the_numbers_of_a_size_leave_how_many_as_it_was() -> None:
    talk = Talking(
        [product("BB", "افرول بيبي", "Baby romper", 9000, 9, sizes=("0-3 أشهر", "3-6 أشهر"))]
    )
    who = ("علي حسن", "07701234567", "بغداد الكرادة")
    await talk.all("ابي اثنين افرول بيبي", "3-6 أشهر", who, "نعم")
    assert talk.bought == ["2 BB 3-6 أشهر"]


HOSES = (
    product("HS", "خرطوم ري", "Garden hose", 9000, 9, sizes=("7.5 متر", "5 متر", "15 متر")),
    product("SP", "مرشة حديقة", "Sprinkler", 4000, 9),
    product("BT", "جزمة مطر", "Rain boots", 8000, 9, sizes=("38", "39", "40")),
)
WHO = ("علي حسن", "07701234567", "بغداد الكرادة")


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("اريد مرشتين حديقة وخرطوم ري 7.5 متر", ["2 SP", "1 HS 7.5 متر"]),
        ("اريد مرشتين حديقة وخرطوم ري ٥ متر", ["2 SP", "1 HS 5 متر"]),
        ("اريد خرطوم ري ٥ متر وخرطوم ري ١٥ متر", ["1 HS 5 متر", "1 HS 15 متر"]),
        ("اريد جزمتين مطر ٣٨ و ٤٠", ["1 BT 38", "1 BT 40"]),
        ("اريد قطعتي مرشة حديقة وجزمة مطر ٣٩ وحدة", ["2 SP", "1 BT 39"]),
    ],
)
async def test_a_measure_of_one_thing_counts_no_other(said: str, cart: list[str]) -> None:
    talk = Talking(HOSES)
    await talk.say(said)
    assert talk.cart == cart, talk.answers[-1].text


@pytest.mark.parametrize(
    ("said", "bought"),
    [
        ("عذراً، ثلاثة يكفون", ["3 SP"]),
        ("خمسة كتير، اتنين كافيين", ["2 SP"]),
        ("three would be better", ["3 SP"]),
        ("tlate bikaffo", ["3 SP"]),
        ("التالتة لجارتي غير شكل", []),
        ("five are too many", []),
    ],
)
async def test_a_yes_behind_what_nobody_read_places_no_old_order(
    said: str, bought: list[str]
) -> None:
    talk = Talking(HOSES)
    await talk.all("اريد خمس مرشات حديقة", WHO, said, "نعم أكد")
    assert talk.bought == bought, [one.text for one in talk.answers]


async def test_who_says_yes_again_is_shown_all_of_it_first() -> None:
    talk = Talking(HOSES)
    await talk.all("اريد خمس مرشات حديقة", WHO, "التالتة لجارتي غير شكل", "نعم أكد")
    assert "٥ × مرشة حديقة" in talk.answers[-1].text
    await talk.say("نعم أكد")
    assert talk.bought == ["5 SP"]


async def test_no_empty_list_is_shown_and_the_sizes_are_told_again() -> None:
    talk = Talking(HOSES)
    await talk.all("اريد خرطوم ري", "نعم", "تمام ثبت", "ثبت")
    assert "15 متر" in talk.answers[-1].text
    assert not any(": ." in one.text for one in talk.answers)


async def test_the_block_and_the_house_stay_in_the_address() -> None:
    talk = Talking(HOSES)
    await talk.all(
        "اريد مرشة حديقة", "علي حسن، 07701234567، بغداد، الكرادة، قطعة ٢، شارع الورد، ٣١"
    )
    assert talk.collected["address"].endswith("قطعة ٢، شارع الورد، ٣١")
    assert talk.cart == ["1 SP"]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("اريد شاحنين سريعين، واحد أبيض والآخر أسود", ["1 CH أبيض", "1 CH أسود"]),
        ("عايز شاحن سريع ابيض وواحد تاني اسود", ["1 CH أبيض", "1 CH أسود"]),
        ("بدي شاحن سريع ابيض وكمان واحد اسود", ["1 CH أبيض", "1 CH أسود"]),
        ("two fast chargers please, one black one white", ["1 CH أبيض", "1 CH أسود"]),
        ("i want a black fast charger and another in white", ["1 CH أبيض", "1 CH أسود"]),
        ("bddi 2 fast charger, wa7ad abyad w ettani aswad", ["1 CH أبيض", "1 CH أسود"]),
        ("ابي ٥ شاحن سريع، ٢ سود و٣ بيض", ["3 CH أبيض", "2 CH أسود"]),
        ("أريد كابل تايب سي اسود ١ م وابيض ٢ م", ["1 CB 1 م أسود", "1 CB 2 م أبيض"]),
    ],
)
async def test_another_of_the_same_is_one_more_of_it(said: str, cart: list[str]) -> None:
    talk = Talking(CABLES)
    await talk.all(said)
    assert sorted(talk.cart) == sorted(cart), [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (
            ("اريد ٢ شاحن سريع اسود", "خليهم واحد ابيض والثاني يبقى اسود"),
            ["1 CH أبيض", "1 CH أسود"],
        ),
        (("اريد ٣ شاحن سريع اسود", "خلوا واحد ابيض والباقي اسود"), ["1 CH أبيض", "2 CH أسود"]),
        (("اريد ٤ شاحن سريع اسود", "خلهم نص اسود ونص ابيض"), ["2 CH أبيض", "2 CH أسود"]),
        (("اريد ٢ شاحن سريع", "اسود وابيض"), ["1 CH أبيض", "1 CH أسود"]),
        (
            ("اريد شاحن سريع اسود واحد وابيض واحد", "خليهم اربعة، ثلاثة بيض وواحد اسود"),
            ["3 CH أبيض", "1 CH أسود"],
        ),
        (("اريد ٢ كابل تايب سي اسود ١ م", "واحد منهم 2 م"), ["1 CB 1 م أسود", "1 CB 2 م أسود"]),
    ],
)
async def test_what_is_there_is_shared_out_anew(said: tuple[str, ...], cart: list[str]) -> None:
    talk = Talking(CABLES)
    await talk.all(*said)
    assert sorted(talk.cart) == sorted(cart), [one.text for one in talk.answers]


async def test_of_two_that_were_asked_about_a_place_tells_which() -> None:
    talk = Talking(CABLES)
    await talk.all("اريد شاحن سريع وكابل تايب سي ١ م", "الأول ابيض والثاني اسود")
    assert sorted(talk.cart) == ["1 CB 1 م أسود", "1 CH أبيض"]
