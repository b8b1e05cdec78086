"""The ways in which products are sold, and how many of each lie on the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from hudhud.store.pool import Connection


class Stocked(msgspec.Struct, frozen=True, kw_only=True):
    """One variant of the product `sku`: `stock` lie on the shelf, promised ones among them.

    Without size and colours it is the one variant of a plain product. `own_sku` is its own
    article number, where it has one; without `price_minor` it costs what the product costs.
    """

    sku: str
    stock: int
    size: str = ""
    colour_ar: str = ""
    colour_en: str = ""
    own_sku: str | None = None
    price_minor: int | None = None


async def hold_variants(connection: Connection, merchant_id: int, skus: Sequence[str]) -> None:
    """Lock the variants of some products, before anything of these products is written.

    Who writes variants locks the number of their merchant's stock (shelves.sql), and an order locks
    variants before it: without this the two would wait for each other in a circle (trap 2).
    """
    await connection.execute(
        "select hold_variants(array(select v.id from variant v join product p"
        " on p.id = v.product_id where p.merchant_id = $1 and p.sku = any ($2)))",
        merchant_id,
        skus,
    )


async def put_variants(
    connection: Connection, merchant_id: int, variants: Iterable[Stocked]
) -> None:
    """Make these the variants of their products, which are there; call `hold_variants` before.

    One that a product had and is not among them is not sold any more; what orders were promised of
    it stays promised. Sizes and colours are told in the order in which they are given first.
    """
    # Of one that is given twice, the last counts.
    given = list({(v.sku, v.size, v.colour_ar, v.colour_en): v for v in variants}.values())
    await connection.execute(
        """update variant v set active = false from product p
           where p.id = v.product_id and p.merchant_id = $1 and p.sku = any ($2::text[])
             and v.active and not exists (
               select from unnest($2::text[], $3::text[], $4::text[], $5::text[]) u(s, z, ar, en)
               where (u.s, u.z, u.ar, u.en) = (p.sku, v.size, v.colour_ar, v.colour_en))""",
        merchant_id,
        [one.sku for one in given],
        [one.size for one in given],
        [one.colour_ar for one in given],
        [one.colour_en for one in given],
    )
    await connection.execute(
        """insert into variant (merchant_id, product_id, sku, size, colour_ar, colour_en,
               price_minor, stock)
           select p.merchant_id, p.id, u.own_sku, u.size, u.ar, u.en, u.price_minor, u.stock
           from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
               $8::integer[]) with ordinality
               u(sku, size, ar, en, own_sku, price_minor, stock, place)
           join product p on p.merchant_id = $1 and p.sku = u.sku order by u.place
           on conflict (product_id, size, colour_ar, colour_en) do update set
               sku = excluded.sku, price_minor = excluded.price_minor, stock = excluded.stock,
               active = true""",
        merchant_id,
        *([getattr(one, name) for one in given] for name in _COLUMNS),
    )


_COLUMNS = ("sku", "size", "colour_ar", "colour_en", "own_sku", "price_minor", "stock")
