"""A size or colour has a price of its own: typed, changed, taken away, paid, exported and read."""

from __future__ import annotations

import msgspec
import pytest

from hudhud.core.goods import editing
from hudhud.core.goods.editing import Shelved
from hudhud.core.importing import preparing
from hudhud.core.importing.exporting import as_csv, as_json
from hudhud.errors import ProductUnfitError
from hudhud.model import AddToCart
from hudhud.model.goods import Entry
from hudhud.responders.wording import Wording
from hudhud.store import catalogue
from hudhud.store.catalogue import entries, imports
from hudhud.text import search_terms
from shop import Shop
from turns import ordered

DRESS = {"sku": "DR-1", "name_ar": "فستان", "price": "40000"}


async def made(shop: Shop, large: str | int | None = "٤٥٬٠٠٠") -> int:
    shelves = [Shelved(size="S", stock="5"), Shelved(size="XL", stock="5", price=large)]
    return await editing.add(shop.database, shop.merchant, DRESS, shelves)


async def read(shop: Shop, product_id: int) -> Entry:
    async with shop.database.reading(shop.merchant) as connection:
        found = await entries.entry(connection, shop.merchant, product_id)
    assert found is not None
    return found


async def own(shop: Shop, product_id: int) -> list[int | None]:
    return [one.price_minor for one in (await read(shop, product_id)).variants]


async def changed(shop: Shop, product_id: int, large: str | int | None) -> list[int | None]:
    shelves = [
        Shelved(size="S", stock="5", was="5"),
        Shelved(size="XL", stock="5", was="5", price=large),
    ]
    await editing.change(shop.database, shop.merchant, product_id, {}, shelves)
    return await own(shop, product_id)


async def test_it_is_typed_kept_and_taken_away(shop: Shop) -> None:
    product_id = await made(shop)
    assert await own(shop, product_id) == [None, 45_000_000]
    assert await changed(shop, product_id, None) == [None, 45_000_000]
    assert await changed(shop, product_id, 46_000_000) == [None, 46_000_000]
    assert await changed(shop, product_id, "") == [None, None]
    for wrong in ("45.000", "dear"):
        with pytest.raises(ProductUnfitError) as caught:
            await changed(shop, product_id, wrong)
        assert caught.value.problems[0][0] == "own_price"
    plain = {"sku": "SH-1", "name_ar": "قميص", "price": "25000"}
    with pytest.raises(ProductUnfitError) as caught:
        await editing.add(shop.database, shop.merchant, plain, [Shelved(stock="1", price="9000")])
    assert caught.value.problems[0][1] == "own_price_plain"


async def test_who_orders_that_size_pays_it(shop: Shop) -> None:
    await made(shop)
    order = await ordered(shop, AddToCart(sku="DR-1", size="XL"), AddToCart(sku="DR-1", size="S"))
    assert [line.price_minor for line in order.lines] == [45_000_000, 40_000_000]
    assert order.total_minor == 85_000_000


async def test_an_answer_says_from_what_to_what_it_costs(shop: Shop) -> None:
    product_id = await made(shop)

    async def told() -> tuple[str, str]:
        terms = search_terms("فستان")
        shelf = await catalogue.shelf_of(shop.database, shop.merchant, [terms])
        (found,) = shelf.products(terms, limit=2)
        assert shelf.browse(limit=2) == [msgspec.structs.replace(found, score=0.0)]
        return Wording("ar", "arabic", 0).price(found), Wording("en", "latin", 0).price(found)

    assert await told() == (
        "من ٤٠٬٠٠٠ د.ع إلى ٤٥٬٠٠٠ د.ع حسب المقاس واللون",
        "IQD 40,000 to IQD 45,000 by size and colour",
    )
    await changed(shop, product_id, 40_000_000)
    assert await told() == ("٤٠٬٠٠٠ د.ع", "IQD 40,000")


async def test_what_is_exported_with_own_prices_and_older_money_changes_nothing(
    shop: Shop,
) -> None:
    product_id = await made(shop)
    old = {"sku": "OLD-1", "name_ar": "كوب", "price": "10"}
    await editing.add(shop.database, shop.merchant, old, [Shelved(stock="3")])
    await shop.write("update product set currency = 'USD', price_minor = 1050 where sku = 'OLD-1'")
    async with shop.database.reading(shop.merchant) as connection:
        there = await entries.entries(connection, shop.merchant)
    for written in (as_csv(there), as_json(there)):
        import_id = await preparing.begin(
            shop.database, shop.merchant, actor="test", file_name="list"
        )
        await preparing.read(shop.database, shop.merchant, import_id, written)
        async with shop.database.reading(shop.merchant) as connection:
            counts = await imports.counts(connection, import_id)
        assert counts == {"unchanged": 2, "careful": 0}
    assert await own(shop, product_id) == [None, 45_000_000]


async def test_a_product_in_older_money_is_edited_in_it(shop: Shop) -> None:
    product_id = await made(shop, None)
    await shop.write("update product set currency = 'USD', price_minor = 1050")
    await editing.change(shop.database, shop.merchant, product_id, {"price": "12.50"})
    entry = await read(shop, product_id)
    assert (entry.price_minor, entry.currency) == (1_250, "USD")
