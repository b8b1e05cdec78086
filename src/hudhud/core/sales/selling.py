"""What a contact asks of the shop: decided by carts.py and states.py, done at a till."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Final

from hudhud.core.sales import carts, delivering
from hudhud.core.sales.states import may_follow
from hudhud.core.sales.till import Bill, Till
from hudhud.model import (
    AddToCart,
    CancelOrder,
    Cart,
    ChangeCart,
    Order,
    OrderStatus,
    PlaceOrder,
    Refused,
    TurnInbox,
)
from hudhud.text import typed_phone
from hudhud.text.phones import DIGITS, dialled_of

WORDS_MAX: Final = 500
_ANY_INBOX: Final = TurnInbox()


async def add(till: Till, wanted: AddToCart) -> Cart | Refused:
    """Put something into the cart; nothing is reserved."""
    offers = await till.offers(wanted.sku)
    said = {"size": wanted.size, "colour": wanted.colour}
    cart = carts.added(await till.cart(), offers, wanted.count, **said)
    return cart if isinstance(cart, Refused) else await till.keep(cart)


async def change(till: Till, wanted: ChangeCart) -> Cart | Refused:
    """Set how many of something are in the cart."""
    offers = await till.offers(wanted.sku)
    if not offers:
        return Refused(why="unknown_product")
    said = {"size": wanted.size, "colour": wanted.colour}
    cart = carts.changed(await till.cart(), offers, wanted.count, **said)
    return cart if isinstance(cart, Refused) else await till.keep(cart)


async def quote(till: Till, address: str = "") -> Cart | Refused:
    """Today's prices and total; a yes in a later turn means exactly these.

    Args:
        till: of the turn.
        address: where to, as far as it is known: delivery may cost otherwise there.
    """
    cart = await till.cart()
    offers, charge = await till.offers_of(cart), delivering.at(await till.delivery(), address)
    today = carts.quoted(cart, offers, charge)
    return today if isinstance(today, Refused) else await till.keep(today)


async def place(
    till: Till,
    wanted: PlaceOrder,
    *,
    address_needed: bool,
    inbox: TurnInbox = _ANY_INBOX,
    as_said: Container[str] = (),
) -> Order | Refused:
    """Place the order that was quoted.

    Args:
        till: of the turn.
        wanted: who orders, and where to.
        address_needed: whether the merchant collects addresses.
        inbox: says by which country's plan the phone is read.
        as_said: phones that no plan knows and that are kept all the same.
    """
    bill = billed(
        wanted,
        address_needed=address_needed,
        country=inbox.country,
        near=inbox.writes_from,
        as_said=as_said,
    )
    if isinstance(bill, Refused):
        return bill
    cart, charge = await till.cart(), delivering.at(await till.delivery(), bill["address"])
    # Held until the order is committed: what is left and what it costs stay as they are looked at.
    # Whoever wants the same waits from here on, so all that can be done before is done before.
    offers = await till.offers_of(cart, hold=True)
    agreed = carts.agreed(cart, offers, charge)
    if isinstance(agreed, Refused):
        return agreed
    order = await till.place(Bill(cart=agreed, **bill), offers)
    await till.keep(carts.emptied(agreed))
    return order


async def status(till: Till, wanted: OrderStatus) -> Order | Refused:
    """One of the contact's own orders."""
    return await till.order(wanted.number) or Refused(why="unknown_order")


async def cancel(till: Till, wanted: CancelOrder) -> Order | Refused:
    """Cancel one that has not left; one that is cancelled already stays so."""
    order = await till.order(wanted.number, to_cancel=True)
    if order is None:
        return Refused(why="unknown_order")
    if order.state == "cancelled":
        return order
    if not may_follow(order.state, "cancelled"):
        return Refused(why="too_late", told={"number": order.number, "state": order.state})
    return await till.cancel(order, wanted.reason[:WORDS_MAX])


def billed(
    wanted: PlaceOrder,
    *,
    address_needed: bool,
    country: str,
    near: str = "",
    as_said: Container[str] = (),
) -> dict[str, str] | Refused:
    """For whom an order is and where to, as it is kept; pure.

    Args:
        wanted: as it was said.
        address_needed: whether it cannot be brought without one.
        country: whose plan reads a phone without a code.
        near: the contact's own number, as E.164, where it is known.
        as_said: phones that no plan knows and that are kept all the same, read by `typed_phone`.
    """
    said = {name: getattr(wanted, name).strip() for name in ("name", "phone", "address", "note")}
    needed = ("name", "phone", "address") if address_needed else ("name", "phone")
    missing = [name for name in needed if not said[name]]
    if missing:
        return Refused(why="missing_fields", told={"fields": missing})
    typed, number = typed_phone(said["phone"]), dialled_of(said["phone"], country, near=near)
    if not number and typed in as_said and len(typed.removeprefix("+")) in DIGITS:
        number = typed
    unfit = [name for name, value in said.items() if len(value) > WORDS_MAX]
    if not number:
        return Refused(why="unfit_value", told={"fields": [*unfit, "phone"], **_example(country)})
    said["phone"] = number
    return Refused(why="unfit_value", told={"fields": unfit}) if unfit else said


def _example(country: str) -> dict[str, Any]:
    from hudhud.text.numbering import example  # noqa: PLC0415 - 20 ms, 3 MB

    return {"example": shown} if (shown := example(country)) else {}
