"""A product is made or changed by hand; what somebody else changed meanwhile is never undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from hudhud.core.importing import cells
from hudhud.core.importing.cells import UnreadableError
from hudhud.core.importing.columns import columns_of
from hudhud.core.importing.comparing import Known, compared, merged
from hudhud.core.importing.families import Family, Piece, Problem, families
from hudhud.core.importing.sheet import Cell, Row
from hudhud.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    NotFoundError,
    ProductUnfitError,
)
from hudhud.events import emit
from hudhud.model.goods import Entry, Variant
from hudhud.store import attention
from hudhud.store.catalogue import entries
from hudhud.store.pool import Connection, Database

Told = Mapping[str, Cell]


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """One variant as a form tells it; `was` is the stock that the form showed.

    Its own `price` as people type it, or in smallest units; "" takes it away, None leaves it.
    """

    size: str = ""
    colour_ar: str = ""
    colour_en: str = ""
    stock: str = ""
    was: str = ""
    price: str | int | None = None


async def add(
    database: Database, merchant_id: int, told: Told, variants: Sequence[Shelved] = ()
) -> int:
    """Make a product and return its id.

    Args:
        database: the pool.
        merchant_id: whose.
        told: its fields by the names of columns (`sku`, `name_ar`, `price`), as people type them.
        variants: its sizes and colours; none: it comes as it is, with the `stock` that is told.

    Raises:
        ProductUnfitError: something is missing or unreadable.
        AlreadyThereError: a product has this article number.
    """
    async with database.deed(merchant_id) as connection:
        currency = await _currency(connection, merchant_id)
        (one,) = compared([_family(told, variants, currency)], Known(()), currency)
        if one.entry is None:
            raise _unfit(one.problems)
        await entries.hold(connection, merchant_id, [one.sku])
        if await entries.known(connection, merchant_id, [one.sku]):
            raise AlreadyThereError(f"Product {one.sku}.")
        await entries.put(connection, merchant_id, [one.entry])
        (made,) = await entries.known(connection, merchant_id, [one.sku])
    emit("product.added", merchant=merchant_id, id=made.id)
    return made.id


async def change(
    database: Database,
    merchant_id: int,
    product_id: int,
    told: Told,
    variants: Sequence[Shelved] = (),
    *,
    state: str | None = None,
) -> Entry:
    """Change a product; what is not told stays as it is.

    Args:
        database: the pool.
        merchant_id: whose.
        product_id: which; its article number stays.
        told: as of `add`.
        variants: all that it has from now on; none: those that it has.
        state: `Entry.state(stock=False)` of what was shown; None: whatever it is by now.

    Returns: how it is now.

    Raises:
        NotFoundError: this merchant has no such product.
        ProductUnfitError: something is missing or unreadable.
        ChangedMeanwhileError: it is not what was shown any more; nothing was written.
    """
    async with database.deed(merchant_id) as connection:
        currency = await _currency(connection, merchant_id)
        shown = await entries.entry(connection, merchant_id, product_id)
        if shown is None:
            raise NotFoundError(f"Product {product_id}.")
        await entries.hold(connection, merchant_id, [shown.sku])
        now = await entries.entry(connection, merchant_id, product_id)
        # Whoever types a price types it in the money that the page shows beside it.
        currency = shown.currency or currency
        if now is None or (state is not None and now.state(stock=False) != state):
            raise ChangedMeanwhileError(shown.sku)
        family = _family({**told, "sku": now.sku}, variants, currency)
        (one,) = compared([family], Known([now]), currency)
        if one.entry is None:
            raise _unfit(one.problems)
        entry = _shelved(merged(family, now, currency), now, variants)
        if entry != now:
            await entries.put(connection, merchant_id, [entry])
    if entry != now:
        emit("product.changed", merchant=merchant_id, id=product_id)
    return entry


def _family(told: Told, variants: Sequence[Shelved], currency: str) -> Family:
    """What was typed, read as a row of a file is: the same words are right and wrong."""
    names = list(told)
    rows: list[Row] = [[*names], [told[name] for name in names]]
    columns = columns_of(names, {name: name for name in names})
    (family,) = families(rows, columns, currency, emptied=True)
    pieces, problems = list[Piece](), list(family.problems)
    for one in variants:
        piece = _piece(one, currency, problems)
        if any(_what(piece) == _what(other) for other in pieces):
            problems.append(Problem(row=2, column="variants", why="repeated"))
        pieces.append(piece)
    fields = dict(family.fields)
    if len(pieces) == 1 and _what(pieces[0]) is None:
        (only,) = pieces
        fields |= {} if only.stock is None else {"stock": only.stock}
        fields |= {} if only.price_minor is None else {"own_price": only.price_minor}
    return msgspec.structs.replace(
        family, fields=fields, pieces=tuple(filter(_what, pieces)), problems=tuple(problems)
    )


def _piece(one: Shelved, currency: str, problems: list[Problem]) -> Piece:
    """A variant as it was typed; what cannot be read is said, and left as it is."""
    stock = price = None
    try:
        stock = cells.stock(one.stock)
    except UnreadableError as error:
        problems.append(Problem(row=2, column="stock", why=error.why, told=one.stock))
    try:
        price = cells.price(one.price or "", currency) if isinstance(one.price, str) else one.price
    except UnreadableError as error:
        problems.append(Problem(row=2, column="own_price", why=error.why, told=error.told))
    return Piece(
        size=one.size,
        colour_ar=one.colour_ar,
        colour_en=one.colour_en,
        stock=stock,
        priced=one.price is not None,
        price_minor=price,
    )


def _shelved(entry: Entry, now: Entry, variants: Sequence[Shelved]) -> Entry:
    """The product with the variants that were told, and no other; shelves as they were changed.

    Raises:
        ChangedMeanwhileError: a shelf was changed that somebody else changed meanwhile.
    """
    if not variants:
        return entry
    were = {_what(one): one for one in now.variants}
    kept = []
    for one in entry.variants:
        typed = next((each for each in variants if _what(each) == _what(one)), None)
        if typed is None:
            continue
        old = were.get(_what(one))
        if old is not None and typed.stock == typed.was:
            kept.append(msgspec.structs.replace(one, stock=old.stock))
        elif old is not None and cells.stock(typed.was) not in (None, old.stock):
            raise ChangedMeanwhileError(now.sku)
        else:
            kept.append(one)
    return msgspec.structs.replace(entry, variants=tuple(kept)) if kept else entry


def _what(one: Shelved | Piece | Variant) -> tuple[str, str, str] | None:
    said = (one.size, one.colour_ar, one.colour_en)
    return said if any(said) else None


def _unfit(problems: Sequence[Problem]) -> ProductUnfitError:
    return ProductUnfitError([(one.column, one.why, one.told) for one in problems])


async def _currency(connection: Connection, merchant_id: int) -> str:
    return str((await attention.merchant(connection, merchant_id))["currency"])
