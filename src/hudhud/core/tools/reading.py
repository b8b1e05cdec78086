"""Calls that only look: the catalogue, by words or article number, and the documents."""

from __future__ import annotations

from typing import Any, cast

from hudhud import text
from hudhud.core.knowledge import documents
from hudhud.model import (
    CheckStock,
    Product,
    ProductDetails,
    Refused,
    SearchKnowledge,
    SearchProducts,
    Tool,
)
from hudhud.model.tools import Result
from hudhud.store import catalogue
from hudhud.store.pool import Database

FOUND_MAX = 10


async def read(database: Database, merchant_id: int, wanted: Tool[Result]) -> Result | Refused:
    """Look something up for a merchant's contact.

    Raises:
        StoreUnavailableError: PostgreSQL stayed away.
    """
    return cast("Result | Refused", await _read(database, merchant_id, wanted))


async def _read(database: Database, merchant_id: int, wanted: Tool[Any]) -> Any:
    match wanted:
        case SearchProducts():
            said = text.search_terms(wanted.words)
            shelf = await catalogue.shelf_of(database, merchant_id, (said,))
            return tuple(shelf.products(said, limit=min(wanted.limit, FOUND_MAX)))
        case SearchKnowledge():
            return await documents.search(database, merchant_id, wanted.words, limit=wanted.limit)
        case ProductDetails():
            return await _by_sku(database, merchant_id, wanted.sku)
        case CheckStock():
            found = await _by_sku(database, merchant_id, wanted.sku)
            return found if isinstance(found, Refused) else found.stock
    return Refused(why="not_allowed")


async def _by_sku(database: Database, merchant_id: int, sku: str) -> Product | Refused:
    async with database.reading(merchant_id) as connection:
        found = await catalogue.by_sku(connection, merchant_id, sku)
    return Refused(why="unknown_product") if found is None else found
