"""What a wish makes of a cart, or why it makes nothing of it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from hudhud.core.sales.choosing import chosen, is_of, means
from hudhud.model import Cart, Line, Offer, Refused
from hudhud.store.sales.carts import Delivery

LINES_MAX: Final = 40
COUNT_MAX: Final = 999  # of one thing; who wants more speaks with a person


def added(
    cart: Cart, offers: Sequence[Offer], count: int, *, size: str = "", colour: str = ""
) -> Cart | Refused:
    """The cart with so many more of a product.

    Args:
        cart: as it is.
        offers: of this product, every size and colour.
        count: how many more.
        size: as the contact says it; empty: not said.
        colour: the same.
    """
    if count < 1:
        return Refused(why="unfit_value", told={"count": count})
    found = chosen(offers, size=size, colour=colour)
    if isinstance(found, Refused):
        return found
    if cart.lines and found.currency != cart.currency:
        return Refused(why="not_allowed", told={"currency": cart.currency})
    already = next((line.count for line in cart.lines if is_of(line, found)), 0)
    return _with(cart, offers, found, already + count)


def changed(
    cart: Cart, offers: Sequence[Offer], count: int, *, size: str = "", colour: str = ""
) -> Cart | Refused:
    """The cart with exactly so many of a product; 0 takes it out, in every size that is meant.

    Of something that is not in the cart, so many are put in.
    """
    if count < 0:
        return Refused(why="unfit_value", told={"count": count})
    skus = {offer.sku for offer in offers}
    of_it = [line for line in cart.lines if line.sku in skus]
    meant = [line for line in of_it if means(line, size=size, colour=colour)]
    if not count:
        return _grown(cart, [line for line in cart.lines if line not in meant])
    if not meant:
        return added(cart, offers, count, size=size, colour=colour)
    if len({line.size for line in meant}) > 1:
        return Refused(why="unknown_size", told={"sizes": [line.size for line in meant]})
    if len(meant) > 1:
        return Refused(why="unknown_colour", told={"colours": [line.colour for line in meant]})
    found = next((offer for offer in offers if is_of(meant[0], offer)), None)
    return _gone(meant[0]) if found is None else _with(cart, offers, found, count)


def quoted(cart: Cart, offers: Sequence[Offer], charge: Delivery | None) -> Cart | Refused:
    """The cart at today's prices, ready to be shown; refused when it cannot be sold like this.

    Args:
        cart: as it is.
        offers: of all its products.
        charge: what the merchant charges for delivery.
    """
    if not cart.lines:
        return Refused(why="empty_cart")
    missing = short(cart.lines, offers)
    if missing is not None:
        return missing
    found = (next(offer for offer in offers if is_of(line, offer)) for line in cart.lines)
    lines = [
        replace(line, price_minor=now.price_minor, name_ar=now.name_ar, name_en=now.name_en)
        for line, now in zip(cart.lines, found, strict=True)
    ]
    delivery_minor = charged(sum(line.total_minor for line in lines), charge)
    if lines != list(cart.lines) or delivery_minor != cart.delivery_minor:
        grown = {"lines": tuple(lines), "delivery_minor": delivery_minor}
        cart = replace(cart, version=cart.version + 1, **grown)
    return replace(cart, quoted=cart.version)


def agreed(cart: Cart, offers: Sequence[Offer], charge: Delivery | None) -> Cart | Refused:
    """The cart that the contact was shown, if it can be sold as it was shown.

    A yes means the lines, the prices and the total that were shown, and no others.
    """
    today = quoted(cart, offers, charge)
    if isinstance(today, Refused):
        return today
    if cart.quoted != cart.version or today.version != cart.version:
        return Refused(why="changed", told={"cart": msgspec.to_builtins(today)})
    return cart


def emptied(cart: Cart) -> Cart:
    """The cart with nothing in it: all of it was ordered, or taken out."""
    return Cart(version=cart.version + 1)


def short(lines: Sequence[Line], offers: Sequence[Offer]) -> Refused | None:
    """The first line of which too few are left, or that is not sold any more; None: all are."""
    taken: dict[int, int] = {}
    for line in lines:
        found = next((offer for offer in offers if is_of(line, offer)), None)
        if found is None:
            return _gone(line)
        already = taken.get(found.variant_id, 0)
        taken[found.variant_id] = already + line.count
        if taken[found.variant_id] > found.left:
            return _too_many(found, max(0, found.left - already))
    return None


def charged(total_minor: int, charge: Delivery | None) -> int | None:
    """What delivery of so much costs; None: the merchant says nothing of it."""
    if charge is None:
        return None
    free_from = charge.free_from_minor
    return 0 if free_from is not None and total_minor >= free_from else charge.price_minor


def _with(cart: Cart, offers: Sequence[Offer], found: Offer, count: int) -> Cart | Refused:
    lines = list(cart.lines)
    place = next((at for at, line in enumerate(lines) if is_of(line, found)), len(lines))
    if count > COUNT_MAX or place >= LINES_MAX:
        return Refused(why="too_many", told={"most": COUNT_MAX, "lines": LINES_MAX})
    lines[place : place + 1] = [_line(found, count)]
    skus = {offer.sku for offer in offers}
    missing = short([line for line in lines if line.sku in skus], offers)
    return _grown(cart, lines, found.currency) if missing is None else missing


def _line(offer: Offer, count: int) -> Line:
    fields: dict[str, Any] = {name: getattr(offer, name) for name in _SHARED}
    return Line(count=count, **fields)


_SHARED = tuple(f for f in Line.__struct_fields__ if f in Offer.__struct_fields__)


def _grown(cart: Cart, lines: Sequence[Line], currency: str = "") -> Cart:
    if list(lines) == list(cart.lines):
        return cart
    if not lines:
        return emptied(cart)
    currency = cart.currency or currency
    grown = {"lines": tuple(lines), "currency": currency, "version": cart.version + 1}
    return replace(cart, quoted=0, **grown)


def _too_many(offer: Offer, left: int) -> Refused:
    told = {"sku": offer.sku, "size": offer.size, "colour": offer.colour, "stock": left}
    return Refused(why="too_many" if left else "out_of_stock", told=told)


def _gone(line: Line) -> Refused:
    told = {"sku": line.sku, "size": line.size, "colour": line.colour, "stock": 0}
    return Refused(why="out_of_stock", told=told)
