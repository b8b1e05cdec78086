"""How many can be sold of what a process keeps, read by itself: it changes with every order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from hudhud.model import Product


class Versions(NamedTuple):
    """Which transaction changed each part of a merchant's shelf last (SQL `shelf_versions`)."""

    catalogue: int
    knowledge: int
    stock: int


def counted(products: Iterable[Product], free: Mapping[str, int]) -> list[Product]:
    """The same products, each with what is free of it, by its id; pure."""
    return [_with(product, free.get(str(product.id), 0)) for product in products]


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
