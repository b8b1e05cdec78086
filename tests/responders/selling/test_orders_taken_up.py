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


# What was offered, or asked "which one?", is never lost, and never holds the order up.
PANTRY = (
    product("TE", "شاي أخضر", "Green tea", 2000, 30),
    product("MG", "كوب سيراميك", "Ceramic mug", 3000, 9,
            colours_ar=("فضي", "أحمر"), colours_en=("Silver", "Red")),
    product("WT", "مياه معدنية", "Mineral water", 200, 90),
    product("ST", "بدلة نوم للأطفال", "Kids sleepsuit", 5000, 9,
            sizes=("3-6 أشهر", "6-9 أشهر"), colours_ar=("أخضر", "أزرق"),
            colours_en=("Green", "Blue")),
    product("RC", "رز بسمتي", "Basmati rice", 9000, 20, sizes=("5 كجم", "20 كجم")),
    product("RS", "رز مصري", "Egyptian rice", 1000, 20),
    product("CO", "كريم يدين", "Hand cream", 1500, 20, sizes=("50 مل", "100 مل")),
)  # fmt: skip
TWO_OFFERED = "ابي شاي اخضر وكوب سيراميك"
WHOEVER = ("سعاد الحربي", "0555123456", "جدة حي الروضة شارع 7 فيلا 3")


@pytest.mark.parametrize(
    ("answered", "cart"),
    [
        # A colour of one of them.
        ("فضي", ["1 MG فضي", "1 TE"]),
        ("الاحمر", ["1 MG أحمر", "1 TE"]),
        # One more thing, however it is joined.
        ("w 3 mineral water", ["1 TE", "3 WT"]),
        ("ومياه معدنية 3", ["1 TE", "3 WT"]),
        ("and 3 mineral water please", ["1 TE", "3 WT"]),
        # Who they are.
        ("اسمي سعاد الحربي 0555123456", ["1 TE"]),
        # Only one of them is wanted, or none.
        ("الفضي بس", ["1 MG فضي"]),
        ("لا شكرا", []),
    ],
)
async def test_all_that_was_offered_is_wanted(answered: str, cart: list[str]) -> None:
    talk = Talking(PANTRY)
    first = await talk.say(TWO_OFFERED)
    assert first.text.count("◦") == 2
    await talk.say(answered)
    assert sorted(talk.cart) == cart, talk.answers[-1].text


async def test_what_lacks_a_colour_of_what_was_offered_is_asked_for_and_kept() -> None:
    talk = Talking(PANTRY)
    answer = await talk.all(TWO_OFFERED, "w 3 mineral water")
    assert "◦ ١ × كوب سيراميك" in answer.text
    await talk.say("احمر")
    assert sorted(talk.cart) == ["1 MG أحمر", "1 TE", "3 WT"]


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        (("اطلب 3 بدلات نوم للاطفال", "3-6 أشهر خضرا"), ["3 ST 3-6 أشهر أخضر"]),
        (("اطلب جوج بدلات نوم للاطفال", "6-9 اشهر زرقاء"), ["2 ST 6-9 أشهر أزرق"]),
        # Said surely, how many is said again.
        (("اطلب 3 بدلات نوم للاطفال", "3-6 أشهر خضرا حبتين"), ["2 ST 3-6 أشهر أخضر"]),
        # Of several the one that is made in the size said; its number counts nothing.
        (("اطلب رز ٥ كيلو حبتين",), ["2 RC 5 كجم"]),
    ],
)
async def test_how_many_outlives_the_size(said: tuple[str, ...], cart: list[str]) -> None:
    talk = Talking(PANTRY)
    await talk.all(*said)
    assert talk.cart == cart, talk.answers[-1].text


async def test_a_choice_stands_through_questions_and_data_and_does_not_grow() -> None:
    talk = Talking(PANTRY)
    first = await talk.say("اطلب رز حبتين")
    listed = [line for line in first.text.splitlines() if line.startswith("•")]
    assert len(listed) == 2
    for said in ("بكم التوصيل داخل الرياض", *WHOEVER):
        answer = await talk.say(said)
        assert answer.text.splitlines()[-3:] == first.text.splitlines()[-3:], answer.text
    assert "سجّلت" in answer.text
    await talk.say("المصري")
    assert talk.cart == ["2 RS"]
    await talk.say("اي أكد")
    assert talk.bought == ["2 RS"]


async def test_what_is_wanted_beside_a_choice_is_had_and_the_choice_stands() -> None:
    talk = Talking(PANTRY)
    answer = await talk.all("اطلب رز حبتين", "وشاي اخضر واحد")
    assert talk.cart == ["1 TE"]
    assert "أيّها أضيف إلى طلبك؟ (العدد: ٢)" in answer.text
    await talk.say("المصري")
    assert sorted(talk.cart) == ["1 TE", "2 RS"]


async def test_a_choice_nobody_made_does_not_hold_up_what_is_agreed() -> None:
    talk = Talking(PANTRY)
    await talk.all("اطلب رز حبتين", "وشاي اخضر واحد", *WHOEVER, "تمام اكد الطلب", "نعم أكد")
    assert talk.bought == ["1 TE"], talk.answers[-1].text


# What was wished is never dropped without a word at the yes.
WRITTEN = (
    product("FL", "طحين قمح", "Wheat flour", 3000, 9, sizes=("5 كجم", "10 كجم", "25 كجم")),
    product("LP", "قلادة لؤلؤ", "Pearl necklace", 9000, 9),
    product("LG", "قلادة مرجان", "Coral necklace", 9000, 9),
    product("MT", "مشط خشب", "Wooden comb", 900, 9),
    product("BX", "صندوق خشب", "Wooden box", 4000, 9),
)


@pytest.mark.parametrize(
    "wished", ["وضيفلي شاي ياسمين معطر", "وشاي ياسمين معطر", "and jasmine scented tea"]
)
@pytest.mark.parametrize("answered", [WHOEVER, ("نعم", *WHOEVER)])
async def test_what_was_wished_and_offered_is_in_the_order_that_is_shown(
    wished: str, answered: tuple[str, ...]
) -> None:
    talk = Talking(PANTRY)
    offered = await talk.all("ابي مياه معدنية وحدة", wished)
    assert "هل أضيفه إلى طلبك؟" in offered.text, offered.text
    shown = await talk.all(*answered)
    assert "١ × شاي أخضر: ٢٠ ر.س" in shown.text, shown.text
    await talk.say("نعم أكد الطلب")
    assert sorted(talk.bought) == ["1 TE", "1 WT"]


@pytest.mark.parametrize("wished", ["شاي ياسمين معطر وحدة"])
async def test_what_was_offered_and_not_wished_is_told_not_to_be_in_the_order(wished: str) -> None:
    talk = Talking(PANTRY)
    offered = await talk.all("ابي مياه معدنية وحدة", wished)
    assert "هل أضيفه إلى طلبك؟" in offered.text, offered.text
    shown = await talk.say("سعاد الحربي 0555123456 جدة حي الروضة شارع 7 فيلا 3")
    assert "ليس فيه بعد: شاي أخضر." in shown.text, shown.text


async def test_what_was_not_chosen_is_told_before_the_yes() -> None:
    talk = Talking(PANTRY)
    shown = await talk.all("اطلب رز حبتين", "وشاي اخضر واحد", *WHOEVER, "تمام اكد الطلب")
    assert "ليس فيه بعد: رز بسمتي أو رز مصري." in shown.text, shown.text


async def test_what_was_declined_is_not_told_again() -> None:
    talk = Talking(PANTRY)
    shown = await talk.all("اطلب رز حبتين", "وشاي اخضر واحد", *WHOEVER, "لا ما ابي رز، اكد الطلب")
    assert "ليس فيه بعد" not in shown.text, shown.text


@pytest.mark.parametrize("said", ["bidi t7een ame7 10 kilo, tnen", "wheat flour 10 kilo, two"])
async def test_a_size_told_with_its_unit_outlives_how_many_are_wanted(said: str) -> None:
    talk = Talking(WRITTEN)
    answer = await talk.say(said)
    assert talk.cart == ["2 FL 10 كجم"], answer.text


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("abi 2ladet lo2lo2 wa7da", ["1 LP"]),
        ("bghit jouj d sanade9 khshab", ["2 BX"]),
        ("abi 2lada wa7da", []),
    ],
)
async def test_in_latin_letters_the_one_that_sounds_so_is_meant(said: str, cart: list[str]) -> None:
    talk = Talking(WRITTEN)
    answer = await talk.say(said)
    assert talk.cart == cart, answer.text


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("can you wrap the necklace nicely?", ["1 LP"]),
        ("القلادة تيجي بعلبة؟", ["1 LP"]),
        ("can i also have the coral necklace?", ["1 LG", "1 LP"]),
    ],
)
async def test_a_question_of_what_is_in_the_order_wishes_no_other(
    said: str, cart: list[str]
) -> None:
    talk = Talking(WRITTEN)
    answer = await talk.all("ابي قلادة لؤلؤ وحدة", said)
    assert sorted(talk.cart) == cart, answer.text
    assert not any(t in answer.text for t in ("أيّها أضيف", "Which of them")), answer.text
