"""A product is made and changed by hand; of two people at once neither undoes the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hudhud.core.goods import editing, picturing
from hudhud.core.goods.editing import Shelved
from hudhud.core.media.disk import Disk
from hudhud.core.media.replying import Upload
from hudhud.errors import (
    AlreadyThereError,
    BadInputError,
    ChangedMeanwhileError,
    MediaRefusedError,
    NotFoundError,
    ProductUnfitError,
)
from hudhud.model.goods import Entry, pictures_of
from hudhud.simulator.files import FILES
from hudhud.store.catalogue import by_sku, entries, images
from shop import Shop, open_shop

SHIRT = {"sku": "SH-1", "name_ar": "قميص", "price": "٢٥٬٠٠٠", "sizes": "S, M"}
IMAGE = FILES["image"].data


async def made(shop: Shop, **more: str) -> int:
    shelves = [Shelved(stock="5")]
    return await editing.add(shop.database, shop.merchant, {**SHIRT, **more}, shelves)


async def read(shop: Shop, product_id: int) -> Entry:
    async with shop.database.reading(shop.merchant) as connection:
        found = await entries.entry(connection, shop.merchant, product_id)
    assert found is not None
    return found


async def test_a_product_is_made_as_it_was_typed(shop: Shop) -> None:
    entry = await read(shop, await made(shop))
    assert (entry.price_minor, entry.stock, entry.sizes) == (25_000_000, 5, ("S", "M"))
    assert (entry.plain, entry.on_sale, entry.currency) == (True, True, "IQD")
    with pytest.raises(AlreadyThereError):
        await made(shop, sku="sh-1")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"price": ""}, "no_price"),
        ({"price": "25.000"}, "price_unsure"),
        ({"name_ar": ""}, "no_name"),
        ({"name_ar": "x" * 201}, "too_long"),
    ],
)
async def test_what_cannot_be_is_told_by_its_field(
    shop: Shop, more: dict[str, str], why: str
) -> None:
    with pytest.raises(ProductUnfitError) as caught:
        await made(shop, **more)
    assert why in [problem[1] for problem in caught.value.problems]
    assert await shop.one("select count(*) from product") == 0


async def test_a_field_that_was_emptied_is_empty(shop: Shop) -> None:
    product_id = await made(shop, description_ar="وصف", name_en="Shirt")
    await editing.change(
        shop.database, shop.merchant, product_id, {"description_ar": "", "sizes": "", "price": ""}
    )
    entry = await read(shop, product_id)
    assert (entry.description_ar, entry.sizes, entry.price_minor) == ("", (), 25_000_000)
    assert entry.name_en == "Shirt"


async def test_who_saves_what_somebody_else_changed_meanwhile_is_told_and_nothing_is_written(
    shop: Shop,
) -> None:
    product_id = await made(shop)
    state = (await read(shop, product_id)).state(stock=False)
    await editing.change(shop.database, shop.merchant, product_id, {"price": "26000"}, state=state)
    with pytest.raises(ChangedMeanwhileError):
        await editing.change(
            shop.database, shop.merchant, product_id, {"price": "27000"}, state=state
        )
    assert (await read(shop, product_id)).price_minor == 26_000_000


async def test_a_shelf_that_was_not_touched_keeps_what_was_sold_meanwhile(shop: Shop) -> None:
    product_id = await made(shop)
    state = (await read(shop, product_id)).state(stock=False)
    await shop.write("update variant set stock = 3")
    untouched, touched = Shelved(stock="5", was="5"), Shelved(stock="9", was="5")
    await editing.change(
        shop.database, shop.merchant, product_id, {"price": "26000"}, [untouched], state=state
    )
    entry = await read(shop, product_id)
    assert (entry.stock, entry.price_minor) == (3, 26_000_000)
    with pytest.raises(ChangedMeanwhileError):
        await editing.change(shop.database, shop.merchant, product_id, {}, [touched])
    await editing.change(
        shop.database, shop.merchant, product_id, {}, [Shelved(stock="9", was="3")]
    )
    assert (await read(shop, product_id)).stock == 9


async def test_a_product_comes_in_sizes_and_loses_one(shop: Shop) -> None:
    product_id = await made(shop)
    small, large = (Shelved(size=size, colour_ar="أحمر", stock="2") for size in "SL")
    await editing.change(shop.database, shop.merchant, product_id, {}, [small, large])
    entry = await read(shop, product_id)
    assert [one.name for one in entry.variants] == ["S · أحمر", "L · أحمر"]
    assert (entry.sizes, entry.colours_ar) == (("S", "L"), ("أحمر",))
    await editing.change(shop.database, shop.merchant, product_id, {}, [large])
    assert [one.name for one in (await read(shop, product_id)).variants] == ["L · أحمر"]
    with pytest.raises(ProductUnfitError):
        await editing.change(shop.database, shop.merchant, product_id, {}, [small, small])


async def test_another_merchants_product_is_not_there(shop: Shop) -> None:
    product_id = await made(shop)
    other = await open_shop(shop.database)
    with pytest.raises(NotFoundError):
        await editing.change(other.database, other.merchant, product_id, {"price": "1"})


def upload(data: bytes, mime: str = "image/png") -> Upload:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    return Upload("صورة.png", mime, chunks())


async def test_pictures_come_in_order_and_the_first_of_them_are_what_an_assistant_may_send(
    shop: Shop, tmp_path: Path
) -> None:
    product_id, disk = await made(shop), Disk(tmp_path)
    ids = [
        await picturing.add(
            shop.database, disk, shop.merchant, product_id, upload(IMAGE), alt=f" صورة  {n} "
        )
        for n in range(3)
    ]
    await picturing.move(shop.database, shop.merchant, product_id, ids[2], "up")
    await picturing.move(shop.database, shop.merchant, product_id, ids[0], "drop")
    async with shop.database.reading(shop.merchant) as connection:
        rows = await images.of_product(connection, product_id)
        product = await by_sku(connection, shop.merchant, "SH-1")
    assert [(row["id"], row["alt"]) for row in rows] == [(ids[2], "صورة 2"), (ids[1], "صورة 1")]
    assert all(row["thumbnail_key"] for row in rows)
    assert product is not None
    sent = [(one.media_id, one.caption) for one in pictures_of(product, "قميص")]
    assert sent == [(rows[0]["media_id"], "قميص"), (rows[1]["media_id"], "")]
    assert len(pictures_of(product, most=1)) == 1
    with pytest.raises(NotFoundError):
        await picturing.move(shop.database, shop.merchant, product_id, ids[0], "up")


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"<svg/>", "image/svg+xml"),
        (b"GIF89a" + b"\0" * 99, "image/gif"),
        (IMAGE[:60], "image/png"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * picturing.BYTES_MAX, "image/png"),
        (b"%PDF-1.7", "image/png"),
    ],
)
async def test_what_is_no_picture_is_refused_and_leaves_no_file(
    shop: Shop, tmp_path: Path, data: bytes, mime: str
) -> None:
    product_id = await made(shop)
    with pytest.raises(MediaRefusedError):
        await picturing.add(
            shop.database, Disk(tmp_path), shop.merchant, product_id, upload(data, mime)
        )
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_a_product_has_so_many_pictures_and_no_more(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picturing, "IMAGES_MAX", 1)
    product_id, disk = await made(shop), Disk(tmp_path)
    await picturing.add(shop.database, disk, shop.merchant, product_id, upload(IMAGE))
    files = {path for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(BadInputError):
        await picturing.add(shop.database, disk, shop.merchant, product_id, upload(IMAGE))
    other = await open_shop(shop.database)
    with pytest.raises(NotFoundError):
        await picturing.add(other.database, disk, other.merchant, product_id, upload(IMAGE))
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == files
