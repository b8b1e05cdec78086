"""What a wish makes of a cart, with values alone."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from hudhud.core.sales import carts
from hudhud.core.sales.choosing import chosen, left_of
from hudhud.core.sales.states import FOLLOWS, may_follow
from hudhud.model import Cart, Offer, Refused
from hudhud.store.sales.carts import Delivery


def offer(sku: str = "A", **more: Any) -> Offer:
    plain: dict[str, Any] = {
        "variant_id": 1,
        "sku": sku,
        "name_ar": "قميص",
        "name_en": "Shirt",
        "price_minor": 1000,
        "currency": "IQD",
        "left": 5,
    }
    return Offer(**(plain | more))


TOLD = [offer(size=size, colour=colour) for size in ("٤٢", "44") for colour in ("أبيض", "أسود")]


def cart_of(*offers: Offer, count: int = 1) -> Cart:
    cart = Cart()
    for one in offers:
        grown = carts.added(cart, [one], count)
        assert isinstance(grown, Cart)
        cart = grown
    return cart


def test_sizes_and_colours_are_known_in_every_spelling_and_digit() -> None:
    found = chosen(TOLD, size="42", colour="الابيض")
    assert isinstance(found, Offer)
    assert (found.size, found.colour) == ("٤٢", "أبيض")


def test_what_several_sizes_share_is_counted_once() -> None:
    assert left_of(TOLD) == 5
    assert left_of([*TOLD, offer(variant_id=2, size="46", left=2)]) == 7
    assert left_of(TOLD, size="44") == 5
    assert left_of([]) == Refused(why="unknown_product")


def test_two_sizes_of_one_shelf_are_not_sold_twice() -> None:
    cart = carts.added(Cart(), TOLD, 3, size="42", colour="أبيض")
    assert isinstance(cart, Cart)
    refused = carts.added(cart, TOLD, 3, size="44", colour="أبيض")
    assert refused == Refused(
        why="too_many", told={"sku": "A", "size": "44", "colour": "أبيض", "stock": 2}
    )


def test_what_is_counted_in_another_currency_does_not_come_into_the_same_cart() -> None:
    refused = carts.added(cart_of(offer()), [offer("B", currency="USD")], 1)
    assert refused == Refused(why="not_allowed", told={"currency": "IQD"})


def test_a_cart_has_its_limits() -> None:
    many = [offer(str(number), variant_id=number) for number in range(carts.LINES_MAX + 1)]
    full = cart_of(*many[:-1])
    assert getattr(carts.added(full, many[-1:], 1), "why", None) == "too_many"
    plenty = [offer(left=10_000)]
    assert getattr(carts.added(Cart(), plenty, carts.COUNT_MAX + 1), "why", None) == "too_many"


def test_taking_out_what_is_not_in_the_cart_changes_nothing() -> None:
    cart = cart_of(offer())
    assert carts.changed(cart, [offer("B")], 0) == cart
    assert carts.changed(cart, [offer()], 0) == Cart(version=2)


@pytest.mark.parametrize(
    ("charge", "delivery_minor", "total_minor"),
    [
        (None, None, 2000),
        (Delivery(price_minor=500), 500, 2500),
        (Delivery(price_minor=500, free_from_minor=2001), 500, 2500),
        (Delivery(price_minor=500, free_from_minor=2000), 0, 2000),
    ],
)
def test_delivery_is_charged_as_the_merchant_says(
    charge: Delivery | None, delivery_minor: int | None, total_minor: int
) -> None:
    quoted = carts.quoted(cart_of(offer(), count=2), [offer()], charge)
    assert isinstance(quoted, Cart)
    assert (quoted.delivery_minor, quoted.total_minor) == (delivery_minor, total_minor)
    assert quoted.quoted == quoted.version


def test_a_quote_that_changes_nothing_stays_the_same_version() -> None:
    quoted = carts.quoted(cart_of(offer()), [offer()], None)
    assert isinstance(quoted, Cart)
    assert carts.quoted(quoted, [offer()], None) == quoted


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ([offer(price_minor=1001)], "changed"),
        ([offer(left=0)], "out_of_stock"),
        ([], "out_of_stock"),
    ],
)
def test_a_yes_is_not_stretched_to_what_was_not_shown(now: list[Offer], why: str) -> None:
    shown = carts.quoted(cart_of(offer()), [offer()], None)
    assert isinstance(shown, Cart)
    assert carts.agreed(shown, [offer()], None) == shown
    assert getattr(carts.agreed(shown, now, None), "why", None) == why
    charged = carts.agreed(shown, [offer()], Delivery(price_minor=1))
    assert getattr(charged, "why", None) == "changed"
    assert (
        getattr(carts.agreed(replace(shown, quoted=0), [offer()], None), "why", None) == "changed"
    )


def test_an_order_that_has_left_is_not_cancelled_and_none_comes_back() -> None:
    assert not may_follow("shipped", "cancelled")
    assert not may_follow("delivered", "cancelled")
    assert not may_follow("placed", "shipped")
    assert FOLLOWS["cancelled"] == FOLLOWS["delivered"] == frozenset()
