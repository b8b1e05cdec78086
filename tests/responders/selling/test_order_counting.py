"""How many: in any digits and words, duals and counted nouns; what measures is no count."""

from __future__ import annotations

import pytest
from talking import BAKERY, CLOTHES, Talking, product

from hudhud.responders import names, sizes
from hudhud.responders.lexicon.colours import meant
from hudhud.responders.selling.clauses.in_names import in_a_name
from hudhud.responders.selling.counting import counts, expanded, number
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.wanted.parts import fraction
from hudhud.responders.sizes import worded
from hudhud.text import measuring, words

NAMES = Names([*CLOTHES, *BAKERY])


def how_many(text: str) -> int | None:
    said = expanded(words(text), NAMES)
    told = counts(said, NAMES)
    sure = [count for count in told if count.sure]
    return (sure or told)[-1].value if told else None


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("٣ علب", 3), ("3 boxes", 3), ("۴ حبات", 4), ("عدد ٢", 2), ("العدد خمسة", 5), ("حبتين", 2),
        ("قطعتان", 2), ("كيلوين", 2), ("علبتين معمول", 2), ("قميصين", 2), ("عبايتين", 2),
        ("جوج", 2),        ("زوج احذية", 1), ("a pair of shoes", 1), ("a pair of caps", 2),
        ("درزن", 12),
        ("نص درزن", 6), ("half a dozen", 6), ("two dozen", 24), ("x3", 3), ("2x", 2), ("تلاتة", 3),
        ("wa7ed", 1), ("7abtein", 2), ("عشرة", 10), ("three hoodies", 3), ("ثلاث قطع", 3),
        ("2 nos", 2), ("4nos hoodies", 4), ("3pcs", 3), ("5 pcs of the hoodie", 5), ("٣حبات", 3),
        ("صنيتين", 2), ("زجاجتين", 2), ("قنينتان", 2), ("ثنتان", 2), ("ثلث قمصان", 3),
        ("2et3etein", 2), ("7abtayn", 2), ("talat 3elab", 3), ("سبعتاشر", 17), ("ثلاثة عشر", 13),
        ("fourteen boxes", 14), ("two dozens", 24), ("3 pairs of socks", 3),
        ("a pair of winter pyjamas", 1),
        ("علبة معمول", 1), ("معمول علبة", 1), ("كيلو ونص معمول", None), ("tenten", 2),
        ("مقاس ٤٢", None), ("size 42", None), ("٢٠ واط", None), ("ايفون ١٥", None),
        ("8 افراد", None),
        ("75 ml", None), ("250غم", None), ("٥٠ مل", None), ("200 grams", None), ("48 لون", None),
        ("٣ لون اسود", 3), ("12 الوان", None),
        ("علبتي معمول", 2), ("علبتي الحمراء", None), ("2 tera", None), ("١٦ قيقا", None),
        ("256gb", None), ("٥ دنانير", None), ("بعد ٣ ايام", None), ("فستان", None),
        ("شارع ٦٢", None), ("بستان", None),
        ("غرشتين معمول", 2), ("تنكتين", 2), ("قوطية معمول", 1), ("قرعة ديال المعمول", 1),
        ("سطل من المعمول", 1), ("kartoon ma3moul", 1), ("sheeshtain", 2), ("3elbeten", 2),
        ("3elbeteen", 2), ("kartonein", 2), ("one tin of maamoul", 1), ("two tins", 2),
        ("3 kelo ma3moul", 3),
        ("one more box of maamoul", 1), ("3elba", None), ("open", None), ("garden", None),
    ],
)  # fmt: skip
def test_how_many(said: str, count: int | None) -> None:
    assert how_many(said) == count


def test_a_part_of_one_is_told_from_a_number() -> None:
    assert fraction(words("نص كيلو"), ())
    assert fraction(words("half a kilo"), ())
    assert fraction(expanded(words("nos kilo"), NAMES), ())
    assert fraction(words("كيلو ونص"), ())
    assert not fraction(words("كيلوين"), ())
    assert not fraction(expanded(words("2 nos"), NAMES), ())


def test_a_number_too_long_to_be_a_count_is_none() -> None:
    assert number("07701234567") is None
    assert number("9999") == 9999


ROPES = (
    product("WL", "حبل غسيل بالمتر", "Washing line, per metre", 200, 90),
    product("SR", "حبل قفز ٣ متر", "Skipping rope, 3 metres", 900, 9),
    product("RM", "حصير", "Rush mat", 5000, 7),
)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("٧ متر حبل غسيل", 7), ("سبعة أمتار من حبل الغسيل", 7), ("7 metr 7abl ghaseel", 7),
        ("12 metres of the washing line", 12), ("9 m of washing line", 9),
        ("مترين حبل غسيل", 2), ("حصير ٣ متر", None), ("حبل قفز ٣ متر", None),
    ],
)  # fmt: skip
def test_of_what_is_sold_by_the_metre_metres_are_counted(said: str, count: int | None) -> None:
    shop = Names(ROPES)
    told = [one for one in counts(expanded(words(said), shop), shop) if one.sure]
    assert (told[-1].value if told else None) == count


async def test_part_of_a_metre_is_settled_by_a_person_and_never_rounded() -> None:
    for text in ("ابي نص متر حبل غسيل", "عايز ٢.٥ متر حبل غسيل", "half a metre of washing line"):
        answer = await Talking(ROPES).say(text)
        assert answer.hand_over == "odd_amount"


async def test_half_of_a_face_or_a_month_is_no_part_of_a_ware() -> None:
    for text in ("حبل غسيل يوصل لنص البيت", "حصير لطفل عمره شهرين ونص"):
        assert (await Talking(ROPES).say(text)).hand_over is None


STATIONERY = (
    product("PN", "قلم واحد معدني", "One metal pen", 500, 9),
    product("NB", "دفتر مسطر", "Lined notebook", 300, 9),
    product("CR", "ألوان ١٢ قطعة", "Crayons, 12 pieces", 400, 9),
    product("TG", "لعبة طاولة عائلية", "Family board game", 900, 9, sizes=("6 أفراد", "12 فرد")),
    product("MT", "بساط مكتب", "Desk mat", 900, 9, sizes=("30×60", "40×80")),
)


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("اريد دفتر مسطر واحد", ["1 NB"]),
        ("I want one lined notebook", ["1 NB"]),
        ("اريد قلم واحد معدني عدد ٢", ["2 PN"]),
        ("اريد لعبة طاولة عائلية واحدة 12 فرد", ["1 TG 12 فرد"]),
    ],
)
async def test_a_number_names_nothing_away_from_the_words_of_its_name(
    said: str, cart: list[str]
) -> None:
    talk = Talking(STATIONERY)
    await talk.all(said)
    assert talk.cart == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize(
    "said",
    [
        "٢ بساط مكتب ٤٠*٨٠",
        "two desk mats 40x80",
        "اريد ٢ بساط مكتب ٤٠ في ٨٠",
        "2 desk mats 80 by 40",
    ],
)
async def test_a_length_and_a_width_are_one_size_whatever_sign_is_between_them(said: str) -> None:
    talk = Talking(STATIONERY)
    await talk.all(said)
    assert talk.cart == ["2 MT 40×80"], [one.text for one in talk.answers]


GRILL = (
    product("KS", "كبسة دجاج", "Chicken kabsa", 900, 30, sizes=("نفر", "نفرين")),
    product("SL", "سلة خبز", "Bread basket", 300, 9),
    product("HJ", "مشبك حجاب", "Hijab pin", 200, 30),
    product("SH", "شيلة قطن", "Cotton shayla", 700, 30),
)


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("2 kabsa dajaj nafar",), ["2 KS نفر"]),
        (("كبسة دجاج نفرين عدد ٣",), ["3 KS نفرين"]),
        # A word that may bid us is the thing where it is counted.
        (("اريد ٣ شيل قطن",), ["3 SH"]),
    ],
)
async def test_a_size_in_one_word_leaves_the_number_to_count(
    said: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking(GRILL)
    await talk.all(*said)
    assert talk.cart == cart, [one.text for one in talk.answers]


async def test_a_number_told_of_another_thing_changes_nothing_that_is_in_the_cart() -> None:
    talk = Talking(GRILL)
    await talk.all("اريد مشبك حجاب واحد", "خلي الشيل ٤")
    assert "1 HJ" in talk.cart, [one.text for one in talk.answers]


HARDWARE = (
    product("L9", "مصباح مكتب ٩ واط", "9 W desk lamp", 500, 9),
    product("L15", "مصباح سقف ١٥ واط", "15 W ceiling lamp", 700, 9),
    product("TP", "شريط قياس ٥ متر", "Tape measure, 5 m", 300, 9),
    product("RZ", "رز مصري", "Egyptian rice", 400, 9),
    product("PN", "مقلاة جرانيت", "Granite pan", 900, 9, colours_ar=("فضي", "ذهبي")),
    product("ST", "ستاند جوال خشب", "Wooden phone stand", 200, 9),
    product("SM", "ستاند جوال معدن", "Metal phone stand", 200, 9),
)


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("بغيت لمبة 15 واط واحد", ["1 L15"]),
        ("3ayez lamba 9 watt wa7da", ["1 L9"]),
        ("اريد ستاند واحد جوال معدن", ["1 SM"]),
    ],
)
async def test_a_number_with_its_unit_chooses_what_has_it_in_its_name(
    said: str, cart: list[str]
) -> None:
    talk = Talking(HARDWARE)
    await talk.all(said)
    assert talk.cart == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("اجعل الرز ثلاثة", ["1 PN فضي", "3 RZ"]),
        ("اجعل العسل ثلاثة", ["1 PN فضي", "1 RZ"]),
        ("بل ذهبي من فضلك", ["1 RZ", "1 PN ذهبي"]),
    ],
)
async def test_what_names_one_of_the_cart_changes_no_other(said: str, cart: list[str]) -> None:
    talk = Talking(HARDWARE)
    await talk.all("اريد مقلاة جرانيت فضي واحدة ورز مصري واحد", said)
    assert sorted(talk.cart) == sorted(cart), [one.text for one in talk.answers]


WATCHES = Names([product("W-1", "ساعة حائط قديمة", "Old wall clock", 1000, 9)])


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("ابي اتنين ساعة حائط", 2), ("٣ ساعات حائط", 3), ("بغيت جوج ساعات حائط", 2),
        ("ساعتين حائط", 2), ("ساعة بطاريتها ٤٨ ساعة", None), ("ساعة تشحن ٣ ساعات", None),
        ("ساعة حائط خلال ساعتين", None), ("3omrha 4 sneen", None),
    ],
)  # fmt: skip
def test_hours_are_pieces_where_what_is_sold_is_called_so(said: str, count: int | None) -> None:
    told = counts(expanded(words(said), WATCHES), WATCHES)
    assert (told[-1].value if told else None) == count


def test_one_that_stands_for_what_was_named_counts_nothing() -> None:
    assert how_many("2 hoodies, the small one") == 2


@pytest.mark.parametrize(
    ("said", "gives_up"),
    [
        ("لا ابي شي هادي", False),
        ("لا عايزة حاجة ساقعة", False),
        ("لا بدي شي ناعم", False),
        ("لا بغيت شي خفيف", False),
        ("ما ابي شي غالي", False),
        ("ما ابي شي", True),
        ("مش عايز حاجة خلاص", True),
        ("ما بدي شي شكرا", True),
        ("لا اريد شيئا", True),
    ],
)
def test_a_no_before_a_wish_begins_it_anew(said: str, *, gives_up: bool) -> None:
    assert any(mark.deed == "cancel" for mark in marks(words(said))) is gives_up


@pytest.mark.parametrize(
    ("said", "size"),
    [("quarter tola", "ربع تولة"), ("نص تولة", "نصف تولة"), ("half tola", "نصف تولة")],
)
def test_a_size_is_said_in_other_words_and_another_language(said: str, size: str) -> None:
    assert worded(words(said), ("ربع تولة", "نصف تولة", "تولة"))[0] == size


BY_PIECES = (
    product("TE", "أكياس شاي أخضر", "Green tea bags", 3000, 40, sizes=("20 قطعة", "50 قطعة")),
    product("SF", "كنبة قماش", "Fabric sofa", 90000, 9, colours_ar=("رمادي", "بيج")),
    product("TB", "طاولة سفرة", "Dining table", 70000, 9),
    product("NS", "دفتر ملاحظات", "Notebook", 2000, 90),
    product("CF", "قهوة عربية", "Arabic coffee", 5000, 90, sizes=("حب", "مطحونة")),
)


@pytest.mark.parametrize(
    ("turns", "cart"),
    [
        (("two packs of green tea bags, 50 pieces",), ["2 TE 50 قطعة"]),
        (("i want 2 green tea bags 20 pieces", "make it three, 50 pieces"), ["3 TE 50 قطعة"]),
        (
            ("i want 2 green tea bags 20 pieces", "make it four, the 50 piece one"),
            ["4 TE 50 قطعة"],
        ),
        (("ابي كنبة قماش ٤ مقاعد بيج",), ["1 SF بيج"]),
        (("i want a fabric sofa with 3 seats in beige",), ["1 SF بيج"]),
        (("five notebooks, not four",), ["5 NS"]),
        (("بدي خمس دفاتر ملاحظات، مش اربعة",), ["5 NS"]),
        (("areed 2 2ahwe 3arabiye mat7oone",), ["2 CF مطحونة"]),
        (("بدي طاولة سفرة", "الغي الطاولة وعطوني دفتر ملاحظات"), ["1 NS"]),
        (("i want one dining table", "cancel the table and give me a notebook"), ["1 NS"]),
        (("بدي طاولة سفرة", "الغي الطاولة ما بدي شي"), []),
    ],
)
async def test_a_size_that_counts_pieces_is_no_number_of_them(
    turns: tuple[str, ...], cart: list[str]
) -> None:
    talk = Talking(BY_PIECES)
    await talk.all(*turns)
    assert talk.cart == cart, [one.text for one in talk.answers]


@pytest.mark.parametrize("said", ["ايه اكد", "إيه كملي", "oui", "oui confirmez"])
def test_a_yes_is_nobodys_name(said: str) -> None:
    assert not names.name(said, frozenset(), asked=True, alone=True)


@pytest.mark.parametrize("said", ["ايه محمد", "آية سالم", "ايه الحسيني"])
def test_a_woman_who_is_called_so_is(said: str) -> None:
    assert names.name(said, frozenset(), asked=True, alone=True) == said


@pytest.mark.parametrize(
    ("said", "colour"),
    [
        ("lk7el", "اسود"),
        ("noir", "اسود"),
        ("blanche", "ابيض"),
        ("elephant", None),
        ("rouge", "احمر"),
    ],
)
def test_a_colour_is_heard_with_its_article_and_in_french(said: str, colour: str | None) -> None:
    assert meant(said) == colour


def test_a_size_is_heard_in_latin_letters() -> None:
    assert sizes.worded(["bonn", "mat7oun"], ("حب", "مطحون"))[0] == "مطحون"
    assert not sizes.worded(["hello", "there"], ("حب", "مطحون"))[0]


CAT_SHOP = (
    product("F1", "حبوب عصافير", "Bird food", 2000, 40),
    product("F2", "حبوب دجاج", "Fish food", 2500, 40),
    product("S1", "رمل بحري", "Sea sand", 1000, 40),
    product("S2", "رمل نهري", "River sand", 1000, 40),
    product("CV", "كفر حماية", "Phone cover", 5000, 40, sizes=("آيفون 14", "آيفون 15")),
    product("CB", "سلك شحن", "Charging cable", 3000, 40, colours_ar=("أبيض", "أسود")),
)


async def test_what_is_taken_out_of_a_list_is_not_offered_again() -> None:
    talk = Talking(CAT_SHOP)
    await talk.all("اريد حبوب ورمل", "شيل الرمل")
    assert not any("رمل" in line for line in talk.cart)
    assert "رمل" not in talk.answers[-1].text


async def test_a_size_that_is_called_like_a_telephone_is_part_of_what_is_wanted() -> None:
    talk = Talking(CAT_SHOP)
    await talk.all("بدي كفر حماية ايفون 15 عدد 4 وسلك شحن", "اسود")
    assert sorted(talk.cart) == ["1 CB أسود", "4 CV آيفون 15"]


@pytest.mark.parametrize("said", ["ولا اقول ثلاث", "قصدي اربعة"])
def test_another_number_is_nobodys_name(said: str) -> None:
    assert not names.name(said, frozenset(), asked=True, alone=True)


def test_a_unit_with_its_article_says_a_measure() -> None:
    told = [(one.kind, one.many) for one in measuring.measures(words("ام الخمسة متر"), number)]
    assert told == [("mm", 5000)]
    told = [(one.kind, one.many) for one in measuring.measures(words("النص كيلو"), number)]
    assert told == [("g", 500)]


def test_a_kilo_and_a_half_is_no_half_kilo() -> None:
    said = words("كيلو ونص")
    told = [one.many for one in measuring.measures(said, number, alone={"g"})]
    assert told == [1500]


def test_what_seems_to_be_two_and_is_a_word_of_a_name_counts_nothing() -> None:
    sold = Names([product("CC", "سوار طوقان ذهبي", "Curb bracelet", 3500, 2),
                  product("CU", "سلسلة كوبان", "Cuban chain", 3500, 2),
                  product("CP", "كوب شاي", "Tea cup", 3500, 2)])  # fmt: skip
    assert not counts(expanded(words("اريد سلسلة كوبان"), sold), sold)
    assert counts(expanded(words("اريد كوبين شاي"), sold), sold)[0].value == 2


def test_a_number_that_a_thing_is_called_by_counts_nothing_in_any_spelling_of_its_unit() -> None:
    sold = Names([product("HB", "شنطة رحلات 60 لتر", "Trekking bag, 60 L", 9000, 5),
                  product("NV", "قرص سريع M.2", "Fast disk M.2", 5000, 9)])  # fmt: skip
    assert not in_a_name("20", "litre", sold)
    assert in_a_name("60", "litre", sold)
    assert in_a_name("60", "liter", sold)
    one = counts(expanded(words("one fast disk M.2 please"), sold), sold)
    assert [count.value for count in one] == [1]
    assert counts(expanded(words("2 fast disks"), sold), sold)[0].value == 2
