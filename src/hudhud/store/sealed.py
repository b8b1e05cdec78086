"""Sealed values as they are stored: under which key, and those that are to be sealed anew.

One sealed word travels with the database (`key_check`): only the right ENCRYPTION_KEY_HEX opens it,
and the key that it was sealed with is the one that writes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import msgspec

from hudhud.store.pool import Connection, Database

# Held by the one rotation that runs; whatever ends it, its connection ends with it.
ROTATION_LOCK = 0x5EA1ED


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """One sealed value, and the row to which it is bound."""

    id: int
    merchant_id: int
    sealed: bytes


class Column(msgspec.Struct, frozen=True):
    """A column that holds sealed values."""

    table_name: str
    column_name: str


async def word(connection: Connection) -> bytes | None:
    """The sealed word; None before the first start."""
    sealed: bytes | None = await connection.fetchval("select sealed from key_check")
    return sealed


async def word_held(connection: Connection) -> bytes | None:
    """The same, and no rotation changes it before this deed ends."""
    sealed: bytes | None = await connection.fetchval("select sealed from key_check for share")
    return sealed


async def word_alone(connection: Connection) -> bytes | None:
    """The same, once nobody holds it; nobody seals before this deed ends."""
    sealed: bytes | None = await connection.fetchval("select sealed from key_check for update")
    return sealed


async def first_word(connection: Connection, sealed: bytes) -> None:
    """Keep it, unless another start was faster."""
    await connection.execute(
        "insert into key_check (sealed) values ($1) on conflict do nothing", sealed
    )


async def next_word(connection: Connection, sealed: bytes) -> None:
    """Put another in its place: from now on its key writes."""
    await connection.execute("update key_check set sealed = $1, made_at = now()", sealed)


async def keys(connection: Connection) -> list[asyncpg.Record]:
    """How many values lie under which key: place, key_id (empty: not sealed by us), n.

    Nothing is known of it by tables that an older release left, until they are migrated.
    """
    if not await connection.fetchval("select to_regproc('sealed_keys') is not null"):
        return []
    return await connection.fetch("select place, key_id, n from sealed_keys() order by 1, 2")


async def columns(connection: Connection) -> list[Column]:
    """Every column that holds sealed values."""
    rows = await connection.fetch("select table_name, column_name from sealed_column order by 1, 2")
    return [Column(**row) for row in rows]


async def not_under(
    connection: Connection, column: Column, key_id: str, *, after: int, limit: int
) -> list[Sealed]:
    """The next values of a column that lie under another key, by id; locked in this deed."""
    rows = await connection.fetch(
        "select id, merchant_id, sealed from sealed_batch($1, $2, $3, $4, $5)",
        *(column.table_name, column.column_name, key_id, after, limit),
    )
    return [Sealed(**row) for row in rows]


async def put(connection: Connection, column: Column, values: Sequence[Sealed]) -> None:
    """Write values back to their rows."""
    await connection.execute(
        "select sealed_put($1, $2, $3, $4)",
        *(column.table_name, column.column_name),
        *([one.id for one in values], [one.sealed for one in values]),
    )


@asynccontextmanager
async def rotating(database: Database) -> AsyncIterator[bool]:
    """Be the one rotation of this database while the block runs; False: another one is."""
    async with database.pool.acquire() as connection:
        taken = await connection.fetchval("select pg_try_advisory_lock($1)", ROTATION_LOCK)
        try:
            yield bool(taken)
        finally:
            if taken:
                await connection.execute("select pg_advisory_unlock($1)", ROTATION_LOCK)
