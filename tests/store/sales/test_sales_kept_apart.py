"""A turn sees its own contact's cart and orders, whatever it asks; merges carry them along."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hudhud.core.context import gather
from hudhud.core.tools import Toolbox
from hudhud.model import AddToCart, CancelOrder, Cart, Order, OrderStatus, Quote, Refused
from hudhud.store import sweep
from hudhud.store.contacts import merging
from hudhud.store.contacts.merging import Wish
from hudhud.store.sales import turns
from shop import Shop
from turns import (
    ALI,
    MUG,
    SHIRT,
    claimed,
    claimed_again,
    finished,
    ordered,
    quoted,
    stocked,
    tools_of,
)

ONE, OTHER = "964771", "964772"
TABLES = ("cart", "sales_order", "sales_line", "order_step", "order_event", "tool_call")


@pytest.fixture
async def shop(shop: Shop) -> Shop:
    await stocked(shop)
    return shop


async def contact(shop: Shop, who: str) -> int:
    found: int = await shop.one("select contact_id from contact_alias where value = $1", who)
    return found


async def one_person(shop: Shop) -> None:
    first, second = await contact(shop, ONE), await contact(shop, OTHER)
    wish = Wish(
        merchant_id=shop.merchant, kept_id=first, gone_id=second, sure=True, take=True, actor=None
    )
    async with shop.database.deed(shop.merchant) as connection:
        outcome, _ = await merging.merge(connection, wish)
    assert outcome == "merged"


async def test_below_every_call_a_turn_sees_its_own_contact_alone(shop: Shop) -> None:
    await ordered(shop, AddToCart(sku=MUG), who=ONE)
    await shop.write(
        "insert into collected_field (merchant_id, contact_id, name, value)"
        " select $1, contact_id, 'city', 'بغداد' from contact_alias",
        shop.merchant,
    )
    claim = await claimed(shop, "ألغوا الطلب 1", who=OTHER)
    async with shop.database.deed(shop.merchant) as connection:
        for table in (*TABLES, "collected_field"):
            assert await connection.fetchval(f"select count(*) from {table}") > 0, table
        held = await turns.hold(connection, claim.claimed)
        assert held is not None
        for table in TABLES:
            assert await connection.fetchval(f"select count(*) from {table}") == 0, table
            assert await connection.execute(f"delete from {table}") == "DELETE 0"
        assert (
            await connection.execute("delete from collected_field where name = 'x'") == "DELETE 0"
        )
    tools = tools_of(shop, claim)
    assert await tools.call(OrderStatus(number=1)) == Refused(why="unknown_order")
    assert await tools.call(CancelOrder(number=1)) == Refused(why="unknown_order")


async def test_every_table_of_sales_is_closed_to_other_merchants(shop: Shop) -> None:
    await ordered(shop, AddToCart(sku=MUG))
    async with shop.database.reading(shop.merchant + 1) as connection:
        for table in (*TABLES, "variant", "order_count", "delivery_price"):
            assert await connection.fetchval(f"select count(*) from {table}") == 0, table


async def test_a_turn_reads_its_cart_as_it_was_shown_and_its_newest_orders(shop: Shop) -> None:
    await ordered(shop, AddToCart(sku=MUG))
    await shop.write(
        "with made as (insert into assistant (merchant_id, name, responder)"
        " values ($1, 'a', 'catalogue') returning id)"
        " update inbox set assistant_id = made.id from made",
        shop.merchant,
    )
    await quoted(shop, AddToCart(sku=MUG, count=2))
    claim = await claimed(shop, f"نعم، {ALI.phone} {ALI.address}")
    assert claim.setting is not None
    turn = await gather(shop.database, claim, claim.setting)
    assert [(line.sku, line.count) for line in turn.cart.lines] == [(MUG, 2)]
    assert turn.cart.quoted == turn.cart.version > 0
    assert [(order.number, order.state) for order in turn.orders] == [(1, "placed")]
    placed = await Toolbox(shop.database, claim, turn).call(ALI)
    # The answer is thrown away: the next attempt reads what this one read, and comes to the same.
    again = await claimed_again(shop)
    assert again.setting is not None
    second = await gather(shop.database, again, again.setting)
    assert second.cart == turn.cart
    assert [order.number for order in second.orders] == [2, 1]
    assert await Toolbox(shop.database, again, second).call(ALI) == placed
    await finished(shop, again)
    last = await claimed(shop)
    assert last.setting is not None
    assert (await gather(shop.database, last, last.setting)).cart.lines == ()


async def test_an_answer_that_is_absorbed_before_it_left_orders_once(shop: Shop) -> None:
    await shop.write("update inbox set absorb = true")
    await quoted(shop, AddToCart(sku=MUG, count=2))
    await shop.write("update outbox set state = 'accepted'")
    claim = await claimed(shop, "نعم")
    first = await tools_of(shop, claim).call(ALI)
    await finished(shop, claim)
    # Nothing of it was sent; the next message takes it back, and the answer is made again.
    again = await claimed(shop, "بسرعة لو سمحت")
    assert [message.text for message in again.messages] == ["نعم", "بسرعة لو سمحت"]
    assert await tools_of(shop, again).call(ALI) == first
    await finished(shop, again)
    assert await shop.one("select count(*) from sales_order") == 1
    later = tools_of(shop, await claimed(shop, "نعم"))
    assert await later.call(ALI) == Refused(why="empty_cart")


async def test_what_an_absorbed_answer_put_into_the_cart_is_not_put_in_twice(shop: Shop) -> None:
    await shop.write("update inbox set absorb = true")
    claim = await claimed(shop, "أريد كوبًا")
    await tools_of(shop, claim).call(AddToCart(sku=MUG))
    await finished(shop, claim)
    again = tools_of(shop, await claimed(shop, "لا، كوبين"))
    cart = await again.call(AddToCart(sku=MUG, count=2))
    assert isinstance(cart, Cart)
    assert [line.count for line in cart.lines] == [2]


async def test_two_who_are_one_have_one_cart_and_all_orders(shop: Shop) -> None:
    for who in (ONE, OTHER):
        await ordered(shop, AddToCart(sku=MUG), who=who)
        await quoted(shop, AddToCart(sku=MUG, count=2), who=who)
    await quoted(shop, AddToCart(sku=SHIRT, size="L"), who=OTHER)
    await one_person(shop)
    tools = tools_of(shop, await claimed(shop, "نعم", who=ONE))
    # Nobody was shown what both come to.
    refused = await tools.call(ALI)
    assert getattr(refused, "why", None) == "changed"
    cart = await tools.call(Quote())
    assert isinstance(cart, Cart)
    assert [(line.sku, line.count) for line in cart.lines] == [(MUG, 4), (SHIRT, 1)]
    for number in (1, 2):
        assert getattr(await tools.call(OrderStatus(number=number)), "number", 0) == number


async def test_an_order_whose_answer_a_merge_threw_away_is_placed_once(shop: Shop) -> None:
    await ordered(shop, AddToCart(sku=MUG), who=ONE)
    await quoted(shop, AddToCart(sku=MUG, count=2), who=OTHER)
    first = await tools_of(shop, await claimed(shop, "نعم", who=OTHER)).call(ALI)
    assert isinstance(first, Order)
    await one_person(shop)
    again = await claimed_again(shop, who=ONE)
    assert await tools_of(shop, again).call(ALI) == first
    assert await shop.one("select count(*) from sales_order") == 2


async def test_what_tools_have_done_is_forgotten_with_the_webhooks_that_it_came_of(
    shop: Shop,
) -> None:
    await ordered(shop, AddToCart(sku=MUG), who=ONE)
    await ordered(shop, AddToCart(sku=MUG), who=OTHER)
    old: Any = datetime.now(UTC) - timedelta(days=40)
    await shop.write("update tool_call set at = $1 where id = (select min(id) from tool_call)", old)
    while await sweep.drop_old(shop.database, keep_days=30, limit=1):
        pass
    assert await shop.one("select count(*) from tool_call") == 1
    assert await shop.one("select count(*) from sales_order") == 2
