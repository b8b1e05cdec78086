"""Pictures of products, as rows: which file, in which place, and what is to be seen on it."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from hudhud.store.pool import Connection


async def hold(connection: Connection, merchant_id: int, product_id: int) -> bool:
    """Lock a product's pictures until the transaction ends; False when there is no such product."""
    found = await connection.fetchval(
        "select id from product where id = $1 and merchant_id = $2 for no key update",
        product_id,
        merchant_id,
    )
    return found is not None


async def of_product(connection: Connection, product_id: int) -> list[asyncpg.Record]:
    """A product's pictures in their order, with their files."""
    return await connection.fetch(
        """select i.id, i.alt, i.colour, i.media_id, f.public_id, f.thumbnail_key, f.file_name,
               f.bytes
           from product_image i join media f on f.id = i.media_id
           where i.product_id = $1 order by i.place, i.id""",
        product_id,
    )


async def add(
    connection: Connection,
    merchant_id: int,
    product_id: int,
    media_id: int,
    *,
    alt: str,
    colour: str = "",
) -> int:
    """Put a file behind a product's other pictures; returns the picture's id."""
    image_id: int = await connection.fetchval(
        """insert into product_image (merchant_id, product_id, media_id, alt, colour, place)
           select $1, $2, $3, $4, $5, coalesce(max(place), 0) + 1 from product_image
           where product_id = $2 returning id""",
        merchant_id,
        product_id,
        media_id,
        alt,
        colour,
    )
    await _touch(connection, product_id)
    return image_id


async def describe(
    connection: Connection, product_id: int, image_id: int, alt: str, colour: str
) -> bool:
    """Say what is to be seen on a picture, in which colour; False when there is no such."""
    done = await connection.execute(
        "update product_image set alt = $3, colour = $4 where id = $2 and product_id = $1",
        product_id,
        image_id,
        alt,
        colour,
    )
    await _touch(connection, product_id)
    return bool(done == "UPDATE 1")


async def order(connection: Connection, product_id: int, ids: Sequence[int]) -> None:
    """Give a product these pictures in this order; those that are not named are taken away."""
    await connection.execute(
        "delete from product_image where product_id = $1 and not id = any ($2)", product_id, ids
    )
    await connection.execute(
        "update product_image set place = array_position($2, id) where product_id = $1",
        product_id,
        ids,
    )
    await _touch(connection, product_id)


async def _touch(connection: Connection, product_id: int) -> None:
    # Processes keep a copy of the catalogue until its version is another (catalogue.sql).
    await connection.execute("update product set active = active where id = $1", product_id)
