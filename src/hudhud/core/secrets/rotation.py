"""Every sealed value comes under a new key while everything runs (S9).

The key changes in four steps, and a kill between any two of them loses nothing: the new key is put
before the old one where every process finds it; the sealed word is sealed with it, and from then
on it writes; what lies under older keys is sealed anew, some rows to a transaction; the old key
goes when no row needs it. What is begun already is gone on with.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from hudhud.core.secrets import ring
from hudhud.core.secrets.sealing import CHECK_PLACE, CHECK_PLAIN
from hudhud.core.secrets.vault import Vault, key_id_of
from hudhud.errors import AlreadyRunningError, BadInputError, SecretUnreadableError
from hudhud.events import emit
from hudhud.store import sealed as stored
from hudhud.store.pool import Connection, Database
from hudhud.store.sealed import Column, Sealed

BATCH_MAX = 200


class Rotated(msgspec.Struct, frozen=True, kw_only=True):
    """What a rotation did: the key that writes now, how many values came under it, what is left.

    `left` values lie under other keys still, because they could not be opened; `dropped` is
    whether the old keys are gone from their file.
    """

    key_id: str
    resealed: int
    left: int
    dropped: bool


async def rotate(
    database: Database,
    vault: Vault,
    path: Path | None,
    *,
    batch_max: int = BATCH_MAX,
    told: Callable[[int], None] = lambda _count: None,
) -> Rotated:
    """Begin a rotation, or go on with the one that was begun, to its end.

    Args:
        database: with two connections at least.
        vault: the keys.
        path: the file of the keys; None: the environment names them, the new one first.
        batch_max: most rows of one transaction.
        told: hears after each how many there were so far.

    Raises:
        AlreadyRunningError: another one runs.
        BadInputError: the environment names no new key.
        StoreUnavailableError: PostgreSQL is away; a next call goes on.
    """
    async with stored.rotating(database) as alone:
        if not alone:
            raise AlreadyRunningError("`hudhud secrets show` tells how far it is.")
        key_id = await _begin(database, vault, path)
        resealed = 0
        async with database.reading() as connection:
            columns = await stored.columns(connection)
        for column in columns:
            after: int | None = 0
            while after is not None:
                async with database.deed() as connection:
                    after, count = await _batch(connection, vault, column, key_id, after, batch_max)
                resealed += count
                if count:
                    told(resealed)
        left, dropped = await _end(database, path, key_id)
    emit("secrets.rotated", key_id=key_id, resealed=resealed, left=left)
    return Rotated(key_id=key_id, resealed=resealed, left=left, dropped=dropped)


async def _begin(database: Database, vault: Vault, path: Path | None) -> str:
    """Choose the key and let it write."""
    vault.look_again()
    async with database.reading() as connection:
        word = await stored.word(connection)
        used = {row["key_id"] for row in await stored.keys(connection) if row["key_id"]}
    used |= {key_id_of(word)} if word else set()
    # Other keys at hand or in use: it was begun before, by a command that was cut or by the
    # operator who put a new key before the old one.
    if not used - {vault.newest} and len(vault.key_ids) == 1:
        if path is None:
            raise BadInputError(
                "ENCRYPTION_KEY_HEX comes from the environment and holds one key. Make another "
                "(openssl rand -hex 32), put it before this one (NEW,OLD), restart every process "
                "with both, then run this again."
            )
        ring.add_fresh(path)
        vault.look_again()
    async with database.deed() as connection:
        await stored.word_alone(connection)
        await stored.next_word(connection, vault.seal(CHECK_PLACE, CHECK_PLAIN))
    return vault.newest


async def _batch(
    connection: Connection, vault: Vault, column: Column, key_id: str, after: int, limit: int
) -> tuple[int | None, int]:
    """Seal some rows anew; where to go on (None: it was the last), and how many there were."""
    rows = await stored.not_under(connection, column, key_id, after=after, limit=limit)
    fresh = [anew for row in rows if (anew := _anew(vault, column, key_id, row)) is not None]
    await stored.put(connection, column, fresh)
    return (rows[-1].id if len(rows) == limit else None), len(fresh)


def _anew(vault: Vault, column: Column, key_id: str, row: Sealed) -> Sealed | None:
    place = f"{column.table_name}|{column.column_name}|{row.id}|{row.merchant_id}"
    try:
        plain = vault.open(place, row.sealed)
    except SecretUnreadableError:
        emit("secrets.unreadable", "error", place=place)
        return None
    return msgspec.structs.replace(row, sealed=vault.seal(place, plain, key_id=key_id))


async def _end(database: Database, path: Path | None, key_id: str) -> tuple[int, bool]:
    """Drop the old keys unless a row needs one; whoever seals meanwhile waits a moment."""
    async with database.deed() as connection:
        await stored.word_alone(connection)
        rows = await stored.keys(connection)
        left = sum(row["n"] for row in rows if row["key_id"] not in {key_id, ""})
        if left == 0 and path is not None:
            ring.keep_first(path)
    return left, left == 0 and path is not None
