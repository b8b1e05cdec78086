"""Products as their merchant keeps them: with variants, off sale too, and their pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import asyncpg
import msgspec

from hudhud.model.goods import Entry
from hudhud.store.catalogue.rows import PRODUCT_COLUMNS, folded_product
from hudhud.store.catalogue.variants import Stocked, hold_variants, put_variants
from hudhud.store.pool import Connection

Show = Literal["all", "on", "out", "off"]

_VARIANTS = """(select jsonb_agg(jsonb_build_object('size', v.size, 'colour_ar', v.colour_ar,
        'colour_en', v.colour_en, 'sku', v.sku, 'price_minor', v.price_minor, 'stock', v.stock,
        'reserved', v.reserved) order by v.id)
    from variant v where v.product_id = p.id and v.active) as variants"""
_FREE = """(select coalesce(sum(greatest(0, v.stock - v.reserved)), 0) from variant v
    where v.product_id = p.id and v.active)"""
_SHOWN = {
    "all": "true",
    "on": "p.active",
    "out": f"p.active and {_FREE} = 0",
    "off": "not p.active",
}


async def entries(
    connection: Connection, merchant_id: int, *, ids: Sequence[int] | None = None
) -> list[Entry]:
    """All products of a merchant, or those of these ids, in the order in which they came."""
    rows = await connection.fetch(
        f"""select id, {PRODUCT_COLUMNS}, active as on_sale, {_VARIANTS} from product p
            where merchant_id = $1 and ($2::bigint[] is null or id = any ($2)) order by id""",
        merchant_id,
        ids,
    )
    return [_entry(row) for row in rows]


async def entry(connection: Connection, merchant_id: int, product_id: int) -> Entry | None:
    """One product; None when this merchant has no such."""
    found = await entries(connection, merchant_id, ids=[product_id])
    return found[0] if found else None


async def known(connection: Connection, merchant_id: int, skus: Sequence[str]) -> list[Entry]:
    """The products of these article numbers, however their letters are cased."""
    ids = await connection.fetch(
        "select id from product where merchant_id = $1 and lower(sku) = any ($2)",
        merchant_id,
        [sku.lower() for sku in skus],
    )
    return await entries(connection, merchant_id, ids=[row["id"] for row in ids])


async def hold(connection: Connection, merchant_id: int, skus: Sequence[str]) -> None:
    """Lock products until the transaction ends: variants first, as an order does (trap 2)."""
    await hold_variants(connection, merchant_id, skus)
    await connection.execute(
        """select 1 from product where merchant_id = $1 and sku = any ($2) order by id
           for no key update""",
        merchant_id,
        skus,
    )


async def put(connection: Connection, merchant_id: int, given: Sequence[Entry]) -> None:
    """Make products what is given, new ones by their article number; call `hold` before.

    Pictures stay as they are, and so does what orders were promised.
    """
    # One statement for all of them: each costs its triggers once, and they hold up orders.
    await connection.execute(
        f"insert into product (merchant_id, folded, active, {PRODUCT_COLUMNS})"
        f" select $1, r.folded, r.on_sale, {', '.join(map(_read, PRODUCT_COLUMNS.split(', ')))}"
        " from jsonb_to_recordset($2) r(folded text, on_sale boolean, sku text, name_ar text,"
        " name_en text, description_ar text, description_en text, category_ar text,"
        " category_en text, sizes jsonb, colours_ar jsonb, colours_en jsonb, price_minor bigint,"
        " currency text)"
        f" on conflict (merchant_id, sku) do update set (folded, active, {PRODUCT_COLUMNS}) ="
        f" (excluded.folded, excluded.active,"
        f" {', '.join(f'excluded.{name}' for name in PRODUCT_COLUMNS.split(', '))})",
        merchant_id,
        [msgspec.structs.asdict(one) | {"folded": folded_product(one.product())} for one in given],
    )
    await put_variants(connection, merchant_id, _shelves(given))


async def take_off(connection: Connection, merchant_id: int, skus: Sequence[str]) -> int:
    """Take products off sale; returns how many were on it."""
    done: str = await connection.execute(
        "update product set active = false where merchant_id = $1 and sku = any ($2) and active",
        merchant_id,
        skus,
    )
    return int(done.rsplit(maxsplit=1)[-1])


async def page(
    connection: Connection,
    merchant_id: int,
    *,
    show: Show = "all",
    ids: Sequence[int] | None = None,
    limit: int,
    offset: int = 0,
) -> list[asyncpg.Record]:
    """Products as a list shows them, with the picture that stands first.

    Args:
        connection: reading, of the merchant.
        merchant_id: whose.
        show: `on` sale, `out` of stock, `off` sale, or all.
        ids: only these, in this order; otherwise the newest first.
        limit: at most so many.
        offset: after so many.
    """
    return await connection.fetch(
        f"""select p.id, p.sku, p.name_ar, p.name_en, p.category_ar, p.category_en, p.price_minor,
                p.currency, p.sizes, p.colours_ar, p.colours_en, p.active, {_FREE} as free,
                (select coalesce(sum(v.reserved), 0) from variant v
                 where v.product_id = p.id) as reserved, m.public_id, m.thumbnail_key
            from product p left join lateral (
                select f.public_id, f.thumbnail_key from product_image i
                join media f on f.id = i.media_id where i.product_id = p.id
                order by i.place, i.id limit 1) m on true
            where p.merchant_id = $1 and {_SHOWN[show]}
              and ($2::bigint[] is null or p.id = any ($2))
            order by array_position($2, p.id), p.id desc limit $3 offset $4""",
        merchant_id,
        ids,
        limit,
        offset,
    )


async def ids_after(
    connection: Connection, merchant_id: int, *, show: Show, after: int, limit: int
) -> list[int]:
    """The ids of products behind one, the oldest first."""
    rows = await connection.fetch(
        f"""select p.id from product p where p.merchant_id = $1 and p.id > $2 and {_SHOWN[show]}
            order by p.id limit $3""",
        merchant_id,
        after,
        limit,
    )
    return [row["id"] for row in rows]


async def counts(connection: Connection, merchant_id: int) -> dict[str, int]:
    """How many products there are of each kind that `page` shows."""
    row = await connection.fetchrow(
        "select "
        + ", ".join(
            f'count(*) filter (where {where}) as "{name}"' for name, where in _SHOWN.items()
        )
        + " from product p where p.merchant_id = $1",
        merchant_id,
    )
    return dict(row) if row else {}


async def saying(
    connection: Connection, merchant_id: int, words: Sequence[str], *, limit: int
) -> list[int]:
    """Products of any kind that carry each of these folded words somewhere, or as their number."""
    rows = await connection.fetch(
        """select id from product where merchant_id = $1
             and (select bool_and(position(w in folded) > 0) from unnest($2::text[]) w)
           order by active desc, id desc limit $3""",
        merchant_id,
        words,
        limit,
    )
    return [row["id"] for row in rows]


def _shelves(given: Iterable[Entry]) -> list[Stocked]:
    return [
        Stocked(
            sku=one.sku,
            stock=each.stock,
            size=each.size,
            colour_ar=each.colour_ar,
            colour_en=each.colour_en,
            own_sku=each.sku,
            price_minor=each.price_minor,
        )
        for one in given
        for each in one.variants
    ]


def _entry(row: asyncpg.Record) -> Entry:
    values: dict[str, Any] = dict(row)
    # A product whose variants were all taken away is plain again, with nothing on its shelf.
    if not values["variants"]:
        del values["variants"]
    return msgspec.convert(values, Entry)


def _read(name: str) -> str:
    """One column as it comes out of JSON."""
    if name in ("sizes", "colours_ar", "colours_en"):
        return f"array(select jsonb_array_elements_text(r.{name}))"
    return f"r.{name}"
