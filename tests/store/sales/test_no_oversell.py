"""A hundred orders at once: no more is promised than there is, and no number is left out."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest

from hudhud.core.sales import orders as deeds
from hudhud.core.tools import Toolbox
from hudhud.errors import OrderStaysError
from hudhud.model import AddToCart, Order, Quote, Refused
from hudhud.store import catalogue, conversations
from hudhud.store.conversations import Claim, Finish
from hudhud.store.pool import Database
from shop import Shop, open_shop
from turns import ALI, MUG, SHIRT, product, stocked, turn_of

CUSTOMERS = 100
MUGS = 70
CONNECTIONS = 40


@pytest.fixture
async def database(database_url: Any) -> AsyncIterator[Database]:
    opened = await Database.open(database_url.app_url, size=CONNECTIONS)
    yield opened
    await opened.close()


async def at_once(*deeds: Coroutine[Any, Any, Any]) -> list[Any]:
    """Run them all, as many at a time as there are connections; nobody queues for one."""
    free = asyncio.Semaphore(CONNECTIONS)

    async def one(deed: Coroutine[Any, Any, Any]) -> Any:
        async with free:
            return await deed

    return await asyncio.gather(*map(one, deeds))


async def all_claimed(shop: Shop, words: str) -> list[Claim]:
    await shop.receive(*(shop.message(words, who=str(n)) for n in range(CUSTOMERS)))
    await shop.make_due()
    places = await shop.conversations()
    return await conversations.claim(shop.database, places, holder="test", lease_s=60)


async def all_shown(shop: Shop) -> None:
    """Each wants one mug and one shirt, half of them the other way round."""
    claims = await all_claimed(shop, "أريد")
    wanted = (AddToCart(sku=MUG), AddToCart(sku=SHIRT))

    async def shown(place: int, claim: Claim) -> None:
        tools = Toolbox(shop.database, claim, turn_of(claim))
        for call in (*(wanted if place % 2 else wanted[::-1]), Quote()):
            result = await tools.call(call)
            assert not isinstance(result, Refused), result

    await at_once(*(shown(place, claim) for place, claim in enumerate(claims)))
    endings = [Finish(claimed=c.claimed, outcome="answered", parts=("كذا",)) for c in claims]
    assert len(await conversations.finish(shop.database, endings)) == CUSTOMERS


async def shelf(shop: Shop, sku: str) -> tuple[int, int]:
    (row,) = await shop.rows(
        "select sum(v.stock)::integer as stock, sum(v.reserved)::integer as reserved from variant v"
        " join product p on p.id = v.product_id where p.sku = $1 and v.active",
        sku,
    )
    return row["stock"], row["reserved"]


async def test_no_oversell_under_100_concurrent_orders(database: Database) -> None:
    shop = await open_shop(database)
    await stocked(shop)
    plain = [product(MUG, stock=MUGS), product(SHIRT, stock=CUSTOMERS)]
    async with database.deed(shop.merchant) as connection:
        await catalogue.add_products(connection, shop.merchant, plain)
    await all_shown(shop)
    claims = await all_claimed(shop, "نعم")

    async def places(claim: Claim) -> Any:
        return await Toolbox(database, claim, turn_of(claim)).call(ALI)

    results = await at_once(*(places(claim) for claim in claims))
    placed = [result for result in results if isinstance(result, Order)]
    assert sorted(order.number for order in placed) == list(range(1, MUGS + 1))
    assert Counter(r.why for r in results if isinstance(r, Refused)) == {
        "out_of_stock": CUSTOMERS - MUGS
    }
    assert await shelf(shop, MUG) == (MUGS, MUGS)
    assert await shelf(shop, SHIRT) == (CUSTOMERS, MUGS)


async def test_orders_cancellations_shipments_and_imports_meet_without_a_deadlock(
    database: Database,
) -> None:
    shop = await open_shop(database)
    plain = [product(MUG, stock=500), product(SHIRT, stock=500)]

    async def imported() -> None:
        async with database.deed(shop.merchant) as connection:
            await catalogue.add_products(connection, shop.merchant, plain)

    await imported()
    await all_shown(shop)
    claims = await all_claimed(shop, "نعم")

    async def lives(place: int, claim: Claim) -> None:
        order = await Toolbox(database, claim, turn_of(claim)).call(ALI)
        assert isinstance(order, Order), order
        states: Any = ("cancelled",) if place % 2 else ("confirmed", "shipped", "cancelled")
        for state in states:
            try:
                await deeds.move(database, shop.merchant, order.number, state, actor="test")
            except OrderStaysError:
                assert state == "cancelled"

    async with asyncio.timeout(60):
        await at_once(
            *(lives(place, claim) for place, claim in enumerate(claims)),
            *(imported() for _ in range(10)),
        )
    assert (await shelf(shop, MUG))[1] == (await shelf(shop, SHIRT))[1] == 0
    states = Counter(row["state"] for row in await shop.rows("select state from sales_order"))
    assert states == {"cancelled": CUSTOMERS // 2, "shipped": CUSTOMERS // 2}
