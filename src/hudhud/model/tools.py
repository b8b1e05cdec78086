"""What an assistant may do besides talking: the calls, each with what comes of it.

A call carries no merchant and no contact: whoever carries it out knows whose turn it is, and
PostgreSQL shows it no other rows. So no words of a customer or a model can reach across (S1).
"""

from __future__ import annotations

from typing import Any, Generic, Literal, Protocol, TypeVar

import msgspec

from hudhud.model.sales import Cart, Order
from hudhud.model.turn import Passage, Product

Result = TypeVar("Result")

Why = Literal[
    "unknown_product",
    "unknown_size",
    "unknown_colour",
    "out_of_stock",
    "too_many",
    "empty_cart",
    "changed",
    "not_agreed",
    "not_said",
    "missing_fields",
    "unknown_order",
    "too_late",
    "not_free",
    "unknown_field",
    "unfit_value",
    "not_allowed",
    "unknown_desk",
    "no_picture",
]


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """A tool did nothing, and why; `told` is what there is instead (stock left, known sizes, …)."""

    why: Why
    told: dict[str, Any] = {}


class Tool(msgspec.Struct, Generic[Result], frozen=True, kw_only=True):
    """One thing to do. Its tag is its name, its docstring what a model is told about it."""


class SearchProducts(Tool[tuple[Product, ...]], frozen=True, kw_only=True, tag="search_products"):
    """Find products by words in any spelling; best first."""

    words: str
    limit: int = 5


class ProductDetails(Tool[Product], frozen=True, kw_only=True, tag="product_details"):
    """Everything about one product: price, stock, sizes, colours, description."""

    sku: str


class SendPictures(Tool[Product], frozen=True, kw_only=True, tag="send_pictures"):
    """Show the contact a product: its pictures leave below your answer, with its name and price.

    With a colour, the picture of that colour where there is one.
    """

    sku: str
    colour: str = ""


class CheckStock(Tool[int], frozen=True, kw_only=True, tag="check_stock"):
    """How many of a product, in this size and colour, can be ordered now."""

    sku: str
    size: str = ""
    colour: str = ""


class AddToCart(Tool[Cart], frozen=True, kw_only=True, tag="add_to_cart"):
    """Put so many of a product into the contact's cart."""

    sku: str
    count: int = 1
    size: str = ""
    colour: str = ""


class ChangeCart(Tool[Cart], frozen=True, kw_only=True, tag="change_cart"):
    """Set how many of a product are in the cart; 0 takes it out. Empty size or colour: any."""

    sku: str
    count: int
    size: str = ""
    colour: str = ""


class Quote(Tool[Cart], frozen=True, kw_only=True, tag="quote"):
    """The cart with today's prices and total, to be shown to the contact for confirmation.

    Where `delivery_minor` is null the total is without delivery, and the shop agrees its cost
    with the contact: say so. It may depend on the address: give it as soon as it is known.
    """

    address: str = ""


class PlaceOrder(Tool[Order], frozen=True, kw_only=True, tag="place_order"):
    """Place the order that was quoted, once the contact has said yes to exactly that."""

    name: str
    phone: str
    address: str = ""
    note: str = ""


class OrderStatus(Tool[Order], frozen=True, kw_only=True, tag="order_status"):
    """The state of one of the contact's own orders; without a number, of the newest."""

    number: int | None = None


class CancelOrder(Tool[Order], frozen=True, kw_only=True, tag="cancel_order"):
    """Cancel one of the contact's own orders that has not left; without a number, the newest.

    Only when the contact asked for it in so many words, or said yes when you asked.
    """

    number: int | None = None
    reason: str = ""


class SaveFields(Tool[dict[str, str]], frozen=True, kw_only=True, tag="save_fields"):
    """Keep what the contact said about themselves (name, phone, address, …), in their words."""

    fields: dict[str, str]


class SearchKnowledge(Tool[tuple[Passage, ...]], frozen=True, kw_only=True, tag="search_knowledge"):
    """Find passages of the merchant's own documents; best first."""

    words: str
    limit: int = 3


class BusinessHours(Tool[dict[str, Any]], frozen=True, kw_only=True, tag="business_hours"):
    """Whether the merchant is open now, and the hours of a day (today, when no date is given)."""

    day: str = ""


class HandOver(Tool[str], frozen=True, kw_only=True, tag="hand_over"):
    """Give the conversation to a person, with the reason; `desk` names a team, if one fits."""

    reason: str
    desk: str = ""


class BookSlot(Tool[dict[str, Any]], frozen=True, kw_only=True, tag="book_slot"):
    """Book an appointment that the contact asked for, at a desk.

    The time is written as 2026-11-21T17:30, in the merchant's own zone.
    """

    at: str
    desk: str = ""
    note: str = ""


TOOLS: tuple[type[Tool[Any]], ...] = (
    SearchProducts,
    ProductDetails,
    SendPictures,
    CheckStock,
    AddToCart,
    ChangeCart,
    Quote,
    PlaceOrder,
    OrderStatus,
    CancelOrder,
    SaveFields,
    SearchKnowledge,
    BusinessHours,
    HandOver,
    BookSlot,
)


# They change nothing: made twice or in any order, they are the same. Pictures leave with the answer
# that they belong to, in the transaction that writes it, and once as it does (laws 3, 4).
READS: tuple[type[Tool[Any]], ...] = (
    SearchProducts,
    ProductDetails,
    SendPictures,
    CheckStock,
    OrderStatus,
    SearchKnowledge,
    BusinessHours,
)


class Tools(Protocol):
    """Carries out calls for one turn: of one merchant, one contact, under one lease."""

    async def call(self, wanted: Tool[Result]) -> Result | Refused:
        """Do it, and say what came of it; the same call in the same batch is done once.

        Args:
            wanted: what to do.

        Raises:
            StoreUnavailableError: PostgreSQL stayed away; nothing is known to have happened.
            LeaseLostError: this turn is not ours any more.
        """
        ...
