"""A shop's shelf is read by its own rows, however many other shops there are, at every plan."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from hudhud.ops.engines import PostgresqlEngine
from hudhud.ops.growth.plans import listening
from hudhud.store import catalogue, inboxes
from hudhud.store.catalogue import shelf as shelves
from hudhud.text import search_terms

SHOPS = 80
CALLS = 8  # past what PostgreSQL plans for each set of values
SHELVES = f"""
select count(merchant_new('shop-' || n, 'متجر', 'ar', 'IQD')) from generate_series(1, {SHOPS}) n;
insert into product (merchant_id, sku, name_ar, price_minor, currency, folded)
select m.id, 'p' || n, 'كوب', 1, 'IQD', 'كوب' || repeat('.', 99)
from merchant m, generate_series(1, 60) n;
insert into document (merchant_id, name, kind, source, status, bytes, sha256)
select m.id, 'd', 'text', '', 'ready', 1, '' from merchant m;
insert into passage (merchant_id, document_id, place, heading, body, folded)
select d.merchant_id, d.id, n, '', repeat('.', 99), 'متي' from document d, generate_series(1, 30) n;
insert into faq (merchant_id, topic, question_ar, answer_ar, folded)
select m.id, 't' || n, 'متى', repeat('.', 99), 'متي' from merchant m, generate_series(1, 30) n;
insert into inbox (merchant_id, key, channel, name, account, secrets)
select m.id, 'key-' || m.id, 'whatsapp', 'رقم', m.id, '' from merchant m;
analyze product, variant, faq, inbox, passage, document, product_image, merchant;
"""


@pytest.mark.parametrize("kept", ["nothing", "all but the stock"])
async def test_no_table_of_all_shops_is_read_whole(
    migrated: PostgresqlEngine, database_url: Any, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await asyncpg.connect(database_url.owner_url)
    admin_url = migrated.admin_url.replace("/postgres?", f"/{database_url.name}?")
    asked = [search_terms("كوب")]
    try:
        await owner.execute(SHELVES)
        async with listening(admin_url, database_url.app_url, "hudhud_app") as ear:
            for merchant in range(1, 1 + CALLS):
                if kept == "nothing":
                    monkeypatch.setattr(shelves, "_kept", {})
                await catalogue.shelf_of(ear.database, merchant, asked)
                await owner.execute("update variant set stock = 1 where merchant_id = $1", merchant)
                shelf = await catalogue.shelf_of(ear.database, merchant, asked)
                assert {product.stock for product in shelf.products(asked[0], limit=8)} == {1}
                assert await inboxes.of(ear.database, merchant, merchant) is not None
            plans = ear.take()
    finally:
        await owner.close()
    assert len(plans) > CALLS
    whole = {(table, plan.statement[:60]) for plan in plans for table in plan.whole}
    assert {read for read in whole if not read[0].startswith("pg_")} == set()
