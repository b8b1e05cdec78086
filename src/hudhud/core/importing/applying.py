"""What a preview showed is written, a few products at a time, each with all that belongs to it.

Orders of the merchant wait for one step at most, never for the list. What is in says so in the
same transaction; whoever goes on after a process that died writes what is left, and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from hudhud.core.importing.comparing import Change
from hudhud.core.importing.preparing import judge
from hudhud.errors import ChangedMeanwhileError, NotFoundError
from hudhud.events import emit
from hudhud.model.goods import Entry, Variant
from hudhud.store.catalogue import entries, imports
from hudhud.store.pool import Database

# Written together, some 50 ms; so long an order of one of them may wait.
STEP: Final = 50
# Looked at together before the first is written; nothing is locked for that.
CHECKED: Final = 500


async def apply(
    database: Database, merchant_id: int, import_id: int, *, off_sale: bool = False
) -> dict[str, int]:
    """Write an import; how far it is stands in its row meanwhile, for whoever looks.

    Nothing is written when a product is another than the preview showed. One that changes while
    the list is being written ends it there: what is in stays in, and the rest is shown anew.
    An import that was written is not written again.

    Args:
        database: the pool.
        merchant_id: whose catalogue.
        import_id: of an import that is ready.
        off_sale: whether products on sale that the file does not name go off sale.

    Returns: how many are `new` and `changed` of all that was written, and went `off_sale` now.

    Raises:
        NotFoundError: there is no such import, or it is not ready (any more).
        ChangedMeanwhileError: a product is another than the preview showed; there is a new one.
    """
    missing = await claim(database, merchant_id, import_id, off_sale=off_sale)
    return await write(database, merchant_id, import_id, missing)


async def claim(
    database: Database, merchant_id: int, import_id: int, *, off_sale: bool = False
) -> list[str]:
    """Take an import to write it: nobody else does, unless this process dies.

    Args: as of `apply`.

    Returns: the article numbers that are to go off sale.

    Raises:
        NotFoundError: there is no such import, or it is not ready (any more).
    """
    async with database.deed(merchant_id) as connection:
        counted = await imports.counts(connection, import_id)
        total = counted.get("new", 0) + counted.get("changed", 0)
        row = await imports.one(connection, import_id)
        if row is None or not await imports.claim(
            connection, import_id, off_sale=off_sale, total=total
        ):
            raise NotFoundError(f"Import {import_id}.")
    return list(row["missing"]) if off_sale else []


async def write(
    database: Database, merchant_id: int, import_id: int, missing: Sequence[str]
) -> dict[str, int]:
    """Write an import that was claimed; otherwise as `apply`."""
    try:
        written = await _write(database, merchant_id, import_id, missing)
    except ChangedMeanwhileError:
        async with database.deed(merchant_id) as connection:
            await imports.given_back(connection, import_id, "changed")
        await judge(database, merchant_id, import_id)
        raise
    except Exception:
        async with database.deed(merchant_id) as connection:
            await imports.given_back(connection, import_id, "failed")
        raise
    emit("catalogue.imported", "info", merchant=merchant_id, id=import_id, **written)
    return written


async def _write(
    database: Database, merchant_id: int, import_id: int, missing: Sequence[str]
) -> dict[str, int]:
    await _check(database, merchant_id, import_id)
    while await _step(database, merchant_id, import_id):
        pass
    off = 0
    for start in range(0, len(missing), STEP):
        skus = missing[start : start + STEP]
        async with database.deed(merchant_id) as connection:
            await imports.go_on(connection, import_id)
            await entries.hold(connection, merchant_id, skus)
            off += await entries.take_off(connection, merchant_id, skus)
    async with database.deed(merchant_id) as connection:
        await imports.done(connection, import_id)
        return await imports.written(connection, import_id) | {"off_sale": off}


async def _check(database: Database, merchant_id: int, import_id: int) -> None:
    """Refuse a preview that is not true any more, while nothing of it is written.

    Raises:
        ChangedMeanwhileError: a product is another.
    """
    after = 0
    while True:
        async with database.reading(merchant_id) as connection:
            rows = await imports.unwritten(connection, import_id, after=after, limit=CHECKED)
            skus = [row["sku"] for row in rows]
            there = {e.sku: e for e in await entries.known(connection, merchant_id, skus)}
        for row in rows:
            _refuse_another(dict(row), there.get(row["sku"]))
        if len(rows) < CHECKED:
            return
        after = rows[-1]["row"]


async def _step(database: Database, merchant_id: int, import_id: int) -> bool:
    """Write the next few; False when nothing is left."""
    async with database.deed(merchant_id) as connection:
        # Two processes that believe it theirs take turns here, and none writes what is in.
        await imports.go_on(connection, import_id)
        rows = await imports.unwritten(connection, import_id, limit=STEP)
        skus = [row["sku"] for row in rows]
        await entries.hold(connection, merchant_id, skus)
        there = {e.sku: e for e in await entries.known(connection, merchant_id, skus)}
        given = [_given(dict(row), there.get(row["sku"])) for row in rows]
        if given:
            await entries.put(connection, merchant_id, given)
            await imports.note_written(connection, import_id, [row["row"] for row in rows])
    return len(rows) == STEP


def _refuse_another(row: Mapping[str, Any], there: Entry | None) -> None:
    """Raise ChangedMeanwhileError where a product is not what the preview showed."""
    if (there.state(stock=False) if there else "") != row["was"]:
        raise ChangedMeanwhileError(row["sku"])


def _given(row: Mapping[str, Any], there: Entry | None) -> Entry:
    """A product as it is to be, when it is what the preview showed; the shelf as it is now.

    Raises:
        ChangedMeanwhileError: it is another by now.
    """
    _refuse_another(row, there)
    entry = msgspec.convert(row["entry"], Entry)
    if there is None:
        return entry
    changes = msgspec.convert(row["changes"], tuple[Change, ...])
    said = {change.of for change in changes if change.field == "stock"}
    now = {one.name: one for one in there.variants}

    def shelved(one: Variant) -> Variant:
        # What the file does not change may have been sold since the preview.
        old = now.get(one.name)
        keep = old is not None and one.name not in said
        return msgspec.structs.replace(one, stock=old.stock) if keep and old else one

    return msgspec.structs.replace(entry, variants=tuple(map(shelved, entry.variants)))
