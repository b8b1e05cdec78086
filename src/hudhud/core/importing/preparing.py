"""A file of products is read and compared with what is there; only a preview is written."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from itertools import islice

import msgspec

from hudhud.core.importing.columns import columns_of
from hudhud.core.importing.comparing import Compared, Known, compared
from hudhud.core.importing.families import families
from hudhud.core.importing.opening import Sheet, opened
from hudhud.errors import NotFoundError, SheetUnfitError
from hudhud.events import emit
from hudhud.store import attention
from hudhud.store.catalogue import entries, imports
from hudhud.store.pool import Database

FILE_NAME_CHARS_MAX = 120
# So many products between two looks at what else there is to do.
STEP = 250


async def begin(database: Database, merchant_id: int, *, actor: str, file_name: str) -> int:
    """Note that a file came; `read` says what becomes of it. Returns its id."""
    shown = "".join(char for char in file_name if char.isprintable())[-FILE_NAME_CHARS_MAX:]
    async with database.deed(merchant_id) as connection:
        return await imports.add(connection, merchant_id, actor=actor, file_name=shown or "?")


async def read(database: Database, merchant_id: int, import_id: int, data: bytes) -> None:
    """Read a file, and judge what would become of each of its products.

    Args:
        database: the pool.
        merchant_id: whose catalogue.
        import_id: as `begin` gave it.
        data: all bytes of the file.

    Raises:
        SheetUnfitError: it cannot be read; the import says why, too.
    """
    try:
        sheet = await opened(data)
    except SheetUnfitError as error:
        async with database.deed(merchant_id) as connection:
            await imports.unfit(connection, import_id, error.why)
        emit("catalogue.unfit", "warning", merchant=merchant_id, why=error.why)
        raise
    kept = await asyncio.to_thread(lambda: zlib.compress(msgspec.json.encode(sheet), 1))
    told = {"format": sheet.format, "encoding": sheet.encoding, "headings": sheet.headings}
    async with database.deed(merchant_id) as connection:
        await imports.keep_cells(connection, import_id, kept, told)
    await judge(database, merchant_id, import_id)


async def judge(
    database: Database,
    merchant_id: int,
    import_id: int,
    chosen: Mapping[str, str] | None = None,
) -> None:
    """Compare a file that was read with what is there now, and keep what would become of it.

    Args:
        database: the pool.
        merchant_id: whose.
        import_id: which file.
        chosen: what its headings hold, where a person says so; else as before, or as guessed.

    Raises:
        NotFoundError: there is no such file, or it was applied.
    """
    async with database.reading(merchant_id) as connection:
        row = await imports.one(connection, import_id)
        kept = await imports.cells(connection, import_id)
        if row is None or kept is None:
            raise NotFoundError(f"Import {import_id}.")
        currency = (await attention.merchant(connection, merchant_id))["currency"]
        there = Known(await entries.entries(connection, merchant_id))
    sheet = await asyncio.to_thread(_unpacked, kept)
    given = row["columns"] if chosen is None else chosen
    columns = columns_of(sheet.headings, given)
    found = await asyncio.to_thread(families, sheet.rows, columns, currency)
    told: list[Compared] = []
    judging = compared(found, there, currency)
    while step := [*islice(judging, STEP)]:
        told += step
        async with database.deed(merchant_id) as connection:
            await imports.beat(connection, import_id, step=len(told), total=len(found))
    named = {one.sku.casefold() for one in told}
    missing = [e.sku for e in there.entries if e.on_sale and e.sku.casefold() not in named]
    rows = [msgspec.to_builtins(one) for one in told]
    held = {name: column or "" for name, column in zip(sheet.headings, columns, strict=True)}
    async with database.deed(merchant_id) as connection:
        await imports.judged(
            connection, import_id, merchant_id, rows, columns=held, missing=missing
        )


def _unpacked(kept: bytes) -> Sheet:
    return msgspec.json.decode(zlib.decompress(kept), type=Sheet)
