"""Messages are read as they are meant, in every dialect and in Latin letters."""

from __future__ import annotations

import pytest

from hudhud.responders.lexicon import bones, roots, understood
from hudhud.responders.telephones import spoken_number

READ = [
    ("نهاركم سعيد", "greeting"),
    ("صباح الورد", "greeting"),
    ("sba7 lkhir", "greeting"),
    ("الله يوفقك", "thanks"),
    ("choukran", "thanks"),
    ("بدي احكي مع المدير", "person"),
    ("nhder m3a chi wa7ed", "person"),
    ("let me speak to a supervisor", "person"),
    ("طلبيتي وين وصلت", "order_status"),
    ("متى يوصل الأوردر", "order_status"),
    ("wen talabi", "order_status"),
    ("has the parcel been shipped", "order_status"),
    ("كنسلوا الطلب", "cancel_order"),
    ("badde el8i el order", "cancel_order"),
    ("I changed my mind about the order", "cancel_order"),
    ("الفستان وصل وفيه بقع", "complaint"),
    ("the zipper broke after two days", "complaint"),
    ("5arban w ma byeshteghel", "complaint"),
    ("الساعة كام بتقفلوا", "hours"),
    ("btefta7o emta", "hours"),
    ("وين بلاقيكم", "location"),
    ("where exactly is your clinic", "location"),
    ("بتقسطوا المبلغ؟", "payment"),
    ("fi taqseet?", "payment"),
    ("شحال الثمن", "price"),
    ("ch7al hada", "price"),
    ("كاين منه؟", "stock"),
    ("في حذاء مقاس ٤٠؟", "stock"),
    ("مين بيربح الماتش", "off_topic"),
    ("translate this letter for me", "off_topic"),
    ("هل هو آمن للحامل", "detail"),
    ("does it contain alcohol", "detail"),
]


@pytest.mark.parametrize(("text", "meaning"), READ)
def test_a_message_has_its_meaning(text: str, meaning: str) -> None:
    assert meaning in understood(text).meanings


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("كيبل تايب سي", "complaint"),
        ("do you fix broken screens", "complaint"),
        ("where is my order", "order"),
        ("please cancel my order", "order"),
        ("بكم العلبة مع مكسرات", "complaint"),
        ("do you have fans for free", "location"),
        ("هل القميص متوفر وقطنه ناعم على البشرة", "person"),
        ("السكر بكام", "hours"),
        ("ممكن الغي الموعد", "cancel_order"),
    ],
)
def test_a_message_is_not_read_into(text: str, other: str) -> None:
    assert other not in understood(text).meanings


def test_a_word_of_the_shop_means_the_thing_and_nothing_else() -> None:
    told = understood("بقلاوة مشكلة", frozenset({"مشكله"}))
    assert told.meanings == ()
    assert told.terms == ("بقلاوه", "مشكله")


def test_words_that_name_nothing_are_not_searched() -> None:
    assert understood("بغيت كيلو واحد ديال التمر").terms == ("تمر",)


def test_arabic_in_latin_letters_is_known_from_english() -> None:
    assert understood("bkam el jacket").latin
    assert not understood("how much is the jacket").latin


def test_a_root_and_a_sound_are_shared_over_dress_and_script() -> None:
    assert roots("بتقسطوا") & roots("تقسيط")
    assert roots("ترجيع") & roots("ارجعه")
    assert bones("taqweem") == bones("تقويم")
    assert bones("fostan") == bones("فستان")
    assert bones("khososeya") == bones("خصوصي")
    assert bones("moqassat") == bones("مقسط")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("صفر سبعة سبعة صفر واحد اثنين ثلاثة", "0770123"),
        ("رقمي صفر خمسة دبل صفر تسعة ثمانية سبعة", "0500987"),
        ("my number is oh seven nine double one two three", "0791123"),
        ("اريد اثنين قميص", ""),
    ],
)
def test_a_number_said_digit_by_digit_is_written(text: str, number: str) -> None:
    assert spoken_number(text) == number


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        # Two words without their space, a letter that was held down, a question word glued on.
        ("ماوصلني شي", "complaint"),
        ("شكراا الكم", "thanks"),
        ("سعرالجاكيت", "price"),
        ("ماسعر الجاكيت", "price"),
        # Every dialect's «what», also as the one letter before the verb.
        ("شعندكم جديد", "browse"),
        ("وش بتبيعوا", "browse"),
        # Spelled out of Latin letters, where a digit among them says that it is Arabic.
        ("shu btbi3o", "browse"),
        ("3indkon shal?", "stock"),
        # What goes on, in the Levant; who does not answer, everywhere.
        ("الشاحن ما عم يشتغل", "complaint"),
        ("من الصبح ما احد يرد", "complaint"),
        ("ma 7ada byrod", "complaint"),
        # God's blessing is thanks, whichever it is.
        ("الله ينصركم", "thanks"),
        ("ربي يوفقكم", "thanks"),
        # What arrived and pleases.
        ("وصلتني التنورة وتجنن", "thanks"),
        ("الكيكة طلعت كلش طيبة عاشت ايدكم", "thanks"),
        # A size in a question asks for sizes.
        ("التنورة فيها اكسلارج؟", "sizes"),
        ("how big is the tray", "sizes"),
    ],
)
def test_what_is_written_in_haste_or_by_ear_is_read_as_it_is_meant(text: str, meaning: str) -> None:
    assert meaning in understood(text).meanings


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("وصلتني التنورة وتجنن", "complaint"),
        ("لو طلعت السماعة خربانة ارجعها؟", "complaint"),
        ("حذائي القديم انشق واريد واحد مثله", "complaint"),
        ("الرقم غلط، هذا الصحيح", "complaint"),
        ("مشكلتي ما اعرف اي مقاس", "complaint"),
        ("الموظف كان محترم جدا", "person"),
        ("اريد هدية لمديري", "person"),
        ("المندوب ما اجا", "person"),
        ("تليفون", "hours"),
        ("is there a beautiful dress", "thanks"),
    ],
)
def test_what_only_looks_so_is_not_read_so(text: str, other: str) -> None:
    assert other not in understood(text).meanings


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("تصلحون شاشات", True),
        ("بعد بتوصلوا لبيروت", True),
        ("كتبيعو العطور", True),
        ("عندي تلفون قديم", False),
        ("اريد تيشيرت", False),
    ],
)
def test_what_a_shop_does_said_to_it_is_a_question(text: str, asks: bool) -> None:  # noqa: FBT001 - a table
    assert understood(text).asks is asks


def test_only_what_surely_is_arabic_is_spelled_out_of_latin_letters() -> None:
    assert understood("3ayza shanta").latin
    assert not understood("a soda please").latin
    assert "picture" not in understood("bkam el swareh el 7amra").meanings


@pytest.mark.parametrize("said", ["7ashwe el kabir", "el kabir 3ndi", "LA7ME el kabir"])
def test_a_digit_in_place_of_a_letter_makes_arabic(said: str) -> None:
    assert understood(said).latin


@pytest.mark.parametrize(
    "said", ["iPhone15 case", "2xl shirt", "model 5x", "37abc", "6pack", "b\n3a"]
)
def test_a_digit_that_is_a_number_makes_none(said: str) -> None:
    assert not understood(said).latin
