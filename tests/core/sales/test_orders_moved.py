"""What operators do with orders, and what becomes of the stock."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hudhud.core.sales import orders, placing
from hudhud.errors import BadInputError, NotFoundError, OrderStaysError
from hudhud.model import AddToCart, CancelOrder, OrderState, PlaceOrder, Quote, Refused
from hudhud.store import catalogue
from hudhud.store.sales import orders as rows
from hudhud.store.sales.carts import Delivery
from shop import Shop, open_shop
from turns import ALI, MUG, SHIRT, claimed, claimed_again, ordered, product, stocked, tools_of

THREE = AddToCart(sku=MUG, count=3)


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    await stocked(shop)
    return shop


async def moved(shop: Shop, number: int, *states: OrderState, **more: Any) -> None:
    for state in states:
        await orders.move(shop.database, shop.merchant, number, state, actor="cli:sara", **more)


async def mugs(shop: Shop) -> tuple[int, int]:
    (row,) = await shop.rows(
        "select v.stock, v.reserved from variant v join product p on p.id = v.product_id"
        " where p.sku = $1",
        MUG,
    )
    return row["stock"], row["reserved"]


async def test_what_is_shipped_is_off_the_shelf_and_no_longer_reserved(shop: Shop) -> None:
    order = await ordered(shop, THREE)
    assert await mugs(shop) == (10, 3)
    await moved(shop, order.number, "confirmed")
    assert await mugs(shop) == (10, 3)
    await moved(shop, order.number, "shipped", "shipped", "delivered")
    assert await mugs(shop) == (7, 0)
    async with shop.database.reading(shop.merchant) as connection:
        history = await rows.history(connection, order.id)
    assert [(step.state, step.actor) for step in history] == [
        ("placed", "assistant"),
        ("confirmed", "cli:sara"),
        ("shipped", "cli:sara"),
        ("delivered", "cli:sara"),
    ]
    events = await shop.rows(
        "select kind, payload ->> 'state' as state from order_event order by id"
    )
    assert [row["kind"] for row in events] == [f"order.{row['state']}" for row in events]
    assert len(events) == 4


async def test_what_is_cancelled_can_be_sold_again_and_only_once(shop: Shop) -> None:
    order = await ordered(shop, THREE)
    await moved(shop, order.number, "cancelled", "cancelled", reason="لا يرد")
    assert await mugs(shop) == (10, 0)
    tools = tools_of(shop, await claimed(shop, "ألغوا طلبي"))
    assert getattr(await tools.call(CancelOrder(number=order.number)), "reason", "") == "لا يرد"
    assert await mugs(shop) == (10, 0)


async def test_an_order_that_has_left_stays(shop: Shop) -> None:
    order = await ordered(shop, THREE)
    await moved(shop, order.number, "confirmed", "shipped")
    for state in ("placed", "confirmed", "cancelled"):
        with pytest.raises(OrderStaysError):
            await moved(shop, order.number, state)
    tools = tools_of(shop, await claimed(shop, "ألغوا طلبي"))
    assert await tools.call(CancelOrder()) == Refused(
        why="too_late", told={"number": order.number, "state": "shipped"}
    )
    with pytest.raises(BadInputError):
        await moved(shop, order.number, "delivered", reason="x" * 501)
    with pytest.raises(NotFoundError):
        await moved(shop, 99, "confirmed")


async def test_a_recount_keeps_what_was_promised(shop: Shop) -> None:
    order = await ordered(shop, THREE)
    async with shop.database.deed(shop.merchant) as connection:
        await catalogue.add_products(connection, shop.merchant, [product(MUG, stock=2)])
        found = await catalogue.by_sku(connection, shop.merchant, MUG)
    assert await mugs(shop) == (2, 3)
    assert found is not None
    assert found.stock == 0
    # Two are there, three were promised: what is not there cannot be taken off.
    await moved(shop, order.number, "confirmed", "shipped")
    assert await mugs(shop) == (0, 0)


async def test_what_delivery_costs_is_quoted_and_charged(shop: Shop) -> None:
    charge = Delivery(price_minor=5000, free_from_minor=24_001)
    await orders.charge_delivery(shop.database, shop.merchant, charge, actor="cli:sara")
    order = await ordered(shop, THREE)
    assert (order.delivery_minor, order.total_minor) == (5000, 29_000)
    tools = tools_of(shop, await claimed(shop))
    await tools.call(AddToCart(sku=MUG, count=4))
    assert getattr(await tools.call(Quote()), "total_minor", 0) == 32_000
    with pytest.raises(BadInputError):
        await orders.charge_delivery(
            shop.database, shop.merchant, Delivery(price_minor=-1), actor="cli:sara"
        )


async def test_each_merchant_counts_alone_and_sees_only_its_own(shop: Shop) -> None:
    other = await open_shop(shop.database, account="222")
    await stocked(other)
    assert (await ordered(shop, THREE)).number == 1
    assert (await ordered(other, THREE)).number == 1
    assert (await ordered(shop, AddToCart(sku=MUG), who="2")).number == 2
    async with shop.database.reading(other.merchant) as connection:
        assert [
            row.order.number for row in await rows.listed(connection, other.merchant, limit=9)
        ] == [1]
        assert await rows.listed(connection, shop.merchant, limit=9) == []
    async with shop.database.reading(shop.merchant) as connection:
        page = await rows.listed(connection, shop.merchant, state="placed", before=2, limit=9)
    assert [row.order.number for row in page] == [1]


async def test_an_operator_takes_an_order_once_however_often_they_click(shop: Shop) -> None:
    conversation = (await claimed(shop)).claimed.conversation_id
    tools = tools_of(shop, await claimed_again(shop))
    await tools.call(THREE)

    async def taken(*wanted: AddToCart, key: str, **bill: str) -> Any:
        who = PlaceOrder(**{"name": "ريم", "phone": "07701234567", **bill})
        said = {"actor": "operator:1", "key": key}
        return await placing.place_for(
            shop.database, shop.merchant, conversation, wanted, who, **said
        )

    white = AddToCart(sku="sh-1", size="l")
    first = await taken(AddToCart(sku=MUG, count=2), white, key="one")
    assert (first.total_minor, [line.size for line in first.lines]) == (41_000, ["", "L"])
    assert await taken(AddToCart(sku=MUG, count=9), key="one") == first
    assert (await taken(AddToCart(sku=MUG, count=9), key="two")).why == "too_many"
    assert (await taken(key="two")).why == "empty_cart"
    assert (await taken(white, key="two", name="")).why == "missing_fields"
    assert await mugs(shop) == (10, 2)
    # The contact's own cart is theirs.
    assert getattr(await tools.call(Quote()), "total_minor", 0) == 24_000
    with pytest.raises(NotFoundError):
        await placing.place_for(
            shop.database, shop.merchant, 10**9, [white], ALI, actor="operator:1", key="three"
        )


async def test_who_reads_what_became_of_orders_passes_none_over(shop: Shop) -> None:
    first = await ordered(shop, AddToCart(sku=MUG), who="1")
    other = await ordered(shop, AddToCart(sku=SHIRT, size="L"), who="2")
    said: Any = {"actor": "cli:sara", "reason": ""}
    async with shop.database.deed(shop.merchant) as connection:
        await rows.move(connection, first.id, "confirmed", **said)
        # Its number is smaller, and not there to be read yet: nobody may have a larger one.
        second = asyncio.create_task(moved(shop, other.number, "confirmed"))
        async with asyncio.timeout(10):
            while not await _waits(shop):
                assert not second.done()
                await asyncio.sleep(0.01)
    await second
    events = await shop.rows("select order_id from order_event order by id")
    assert [row["order_id"] for row in events] == [first.id, other.id, first.id, other.id]


async def _waits(shop: Shop) -> bool:
    found: bool = await shop.one("select count(*) > 0 from pg_locks where not granted")
    return found
