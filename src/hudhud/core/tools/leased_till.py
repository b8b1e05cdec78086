"""The till of a turn that is really answered: PostgreSQL, in one transaction under the lease."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from hudhud.core.sales.till import Bill
from hudhud.model import Cart, Offer, Order
from hudhud.store.pool import Connection
from hudhud.store.sales import carts, offers, orders
from hudhud.store.sales.carts import Delivery
from hudhud.store.sales.turns import Held

ACTOR = "assistant"


class LeasedTill:
    """See `Till`. Row security shows it its contact's rows alone (SQL `hold_turn`)."""

    def __init__(self, connection: Connection, held: Held) -> None:
        """Work in the transaction of `Serving.holding`; `moved` are the orders that it moved."""
        self._connection = connection
        self._held = held
        self._cart = held.cart
        self.moved: list[Order] = []

    async def offers(self, sku: str) -> Sequence[Offer]:
        """What is offered under an article number."""
        return await offers.named(self._connection, self._held.merchant_id, sku)

    async def offers_of(self, cart: Cart, *, hold: bool = False) -> Sequence[Offer]:
        """What is offered of all products in a cart."""
        skus = sorted({line.sku for line in cart.lines})
        return await offers.of_products(self._connection, self._held.merchant_id, skus, hold=hold)

    async def delivery(self) -> Delivery | None:
        """What is charged for delivery."""
        return await carts.delivery(self._connection, self._held.merchant_id)

    async def cart(self) -> Cart:
        """The cart as the turn has it now."""
        return self._cart

    async def keep(self, cart: Cart) -> Cart:
        """Make this the turn's cart."""
        await carts.keep(self._connection, self._held, cart)
        # Nobody was shown yet what this turn quotes.
        self._cart = msgspec.structs.replace(cart, quoted=0)
        return cart

    async def place(self, bill: Bill, offers: Sequence[Offer]) -> Order:
        """Write the order and take its stock."""
        order = await orders.place(
            self._connection,
            self._held.conversation_id,
            bill.row(),
            bill.variant_ids(offers),
            actor=ACTOR,
        )
        self.moved.append(order)
        return order

    async def order(self, number: int | None, *, to_cancel: bool = False) -> Order | None:
        """One of the contact's orders."""
        held = self._held
        find = orders.lock if to_cancel else orders.numbered
        return await find(
            self._connection,
            held.merchant_id,
            number,
            contact_id=held.contact_id,
            to_cancel=to_cancel,
        )

    async def cancel(self, order: Order, reason: str) -> Order:
        """Cancel an order, and give its stock back."""
        order = await orders.move(
            self._connection, order.id, "cancelled", actor=ACTOR, reason=reason
        )
        self.moved.append(order)
        return order
