"""What a contact buys: a cart while it is talked about, an order once it is placed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

# `placed` reserves the stock, `shipped` takes it off the shelf, `cancelled` gives it back.
OrderState = Literal["placed", "confirmed", "shipped", "delivered", "cancelled"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one thing, each at `price_minor`; size and colour as the merchant writes them.

    `colour` is the Arabic one where there is one.
    """

    sku: str
    name_ar: str
    name_en: str
    count: int
    price_minor: int
    size: str = ""
    colour: str = ""
    colour_en: str = ""

    @property
    def total_minor(self) -> int:
        """What all of them cost."""
        return self.count * self.price_minor


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One thing as it can be bought now: `left` of it, which other sizes and colours may share.

    `variant_id` is the row whose stock it is; a plain product has one for all that it is told in.
    """

    variant_id: int
    sku: str
    name_ar: str
    name_en: str
    price_minor: int
    currency: str
    left: int
    size: str = ""
    colour: str = ""
    colour_en: str = ""


class Cart(msgspec.Struct, frozen=True, kw_only=True):
    """What a contact of one conversation has chosen; nothing is reserved yet.

    `version` grows with each change. `quoted` is the version whose lines and total the contact
    was shown and asked to confirm, 0 for none: a "yes" means that one and no other.
    """

    lines: tuple[Line, ...] = ()
    currency: str = ""
    delivery_minor: int | None = None
    version: int = 0
    quoted: int = 0

    @property
    def total_minor(self) -> int:
        """What is paid: the lines, and the delivery where the merchant charges for it."""
        return sum(line.total_minor for line in self.lines) + (self.delivery_minor or 0)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order as its contact knows it: `number` is the merchant's own count, told to people."""

    id: int
    number: int
    state: OrderState
    lines: tuple[Line, ...]
    currency: str
    total_minor: int
    placed_at: datetime
    delivery_minor: int | None = None
    name: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""
    reason: str = ""
