"""A thing that opens asks for no hours, and who rents is sold nothing."""

from __future__ import annotations

import pytest

from hudhud.ops.sample.sample import sample
from hudhud.responders.lexicon import understood
from hudhud.responders.weighing import rents, served

SHOP = sample()


@pytest.mark.parametrize(
    "text",
    [
        "بدي علبة بتفتح لحالها",
        "عندكم مرآة تسكر متل الكتاب",
        "قميص ازرق فاتح",
        "abi shal lonha fate7",
        "محل عطور فاتح جديد",
    ],
)
def test_what_opens_or_is_light_asks_for_no_hours(text: str) -> None:
    assert "hours" not in understood(text).meanings


@pytest.mark.parametrize(
    "text", ["فاتحين بكرا؟", "ايمتى بتفتح", "المحل يفتح الجمعة؟", "do you open early"]
)
def test_a_shop_that_opens_tells_its_hours(text: str) -> None:
    assert "hours" in understood(text).meanings


@pytest.mark.parametrize(
    "text", ["واش كتكريو هاد الكراسا", "can I hire it for a day", "bt2ajro sawani?"]
)
def test_who_rents_is_told_the_row_or_that_nobody_here_knows(text: str) -> None:
    assert served(SHOP.products, SHOP.faqs, text) is not None


@pytest.mark.parametrize(
    "text", ["شقتي ايجار وما بقدر اثقب الحيط", "انا تاجر جملة", "بدي كرة", "we are hiring"]
)
def test_where_somebody_lives_or_trades_rents_nothing(text: str) -> None:
    assert not rents(SHOP.products, text)


@pytest.mark.parametrize("text", ["bade sareer", "3andak sarir azra2"])
def test_a_bed_in_latin_letters_asks_no_price(text: str) -> None:
    assert "price" not in understood(text).meanings
