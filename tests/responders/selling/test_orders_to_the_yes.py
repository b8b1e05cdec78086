"""The last steps before a yes: who orders in one line, and what all of it costs (S5, S6)."""

from __future__ import annotations

import pytest
from talking import BAKERY, Talking, product

WANTED = "اريد حجاب قطني بيج حبتين"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("فادي منصور 07701239876 بغداد شارع فلسطين", "فادي منصور"),
        ("سالم العلي 07701239876", "سالم العلي"),
        ("Rania Hadi 07701239876", "Rania Hadi"),
        ("نوال كاظم، 07701239876، النجف حي السعد", "نوال كاظم"),
    ],
)
async def test_what_stands_before_the_telephone_is_the_name(said: str, name: str) -> None:
    talk = Talking()
    await talk.all(WANTED, said)
    assert talk.collected["name"] == name
    assert talk.collected["phone"].endswith("7701239876")


@pytest.mark.parametrize("said", ["Ok Thanks", "Yes Please", "الان ممكن", "عندي سؤال"])
async def test_no_politeness_is_a_name(said: str) -> None:
    talk = Talking()
    await talk.all(WANTED, said)
    assert "name" not in talk.collected


@pytest.mark.parametrize("asked", ["كلهم بكم؟", "شكد المجموع", "what's the total?", "الحساب كام"])
async def test_who_asks_what_all_of_it_costs_is_shown_the_total_and_may_say_yes(asked: str) -> None:
    talk = Talking()
    await talk.all(WANTED, "هدى سالم", "07712345678", "البصرة العشار")
    told = await talk.say(asked)
    assert told.hand_over is None
    assert "١٨٬٠٠٠" in told.text or "18,000" in told.text
    await talk.say("tmam akkedha")
    assert talk.bought == ["2 AC-03 بيج"]


async def test_what_all_of_it_costs_is_told_before_anybody_is_asked_for() -> None:
    talk = Talking()
    told = await talk.all(WANTED, "كله شكد؟")
    assert told.hand_over is None
    assert "١٨٬٠٠٠" in told.text


@pytest.mark.parametrize(
    "said",
    ["what sort of things do you have", "عندكو ايه حاجات جديده", "كاين شي جديد؟", "شو موجود اليوم"],
)
async def test_who_asks_what_there_is_is_told_a_little_of_it(said: str) -> None:
    told = await Talking().say(said)
    assert told.hand_over is None
    assert any(word in told.text for word in ("من الموجود", "Among what")), told.text


async def test_who_finds_it_dear_is_given_to_nobody() -> None:
    told = await Talking().say("بصراحه اسعاركم مرتفعه")
    assert told.hand_over is None
    assert told.text


@pytest.mark.parametrize(
    "said", ["يلا نكمل الطلب بسرعة", "حسناً لنكمل الطلب", "اكدوا الطلب لو سمحتم"]
)
async def test_who_goes_on_with_an_order_asks_after_none_that_was_placed(said: str) -> None:
    talk = Talking()
    told = await talk.all(WANTED, said)
    assert told.hand_over is None
    assert talk.counter.cart.lines


async def test_an_order_is_made_changed_and_agreed_to_in_any_dialects_verbs() -> None:
    talk = Talking()
    await talk.all("b3atli 3 nos cotton hijab beige", "sheeli wa7de", "هدى سالم", "07712345678")
    await talk.all("البصرة العشار", "yes now it is right, go ahead")
    assert talk.bought == ["2 AC-03 بيج"]


async def test_who_tells_all_their_particulars_first_is_asked_what_they_want() -> None:
    talk = Talking(BAKERY)
    told = await talk.say("الاسم هدى سالم، العنوان بغداد المنصور شارع ١٤، الرقم 07701234567")
    assert "هدى سالم" in told.text
    assert "ماذا تحب أن تطلب؟" in told.text


async def test_a_name_and_a_place_are_answered_in_the_language_of_the_talk() -> None:
    talk = Talking(BAKERY)
    await talk.say("I want two Saj bread please")
    told = await talk.say("Noor Hadi, Baghdad Mansour, 14 Ramadan street house 7")
    assert told.text.startswith("Noted: Name: Noor Hadi")


async def test_a_title_in_english_makes_no_englishman_of_who_writes_arabic_in_latin_letters() -> (
    None
):
    talk = Talking(BAKERY)
    await talk.say("areed 2 saj bread")
    told = await talk.say("Noor Hadi")
    assert "سجّلت" in told.text


@pytest.mark.parametrize("nod", ["تمام", "اي"])
async def test_a_size_that_nobody_tells_is_asked_for_twice_and_then_by_a_person(nod: str) -> None:
    talk = Talking(BAKERY)
    first = await talk.say("اريد صينية حلى مشكل عدد ٢")
    second = await talk.say(nod)
    assert "بأي مقاس" in first.text
    assert "لا يكتمل الطلب قبل أن تختار" in second.text
    third = await talk.say(nod)
    assert third.hand_over == "unknown_detail"


async def test_who_tells_their_name_meanwhile_is_not_given_to_a_person() -> None:
    talk = Talking(BAKERY)
    await talk.say("اريد صينية حلى مشكل عدد ٢")
    await talk.say("تمام")
    await talk.say("اسمي هدى سالم")
    assert (await talk.say("تمام")).hand_over is None


async def test_thanks_in_place_of_a_yes_are_asked_once_more() -> None:
    talk = Talking(BAKERY)
    await talk.say("اريد خبز صاج عدد ٢")
    await talk.say("هدى سالم، بغداد المنصور، 07701234567")
    assert (await talk.say("شكراً")).text == "هل أؤكد الطلب؟"
    await talk.say("اي أكّد")
    assert len(talk.orders) == 1


@pytest.mark.parametrize("thanks", ["يسلمو.", "thank you!", "الله يعطيكم العافية،"])
async def test_who_thanks_and_tells_who_they_are_is_shown_the_order(thanks: str) -> None:
    talk = Talking(BAKERY)
    await talk.say("اريد خبز صاج عدد ٢")
    told = await talk.say(f"{thanks} هدى سالم، بغداد المنصور، 07701234567")
    assert "هل أؤكد الطلب؟" in told.text or "Shall I" in told.text
    await talk.say("أكدوا الطلب، شكراً لكم")
    assert len(talk.orders) == 1


async def test_a_size_that_is_told_with_its_number_leaves_how_many_are_wanted() -> None:
    talk = Talking(
        (product("BL", "خلطة نعناع", "Mint blend", 4000, 9, sizes=("250 غم", "1 كيلو")),)
    )
    await talk.say("اريد خلطة نعناع حبتين")
    await talk.say("1 كيلو")
    assert talk.cart == ["2 BL 1 كيلو"]


async def test_a_complaint_with_a_telephone_is_given_to_a_person() -> None:
    assert (await Talking(BAKERY).say("عندي شكوى ورقمي 07701234567")).hand_over == "complaint"


LAMP = product(
    "LMP",
    "مصباح مكتب",
    "Desk lamp",
    3000,
    9,
    description_ar="رأس مرن، يعمل بالبطاريات، ثقيل القاعدة.",
    description_en="A flexible head, runs on batteries, with a heavy foot.",
    colours_ar=("أبيض", "أخضر"),
    colours_en=("White", "Green"),
    category_ar="إنارة",
    category_en="Lighting",
)
LAMPS = (LAMP, *BAKERY)
WHO = ("هدى سالم", "07712345678", "البصرة العشار")


@pytest.mark.parametrize(
    "yes",
    [
        "sure, confirm, no bag needed",
        "thanks a lot, confirm it",
        "تمام ثبتوه وما احتاج كيس",
        "ايوه اكد من غير تغليف",
        "لا شكرا هاد كل شي، أكدوا",
    ],
)
async def test_who_declines_an_extra_beside_a_yes_has_said_yes_to_all_that_is_there(
    yes: str,
) -> None:
    talk = Talking()
    await talk.all(WANTED, *WHO)
    await talk.say(yes)
    assert talk.bought == ["2 AC-03 بيج"]


async def test_an_extra_that_is_declined_takes_nothing_out() -> None:
    talk = Talking()
    await talk.all(WANTED, "ما بدي تغليف هدية")
    assert [line.count for line in talk.counter.cart.lines] == [2]


@pytest.mark.parametrize(
    "asked", ["هذا المصباح يعمل بالبطارية؟", "is the foot heavy?", "byeshteghel 3al battariyat?"]
)
async def test_what_its_row_tells_of_a_thing_in_the_order_is_told_and_calls_nobody(
    asked: str,
) -> None:
    talk = Talking(LAMPS)
    told = await talk.all("اريد مصباح مكتب ابيض عدد 2", asked)
    assert told.hand_over is None
    assert "البطاريات" in told.text or "batteries" in told.text
    assert [line.count for line in talk.counter.cart.lines] == [2]


@pytest.mark.parametrize("asked", ["فيه الوان تانيه؟", "any other colours?"])
async def test_other_colours_in_an_order_are_those_of_what_is_in_it(asked: str) -> None:
    talk = Talking(LAMPS)
    told = await talk.all("اريد مصباح مكتب ابيض عدد 2", asked)
    assert told.hand_over is None
    assert "أخضر" in told.text or "Green" in told.text


async def test_a_corrected_telephone_counts_no_pieces() -> None:
    talk = Talking()
    await talk.all(WANTED, *WHO)
    told = await talk.say("عفوا الرقم اخره 87 مو 78، يعني 07712345687")
    assert told.hand_over is None
    assert [line.count for line in talk.counter.cart.lines] == [2]
    assert talk.collected["phone"].endswith("12345687")


@pytest.mark.parametrize("said", ["اريد ثلاث قطع سائل جلي", "بدي ثوب لشخص بالغ وحزام"])
async def test_washing_up_and_a_grown_man_are_no_trouble(said: str) -> None:
    told = await Talking().say(said)
    assert told.hand_over not in ("complaint", "cancel_order")
