"""How many can be sold of what a process keeps, read by itself: it changes with every order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from hudhud.model import Product
from hudhud.store.pool import Connection, Database


class Versions(NamedTuple):
    """Which transaction changed each part of a merchant's shelf last (SQL `shelf_versions`)."""

    catalogue: int
    knowledge: int
    stock: int


class Stock(NamedTuple):
    """What is free of each product, by id, at this version of the stock."""

    version: int
    free: Mapping[int, int]


async def versions_of(database: Database | Connection, merchant_id: int) -> Versions:
    """The versions as they are now, in one round trip.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    ask: Any = database.call if isinstance(database, Database) else database.fetch
    ((found,),) = await ask("select shelf_versions($1)", merchant_id)
    return Versions(*found)


async def stock_of(database: Database, merchant_id: int, ids: Sequence[int]) -> Stock:
    """What is free of these products now, in one round trip.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    rows = await database.call("select * from stock_of($1, $2)", merchant_id, ids)
    free = {row["product"]: row["free"] for row in rows if row["product"] is not None}
    return Stock(rows[0]["version"], free)


def counted(products: Iterable[Product], stock: Stock) -> list[Product]:
    """The same products, each with what is free of it; pure."""
    return [_with(product, stock.free.get(product.id, 0)) for product in products]


def little_of_each(products: Iterable[Product], limit: int) -> list[Product]:
    """A little of every category, what is in stock first, as `rows.browse` reads it; pure."""
    seen: Counter[str] = Counter()
    placed = []
    for product in sorted(products, key=lambda p: (p.stock == 0, p.id)):
        seen[product.category_ar] += 1
        placed.append((seen[product.category_ar], product.id, product))
    return [product for *_, product in sorted(placed, key=lambda one: one[:2])[:limit]]


def _with(product: Product, free: int) -> Product:
    return product if product.stock == free else msgspec.structs.replace(product, stock=free)
