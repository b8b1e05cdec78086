"""The till of a rehearsal: real products and prices, but cart and orders only in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from hudhud.core.sales.choosing import is_of
from hudhud.core.sales.states import may_follow
from hudhud.core.sales.till import Bill
from hudhud.core.tools.memory import Memory
from hudhud.model import Cart, Offer, Order
from hudhud.store.pool import Connection
from hudhud.store.sales import carts, offers
from hudhud.store.sales.carts import Delivery


class RehearsedTill:
    """See `Till`. What its own orders would have reserved is not there for the next one."""

    def __init__(self, connection: Connection, merchant_id: int, memory: Memory) -> None:
        """Read in this transaction, write into this memory."""
        self._connection = connection
        self._merchant_id = merchant_id
        self._memory = memory

    async def offers(self, sku: str) -> Sequence[Offer]:
        """What is offered under an article number."""
        return self._left(await offers.named(self._connection, self._merchant_id, sku))

    async def offers_of(self, cart: Cart, *, hold: bool = False) -> Sequence[Offer]:
        """What is offered of all products in a cart."""
        del hold  # nobody else sells from this memory
        skus = sorted({line.sku for line in cart.lines})
        return self._left(await offers.of_products(self._connection, self._merchant_id, skus))

    async def delivery(self) -> Delivery | None:
        """What is charged for delivery."""
        return await carts.delivery(self._connection, self._merchant_id)

    async def cart(self) -> Cart:
        """The cart as the turn has it now."""
        return self._memory.seen

    async def keep(self, cart: Cart) -> Cart:
        """Make this the turn's cart."""
        self._memory.cart = cart
        return cart

    async def place(self, bill: Bill, offers: Sequence[Offer]) -> Order:
        """Write the order and take its stock."""
        number = len(self._memory.orders) + 1
        order = Order(
            id=number,
            number=number,
            state="placed",
            lines=bill.cart.lines,
            currency=bill.cart.currency,
            total_minor=bill.cart.total_minor,
            delivery_minor=bill.cart.delivery_minor,
            placed_at=datetime.now(UTC),
            name=bill.name,
            phone=bill.phone,
            address=bill.address,
            note=bill.note,
        )
        for line, taken in zip(bill.cart.lines, bill.variant_ids(offers), strict=True):
            self._memory.reserved[taken] += line.count
        self._memory.orders.insert(0, order)
        return order

    async def order(self, number: int | None, *, to_cancel: bool = False) -> Order | None:
        """One of the contact's orders."""
        found = [order for order in self._memory.orders if number in (None, order.number)]
        there = [order for order in found if to_cancel and may_follow(order.state, "cancelled")]
        return next(iter(there or found), None)

    async def cancel(self, order: Order, reason: str) -> Order:
        """Cancel an order, and give its stock back."""
        cancelled = replace(order, state="cancelled", reason=reason)
        self._memory.orders[self._memory.orders.index(order)] = cancelled
        for line in order.lines:
            for offer in await offers.of_products(self._connection, self._merchant_id, [line.sku]):
                if is_of(line, offer):
                    self._memory.reserved[offer.variant_id] -= line.count
        return cancelled

    def _left(self, found: Iterable[Offer]) -> list[Offer]:
        reserved = self._memory.reserved
        return [replace(o, left=max(0, o.left - reserved[o.variant_id])) for o in found]
