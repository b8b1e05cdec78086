"""Who asks to see a product is shown it, in every way of asking; nobody else is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from talking import CLOTHES, FASHION, Talking, product

from hudhud.model import Answer, Media
from hudhud.model.goods import PICTURES_MAX
from hudhud.responders import catalogue

BARE = "SH-02"
SHELF = tuple(
    replace(one, images=() if one.sku == BARE else (10 * n, 10 * n + 1))
    for n, one in enumerate(CLOTHES, 1)
)
LINEN = SHELF[0]
POLO = next(one for one in SHELF if one.sku == "TS-03")


def shown(answer: Answer) -> list[int | None]:
    return [one.media_id for one in answer.contents if isinstance(one, Media)]


def captions(answer: Answer) -> list[str]:
    return [one.caption for one in answer.contents if isinstance(one, Media) and one.caption]


@pytest.mark.parametrize(
    "asked",
    [
        "ممكن صورة؟",
        "وريني الصور",
        "ابعتلي صورته",
        "شنو شكله",
        "شو شكله؟",
        "عندكم صور؟",
        "دزلي صورة لو سمحت",
        "ممكن ترسل لي صورته؟",
        "واش كاينة شي تصويرة",
        "بدي شوفه",
        "ممكن صورة اوضح؟",
        "momken sora?",
        "can you send me a picture please",
        "what does it look like?",
        "photos?",
    ],
)
async def test_who_asks_to_see_what_was_spoken_of_is_shown_it(asked: str) -> None:
    talk = Talking(SHELF)
    await talk.say("بكم قميص الكتان؟")
    answer = await talk.say(asked)
    assert shown(answer) == list(LINEN.images)
    assert answer.hand_over is None
    (caption,) = captions(answer)
    english = asked[-2].isascii() and "sora" not in asked
    assert caption.startswith("Linen summer shirt: IQD 28,000" if english else "قميص كتان صيفي: ٢٨")


@pytest.mark.parametrize(
    ("asked", "sku"),
    [
        ("ابعتلي صورة البولو", "TS-03"),
        ("شو شكل البولو؟", "TS-03"),
        ("show me a picture of the polo", "TS-03"),
        ("اريد صورة القميص الكتان", "SH-01"),
    ],
)
async def test_what_is_named_is_shown_and_not_ordered(asked: str, sku: str) -> None:
    talk = Talking(SHELF)
    answer = await talk.say(asked)
    assert shown(answer) == list(next(one.images for one in SHELF if one.sku == sku))
    assert talk.cart == []


COLOURED = tuple(
    replace(one, coloured={"أخضر": 900, "أبيض": 901}) if one.sku == "TS-03" else one
    for one in SHELF
)


@pytest.mark.parametrize(
    ("asked", "images"),
    [
        ("ابعتلي صورة البولو الاخضر", [900]),
        ("ممكن صورة البولو بالخضر", [900]),
        ("show me a picture of the white polo", [901]),
        ("صورة البولو الابيض والاخضر لو سمحت", [901, 900]),
        ("صورة البولو الكحلي", list(POLO.images)),
        ("ابعتلي صورة البولو", list(POLO.images)),
    ],
)
async def test_who_names_a_colour_sees_it_where_it_has_a_picture(
    asked: str, images: list[int]
) -> None:
    answer = await Talking(COLOURED).say(asked)
    assert shown(answer) == images
    assert len(captions(answer)) == 1


async def test_the_colour_of_what_was_just_spoken_of_is_shown() -> None:
    talk = Talking(COLOURED)
    await talk.say("بكم البولو؟")
    assert shown(await talk.say("ممكن صورة الاخضر؟")) == [900]


@pytest.mark.parametrize(
    "asked", ["وريني البولو", "ابي اشوف البولو", "I'd like to see the polo", "show me the polo"]
)
async def test_who_wants_to_be_shown_a_thing_is_told_of_it_and_shown_it(asked: str) -> None:
    talk = Talking(SHELF)
    answer = await talk.say(asked)
    assert shown(answer) == list(POLO.images)
    assert "20,000" in answer.text or "٢٠٬٠٠٠" in answer.text
    assert talk.cart == []
    # Words will do: nothing is excused.
    bare = await Talking(SHELF).say("وريني القميص الاوكسفورد")
    assert shown(bare) == []
    assert "صورة" not in bare.text


async def test_to_think_it_over_is_no_wish_to_see() -> None:
    talk = Talking(SHELF)
    await talk.say("بكم قميص الكتان؟")
    assert shown(await talk.say("خليني اشوف وارجعلكم")) == []


async def test_of_several_each_is_shown_once_and_no_more_than_a_few() -> None:
    talk = Talking(SHELF)
    await talk.say("عندكم فساتين؟")
    answer = await talk.say("وريني الصور")
    dresses = [one for one in SHELF if one.sku.startswith("DR")]
    assert shown(answer) == [one.images[0] for one in dresses[:PICTURES_MAX]]
    assert len(captions(answer)) == PICTURES_MAX
    # The fourth is not forgotten.
    assert dresses[PICTURES_MAX].name_ar in answer.text


async def test_two_products_of_one_burst_are_both_shown() -> None:
    answer = await Talking(SHELF).say("ابعتلي صورة البولو", "وصورة قميص الكتان")
    assert set(shown(answer)) == {POLO.images[0], LINEN.images[0]}


async def test_without_a_picture_it_is_said_kindly_and_the_details_follow() -> None:
    talk = Talking(SHELF)
    answer = await talk.say("ممكن صورة القميص الاوكسفورد؟")
    assert shown(answer) == []
    assert "لا صورة عندي" in answer.text
    assert "٣٢٬٠٠٠" in answer.text
    assert "المقاسات" in answer.text
    assert answer.hand_over is None
    english = await talk.say("do you have a picture of the oxford shirt?")
    assert "no picture" in english.text


async def test_nobody_is_sent_a_picture_unasked() -> None:
    talk = Talking(SHELF)
    for text in ("السلام عليكم", "بكم قميص الكتان؟", "متوفر لارج؟", "شنو الوانه", "شكرا"):
        assert shown(await talk.say(text)) == []


async def test_set_so_a_picture_goes_with_the_first_words_about_a_product_and_with_no_more() -> (
    None
):
    talk = Talking(SHELF)
    talk.options = catalogue.Options(pictures="first")
    first = await talk.say("بكم قميص الكتان؟")
    assert shown(first) == list(LINEN.images)
    assert "٢٨٬٠٠٠" in first.text
    assert shown(await talk.say("متوفر قميص الكتان لارج؟")) == []
    assert shown(await talk.say("عندكم فساتين؟")) == []
    assert shown(await talk.say("ممكن صورة قميص الكتان؟")) == list(LINEN.images)


async def test_in_the_middle_of_an_order_it_is_shown_and_the_order_goes_on() -> None:
    talk = Talking(SHELF)
    await talk.say("اريد قميص كتان ابيض لارج")
    answer = await talk.say("ابعتلي صورته")
    assert shown(answer) == list(LINEN.images)
    assert "هل ترسل" in answer.text
    assert talk.cart == ["1 SH-01 L أبيض"]


async def test_what_is_being_chosen_is_shown_when_the_search_did_not_find_it() -> None:
    talk = Talking(SHELF)
    await talk.say("بدي اطلب كاب رياضي")
    # «شو شكله؟» names nothing, and the words before it were of other things.
    talk.finds = ()
    answer = await talk.say("شو شكله؟")
    assert shown(answer) == list(next(one.images for one in SHELF if one.sku == "AC-04"))
    assert "بأي لون" in answer.text


async def test_what_came_unlike_its_picture_is_a_complaint() -> None:
    answer = await Talking(SHELF).say("وصلني القميص مو مثل الصورة")
    assert answer.hand_over == "complaint"
    assert shown(answer) == []


async def test_a_cake_with_a_photo_on_it_is_a_cake() -> None:
    cake = product("TR-3", "تورتة بالصورة", "Photo cake", 9000, 4, images=(7,))
    other = product("TR-1", "تورتة شوكولاتة", "Chocolate cake", 8000, 4)
    talk = Talking((cake, other), faqs=())
    priced = await talk.say("تورتة بالصورة بكم")
    assert "٩٠" in priced.text
    assert shown(priced) == []
    assert shown(await talk.say("ممكن صورة التورتة بالصورة؟")) == [7]


async def test_an_assistant_that_may_show_none_shows_none() -> None:
    barred = replace(FASHION.assistants[0], tools=("product_details",))
    answer = await Talking(SHELF, assistant=barred).say("ممكن صورة قميص الكتان؟")
    assert shown(answer) == []
    assert "لا صورة عندي" in answer.text


async def test_nothing_was_spoken_of_so_it_is_asked_what() -> None:
    answer = await Talking(SHELF).say("وريني الصور")
    assert shown(answer) == []
    assert answer.text.endswith("وأخبرك.")
