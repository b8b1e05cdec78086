"""Where a turn's cart and orders are: PostgreSQL under its lease, or a rehearsal's memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from hudhud.core.sales.choosing import is_of
from hudhud.model import Cart, Offer, Order
from hudhud.store.sales.carts import Delivery


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """An order that is about to be placed: what, and for whom."""

    cart: Cart
    name: str
    phone: str
    address: str
    note: str

    def row(self) -> dict[str, Any]:
        """The same as SQL `place_order` reads it."""
        said = msgspec.to_builtins(self)
        return {**said, **said.pop("cart"), "total_minor": self.cart.total_minor}

    def variant_ids(self, offers: Sequence[Offer]) -> list[int]:
        """Of each line, the row whose stock it takes; every line is offered."""
        return [next(o.variant_id for o in offers if is_of(line, o)) for line in self.cart.lines]


class Till(Protocol):
    """What one turn may see and do of selling; all of it is its own contact's."""

    async def offers(self, sku: str) -> Sequence[Offer]:
        """What is offered under an article number, in any case; none: nobody sells it."""
        ...

    async def offers_of(self, cart: Cart, *, hold: bool = False) -> Sequence[Offer]:
        """What is offered of all products in a cart; held, nobody else sells them meanwhile."""
        ...

    async def delivery(self) -> Delivery | None:
        """What is charged for delivery."""
        ...

    async def cart(self) -> Cart:
        """The cart as the turn has it now; `quoted` only when the contact was shown it."""
        ...

    async def keep(self, cart: Cart) -> Cart:
        """Make this the turn's cart."""
        ...

    async def place(self, bill: Bill, offers: Sequence[Offer]) -> Order:
        """Write the order and reserve its stock; `offers` are held, and there is enough."""
        ...

    async def order(self, number: int | None, *, to_cancel: bool = False) -> Order | None:
        """One of the contact's orders; without a number the newest (that can be cancelled)."""
        ...

    async def cancel(self, order: Order, reason: str) -> Order:
        """Cancel an order that may be cancelled, and give its stock back."""
        ...
