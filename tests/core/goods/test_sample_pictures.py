"""The sample shop's pictures: drawn by us, small, one for each product, and shown by the search."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from hudhud.core.media.disk import Disk
from hudhud.ops.sample.drawing import SIDE_PX, drawn
from hudhud.ops.sample.pictures import BYTES_MAX, hang_all
from hudhud.ops.sample.sample import sample
from hudhud.store import catalogue, media
from shop import Shop


def test_every_product_of_the_sample_shop_is_drawn_small_and_in_its_colour() -> None:
    found = {product.sku: drawn(product) for product in sample().products}
    assert all(len(one.picture) < BYTES_MAX for one in found.values())
    for one in found.values():
        with Image.open(io.BytesIO(one.picture)) as picture, Image.open(io.BytesIO(one.small)) as s:
            assert (picture.format, picture.size) == ("JPEG", (SIDE_PX, SIDE_PX))
            assert (s.format, s.width) == ("WEBP", SIDE_PX // 2)
    with Image.open(io.BytesIO(found["DR-01"].picture)) as dress:
        red, green, blue = dress.convert("RGB").getpixel((SIDE_PX // 2, SIDE_PX * 2 // 3))
    assert red > 2 * max(green, blue)


async def test_hung_they_are_what_an_assistant_may_send(shop: Shop, tmp_path: Path) -> None:
    products, disk = sample().products, Disk(tmp_path)
    async with shop.database.deed(shop.merchant) as connection:
        await catalogue.add_products(connection, shop.merchant, products)
    await hang_all(shop.database, disk, shop.merchant, products)
    async with shop.database.reading(shop.merchant) as connection:
        for product in products:
            found = await catalogue.by_sku(connection, shop.merchant, product.sku)
            assert found is not None
            (media_id,) = found.images
            file = await media.one(connection, media_id)
            assert file is not None
            assert (file["state"], file["mime"]) == ("stored", "image/jpeg")
            assert disk.path(file["stored_key"]).stat().st_size == file["bytes"]
            assert disk.path(file["thumbnail_key"]).exists()
