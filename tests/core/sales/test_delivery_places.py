"""What delivery costs where: the place out of an address in any spelling, and what is charged."""

from __future__ import annotations

from typing import Any

import pytest

from hudhud.core.sales import delivering
from hudhud.core.sales import orders as deeds
from hudhud.core.sales.delivering import named
from hudhud.core.tools import Toolbox
from hudhud.errors import BadInputError
from hudhud.model import AddToCart, Cart, Order, PlaceOrder, Quote, Refused
from hudhud.store.sales.carts import Delivery, Place
from shop import Shop
from turns import ALI, MUG, claimed, finished, stocked, tools_of

BAGHDAD = named("بغداد، Baghdad", 3000)
BASRA = named("البصرة", 8000)
ERBIL = named("أربيل، هولير", 9000)
NEW = named("بغداد الجديدة", 4000)
KARBALA = named("كربلاء المقدسة، كربلاء", 5000)
PLACES = (BAGHDAD, BASRA, ERBIL, NEW, KARBALA)
CHARGE = Delivery(price_minor=6000, places=PLACES)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("بغداد الكرادة", BAGHDAD),
        ("ساكن ببغداد", BAGHDAD),
        ("baghdad, karrada 62", BAGHDAD),
        ("b8dad", BAGHDAD),
        ("البصره العشار", BASRA),
        ("للبصرة حي الجزائر", BASRA),
        ("بصرة", BASRA),
        ("Al Basrah, Ashar", BASRA),
        ("Basra", BASRA),
        ("شارع بغداد، البصرة", BASRA),
        ("اربيل عينكاوة", ERBIL),
        ("erbil", ERBIL),
        ("هولير", ERBIL),
        ("بغداد الجديده قرب الجامع", NEW),
        ("كربلا", KARBALA),
        ("كربلاء المقدسه", KARBALA),
        ("النجف", None),
        ("حي الرياضيين الموصل", None),
        ("https://maps.google.com/?q=33.3,44.4", None),
        ("", None),
    ],
)
def test_a_place_is_known_in_any_spelling_and_no_other_is(
    address: str, place: Place | None
) -> None:
    assert delivering.place_of(address, PLACES) == place
    there = delivering.at(CHARGE, address)
    assert there == Delivery(price_minor=6000 if place is None else place.price_minor)


def test_elsewhere_the_shop_agrees_where_it_says_no_price_and_a_limit_holds_everywhere() -> None:
    charge = Delivery(price_minor=None, free_from_minor=50_000, places=(BASRA,))
    assert delivering.at(charge, "النجف") is None
    assert delivering.at(charge, "البصرة") == Delivery(price_minor=8000, free_from_minor=50_000)
    assert delivering.at(None, "البصرة") is None


@pytest.mark.parametrize(
    "wrong",
    [
        Delivery(price_minor=None, free_from_minor=5),
        Delivery(price_minor=-1),
        Delivery(price_minor=1, places=(Place(names=("بغداد",), price_minor=-1),)),
        Delivery(price_minor=1, places=(BAGHDAD, named("بَغداد", 1))),
        Delivery(price_minor=1, places=(BASRA,) * 101),
    ],
)
async def test_what_cannot_be_charged_is_not_set(shop: Shop, wrong: Delivery) -> None:
    with pytest.raises(BadInputError):
        await deeds.charge_delivery(shop.database, shop.merchant, wrong, actor="test")
    assert await shop.rows("select 1 from delivery_price") == []


async def shown(shop: Shop, words: str, *wanted: Any) -> tuple[Toolbox, Cart]:
    claim = await claimed(shop, words)
    tools = tools_of(shop, claim, {"collected": {}})
    quoted: Any = None
    for call in wanted:
        quoted = await tools.call(call)
    assert isinstance(quoted, Cart), quoted
    await finished(shop, claim)
    return tools, quoted


async def test_what_was_quoted_for_one_place_is_not_sold_to_another(shop: Shop) -> None:
    await stocked(shop)
    await deeds.charge_delivery(shop.database, shop.merchant, CHARGE, actor="test")
    _, cart = await shown(shop, "كوب للبصرة", AddToCart(sku=MUG), Quote(address="البصرة العشار"))
    assert (cart.delivery_minor, cart.total_minor) == (8000, 16_000)
    words = "نعم ٠٧٧٠١٢٣٤٥٦٧، بغداد الكرادة"
    tools = tools_of(shop, await claimed(shop, words), {"collected": {}})
    refused = await tools.call(ALI)
    assert isinstance(refused, Refused)
    assert (refused.why, refused.told["cart"]["delivery_minor"]) == ("changed", 3000)
    _, cart = await shown(shop, words, Quote(address="بغداد الكرادة"))
    assert cart.total_minor == 11_000
    there = PlaceOrder(name="علي", phone=ALI.phone, address="بغداد الكرادة")
    order = await tools_of(shop, await claimed(shop, words), {"collected": {}}).call(there)
    assert isinstance(order, Order)
    assert (order.delivery_minor, order.total_minor) == (3000, 11_000)


async def test_an_address_that_is_known_already_is_quoted_for(shop: Shop) -> None:
    await stocked(shop)
    await deeds.charge_delivery(shop.database, shop.merchant, CHARGE, actor="test")
    tools = tools_of(shop, await claimed(shop), {"collected": {"address": "أربيل، عينكاوة"}})
    await tools.call(AddToCart(sku=MUG))
    assert getattr(await tools.call(Quote()), "delivery_minor", None) == 9000
