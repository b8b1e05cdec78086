"""The cart of a conversation. It is part of the answer that changes it (carts.sql)."""

from __future__ import annotations

import msgspec

from hudhud.model import Cart
from hudhud.store.pool import Connection
from hudhud.store.sales.turns import Held


class Kept(Cart, frozen=True, kw_only=True):
    """A cart as its row keeps it: `quoted_in` is the turn in which it was quoted."""

    quoted_in: int = 0


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A city or governorate, by its names, to which delivery costs otherwise."""

    names: tuple[str, ...]
    price_minor: int


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """What a merchant charges for delivery; from `free_from_minor` on nothing.

    `price_minor` is that of everywhere but `places`; None: it is agreed with each contact.
    """

    price_minor: int | None
    free_from_minor: int | None = None
    places: tuple[Place, ...] = ()


async def standing(connection: Connection, conversation_id: int) -> Cart:
    """The cart as the last answer that stands left it; an answer under way is not seen."""
    found = await connection.fetchval("select cart_of($1, turn_no($1), 0)", conversation_id)
    return msgspec.convert(found or {}, Cart)


async def keep(connection: Connection, held: Held, cart: Cart) -> None:
    """Write the cart as this attempt leaves it; what it was before the turn is kept beside it."""
    kept = msgspec.to_builtins(cart) | {"quoted_in": held.turn_no if cart.quoted else 0}
    await connection.execute(
        """insert into cart as c
               (conversation_id, merchant_id, contact_id, turn_no, fence, content, before)
           values ($1, $2, $3, $4, $5, $6, '{}')
           on conflict (conversation_id) do update set turn_no = excluded.turn_no,
               fence = excluded.fence, content = excluded.content, changed_at = now(),
               before = case when c.turn_no = excluded.turn_no then c.before else c.content end""",
        *(held.conversation_id, held.merchant_id, held.contact_id),
        *(held.turn_no, held.fence, kept),
    )


async def empty_cart(connection: Connection, conversation_id: int) -> None:
    """Take everything out of the cart of a locked conversation, for an answer under way too.

    The row is of no turn and no attempt from then on, so that none brings back what it had.
    """
    await connection.execute(
        """update cart set turn_no = 0, fence = 0, content = x.gone, before = x.gone,
               changed_at = now()
           from (select jsonb_build_object('version', 1 + (content ->> 'version')::integer) as gone
                 from cart where conversation_id = $1) x
           where conversation_id = $1""",
        conversation_id,
    )


async def delivery(connection: Connection, merchant_id: int) -> Delivery | None:
    """What this merchant charges for delivery; None: nothing is said of it."""
    row = await connection.fetchrow(
        "select price_minor, free_from_minor, places from delivery_price where merchant_id = $1",
        merchant_id,
    )
    return None if row is None else msgspec.convert(dict(row), Delivery)


async def set_delivery(connection: Connection, merchant_id: int, charge: Delivery | None) -> None:
    """Charge so much from now on; None: nothing, and nothing is said of it."""
    if charge is None:
        await connection.execute("delete from delivery_price where merchant_id = $1", merchant_id)
        return
    await connection.execute(
        """insert into delivery_price (merchant_id, price_minor, free_from_minor, places)
           values ($1, $2, $3, $4) on conflict (merchant_id) do update set
               price_minor = excluded.price_minor, free_from_minor = excluded.free_from_minor,
               places = excluded.places""",
        *(merchant_id, charge.price_minor, charge.free_from_minor),
        msgspec.to_builtins(charge.places),
    )
