"""What a merchant sells and has answered once for all, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import asyncpg
import msgspec

from hudhud.model import Faq, Product
from hudhud.model.goods import PICTURES_MAX
from hudhud.store.catalogue.variants import Stocked, hold_variants, put_variants
from hudhud.store.pool import Connection
from hudhud.text import without_article, words

PRODUCT_COLUMNS = (
    "sku, name_ar, name_en, description_ar, description_en, category_ar, category_en, "
    "sizes, colours_ar, colours_en, price_minor, currency"
)
# What can be sold: of all variants, what lies on the shelf and is promised to nobody.
SELLABLE = (
    "(select coalesce(sum(greatest(0, v.stock - v.reserved)), 0) from variant v"
    " where v.product_id = product.id and v.active) as stock"
)
# What its sizes and colours cost, where one of them has a price of its own.
PRICED = (
    "(select coalesce(case when not bool_and(c = product.price_minor)"
    " then array_agg(distinct c order by c) end, '{}') from (select coalesce(v.price_minor,"
    " product.price_minor) as c from variant v where v.product_id = product.id and v.active) x)"
    " as prices_minor"
)
# The pictures that stand first, for an answer shows no more; and the first of each colour.
PICTURED = (
    "array(select i.media_id from product_image i where i.product_id = product.id"
    f" order by i.place, i.id limit {PICTURES_MAX}) as images,"
    " (select coalesce(jsonb_object_agg(i.colour, i.media_id), '{}') from ("
    "select distinct on (i.colour) i.colour, i.media_id from product_image i"
    " where i.product_id = product.id and i.colour <> '' order by i.colour, i.place, i.id) i)"
    " as coloured"
)
FAQ_COLUMNS = "topic, question_ar, question_en, answer_ar, answer_en"


async def add_products(
    connection: Connection, merchant_id: int, products: Iterable[Product]
) -> None:
    """Insert products, or bring those with a known `sku` up to date; their ids are not read.

    Each is plain afterwards: one variant, whose sizes and colours are only told. `stock` is what
    lies on its shelf; what orders were promised of it stays promised.
    """
    given = list(products)
    shelves = [Stocked(sku=product.sku, stock=product.stock) for product in given]
    await hold_variants(connection, merchant_id, [product.sku for product in given])
    await connection.executemany(
        f"insert into product (merchant_id, folded, {PRODUCT_COLUMNS})"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        f" on conflict (merchant_id, sku) do update set (folded, active, {PRODUCT_COLUMNS})"
        f" = (excluded.folded, true, {_excluded(PRODUCT_COLUMNS)})",
        [(merchant_id, folded_product(p), *_values(p, PRODUCT_COLUMNS)) for p in given],
    )
    await put_variants(connection, merchant_id, shelves)


async def add_faqs(connection: Connection, merchant_id: int, faqs: Iterable[Faq]) -> None:
    """Insert answered questions, or bring those of a known `topic` up to date."""
    await connection.executemany(
        f"insert into faq (merchant_id, folded, {FAQ_COLUMNS})"
        " values ($1, $2, $3, $4, $5, $6, $7)"
        f" on conflict (merchant_id, topic) do update set (folded, {FAQ_COLUMNS})"
        f" = (excluded.folded, {_excluded(FAQ_COLUMNS)})",
        [(merchant_id, folded_faq(faq), *_values(faq, FAQ_COLUMNS)) for faq in faqs],
    )


async def browse(connection: Connection, merchant_id: int, *, limit: int) -> list[Product]:
    """A little of every category, what is in stock first: for who asks what there is."""
    rows = await connection.fetch(
        f"select id, {PRODUCT_COLUMNS}, stock, images, coloured, prices_minor from ("
        "  select *, row_number() over (partition by category_ar order by (stock = 0), id) as place"
        f"  from (select *, {SELLABLE}, {PICTURED}, {PRICED} from product"
        "        where merchant_id = $1 and active) s) p"
        " order by p.place, p.id limit $2",
        *(merchant_id, limit),
    )
    return [_product(row) for row in rows]


async def products(
    connection: Connection, merchant_id: int, *, ids: Sequence[int] | None = None, limit: int
) -> list[Product]:
    """What a merchant sells by id, or those of these ids; no more than `limit`."""
    rows = await connection.fetch(
        f"select id, {PRODUCT_COLUMNS}, {SELLABLE}, {PICTURED}, {PRICED} from product"
        " where merchant_id = $1 and active and ($2::bigint[] is null or id = any ($2))"
        " order by id limit $3",
        *(merchant_id, ids, limit),
    )
    return [_product(row) for row in rows]


async def by_sku(connection: Connection, merchant_id: int, sku: str) -> Product | None:
    """One product by its article number, however its letters are cased; None: not on sale."""
    row = await connection.fetchrow(
        f"select id, {PRODUCT_COLUMNS}, {SELLABLE}, {PICTURED}, {PRICED} from product"
        " where merchant_id = $1 and active and lower(sku) = lower($2) order by sku <> $2 limit 1",
        *(merchant_id, sku.strip()),
    )
    return None if row is None else _product(row)


async def faqs(
    connection: Connection, merchant_id: int, *, ids: Sequence[int] | None = None, limit: int
) -> list[Faq]:
    """The answered questions of a merchant; as `products`."""
    rows = await connection.fetch(
        f"select id, {FAQ_COLUMNS} from faq where merchant_id = $1"
        " and ($2::bigint[] is null or id = any ($2)) order by id limit $3",
        *(merchant_id, ids, limit),
    )
    return [Faq(**row) for row in rows]


def folded(row: Product | Faq) -> str:
    """What is searched of a row."""
    return folded_product(row) if isinstance(row, Product) else folded_faq(row)


def folded_product(product: Product) -> str:
    """Two lines in the one spelling: what names the product, then everything else said of it."""
    names = (product.name_ar, product.name_en, product.category_ar, product.category_en)
    named = (*names, *product.colours_ar, *product.colours_en, product.sku)
    rest = (product.description_ar, product.description_en, *product.sizes)
    return f"{_bare(*named)}\n{_bare(*rest)}"


def folded_faq(faq: Faq) -> str:
    """Two lines in the one spelling: topic and question, then the answer."""
    named = (faq.topic, faq.question_ar, faq.question_en)
    return f"{_bare(*named)}\n{_bare(faq.answer_ar, faq.answer_en)}"


def _bare(*texts: str) -> str:
    """Folded words without their articles, as `text.search_terms` gives those of an asking."""
    return " ".join(without_article(word) for word in words(" ".join(texts)))


def _product(row: asyncpg.Record) -> Product:
    return msgspec.convert(dict(row), Product)


def _values(row: Product | Faq, columns: str) -> list[object]:
    return [getattr(row, name) for name in columns.split(", ")]


def _excluded(columns: str) -> str:
    return ", ".join(f"excluded.{name}" for name in columns.split(", "))
