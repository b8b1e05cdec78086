"""What an order costs the processes that sell beside it: how many are left, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import msgspec
import pytest

from hudhud.model import AddToCart, Faq
from hudhud.store import catalogue
from hudhud.store.catalogue import rows
from hudhud.store.catalogue.shelf import BROWSED_MAX, FEW
from hudhud.store.catalogue.stock import Versions
from hudhud.store.pool import Database
from shop import Shop, open_shop
from turns import MUG, ordered, product, stocked

HOURS = Faq(
    id=0,
    topic="hours",
    question_ar="متى الدوام؟",
    question_en="When are you open?",
    answer_ar="من التاسعة.",
    answer_en="From nine.",
)
ASKED = ["كوب"]


@pytest.fixture
async def shop(database_url: Any) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url)
    shop = await open_shop(database)
    await stocked(shop)
    async with database.deed(shop.merchant) as connection:
        await catalogue.add_faqs(connection, shop.merchant, [HOURS])
    yield shop
    await database.close()


@pytest.fixture
async def beside(shop: Shop, database_url: Any) -> AsyncIterator[Database]:
    """Another worker, which has answered for this shop already."""
    opened = await Database.open(database_url.app_url)
    await looked(opened, shop)
    yield opened
    await opened.close()


async def versions_of(database: Database, merchant: int) -> Versions:
    """The versions as they are now."""
    ((found,),) = await database.call("select shelf_versions($1)", merchant)
    return Versions(*found)


async def looked(database: Database, shop: Shop) -> catalogue.Shelf:
    """The shelf as an answer opens it: its context told the versions."""
    versions = await versions_of(database, shop.merchant)
    return await catalogue.shelf_of(
        database, shop.merchant, [ASKED], faqs_all=20, versions=versions
    )


def mugs(shelf: catalogue.Shelf) -> set[int]:
    """How many mugs are left, wherever the shelf tells it."""
    told = [*shelf.products(ASKED, limit=8), *shelf.browse(limit=12)]
    return {one.stock for one in told if one.sku == MUG}


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that goes to PostgreSQL from here on."""
    asked: list[str] = []
    executed, simple = asyncpg.Connection._execute, asyncpg.Connection.execute

    async def with_values(self: Any, query: str, *rest: Any, **named: Any) -> Any:
        asked.append(query)
        return await executed(self, query, *rest, **named)

    async def plain(self: Any, query: str, *values: Any, **named: Any) -> Any:
        if not values:
            asked.append(query)
        return await simple(self, query, *values, **named)

    monkeypatch.setattr(asyncpg.Connection, "_execute", with_values)
    monkeypatch.setattr(asyncpg.Connection, "execute", plain)
    return asked


async def test_an_order_costs_another_worker_one_statement(shop, beside, statements):
    before = await looked(beside, shop)
    assert mugs(before) == {10}
    await ordered(shop, AddToCart(sku=MUG, count=3))
    versions = await versions_of(beside, shop.merchant)
    statements.clear()
    after = await catalogue.shelf_of(beside, shop.merchant, [ASKED], faqs_all=20, versions=versions)
    assert [asked.partition("(")[0] for asked in statements] == ["select * from open_shelf"]
    assert mugs(after) == {7}
    assert after.product_board.worths is before.product_board.worths
    assert after.library is before.library
    assert after.faq_board is before.faq_board
    statements.clear()
    assert await catalogue.shelf_of(beside, shop.merchant, [ASKED], faqs_all=20, versions=versions)
    assert statements == []


async def test_a_shelf_that_was_counted_is_the_shelf_that_is_read_anew(shop, beside):
    await ordered(shop, AddToCart(sku=MUG, count=10))
    counted = await looked(beside, shop)
    fresh = await looked(shop.database, shop)
    assert counted.product_board.rows == fresh.product_board.rows
    assert counted.browsed == fresh.browsed
    assert mugs(counted) == {0}


async def test_what_is_browsed_is_the_same_counted_here_or_by_postgresql(shop):
    item = {"category_ar": "أكواب", "name_ar": "كوب"}
    several = [product(f"M-{n}", **item, stock=n % 3) for n in range(9)]
    async with shop.database.deed(shop.merchant) as connection:
        await catalogue.add_products(connection, shop.merchant, several)
        told = await rows.browse(connection, shop.merchant, limit=BROWSED_MAX)
    assert (await looked(shop.database, shop)).browsed == told


async def test_what_is_read_in_one_go_is_what_is_read_kind_by_kind(shop):
    shelf = await looked(shop.database, shop)
    async with shop.database.reading(shop.merchant) as connection:
        assert [*shelf.product_board.rows.values()] == await rows.products(
            connection, shop.merchant, limit=FEW
        )
        assert [*shelf.faq_board.rows.values()] == await rows.faqs(
            connection, shop.merchant, limit=FEW
        )


async def test_of_a_large_catalogue_an_order_reads_what_is_browsed_alone(shop, beside, statements):
    many = [product(f"M-{n}", name_ar=f"وعاء نوع{n}") for n in range(FEW + 5)]
    async with shop.database.deed(shop.merchant) as connection:
        await catalogue.add_products(connection, shop.merchant, many)
    shelf = await looked(beside, shop)
    assert not shelf.product_board.whole
    assert mugs(shelf) == {10}
    await ordered(shop, AddToCart(sku=MUG, count=4))
    statements.clear()
    after = await looked(beside, shop)
    assert mugs(after) == {6}
    assert not [asked for asked in statements if "row_number() over" in asked]
    await ordered(shop, AddToCart(sku=MUG, count=6))
    assert MUG not in [one.sku for one in (await looked(beside, shop)).browse(limit=2)]


async def test_knowledge_that_changes_leaves_the_catalogue_unread(shop, beside, statements):
    before = await looked(beside, shop)
    changed = msgspec.structs.replace(HOURS, answer_ar="من العاشرة.")
    async with shop.database.deed(shop.merchant) as connection:
        await catalogue.add_faqs(connection, shop.merchant, [changed])
    statements.clear()
    after = await looked(beside, shop)
    assert [faq.answer_ar for faq in after.faqs([], limit=20)] == ["من العاشرة."]
    assert after.product_board is before.product_board
    assert not [asked for asked in statements if "from product" in asked]


async def test_each_change_moves_its_own_version_alone(shop):
    async def moved(statement: str) -> set[str]:
        before = await versions_of(shop.database, shop.merchant)
        async with shop.database.deed(shop.merchant) as connection:
            await connection.execute(statement)
        after = await versions_of(shop.database, shop.merchant)
        return {n for n in Versions._fields if getattr(before, n) != getattr(after, n)}

    assert await moved("update variant set reserved = reserved + 1") == {"stock"}
    assert await moved("update variant set stock = stock") == set()
    assert await moved("update variant set price_minor = 9") == {"catalogue"}
    assert await moved("update variant set price_minor = null") == {"catalogue"}
    assert await moved("update variant set active = not active") == {"stock"}
    assert await moved("update product set price_minor = 7") == {"catalogue"}
    assert await moved("update faq set answer_en = 'x'") == {"knowledge"}
    assert await moved("delete from product where sku = 'MUG-1'") == {"catalogue", "stock"}


async def test_an_order_does_not_wait_for_who_writes_products(shop):
    async with shop.database.deed(shop.merchant) as writing:
        await writing.execute("update product set name_en = name_en || '.' where sku <> $1", MUG)
        async with asyncio.timeout(20):
            await ordered(shop, AddToCart(sku=MUG))


async def test_a_neighbour_counts_nobody_elses_stock(shop):
    other = await open_shop(shop.database, account="222")
    mug = await shop.one("select id from product where sku = $1", MUG)
    (told,) = await shop.database.call(
        "select * from open_shelf($1, array[0, 0, -1], array[$2::bigint], 9, 9, 9, 9, '{}', '{}')",
        *(other.merchant, mug),
    )
    assert told["free"] == {str(mug): 0}
