"""An operator takes an order for a contact: on the phone, at the counter, in their conversation."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from hudhud.core.sales import carts, delivering
from hudhud.core.sales.orders import tell
from hudhud.core.sales.selling import billed
from hudhud.core.sales.till import Bill
from hudhud.errors import NotFoundError
from hudhud.model import AddToCart, Cart, Offer, Order, PlaceOrder, Refused
from hudhud.store import handoff
from hudhud.store.merchants import country
from hudhud.store.pool import Connection, Database
from hudhud.store.sales import orders, turns
from hudhud.store.sales.carts import delivery, empty_cart
from hudhud.store.sales.offers import named, of_products
from hudhud.store.sales.turns import Held
from hudhud.text import typed_phone


async def place_for(
    database: Database,
    merchant_id: int,
    conversation_id: int,
    wanted: Sequence[AddToCart],
    bill: PlaceOrder,
    *,
    actor: str,
    key: str,
    from_cart: bool = False,
) -> Order | Refused:
    """Place an order at today's prices.

    Args:
        database: the pool.
        merchant_id: whose shop.
        conversation_id: the contact's.
        wanted: what, and how many of it.
        bill: for whom, and where to.
        actor: who takes the order, for its history.
        key: of this one click; the same key again places nothing, and returns the same order.
        from_cart: whether the contact's own cart went into it, and is empty afterwards: their
            yes to the assistant would buy it twice. Otherwise it is not touched.

    Returns: the order, or why there is none and what there is instead.

    Raises:
        NotFoundError: this merchant has no such conversation.
    """
    async with database.deed(merchant_id) as connection:
        row = await handoff.lock(connection, conversation_id)
        if row is None:
            raise NotFoundError("No such conversation.")
        # Turns count from 1: what operators have done is kept beside them.
        held = Held(
            merchant_id=merchant_id,
            conversation_id=row["id"],
            contact_id=row["contact_id"],
            turn_no=0,
            fence=row["fence"],
        )
        kept = await turns.done(connection, held, f"operator:{key}")
        if kept is not None:
            return msgspec.convert(kept, Order)
        order = await _placed(connection, held, wanted, bill, actor)
        if isinstance(order, Refused):
            return order
        if from_cart:
            await empty_cart(connection, held.conversation_id)
        await turns.note(connection, held, f"operator:{key}", msgspec.to_builtins(order))
    tell(merchant_id, order)
    return order


async def quoted_for(
    connection: Connection, merchant_id: int, wanted: Sequence[AddToCart], address: str
) -> Cart | Refused:
    """What these cost today, delivery included, as `place_for` would place them; nothing is held.

    Args:
        connection: a transaction that sees this merchant.
        merchant_id: whose shop.
        wanted: what, and how many of it.
        address: where to; empty: not known yet.
    """
    cart, _ = await _quoted(connection, merchant_id, wanted, address, hold=False)
    return cart


async def _placed(
    connection: Connection,
    held: Held,
    wanted: Sequence[AddToCart],
    bill: PlaceOrder,
    actor: str,
) -> Order | Refused:
    merchant_id = held.merchant_id
    # A person typed it: where no plan knows the number, they do.
    said = billed(
        bill,
        address_needed=False,
        country=await country(connection, merchant_id),
        as_said=(typed_phone(bill.phone),),
    )
    if isinstance(said, Refused):
        return said
    today, offers = await _quoted(connection, merchant_id, wanted, bill.address, hold=True)
    if isinstance(today, Refused):
        return today
    full = Bill(cart=today, **said)
    variant_ids = full.variant_ids(offers)
    return await orders.place(
        connection, held.conversation_id, full.row(), variant_ids, actor=actor
    )


async def _quoted(
    connection: Connection,
    merchant_id: int,
    wanted: Sequence[AddToCart],
    address: str,
    *,
    hold: bool,
) -> tuple[Cart | Refused, Sequence[Offer]]:
    found = [await named(connection, merchant_id, one.sku) for one in wanted]
    skus = sorted({offer.sku for offers in found for offer in offers})
    # Held all at once, in the order of their ids; what is decided below is decided of these.
    offers = await of_products(connection, merchant_id, skus, hold=hold)
    cart = Cart()
    for one, known in zip(wanted, found, strict=True):
        now = [offer for offer in offers if offer.variant_id in {o.variant_id for o in known}]
        grown = carts.added(cart, now, one.count, size=one.size, colour=one.colour)
        if isinstance(grown, Refused):
            return grown, offers
        cart = grown
    charge = delivering.at(await delivery(connection, merchant_id), address)
    return carts.quoted(cart, offers, charge), offers
