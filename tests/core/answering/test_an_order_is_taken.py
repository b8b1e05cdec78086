"""The whole core under an order: claim, look-ups, offline responder, real tools, finish (S6)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.outside.breakers import Breakers
from hudhud.core.sales import orders as deeds
from hudhud.settings import Settings
from hudhud.store import assistants, conversations
from hudhud.store.conversations import Finish
from hudhud.store.sales.carts import Delivery, Place
from shop import Shop
from turns import MUG, claimed, claimed_again, stocked

SETTINGS = Settings(data_dir=Path("/nowhere"))
SARA, ALI = "964771", "964772"


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    """Shirts whose every size and colour has a shelf of its own, mugs, and one who sells them."""
    await stocked(shop)
    async with shop.database.deed(shop.merchant) as connection:
        assistant_id = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="catalogue"
        )
        await connection.execute("update inbox set assistant_id = $1", assistant_id)
    return shop


async def ending(shop: Shop, claim: Any) -> Finish:
    return await answer(
        *(shop.database, SETTINGS, claim, lambda text: (text,) if text else ()),
        checked=whatsapp.checked,
        breakers=Breakers(Policy()),
        ai_on=True,
    )


async def says(shop: Shop, words: str, *, who: str = SARA) -> Finish:
    made = await ending(shop, await claimed(shop, words, who=who))
    assert await conversations.finish(shop.database, [made])
    return made


async def said(shop: Shop, *turns: str, who: str = SARA) -> str:
    for words in turns:
        made = await says(shop, words, who=who)
        assert made.outcome != "handed_over", (words, made.reason, made.parts)
    return "\n".join(map(str, made.parts))


async def orders(shop: Shop) -> list[tuple[Any, ...]]:
    rows = await shop.rows(
        "select o.number, o.name, o.phone, o.address, o.total_minor, l.sku, l.size, l.colour,"
        " l.count from sales_order o join sales_line l on l.order_id = o.id"
        " order by o.number, l.place"
    )
    return [tuple(row) for row in rows]


async def test_from_hello_to_number_on_real_shelves(shop: Shop) -> None:
    shown = await said(
        shop, "السلام عليكم", "ابي قميص ابيض مقاس M حبتين", "سارة احمد ٠٧٧٠١٢٣٤٥٦٧", "بغداد الكرادة"
    )
    assert "٢ × قميص (أبيض، M)" in shown
    assert await orders(shop) == []
    told = await said(shop, "اي اكد")
    assert "رقمه: ١" in told
    assert await orders(shop) == [
        (1, "سارة احمد", "+9647701234567", "بغداد الكرادة", 50_000, "SH-1", "M", "أبيض", 2)
    ]
    assert await shop.one("select reserved from variant where size = 'M' and reserved > 0") == 2


async def test_delivery_costs_what_it_does_where_it_goes(shop: Shop) -> None:
    basra = Place(names=("البصرة",), price_minor=8_000)
    charge = Delivery(price_minor=5_000, places=(basra,))
    await deeds.charge_delivery(shop.database, shop.merchant, charge, actor="test")
    shown = await said(shop, "ابي كوبين", "سارة احمد ٠٧٧٠١٢٣٤٥٦٧", "بغداد الكرادة")
    assert "التوصيل: ٥" in shown
    assert "المجموع: ٢١" in shown
    moved = await said(shop, "العنوان: البصره العشار قرب الجسر")
    assert "التوصيل: ٨" in moved
    assert "المجموع: ٢٤" in moved
    await said(shop, "نعم")
    assert [row[3:5] for row in await orders(shop)] == [("البصره العشار قرب الجسر", 24_000)]


async def test_what_is_there_of_a_size_is_said_before_anything_is_sold(shop: Shop) -> None:
    few = await said(shop, "ابي ٥ قمصان بيض مقاس L")
    assert "المتوفر منه: ٢" in few
    none = await said(shop, "لا ابي قميص اسود M واحد", who=ALI)
    assert "نفد" in none
    assert await orders(shop) == []


async def test_the_cart_the_order_and_who_orders_come_back_with_the_next_turn(shop: Shop) -> None:
    await said(shop, "I want two mugs", "Sara Ahmed 0770 123 4567", "Baghdad, Karrada")
    changed = await said(shop, "make it three")
    assert "3 × Mug" in changed
    assert "Sara Ahmed" in changed
    placed = await said(shop, "yes")
    assert "Its number is: 1" in placed
    assert "Your order 1: placed" in await said(shop, "where is my order?")
    again = await said(shop, "one more mug please, 1")
    assert all(part in again for part in ("Sara Ahmed", "07701234567", "Baghdad, Karrada"))


async def test_an_order_is_cancelled_after_it_is_asked_once_more(shop: Shop) -> None:
    await said(shop, "ابي كوبين", "سارة احمد 07701234567 بغداد الكرادة", "نعم")
    assert "هل ألغي هذا الطلب؟" in await said(shop, "الغي الطلب")
    assert await shop.one("select state from sales_order") == "placed"
    assert "ألغيت طلبك رقم ١" in await said(shop, "اي")
    assert await shop.one("select state from sales_order") == "cancelled"
    assert await shop.one("select sum(reserved) from variant") == 0


async def test_one_cannot_ask_after_the_order_of_another(shop: Shop) -> None:
    await said(shop, "ابي كوبين", "سارة احمد 07701234567 بغداد الكرادة", "نعم")
    made = await says(shop, "وين طلبي رقم 1؟", who=ALI)
    assert (made.outcome, made.reason) == ("handed_over", "order_status")
    assert "سارة" not in str(made.parts)


async def test_a_yes_whose_worker_died_places_one_order(shop: Shop) -> None:
    await said(shop, "ابي كوبين", "سارة احمد 07701234567 بغداد الكرادة")
    await ending(shop, await claimed(shop, "نعم", who=SARA))  # and nobody finishes it
    made = await ending(shop, await claimed_again(shop, who=SARA))
    assert await conversations.finish(shop.database, [made])
    assert "رقمه: ١" in str(made.parts)
    assert len(await orders(shop)) == 1


async def test_a_price_that_changed_after_the_quote_is_shown_again(shop: Shop) -> None:
    await said(shop, "ابي كوبين", "سارة احمد 07701234567 بغداد الكرادة")
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute("update product set price_minor = 9000 where sku = $1", MUG)
    again = await said(shop, "نعم")
    assert "١٨" in again
    assert await orders(shop) == []
    await said(shop, "نعم")
    assert (await orders(shop))[0][4] == 18_000


async def test_two_who_want_the_last_one_do_not_both_get_it(shop: Shop) -> None:
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute("update variant set stock = 1 where size = ''")
    for who, name in ((SARA, "سارة احمد"), (ALI, "علي حسن")):
        await said(shop, "ابي كوب واحد", f"{name} 07701234567 بغداد الكرادة", who=who)
    await asyncio.gather(says(shop, "نعم", who=SARA), says(shop, "نعم", who=ALI))
    assert len(await orders(shop)) == 1
