"""Gives the sample shop's products their pictures, when it is seeded."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator

from hudhud.core.goods import picturing
from hudhud.core.goods.picturing import Hung
from hudhud.core.media.disk import key_of
from hudhud.core.media.keeping import SMALL
from hudhud.core.media.storage import Storage
from hudhud.model import Product
from hudhud.ops.sample.drawing import drawn
from hudhud.store import catalogue
from hudhud.store.media import Stored
from hudhud.store.pool import Database

MIME = "image/jpeg"
BYTES_MAX = 100_000


async def hang_all(
    database: Database, storage: Storage, merchant_id: int, products: tuple[Product, ...]
) -> None:
    """Draw a picture of each product, keep them, and hang them in one transaction.

    No other program has to look at them first: they are ours from the first byte.

    Args:
        database: the pool.
        storage: where files lie.
        merchant_id: of the sample shop, which was just seeded.
        products: what it sells.

    Raises:
        StorageUnavailableError: they cannot be kept now.
    """
    hung = {product.sku: await _kept(storage, product) for product in products}
    async with database.deed(merchant_id) as connection:
        for sku, one in hung.items():
            product = await catalogue.by_sku(connection, merchant_id, sku)
            if product is not None:
                await picturing.hang(connection, merchant_id, product.id, one)


async def _kept(storage: Storage, product: Product) -> Hung:
    public_id = uuid.uuid4()
    picture, small = await asyncio.to_thread(drawn, product)
    stored = await _write(storage, public_id, picture)
    await _write(storage, public_id, small, SMALL)
    return Hung(
        public_id=public_id,
        stored=Stored(
            mime=MIME,
            bytes=len(picture),
            sha256=stored,
            key=key_of(public_id),
            thumbnail_key=key_of(public_id, SMALL),
        ),
        file_name=f"{product.sku}.jpg",
        alt=product.name_ar,
    )


async def _write(storage: Storage, public_id: uuid.UUID, data: bytes, suffix: str = "") -> str:
    """Keep some bytes; returns their digest."""

    async def chunks() -> AsyncIterator[bytes]:
        yield data

    written = await storage.scratch.write(public_id, 0, chunks(), bytes_max=BYTES_MAX)
    await storage.keep(written.path, key_of(public_id, suffix))
    return written.sha256
