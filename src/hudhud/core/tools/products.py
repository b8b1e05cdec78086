"""Calls that only look: the catalogue, by words or by article number."""

from __future__ import annotations

from hudhud import text
from hudhud.core.sales.choosing import left_of
from hudhud.core.tools.serving import Calls, Serving
from hudhud.model import (
    CheckStock,
    Product,
    ProductDetails,
    Refused,
    SearchProducts,
    SendPictures,
)
from hudhud.responders.picturing import in_colour
from hudhud.store import catalogue
from hudhud.store.sales import offers

FOUND_MAX = 10


async def search_products(serving: Serving, wanted: SearchProducts) -> tuple[Product, ...]:
    """What fits the words best."""
    said = text.search_terms(wanted.words)
    shelf = await catalogue.shelf_of(serving.database, serving.merchant_id, (said,))
    return tuple(shelf.products(said, limit=max(0, min(wanted.limit, FOUND_MAX))))


async def product_details(serving: Serving, wanted: ProductDetails) -> Product | Refused:
    """One product as it is now."""
    async with serving.database.reading(serving.merchant_id) as connection:
        found = await catalogue.by_sku(connection, serving.merchant_id, wanted.sku)
    return Refused(why="unknown_product") if found is None else found


async def send_pictures(serving: Serving, wanted: SendPictures) -> Product | Refused:
    """The product that is shown; its pictures are a part of the answer, and leave with it."""
    found = await product_details(serving, ProductDetails(sku=wanted.sku))
    if isinstance(found, Refused):
        return found
    if not found.images:
        return Refused(why="no_picture", told={"sku": found.sku})
    return in_colour(found, text.words(wanted.colour))


async def check_stock(serving: Serving, wanted: CheckStock) -> int | Refused:
    """How many can be ordered now."""
    async with serving.database.reading(serving.merchant_id) as connection:
        found = await offers.named(connection, serving.merchant_id, wanted.sku)
    return left_of(found, size=wanted.size, colour=wanted.colour)


CALLS: Calls = {
    SearchProducts: search_products,
    ProductDetails: product_details,
    SendPictures: send_pictures,
    CheckStock: check_stock,
}
