"""Calls about the contact's cart and orders, at the till of their turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from hudhud.core.sales import selling
from hudhud.core.sales.orders import tell
from hudhud.core.sales.till import Till
from hudhud.core.tools.leased_till import LeasedTill
from hudhud.core.tools.once import Once, key_of, once
from hudhud.core.tools.rehearsed_till import RehearsedTill
from hudhud.core.tools.serving import Calls, Serving
from hudhud.model import (
    AddToCart,
    CancelOrder,
    Cart,
    ChangeCart,
    Order,
    OrderStatus,
    PlaceOrder,
    Quote,
    Refused,
    Turn,
)
from hudhud.responders.consenting import Owned, may_cancel
from hudhud.responders.selling.agreeing import may_agree
from hudhud.responders.selling.pending import pending


async def add_to_cart(serving: Serving, wanted: AddToCart) -> Cart | Refused:
    """Put something into the cart."""
    async with _at_till(serving) as (till, _):
        return await selling.add(till, wanted)


async def change_cart(serving: Serving, wanted: ChangeCart) -> Cart | Refused:
    """Set how many of something are in the cart."""
    async with _at_till(serving) as (till, _):
        return await selling.change(till, wanted)


async def quote(serving: Serving, wanted: Quote) -> Cart | Refused:
    """Today's prices and total, to be shown."""
    fields, collected = serving.turn.assistant.fields, serving.turn.collected
    known = (collected.get(field.name, "") for field in fields if field.kind == "address")
    address = wanted.address or next(filter(None, known), "") or collected.get("address", "")
    async with _at_till(serving) as (till, _):
        return await selling.quote(till, address)


async def place_order(serving: Serving, wanted: PlaceOrder) -> Order | Refused:
    """Place what was quoted; one in a turn, whatever the calls of its attempts say.

    Nothing is placed in a turn whose messages only ask or decline, whoever heard a yes in them, and
    nothing is brought where the contact did not say.
    """
    turn = serving.turn
    if not may_agree(said.text for said in turn.messages):
        return Refused(why="not_agreed")
    if forged := _forged(turn, wanted):
        return Refused(why="not_said", told={"fields": forged})
    address_needed = any(field.kind == "address" for field in turn.assistant.fields)
    async with _at_till(serving) as (till, once):
        deed = partial(
            selling.place,
            till,
            wanted,
            address_needed=address_needed,
            inbox=turn.inbox,
            as_said=turn.collected.values(),
        )
        return await once("place_order", deed, Order)


async def order_status(serving: Serving, wanted: OrderStatus) -> Order | Refused:
    """One of the contact's own orders."""
    async with _at_till(serving) as (till, _):
        return await selling.status(till, wanted)


async def cancel_order(serving: Serving, wanted: CancelOrder) -> Order | Refused:
    """Cancel one of the contact's own orders, when they asked for it or said yes to our asking."""
    turn = serving.turn
    said, asked = [one.text for one in turn.messages], pending(turn.history).text
    if not may_cancel(said, asked, wanted.number):
        return Refused(why="not_agreed")
    async with _at_till(serving) as (till, once):
        return await once(key_of(wanted, serving.nth), partial(selling.cancel, till, wanted), Order)


def _forged(turn: Turn, wanted: PlaceOrder) -> list[str]:
    """Which of what an order is brought by its contact never said."""
    theirs = Owned(turn)
    said = {
        "phone": not wanted.phone.strip() or theirs.phone(wanted.phone),
        "address": theirs.text(wanted.address),
    }
    return [name for name, own in said.items() if not own]


@asynccontextmanager
async def _at_till(serving: Serving) -> AsyncIterator[tuple[Till, Once]]:
    """The till of a turn, and what does a thing there once in that turn."""
    if serving.memory is not None:
        async with serving.database.reading(serving.merchant_id) as connection:
            yield (
                RehearsedTill(connection, serving.merchant_id, serving.memory),
                serving.memory.once,
            )
        return
    async with serving.holding() as (connection, held):
        till = LeasedTill(connection, held)
        yield till, partial(once, connection, held)
    for order in till.moved:
        tell(serving.merchant_id, order)


CALLS: Calls = {
    AddToCart: add_to_cart,
    ChangeCart: change_cart,
    Quote: quote,
    PlaceOrder: place_order,
    OrderStatus: order_status,
    CancelOrder: cancel_order,
}
