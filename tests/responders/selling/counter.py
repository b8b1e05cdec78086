"""A shop's counter in memory: the calls of an order with their rules, and nothing else.

For trying what is said and in which order; the real one is tried in `tests/core/selling`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from hudhud.model import (
    AddToCart,
    CancelOrder,
    Cart,
    ChangeCart,
    Line,
    Order,
    OrderStatus,
    PlaceOrder,
    Product,
    ProductDetails,
    Quote,
    Refused,
    SearchProducts,
    Tool,
)
from hudhud.responders import shelf


class Counter:
    """One contact's cart and orders; `calls` are those made, in order."""

    def __init__(self, products: Sequence[Product]) -> None:
        self.products = {product.sku: product for product in products}
        self.cart = Cart()
        self.orders: list[Order] = []
        self.calls: list[Tool[Any]] = []
        self.delivery_minor: int | None = None

    async def call(self, wanted: Tool[Any]) -> Any:  # noqa: PLR0911 - one for each kind of call
        self.calls.append(wanted)
        match wanted:
            case AddToCart():
                there = self._line(wanted)
                more = there.count if there else 0
                return self._set(wanted, wanted.count + more)
            case ChangeCart():
                return self._set(wanted, wanted.count)
            case Quote():
                return self._quote()
            case PlaceOrder():
                return self._place(wanted)
            case OrderStatus() | CancelOrder():
                return self._order(wanted)
            case ProductDetails():
                return self.products.get(wanted.sku, Refused(why="unknown_product"))
            case SearchProducts():
                named = shelf.mentioned([*self.products.values()], wanted.words)
                return named[: wanted.limit]
        return Refused(why="not_allowed")

    def _line(self, wanted: AddToCart | ChangeCart) -> Line | None:
        same = (
            line
            for line in self.cart.lines
            if line.sku == wanted.sku
            and wanted.size in ("", line.size)
            and wanted.colour in ("", line.colour)
        )
        return next(same, None)

    def _set(self, wanted: AddToCart | ChangeCart, count: int) -> Cart | Refused:
        there = self._line(wanted)
        kept = [line for line in self.cart.lines if line is not there]
        if count:
            refused = self._refused(wanted, count)
            if refused:
                return refused
            product = self.products[wanted.sku]
            line = there or Line(
                sku=product.sku,
                name_ar=product.name_ar,
                name_en=product.name_en,
                count=count,
                price_minor=product.price_minor,
                size=wanted.size,
                colour=wanted.colour,
            )
            at = self.cart.lines.index(there) if there else len(kept)
            kept.insert(at, replace(line, count=count))
        self.cart = Cart(
            lines=tuple(kept), currency=self._currency(), version=self.cart.version + 1
        )
        return self.cart

    def _refused(self, wanted: AddToCart | ChangeCart, count: int) -> Refused | None:
        product = self.products.get(wanted.sku)
        if product is None:
            return Refused(why="unknown_product")
        if (wanted.size or len(product.sizes) > 1) and wanted.size not in product.sizes:
            return Refused(why="unknown_size", told={"sizes": list(product.sizes)})
        if (wanted.colour or len(product.colours_ar) > 1) and (
            wanted.colour not in product.colours_ar
        ):
            return Refused(why="unknown_colour", told={"colours": list(product.colours_ar)})
        others = sum(line.count for line in self.cart.lines if line.sku == product.sku)
        there = self._line(wanted)
        left = product.stock - others + (there.count if there else 0)
        if count > left:
            told = {"sku": product.sku, "size": wanted.size, "colour": wanted.colour, "stock": left}
            return Refused(why="too_many" if left else "out_of_stock", told=told)
        return None

    def _currency(self) -> str:
        return next(iter(self.products.values())).currency

    def _quote(self) -> Cart | Refused:
        if not self.cart.lines:
            return Refused(why="empty_cart")
        today = tuple(
            replace(line, price_minor=self.products[line.sku].price_minor)
            for line in self.cart.lines
        )
        if today != self.cart.lines:
            self.cart = replace(self.cart, lines=today, version=self.cart.version + 1)
        charged = self.delivery_minor
        self.cart = replace(self.cart, quoted=self.cart.version, delivery_minor=charged)
        return self.cart

    def _place(self, wanted: PlaceOrder) -> Order | Refused:
        if not self.cart.lines:
            return Refused(why="empty_cart")
        dearer = any(
            line.price_minor != self.products[line.sku].price_minor for line in self.cart.lines
        )
        if self.cart.quoted != self.cart.version or dearer:
            return Refused(why="changed")
        for line in self.cart.lines:
            product = self.products[line.sku]
            if line.count > product.stock:
                told = {"sku": line.sku, "stock": product.stock}
                return Refused(why="too_many" if product.stock else "out_of_stock", told=told)
        for line in self.cart.lines:
            product = self.products[line.sku]
            self.products[line.sku] = replace(product, stock=product.stock - line.count)
        number = len(self.orders) + 1
        order = Order(
            id=number,
            number=number,
            state="placed",
            lines=self.cart.lines,
            currency=self.cart.currency,
            total_minor=self.cart.total_minor,
            delivery_minor=self.cart.delivery_minor,
            placed_at=datetime.now(UTC),
            name=wanted.name,
            phone=wanted.phone,
            address=wanted.address,
        )
        self.orders.insert(0, order)
        self.cart = Cart(version=self.cart.version + 1)
        return order

    def _order(self, wanted: OrderStatus | CancelOrder) -> Order | Refused:
        found = [o for o in self.orders if wanted.number in (None, o.number)]
        if not found:
            return Refused(why="unknown_order")
        order = found[0]
        if isinstance(wanted, OrderStatus):
            return order
        if order.state not in ("placed", "confirmed"):
            return Refused(why="too_late", told={"state": order.state})
        self.orders[self.orders.index(order)] = replace(order, state="cancelled")
        return replace(order, state="cancelled")
