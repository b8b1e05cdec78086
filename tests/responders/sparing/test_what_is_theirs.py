"""What the customer has already is what a thing is for, and not what is wanted."""

from __future__ import annotations

import pytest

from hudhud.model import Product
from hudhud.responders.lexicon import understood
from hudhud.responders.sparing import for_theirs, owned, the_same
from hudhud.responders.weighing import helping
from hudhud.text import own_things


def ware(number: int, name_ar: str, name_en: str, told: str = "", score: float = 1.0) -> Product:
    return Product(
        id=number,
        sku=f"W-{number}",
        name_ar=name_ar,
        name_en=name_en,
        description_ar=told,
        description_en="",
        price_minor=1000,
        currency="KWD",
        stock=3,
        sizes=(),
        colours_ar=(),
        colours_en=(),
        category_ar="منوعات",
        category_en="Various",
        score=score,
    )


RUG = ware(1, "سجادة صوف", "Wool rug", score=0.6)
SOAP = ware(2, "صابون سجاد", "Rug soap", "يزيل البقع ويرجع اللون", score=0.5)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("سجادتي عليها بقع، عندكم شي يشيلها؟", "سجادتي"),
        ("قططنا تخربش، شو الحل؟", "قططنا"),
        ("my wool rug is stained, anything for it?", "rug"),
    ],
)
def test_what_bears_its_owner_is_theirs(text: str, own: str) -> None:
    assert own in owned((text,))


@pytest.mark.parametrize(
    "text",
    ["سجادتي ضاعت، عندكم شي؟", "my rug is worn out, got any?", "سجادتي الحمراء في الصالون"],
)
def test_of_what_is_gone_another_may_be_wanted(text: str) -> None:
    assert not owned((text,))


def test_what_is_of_a_kind_is_nobodys() -> None:
    assert not own_things("عطر رجالي ذهبي")


def test_what_hurts_them_is_to_be_replaced() -> None:
    assert "فرشتي" not in own_things("ظهري يوجعني من فرشتي")


def test_a_thing_called_as_theirs_stands_behind_what_is_for_it() -> None:
    own = owned(("سجادتي عليها بقع، عندكم شي يشيلها؟",))
    assert [one.sku for one in for_theirs([RUG, SOAP], own)] == ["W-2", "W-1"]


def test_a_thing_for_theirs_is_not_called_as_it() -> None:
    assert the_same(RUG, {"rug"})
    assert not the_same(SOAP, {"rug"})


def test_what_is_good_for_theirs_is_told() -> None:
    reading = understood("سجادتي عليها بقع، عندكم شي يزيل البقع؟")
    found = helping(for_theirs([RUG, SOAP], {"سجادتي"}), reading, told=False)
    assert found is not None
    assert [one.sku for one in found.products] == ["W-2"]
