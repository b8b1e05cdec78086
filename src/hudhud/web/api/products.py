"""`/products`: what the merchant sells: listed, made or changed by its article number, counted."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.goods import editing
from hudhud.core.goods.editing import Shelved
from hudhud.core.importing.families import VARIANTS_MAX
from hudhud.errors import BadInputError, NotFoundError
from hudhud.model.goods import Entry
from hudhud.store.catalogue import entries
from hudhud.web.api.bearer import (
    ID_MAX,
    body_of,
    context_of,
    id_of,
    json,
    operator_of,
    query_of,
)

LISTED = 50
LISTED_MAX = 200
Name = Annotated[str, msgspec.Meta(max_length=4000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Minor = Annotated[int, msgspec.Meta(ge=0, le=10**15)]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list: of which kind, after which id it begins, and how many at most."""

    show: entries.Show = "all"
    after: Annotated[int, msgspec.Meta(ge=0, le=ID_MAX)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=LISTED_MAX)] = LISTED


class OfVariant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One size and colour and how many of it lie on the shelf; what is not said stays as it is.

    `price_minor` is its own price; null: it costs what the product costs.
    """

    size: Name = ""
    colour_ar: Name = ""
    colour_en: Name = ""
    stock: Count | None = None
    price_minor: Minor | msgspec.UnsetType | None = msgspec.UNSET


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A product by its `sku`; what is not said stays as it is. `state`: only if it is still so."""

    sku: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    name_ar: Name | None = None
    name_en: Name | None = None
    description_ar: Name | None = None
    description_en: Name | None = None
    category_ar: Name | None = None
    category_en: Name | None = None
    price_minor: Minor | None = None
    sizes: list[Name] | None = None
    colours_ar: list[Name] | None = None
    colours_en: list[Name] | None = None
    on_sale: bool | None = None
    stock: Count | None = None
    variants: Annotated[list[OfVariant], msgspec.Meta(max_length=VARIANTS_MAX)] | None = None
    state: str | None = None


class Counted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many of one variant lie on the shelf."""

    stock: Count
    size: Name = ""
    colour_ar: Name = ""
    colour_en: Name = ""


async def listed(request: Request) -> Response:
    """Products by id; `next` is the `after` of the following page, null behind the last."""
    asked, merchant_id = query_of(request, Asked), operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        ids = await entries.ids_after(
            connection, merchant_id, show=asked.show, after=asked.after, limit=asked.limit + 1
        )
        found = await entries.entries(connection, merchant_id, ids=ids[: asked.limit])
    more = ids[asked.limit - 1] if len(ids) > asked.limit else None
    return json({"products": [told(one) for one in found], "next": more})


async def show(request: Request) -> Response:
    """One product."""
    return json(told(await _one(request)))


async def put(request: Request) -> Response:
    """Make a product, or change the one that has its article number; 201 when it is new."""
    wanted, merchant_id = await body_of(request, Wanted), operator_of(request).merchant_id
    database = context_of(request).database
    async with database.reading(merchant_id) as connection:
        known = await entries.known(connection, merchant_id, [wanted.sku])
    fields = _told(wanted)
    variants = _variants(wanted, known[0] if known else None)
    if not known:
        product_id = await editing.add(
            database, merchant_id, fields | {"sku": wanted.sku}, variants
        )
    else:
        product_id = known[0].id
        await editing.change(
            database, merchant_id, product_id, fields, variants, state=wanted.state
        )
    async with database.reading(merchant_id) as connection:
        entry = await entries.entry(connection, merchant_id, product_id)
    if entry is None:
        raise NotFoundError(f"Product {product_id}.")
    return json(told(entry), 200 if known else 201)


async def count(request: Request) -> Response:
    """Set what lies on the shelf of one variant; that of a plain product has no size and colour."""
    counted, entry = await body_of(request, Counted), await _one(request)
    key = (counted.size, counted.colour_ar, counted.colour_en)
    shelves = [
        Shelved(
            size=one.size,
            colour_ar=one.colour_ar,
            colour_en=one.colour_en,
            stock=str(counted.stock if _key(one) == key else one.stock),
            was=str(one.stock),
        )
        for one in entry.variants
    ]
    if all(_key(one) != key for one in entry.variants):
        raise BadInputError(f"Product {entry.sku} has no such variant.")
    changed = await editing.change(
        context_of(request).database, operator_of(request).merchant_id, entry.id, {}, shelves
    )
    return json(told(changed))


def told(entry: Entry) -> dict[str, Any]:
    """A product as the API shows it; `state` is another when anything but its shelf is another."""
    shown: dict[str, Any] = msgspec.to_builtins(entry)
    return shown | {"stock": entry.stock, "state": entry.state(stock=False)}


def _told(wanted: Wanted) -> dict[str, Any]:
    given = msgspec.structs.asdict(wanted)
    apart = {"sku", "state", "variants", "stock", "on_sale", "price_minor"}
    fields = {n: v for n, v in given.items() if n not in apart and v is not None}
    if wanted.price_minor is not None:
        fields["price_minor"] = str(wanted.price_minor)
    if wanted.on_sale is not None:
        fields["on_sale"] = "yes" if wanted.on_sale else "no"
    if wanted.stock is not None:
        if wanted.variants:
            raise BadInputError("Give `stock` or `variants`.")
        fields["stock"] = str(wanted.stock)
    return fields


def _variants(wanted: Wanted, known: Entry | None) -> list[Shelved]:
    stocks = {_key(one): one.stock for one in known.variants} if known else {}
    return [
        Shelved(
            size=one.size,
            colour_ar=one.colour_ar,
            colour_en=one.colour_en,
            stock=str(stocks.get(_key(one), 0) if one.stock is None else one.stock),
            was=str(stocks.get(_key(one), "")),
            price=_own(one.price_minor),
        )
        for one in wanted.variants or ()
    ]


def _own(minor: int | msgspec.UnsetType | None) -> str | int | None:
    """An own price as `Shelved` tells it."""
    if minor is msgspec.UNSET:
        return None
    return "" if minor is None else minor


def _key(one: Any) -> tuple[str, str, str]:
    return one.size, one.colour_ar, one.colour_en


async def _one(request: Request) -> Entry:
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        entry = await entries.entry(connection, merchant_id, id_of(request))
    if entry is None:
        raise NotFoundError(f"Product {id_of(request)}.")
    return entry
