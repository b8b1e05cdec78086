"""Search on the real engine: every spelling of the same word finds the same thing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

import msgspec
import pytest

from hudhud.ops.sample.sample import sample
from hudhud.store import catalogue, merchants
from hudhud.store.pool import Database
from hudhud.text import search_terms


class Shop(NamedTuple):
    database: Database
    merchant_id: int
    neighbour_id: int


@pytest.fixture
async def shop(database_url) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url)
    async with database.deed() as connection:
        ids = [await merchants.add(connection, key=key, name=key) for key in ("one", "two")]
        await merchants.act_for(connection, *ids)
        await catalogue.add_products(connection, ids[0], sample().products)
        await catalogue.add_faqs(connection, ids[0], sample().faqs)
    yield Shop(database, *ids)
    await database.close()


async def products(shop: Shop, said: str, *, limit: int = 4) -> list[str]:
    async with shop.database.reading(shop.merchant_id) as connection:
        found = await catalogue.search_products(
            connection, shop.merchant_id, search_terms(said), limit=limit
        )
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    return [product.sku for product in found]


async def topics(shop: Shop, said: str) -> list[str]:
    async with shop.database.reading(shop.merchant_id) as connection:
        found = await catalogue.search_faqs(
            connection, shop.merchant_id, search_terms(said), limit=2
        )
    return [faq.topic for faq in found]


@pytest.mark.parametrize(
    ("said", "sku"),
    [
        ("بكم القميص الأبيض الكتان؟", "SH-01"),
        ("بكم القميص الابيض الكتّان", "SH-01"),  # hamza, shadda
        ("عبايه سوداء", "AB-01"),  # taa marbuta as haa
        ("عباية سـوداء كريب", "AB-01"),  # tatweel
        ("LINEN shirt", "SH-01"),
        ("tshirt polo", "TS-03"),
        ("SH-02", "SH-02"),
    ],
)
async def test_every_spelling_finds_the_product_first(shop, said, sku):
    assert (await products(shop, said))[0] == sku


async def test_arabic_digits_find_what_latin_digits_wrote(shop):
    item = msgspec.structs.replace(sample().products[0], sku="IP-15", name_ar="غطاء ايفون 15")
    async with shop.database.deed(shop.merchant_id) as connection:
        await catalogue.add_products(connection, shop.merchant_id, [item])
    assert (await products(shop, "غطاء أيفون ١٥"))[0] == "IP-15"


@pytest.mark.parametrize(
    ("said", "topic"),
    [("شوكت اوقات الدوام", "hours"), ("التوصيل لبغداد بكم", "delivery"), ("hours?", "hours")],
)
async def test_answered_questions_are_found(shop, said, topic):
    assert (await topics(shop, said))[0] == topic


async def test_nothing_named_finds_nothing(shop):
    assert await products(shop, "السلام عليكم") == []
    assert await products(shop, "غسالة صحون") == []
    assert len(await products(shop, "قميص", limit=2)) == 2


async def test_a_product_said_again_is_brought_up_to_date(shop):
    renamed = msgspec.structs.replace(sample().products[0], name_ar="معطف مطري", stock=1)
    async with shop.database.deed(shop.merchant_id) as connection:
        await catalogue.add_products(connection, shop.merchant_id, [renamed])
    assert (await products(shop, "معطف"))[0] == renamed.sku


async def test_a_neighbour_sees_no_product_by_searching(shop):
    async with shop.database.reading(shop.neighbour_id) as connection:
        for merchant_id in (shop.merchant_id, shop.neighbour_id):
            assert not await catalogue.search_products(connection, merchant_id, ["قميص"], limit=9)
            assert not await catalogue.search_faqs(connection, merchant_id, ["دوام"], limit=9)
        # The scores themselves, not only the rows behind them.
        scores = "select * from product_scores($1, $2, $3, 9)"
        assert not await connection.fetch(scores, shop.merchant_id, ["قميص"], [0])
