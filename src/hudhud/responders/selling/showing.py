"""How lines, carts and orders are written; `item` is also how `pending` reads them back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hudhud.model import Cart, Line, Order, Product
from hudhud.responders.selling.sentences import say
from hudhud.responders.wording import Wording
from hudhud.text import digits, money

# What is being chosen has a mark of its own: what is chosen already stands in lists as well.
OPEN = "◦"
ITEM = re.compile(rf"^{OPEN}\s*(\d+) × (.+)$")


def item(
    wording: Wording, product: Line | Product, count: int, *, size: str = "", colour: str = ""
) -> str:
    """«٢ × تيشيرت قطني سادة (أبيض، M)»: what a line is, without its price."""
    name = product_name(wording, product)
    told = traits(wording, size=size, colour=colour)
    return f"{number(wording, count)} × {name}{told}"


def traits(wording: Wording, *, size: str, colour: str) -> str:
    """« (أبيض، M)», or nothing."""
    told = wording.listed(one for one in (colour, wording.size(size)) if one)
    return say("traits", wording.language, traits=told) if told else ""


def product_name(wording: Wording, product: Line | Product) -> str:
    """Its name in the customer's language, or the other one."""
    english = wording.language == "en"
    return (product.name_en or product.name_ar) if english else (product.name_ar or product.name_en)


def number(wording: Wording, value: int) -> str:
    """A whole number in the digits of this reply."""
    return digits(str(value), wording.style)


def lines(wording: Wording, cart: Cart, colours: dict[str, Product]) -> Iterator[str]:
    """The lines of a cart with what each comes to, then delivery and total; nothing is left open.

    One line alone has its total beside it. Where delivery is not charged here, the total says so.

    Args:
        wording: of this reply.
        cart: its lines are not empty.
        colours: products by sku, as far as they are known: a colour in English stands there.
    """
    agreed_later = cart.delivery_minor is None
    alone = len(cart.lines) == 1 and agreed_later
    for line in cart.lines:
        named = line_item(wording, line, colours.get(line.sku))
        total = money(line.total_minor, cart.currency, wording.language, wording.style)
        key = "line_bare" if alone else "line"
        yield f"• {say(key, wording.language, item=named, total=total)}"
    if alone:
        return
    if cart.delivery_minor:
        delivery = money(cart.delivery_minor, cart.currency, wording.language, wording.style)
        yield say("delivery", wording.language, total=delivery)
    elif not agreed_later:
        yield say("delivery_free", wording.language)
    total = money(cart.total_minor, cart.currency, wording.language, wording.style)
    yield say("total_bare" if agreed_later else "total", wording.language, total=total)


def line_item(wording: Wording, line: Line, product: Product | None) -> str:
    """One line, its colour in the customer's language where the catalogue knows it."""
    colour = line.colour
    if product is not None and colour in product.colours_ar:
        colour = colour_name(wording, product, colour)
    return item(wording, line, line.count, size=line.size, colour=colour)


def colour_name(wording: Wording, product: Product, colour: str) -> str:
    """A colour of a product's Arabic row, in the customer's language."""
    shown = wording.colours(product)
    place = product.colours_ar.index(colour) if colour in product.colours_ar else -1
    return shown[place] if 0 <= place < len(shown) else colour


def order_lines(wording: Wording, order: Order, products: dict[str, Product]) -> list[str]:
    """The lines of an order that was placed, with its total."""
    cart = Cart(lines=order.lines, currency=order.currency, delivery_minor=order.delivery_minor)
    return list(lines(wording, cart, products))


def sold(lines_sold: Sequence[Line]) -> dict[str, int]:
    """How many of each article an order holds, over all sizes and colours."""
    counted: dict[str, int] = {}
    for line in lines_sold:
        counted[line.sku] = counted.get(line.sku, 0) + line.count
    return counted
