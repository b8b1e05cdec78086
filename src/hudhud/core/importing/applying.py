"""What a preview showed is written: all of it in one transaction, or nothing of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hudhud.core.importing.comparing import Change
from hudhud.core.importing.preparing import judge
from hudhud.errors import ChangedMeanwhileError, NotFoundError
from hudhud.events import emit
from hudhud.model.goods import Entry, Variant
from hudhud.store.catalogue import entries, imports
from hudhud.store.pool import Connection, Database

STEP = 200
_ALL = 1_000_000


async def apply(
    database: Database, merchant_id: int, import_id: int, *, off_sale: bool = False
) -> dict[str, int]:
    """Write an import; how far it is stands in its row meanwhile, for whoever looks.

    A process that dies on the way has written nothing, and the next call begins again; an import
    that was written is not written again.

    Args:
        database: the pool; two of its connections are used.
        merchant_id: whose catalogue.
        import_id: of an import that is ready.
        off_sale: whether products on sale that the file does not name go off sale.

    Returns: how many are `new`, `changed` and went `off_sale`.

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
    async with database.deed(merchant_id) as connection:
        rows = [
            *await imports.rows(connection, import_id, "new", limit=_ALL),
            *await imports.rows(connection, import_id, "changed", limit=_ALL),
        ]
        skus = [row["sku"] for row in rows]
        await entries.hold(connection, merchant_id, [*skus, *missing])
        there = {e.sku: e for e in await entries.known(connection, merchant_id, skus)}
        given = [_given(dict(row), there.get(row["sku"])) for row in rows]
        for start in range(0, len(given), STEP):
            await _beat(database, merchant_id, import_id, step=start, total=len(given))
            await entries.put(connection, merchant_id, given[start : start + STEP])
        off = await entries.take_off(connection, merchant_id, missing)
        await _end(connection, import_id)
    new = sum(row["verdict"] == "new" for row in rows)
    return {"new": new, "changed": len(rows) - new, "off_sale": off}


async def _beat(
    database: Database, merchant_id: int, import_id: int, *, step: int, total: int
) -> None:
    # On a connection of its own: what the writing transaction says, nobody sees before its end.
    async with database.deed(merchant_id) as connection:
        await imports.beat(connection, import_id, step=step, total=total)


async def _end(connection: Connection, import_id: int) -> None:
    if not await imports.done(connection, import_id):
        raise NotFoundError(f"Import {import_id} was taken over.")


def _given(row: Mapping[str, Any], there: Entry | None) -> Entry:
    """A product as it is to be, when it is what the preview showed; the shelf as it is now.

    Raises:
        ChangedMeanwhileError: it is another by now.
    """
    if (there.state(stock=False) if there else "") != row["was"]:
        raise ChangedMeanwhileError(row["sku"])
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
