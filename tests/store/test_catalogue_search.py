"""Search on the real engine: every spelling of the same word finds the same thing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

import asyncpg
import msgspec
import pytest

from hudhud.model import Product
from hudhud.ops.sample.sample import sample
from hudhud.store import catalogue, merchants
from hudhud.store.catalogue import shelf as shelves
from hudhud.store.pool import Database
from hudhud.store.schema.function_files import packaged_functions
from hudhud.store.schema.migration_files import packaged
from hudhud.text import fold, search_terms


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
    terms = search_terms(said)
    shelf = await catalogue.shelf_of(shop.database, shop.merchant_id, [terms])
    found = shelf.products(terms, limit=limit)
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    return [product.sku for product in found]


async def topics(shop: Shop, said: str) -> list[str]:
    terms = search_terms(said)
    found = (await catalogue.shelf_of(shop.database, shop.merchant_id, [terms])).faqs(
        terms, limit=2
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


@pytest.mark.parametrize(
    ("said", "sku"),
    [
        ("bekam el 2amees el kettan", "SH-01"),  # Arabizi
        ("3ayza 3abaya soda", "AB-01"),
        ("بغيت ساك نسائي", "AC-02"),  # a bag, in the Maghreb
        ("هالقميص الكتان قديش", "SH-01"),
        ("كميص كتان ابيض", "SH-01"),  # ق written as it is said
    ],
)
async def test_other_words_for_it_find_the_product_first(shop, said, sku):
    assert (await products(shop, said))[0] == sku


async def test_a_rare_word_says_more_than_one_that_everything_carries(shop):
    assert (await products(shop, "قميص جينز ازرق مربعات"))[0] in {"SH-03", "SH-04"}
    assert (await products(shop, "بنطلون جينز سليم"))[0] == "TR-02"


async def test_of_what_was_not_said_only_words_of_the_catalogue_are_compared(shop):
    board = (await look(shop, "shanta linen")).product_board
    assert "حقيبه" in board.worths
    assert not {"شنته", "شانته", "لينن"} & board.worths.keys()


async def test_the_migration_takes_articles_off_as_the_product_does(shop):
    (file,) = (f for f in packaged() if f.name.endswith("bare_words_before.sql"))
    texts = ["بسبوسة باللوز والفستق", "الوان الوانه للأطفال", "كالقميص الم الآن فالبيت", "a الماس"]
    items = [msgspec.structs.replace(sample().products[0], sku=f"B-{n}") for n in range(len(texts))]
    named = [
        msgspec.structs.replace(item, name_ar=text) for item, text in zip(items, texts, strict=True)
    ]
    said = "select sku, folded from product order by sku"
    async with shop.database.deed(shop.merchant_id) as connection:
        await catalogue.add_products(connection, shop.merchant_id, named)
        today = await connection.fetch(said)
        every = [*sample().products, *named]
        old = {p.sku: old_folded(p) for p in every}
        await connection.executemany("update product set folded = $2 where sku = $1", old.items())
        assert await connection.fetch(said) != today
        await connection.execute(file.sql)
        assert await connection.fetch(said) == today


def old_folded(product: Product) -> str:
    names = (product.name_ar, product.name_en, product.category_ar, product.category_en)
    named = (*names, *product.colours_ar, *product.colours_en, product.sku)
    rest = (product.description_ar, product.description_en, *product.sizes)
    return f"{fold(' '.join(named))}\n{fold(' '.join(rest))}"


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
    asked = (shop.merchant_id, ["قميص"], [0], [0])
    async with shop.database.reading(shop.neighbour_id) as connection:
        for function in ("product_worths", "faq_worths"):
            assert not await connection.fetch(f"select * from {function}($1, $2, $3, $4)", *asked)
            # Nor who names nobody.
            assert not await shop.database.call(f"select * from {function}($1, $2, $3, $4)", *asked)
    shelf = await catalogue.shelf_of(shop.database, shop.neighbour_id, [["قميص"], ["دوام"]])
    assert not shelf.products(["قميص"], limit=9)
    assert not shelf.faqs(["دوام"], limit=9)
    assert not shelf.browse(limit=9)


async def look(shop: Shop, *askings: str) -> catalogue.Shelf:
    asked = [search_terms(said) for said in askings]
    return await catalogue.shelf_of(shop.database, shop.merchant_id, asked, faqs_all=20)


async def test_what_was_asked_before_is_answered_without_searching_again(shop, monkeypatch):
    calls = []

    async def counted(*arguments):
        calls.append(arguments)
        return await call(*arguments)

    call = shop.database.call
    monkeypatch.setattr(shop.database, "call", counted)
    monkeypatch.setattr(shop.database, "reading", None)  # a small catalogue needs no transaction
    first = await look(shop, "قميص ابيض", "عباية سوداء")
    assert len(calls) <= 2  # the rows with what was said, and once more for what may be meant
    calls.clear()
    asked = [search_terms(said) for said in ("عباية", "ابيض")]
    again = await catalogue.shelf_of(
        shop.database, shop.merchant_id, asked, faqs_all=20, versions=first.versions
    )
    assert calls == []
    terms = search_terms("قميص ابيض")
    assert again.products(terms, limit=8) == first.products(terms, limit=8) != []


async def test_an_asking_of_more_words_than_are_kept_is_answered(shop, monkeypatch):
    monkeypatch.setattr(shelves, "FORMS_KEPT_MAX", 2)
    many = "قميص ابيض عباية سوداء حذاء جلد حقيبة"
    async with asyncio.timeout(10):
        first, again = await look(shop, many), await look(shop, many)
    terms = search_terms(many)
    assert again.products(terms, limit=8) == first.products(terms, limit=8) != []


async def test_a_word_is_compared_once_for_each_catalogue_whatever_is_sold(shop):
    kept = (await look(shop, "قميص")).product_board.worths
    async with shop.database.deed(shop.merchant_id) as connection:
        await connection.execute("update product set price_minor = 7")
        await connection.execute("update variant set stock = 3")
    sold = await look(shop, "قميص")
    assert {product.stock for product in sold.products(["قميص"], limit=8)} == {3}
    assert sold.product_board.worths is kept
    async with shop.database.deed(shop.merchant_id) as connection:
        await connection.execute("update product set name_en = 'coat'")
    assert (await look(shop, "قميص")).product_board.worths is not kept


@pytest.mark.parametrize(
    "change",
    [
        "update variant set stock = stock + 1",
        "update variant set reserved = 1",
        "update product set active = false where sku = 'SH-01'",
        "delete from product where sku = 'SH-01'",
        (
            "insert into product (merchant_id, sku, name_ar, price_minor, currency, folded)"
            " select merchant_id, 'new', 'x', 1, 'IQD', 'x' from product limit 1"
        ),
        "update faq set answer_ar = 'x' where topic = 'hours'",
        "delete from faq where topic = 'hours'",
        (
            "insert into faq (merchant_id, topic, question_ar, answer_ar, folded)"
            " select merchant_id, 'new', 'x', 'x', 'x' from faq limit 1"
        ),
    ],
)
async def test_every_change_of_a_catalogue_is_seen_by_the_next_answer(shop, change):
    before = await look(shop, "قميص")
    async with shop.database.deed(shop.merchant_id) as connection:
        await connection.execute(change)
    after = await look(shop, "قميص")
    assert after.versions != before.versions
    assert (after.product_board.rows, after.faq_board.rows) != (
        before.product_board.rows,
        before.faq_board.rows,
    )
    assert (await look(shop, "قميص")) is not before


async def test_of_a_large_catalogue_only_the_best_are_compared(shop):
    item = sample().products[0]
    many = [msgspec.structs.replace(item, sku=f"M-{n}", name_ar=f"قميص نوع{n}") for n in range(400)]
    rare = msgspec.structs.replace(item, sku="R-1", name_ar="قميص حرير مطرز")
    async with shop.database.deed(shop.merchant_id) as connection:
        await catalogue.add_products(connection, shop.merchant_id, [*many, rare])
    both = await look(shop, "قميص حرير مطرز", "قميص نوع7")
    assert not both.product_board.whole
    assert both.products(search_terms("قميص حرير مطرز"), limit=8)[0].sku == "R-1"
    assert both.products(search_terms("قميص نوع7"), limit=8)[0].sku == "M-7"
    assert len(both.product_board.worths["قميص"]) <= 100
    assert (await look(shop, "قمييص")).products(["قمييص"], limit=2)  # nothing carries it whole
    latin = await look(shop, "2amees 7areer")  # asked once more, as what it may be
    assert latin.products(search_terms("2amees 7areer"), limit=8)[0].sku == "R-1"
    assert len(both.browse(limit=12)) == 12


async def test_the_functions_are_replaced_by_an_owner_who_never_searched(database_url):
    (file,) = (f for f in packaged_functions() if f.name == "catalogue.sql")
    owner = await asyncpg.connect(database_url.owner_url)
    try:
        await owner.execute(file.sql)
    finally:
        await owner.close()
