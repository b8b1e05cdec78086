"""A question after a product was shown is about it, unless it names another thing that is sold."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from no_tools import NoTools

from hudhud.core.context.ordering import in_order
from hudhud.model import Answer, Said, Turn
from hudhud.ops.sample.sample import sample
from hudhud.responders import catalogue, phrases
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import matched

SHOP = sample()
SHOWN = next(one for one in SHOP.products if one.sku == "DR-02")
NOW = datetime.now(UTC)


def said(text: str, author: str = "contact") -> Said:
    return Said(id=1, author=author, kind="text", text=text, at=NOW)  # type: ignore[arg-type]


BEFORE = (said("عندكم شي خفيف للصيف؟"), said(f"{SHOWN.name_ar}: ٤٢٬٠٠٠ د.ع، متوفر.", "assistant"))


async def ask(text: str, history: tuple[Said, ...] = BEFORE) -> Answer:
    turn = Turn(
        merchant_id=1,
        merchant_name=SHOP.merchant.name_ar,
        conversation_id=1,
        contact_name="",
        assistant=SHOP.assistants[0],
        messages=(msgspec.structs.replace(said(text), id=9),),
        history=history,
        products=SHOP.products,
        faqs=SHOP.faqs,
    )
    return await catalogue.answer(turn, catalogue.Options(), deadline_s=1, tools=NoTools())


@pytest.mark.parametrize(
    "text",
    [
        "بيش القطعه الوحده", "7a22o 2addeh", "هل لسا متوفر منه الآن؟",
        "and is it still available rn?", "كام قطعه بتيجي", "بيجي قياسات ايش",
    ],
)  # fmt: skip
async def test_its_price_stock_and_sizes_are_told_of_what_was_shown(text: str) -> None:
    done = await ask(text)
    assert done.source.startswith("product:DR-02")
    assert done.hand_over is None


@pytest.mark.parametrize("text", ["من شو مصنوع هاد", "shu 7ashwetha hada", "ايش داخل فيه"])
async def test_what_it_is_like_is_answered_by_its_description(text: str) -> None:
    done = await ask(text)
    assert done.source == "product:DR-02"
    assert SHOWN.description_ar in done.text
    assert done.hand_over is None


async def test_yes_or_no_of_what_no_row_tells_is_left_to_a_person() -> None:
    done = await ask("بيلمع تحت الشمس هاد؟")
    assert done.hand_over == "unknown_detail"


@pytest.mark.parametrize("text", ["بكم الحزام؟", "طيب والجاكيت الجلد؟"])
async def test_another_thing_that_is_named_is_meant(text: str) -> None:
    assert "product:DR-02" not in (await ask(text)).source


async def test_what_is_truly_named_and_not_sold_is_not_taken_for_it() -> None:
    done = await ask("عندكم ثلاجات؟")
    assert phrases.say("not_sold", "ar") in done.text
    assert SHOWN.name_ar not in done.text


async def test_what_is_not_sold_and_asked_for_again_is_looked_for_by_a_person() -> None:
    told = (*BEFORE, said("عندكم ثلاجات؟"), said(phrases.say("not_sold", "ar"), "assistant"))
    assert (await ask("عندكم افران؟", told)).hand_over == "unknown_product"


async def test_a_question_of_the_shop_is_answered_by_its_row() -> None:
    assert (await ask("وكم التوصيل للبصرة؟")).source == "faq:delivery"


def test_what_was_shown_comes_first_where_nothing_else_is_named() -> None:
    others = [one for one in SHOP.products if one.sku != "DR-02"]
    ordered = in_order(others[:4], [SHOWN], ["من شو مصنوع هاد"], BEFORE)
    assert ordered[0].sku == "DR-02"


def test_a_row_that_only_shares_letters_is_a_guess() -> None:
    row = msgspec.structs.replace(
        SHOP.faqs[0], id=99, topic="x", question_ar="ما أوقات العمل؟", question_en=""
    )
    assert not matched(SHOP.products, (row,), [understood("من شو معمول؟")]).told


@pytest.mark.parametrize("text", ["الرباط حي السلام دار ٤", "بغداد برج السلام طابق ٢"])
def test_a_greeting_word_in_an_address_greets_nobody(text: str) -> None:
    assert "greeting" not in understood(text).meanings


def test_to_it_is_no_hello_at_the_end() -> None:
    assert "greeting" not in understood("بيظبط الو؟").meanings
    assert "greeting" in understood("الو في حدا؟").meanings
