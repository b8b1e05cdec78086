"""What can be bought now: each size and colour of a product, its price, and how many are left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hudhud.model import Offer
from hudhud.store.catalogue.variants import hold_variants
from hudhud.store.pool import Connection

_OFFERED = """
select p.sku, p.name_ar, p.name_en, p.sizes, p.colours_ar, p.colours_en, p.currency, v.id,
    coalesce(v.price_minor, p.price_minor) as price_minor, v.size, v.colour_ar, v.colour_en,
    greatest(0, v.stock - v.reserved) as left
from product p join variant v on v.product_id = p.id
where p.merchant_id = $1 and p.active and v.active and """


async def named(connection: Connection, merchant_id: int, sku: str) -> list[Offer]:
    """What is offered under an article number, a product's or a variant's, in any case."""
    # As it is written there is a key to it; and two may differ in their letters' case alone.
    for same in ("p.sku = $2", "(lower(p.sku) = lower($2) or lower(v.sku) = lower($2))"):
        rows = await connection.fetch(f"{_OFFERED} {same} order by v.id", merchant_id, sku.strip())
        if rows:
            return [offer for row in rows for offer in _offers(row)]
    return []


async def of_products(
    connection: Connection, merchant_id: int, skus: Sequence[str], *, hold: bool = False
) -> list[Offer]:
    """What is offered of some products, by their own article numbers.

    Args:
        connection: a transaction that sees this merchant.
        merchant_id: whose.
        skus: of the products.
        hold: lock them until the transaction ends, so that what is left stays so (no oversell).
    """
    if hold:
        await hold_variants(connection, merchant_id, skus)
    # A statement of its own: its snapshot is younger than the locks.
    rows = await connection.fetch(_OFFERED + "p.sku = any ($2) order by v.id", merchant_id, skus)
    return [offer for row in rows for offer in _offers(row)]


def _offers(row: Any) -> Iterator[Offer]:
    """A variant in every size and colour that it is told in."""
    colours = [(row["colour_ar"] or row["colour_en"], row["colour_en"])]
    if not any(colours[0]):
        colours = list(_told_colours(row["colours_ar"], row["colours_en"])) or colours
    for size in [row["size"]] if row["size"] else row["sizes"] or [""]:
        for colour, colour_en in colours:
            yield Offer(
                variant_id=row["id"],
                sku=row["sku"],
                name_ar=row["name_ar"],
                name_en=row["name_en"],
                price_minor=row["price_minor"],
                currency=row["currency"],
                left=row["left"],
                size=size,
                colour=colour,
                colour_en=colour_en,
            )


def _told_colours(arabic: Sequence[str], english: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place in range(max(len(arabic), len(english))):
        colour_en = english[place] if place < len(english) else ""
        yield (arabic[place] if place < len(arabic) else colour_en, colour_en)
