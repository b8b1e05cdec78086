"""«الأرخص», "the cheapest": what is meant by its price is meant as by its name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec
import pytest

from hudhud.model import Product, Said, Turn
from hudhud.ops.sample.sample import sample
from hudhud.responders.referring import as_meant

_ANY = sample().products[0]


def _product(at: int, arabic: str, english: str, kind: str, price: int) -> Product:
    return msgspec.structs.replace(
        _ANY,
        id=at,
        sku=f"P{at}",
        name_ar=arabic,
        name_en=english,
        category_ar=kind,
        category_en=kind,
        description_ar="",
        description_en="",
        price_minor=price,
        stock=5,
    )


SOLD = (
    _product(1, "خيط صوف", "Wool yarn", "خيوط", 900),
    _product(2, "خيط قطن", "Cotton yarn", "خيوط", 400),
    _product(3, "علبة خيط", "Box for yarn", "علب", 100),
)
LISTED = "\n".join(f"• {one.name_ar}: ٩ د.ع، متوفر." for one in SOLD)


def meant(text: str, shown: str = "", sold: tuple[Product, ...] = SOLD) -> str:
    def said(at: int, author: Literal["contact", "assistant"], words: str) -> Said:
        return Said(id=at, author=author, kind="text", text=words, at=datetime.now(UTC))

    turn = Turn(
        merchant_id=1,
        merchant_name="",
        conversation_id=1,
        contact_name="",
        assistant=sample().assistants[0],
        messages=(said(9, "contact", text),),
        history=(said(1, "assistant", shown),) if shown else (),
        products=sold,
    )
    return as_meant(turn).messages[0].text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("بدي الأرخص", "بدي خيط قطن"),
        ("هات الأغلى واحد، بليز", "هات خيط صوف، بليز"),
        ("the cheapest one please", "Cotton yarn please"),
        ("bidi el ar5as", "bidi خيط قطن"),
    ],
)
def test_of_what_was_listed_the_kind_that_most_are_of_is_meant(text: str, named: str) -> None:
    assert meant(text, LISTED) == named


def test_what_is_only_for_the_thing_that_is_named_is_not_the_cheapest_of_it() -> None:
    assert meant("شو ارخص خيط عندكم") == "شو خيط قطن خيط عندكم"


@pytest.mark.parametrize("text", ["في ارخص منه؟", "عندكم ارخص؟", "شو ارخص شي عندكم"])
def test_where_nothing_was_listed_and_nothing_is_named_nothing_is_meant(text: str) -> None:
    assert meant(text) == text


def test_a_word_of_a_name_is_no_price() -> None:
    wide = (*SOLD, _product(4, "خيط أوفر لوك", "Overlock yarn", "خيوط", 700))
    assert meant("بدي الخيط الاوفر لوك", LISTED, wide) == "بدي الخيط الاوفر لوك"
