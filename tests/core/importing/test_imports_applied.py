"""A preview writes nothing; applying writes whole products in steps, and again changes nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Any

import msgspec
import pytest

from hudhud.core.importing import applying, preparing
from hudhud.core.importing.exporting import as_csv, as_json
from hudhud.errors import ChangedMeanwhileError, NotFoundError, SheetUnfitError
from hudhud.model import AddToCart
from hudhud.store.catalogue import entries, imports
from shop import Shop, open_shop
from turns import ordered

LIST = """sku,name,price,stock,size,colour
SH-1,قميص,25000,5,,
DR-1,فستان,40000,3,S,أحمر
DR-1,,,4,M,أحمر
XX-1,غلط,25.000,1,,
"""
MANY = 600
APPLY = """
import asyncio, sys
from hudhud.core.importing import applying
from hudhud.store.pool import Database
async def main(url, merchant, number):
    database = await Database.open(url, size=3)
    await applying.apply(database, int(merchant), int(number))
asyncio.run(main(*sys.argv[1:]))
"""


async def brought(shop: Shop, text: str) -> int:
    import_id = await preparing.begin(
        shop.database, shop.merchant, actor="test", file_name="list.csv"
    )
    await preparing.read(shop.database, shop.merchant, import_id, text.encode())
    return import_id


async def applied(shop: Shop, text: str, **how: Any) -> dict[str, int]:
    import_id = await brought(shop, text)
    return await applying.apply(shop.database, shop.merchant, import_id, **how)


async def products(shop: Shop) -> dict[str, Any]:
    async with shop.database.reading(shop.merchant) as connection:
        return {one.sku: one for one in await entries.entries(connection, shop.merchant)}


async def counts(shop: Shop, import_id: int) -> dict[str, int]:
    async with shop.database.reading(shop.merchant) as connection:
        return await imports.counts(connection, import_id)


async def until(shop: Shop, sql: str, *values: object) -> None:
    async with asyncio.timeout(20):
        while not await shop.one(sql, *values):
            await asyncio.sleep(0.01)


async def test_a_preview_writes_nothing_and_what_is_applied_is_what_it_showed(shop: Shop) -> None:
    import_id = await brought(shop, LIST)
    assert await products(shop) == {}
    assert await counts(shop, import_id) == {"new": 2, "wrong": 1, "careful": 0}
    written = await applying.apply(shop.database, shop.merchant, import_id)
    assert written == {"new": 2, "changed": 0, "off_sale": 0}
    found = await products(shop)
    assert {sku: (one.price_minor, one.stock) for sku, one in found.items()} == {
        "SH-1": (25_000_000, 5),
        "DR-1": (40_000_000, 7),
    }
    assert [one.name for one in found["DR-1"].variants] == ["S · أحمر", "M · أحمر"]
    # Once is once, and the same list again changes nothing.
    with pytest.raises(NotFoundError):
        await applying.apply(shop.database, shop.merchant, import_id)
    again = await brought(shop, LIST)
    assert await counts(shop, again) == {"unchanged": 2, "wrong": 1, "careful": 0}


async def test_what_was_exported_of_a_database_changes_nothing(shop: Shop) -> None:
    await applied(shop, LIST)
    for written in (as_csv, as_json):
        text = written((await products(shop)).values()).decode("utf-8-sig")
        assert await counts(shop, await brought(shop, text)) == {"unchanged": 2, "careful": 0}


async def test_what_was_sold_since_the_preview_stays_sold(shop: Shop) -> None:
    await applied(shop, LIST)
    import_id = await brought(shop, "sku,price,stock\nSH-1,26000,5\n")
    await shop.write("update variant set stock = 2 where stock = 5")
    await applying.apply(shop.database, shop.merchant, import_id)
    shirt = (await products(shop))["SH-1"]
    assert (shirt.price_minor, shirt.stock) == (26_000_000, 2)


async def test_what_orders_were_promised_stays_promised(shop: Shop) -> None:
    await applied(shop, LIST)
    await shop.write("update variant set reserved = 2 where stock = 5")
    await applied(shop, "sku,stock\nSH-1,9\n")
    (variant,) = (await products(shop))["SH-1"].variants
    assert (variant.stock, variant.reserved) == (9, 2)


async def test_a_product_that_changed_since_the_preview_is_shown_again_before_anything_is_written(
    shop: Shop,
) -> None:
    await applied(shop, LIST)
    import_id = await brought(shop, "sku,price\nSH-1,26000\nDR-1,41000\n")
    await shop.write("update product set price_minor = 30000000 where sku = 'SH-1'")
    with pytest.raises(ChangedMeanwhileError):
        await applying.apply(shop.database, shop.merchant, import_id)
    assert {one.price_minor for one in (await products(shop)).values()} == {30_000_000, 40_000_000}
    old = await shop.one(
        "select changes -> 0 ->> 'old' from product_import_row"
        " where import_id = $1 and sku = 'SH-1'",
        import_id,
    )
    assert old == "30000000"
    await applying.apply(shop.database, shop.merchant, import_id)
    assert {one.price_minor for one in (await products(shop)).values()} == {26_000_000, 41_000_000}


async def test_products_that_a_list_does_not_name_stay_or_go_off_sale_as_one_says(
    shop: Shop,
) -> None:
    await applied(shop, LIST)
    await applied(shop, "sku,price\nSH-1,26000\n")
    assert all(one.on_sale for one in (await products(shop)).values())
    written = await applied(shop, "sku,price\nSH-1,26000\n", off_sale=True)
    assert written == {"new": 0, "changed": 0, "off_sale": 1}
    assert {sku for sku, one in (await products(shop)).items() if one.on_sale} == {"SH-1"}


async def test_columns_may_be_read_otherwise_without_the_file(shop: Shop) -> None:
    import_id = await brought(shop, "sku,name,cost\nSH-1,قميص,25000\n")
    assert await counts(shop, import_id) == {"wrong": 1, "careful": 0}
    await preparing.judge(shop.database, shop.merchant, import_id, {"cost": "price"})
    assert await counts(shop, import_id) == {"new": 1, "careful": 0}


async def test_a_file_that_cannot_be_read_says_why(shop: Shop) -> None:
    with pytest.raises(SheetUnfitError):
        await brought(shop, "sku,price\n")
    rows = await shop.rows("select state, why from product_import")
    assert [tuple(row) for row in rows] == [("unfit", "only_headings")]


async def test_no_merchant_sees_another_ones_import(shop: Shop) -> None:
    import_id = await brought(shop, LIST)
    other = await open_shop(shop.database)
    with pytest.raises(NotFoundError):
        await applying.apply(other.database, other.merchant, import_id)
    with pytest.raises(NotFoundError):
        await preparing.judge(other.database, other.merchant, import_id)


async def many(shop: Shop) -> int:
    """A list of MANY new products, and a shirt that costs more."""
    await applied(shop, LIST)
    rows = "".join(f"P{n},منتج {n},1000,{1 + n % 9}\n" for n in range(MANY))
    return await brought(shop, f"sku,name,price,stock\nSH-1,قميص,26000,5\n{rows}")


async def test_a_process_that_is_killed_while_it_writes_leaves_whole_products_and_the_rest(
    shop: Shop, database_url: Any
) -> None:
    import_id = await many(shop)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", APPLY, database_url.app_url, str(shop.merchant), str(import_id)),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    await until(shop, "select step > 0 from product_import where id = $1", import_id)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    found = await products(shop)
    step = await shop.one("select step from product_import where id = $1", import_id)
    # The shirt is the first row, and was there before.
    assert 0 < len(found) - 1 == step < MANY
    assert all(one.plain and one.stock > 0 for sku, one in found.items() if sku != "DR-1")
    # Nobody else takes it while its process may be alive; then the next one goes on with it.
    with pytest.raises(NotFoundError):
        await applying.apply(shop.database, shop.merchant, import_id)
    await shop.write("update product_import set beat_at = now() - interval '1 minute'")
    # What came in with it may be sold and changed before it is gone on with.
    await shop.write("update product set price_minor = 5 where sku = 'P0'")
    written = await applying.apply(shop.database, shop.merchant, import_id)
    assert written == {"new": MANY, "changed": 1, "off_sale": 0}
    found = await products(shop)
    assert len(found) == MANY + 2
    assert found["P0"].price_minor == 5


async def test_a_product_that_changes_while_a_list_is_written_ends_it_there(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = await many(shop)
    step = applying._step

    async def meanwhile(*given: Any) -> bool:
        more = await step(*given)
        async with shop.database.deed(shop.merchant) as connection:
            again = msgspec.structs.replace((await products(shop))["SH-1"], sku=f"P{MANY - 1}")
            await entries.put(connection, shop.merchant, [again])
        return more

    monkeypatch.setattr(applying, "_step", meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        await applying.apply(shop.database, shop.merchant, import_id)
    monkeypatch.undo()
    assert await shop.one("select why from product_import where id = $1", import_id) == "changed"
    # The new preview calls what is in as it is, and the rest is written with it.
    found = await counts(shop, import_id)
    assert found["unchanged"] == MANY
    assert found["changed"] == 1
    await applying.apply(shop.database, shop.merchant, import_id)
    assert {one.price_minor for sku, one in (await products(shop)).items() if sku[0] == "P"} == {
        1_000_000
    }


async def test_orders_go_on_while_a_list_is_written(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two steps nothing is held: not what is in, not what is still to be written."""
    import_id = await many(shop)
    await applying.apply(shop.database, shop.merchant, import_id)
    dearer = "".join(f"P{n},2000,{1 + n % 9}\n" for n in range(MANY))
    import_id = await brought(shop, f"sku,price,stock\n{dearer}")
    step, placed = applying._step, []

    async def with_orders(*given: Any) -> bool:
        more = await step(*given)
        if not placed:
            async with asyncio.timeout(20):
                placed.append(await ordered(shop, AddToCart(sku="P3")))
                placed.append(await ordered(shop, AddToCart(sku=f"P{MANY - 2}")))
        return more

    monkeypatch.setattr(applying, "_step", with_orders)
    await applying.apply(shop.database, shop.merchant, import_id)
    prices = [order.lines[0].price_minor for order in placed]
    assert prices == [2_000_000, 1_000_000]  # one of what is in already, one of what is not
    found = await products(shop)
    assert [found[f"P{n}"].variants[0].reserved for n in (3, MANY - 2)] == [1, 1]
    assert {found[f"P{n}"].price_minor for n in range(MANY)} == {2_000_000}


async def test_no_step_writes_more_than_an_order_may_wait_for(shop: Shop) -> None:
    await applying.apply(shop.database, shop.merchant, await many(shop))
    most = await shop.one(
        "select max(x.many) from (select count(*) as many from variant group by xmin) x"
    )
    assert most == applying.STEP
