"""What operators do with orders, and what everybody hears of it."""

from __future__ import annotations

from hudhud.core.handoff import Hints
from hudhud.core.sales import telling
from hudhud.core.sales.delivering import checked
from hudhud.core.sales.states import may_follow
from hudhud.errors import BadInputError, NotFoundError, OrderStaysError
from hudhud.events import emit
from hudhud.model import Order, OrderState
from hudhud.store import handoff
from hudhud.store.pool import Database
from hudhud.store.sales import carts, orders
from hudhud.store.sales.carts import Delivery

REASON_CHARS_MAX = 500


async def move(
    database: Database,
    merchant_id: int,
    number: int,
    state: OrderState,
    *,
    actor: str,
    reason: str = "",
    hints: Hints | None = None,
) -> Order:
    """Bring an order into a state: confirm, ship, deliver or cancel it.

    Shipping takes its lines off the shelf, cancelling gives them back. An order that is in this
    state already stays as it is: a second click is no mistake. The contact is told, where the
    merchant wishes so.

    Args:
        database: the pool.
        merchant_id: whose order.
        number: the merchant's own count.
        state: which state.
        actor: who says so, for the order's history.
        reason: why, at most REASON_CHARS_MAX; of a cancelled order the contact is told it.
        hints: where workers hear that the contact is to be told; without it they find it.

    Raises:
        NotFoundError: this merchant has no such order.
        OrderStaysError: what it is now does not lead there.
        BadInputError: the reason is too long.
    """
    if len(reason) > REASON_CHARS_MAX:
        raise BadInputError(f"Write at most {REASON_CHARS_MAX} characters.")
    async with database.deed(merchant_id) as connection:
        found = await orders.one(connection, merchant_id, number)
        # The conversation first, for it comes first wherever both are locked (trap 2).
        where = await handoff.lock(connection, found.conversation_id) if found else None
        order = await orders.lock(connection, merchant_id, number)
        if order is None or where is None:
            raise NotFoundError(f"Order {number}.")
        if order.state == state:
            return order
        if not may_follow(order.state, state):
            raise OrderStaysError(f"Order {number} is {order.state}, and does not become {state}.")
        order = await orders.move(connection, order.id, state, actor=actor, reason=reason)
        told = await telling.tell(connection, where, order)
    tell(merchant_id, order)
    if told and hints is not None:
        hints.send(merchant_id, where["id"], 0)
        hints.changed(merchant_id, where["id"])
    return order


def tell(merchant_id: int, order: Order) -> None:
    """Log and count that an order came into its state; its transaction is committed."""
    emit(f"order.{order.state}", merchant=merchant_id, order=order.id, number=order.number)


async def charge_delivery(
    database: Database, merchant_id: int, charge: Delivery | None, *, actor: str
) -> None:
    """Charge so much for delivery from the next quote on; None: nothing.

    Raises:
        BadInputError: as `delivering.checked`.
    """
    if charge is not None:
        checked(charge)
    async with database.deed(merchant_id) as connection:
        await carts.set_delivery(connection, merchant_id, charge)
    emit("delivery.charged", merchant=merchant_id, actor=actor)
