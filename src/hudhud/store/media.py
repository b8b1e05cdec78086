"""Files of messages: claimed by workers, ended under the number of the attempt, read by pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from hudhud.store.pool import Connection, Database


class Fetching(msgspec.Struct, frozen=True, kw_only=True):
    """One file that this worker fetches; `spared` of its attempts do not count."""

    id: int
    public_id: UUID
    merchant_id: int
    inbox_id: int
    conversation_id: int
    kind: Any
    source: str
    mime: str
    sha256: str
    file_name: str
    voice: bool
    attempts: int
    spared: int


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in storage now: its true type, size in bytes, digest and keys."""

    mime: str
    bytes: int
    sha256: str
    key: str
    thumbnail_key: str | None = None


async def claim(database: Database, *, lease_s: float, limit: int) -> list[Fetching]:
    """Take files that are due, of any merchant; nobody else takes them before the lease is over."""
    rows = await database.call("select * from claim_media($1, $2)", lease_s, limit)
    names = Fetching.__struct_fields__
    return [Fetching(**{name: row[name] for name in names}) for row in rows]


async def stored(connection: Connection, row: Fetching, what: Stored) -> bool:
    """Record that a file is stored; False when somebody else has claimed it meanwhile."""
    done = await connection.execute(
        """update media set state = 'stored', mime = $3, bytes = $4, sha256 = $5, stored_key = $6,
               thumbnail_key = $7, reason = null, stored_at = now()
           where id = $1 and attempts = $2 and state = 'fetching'""",
        row.id,
        row.attempts,
        what.mime,
        what.bytes,
        what.sha256,
        what.key,
        what.thumbnail_key,
    )
    return bool(done == "UPDATE 1")


async def again(
    connection: Connection, row: Fetching, why: str, *, wait_s: float, counted: bool
) -> bool:
    """Queue a file again; False when somebody else has claimed it meanwhile.

    Args:
        connection: a deed of its merchant.
        row: as it was claimed.
        why: what went wrong.
        wait_s: seconds until it is due.
        counted: whether it was one of its attempts.
    """
    done = await connection.execute(
        """update media set state = 'queued', reason = $3, spared = spared + $5::integer,
               next_at = clock_timestamp() + make_interval(secs => $4)
           where id = $1 and attempts = $2 and state = 'fetching'""",
        row.id,
        row.attempts,
        why,
        wait_s,
        0 if counted else 1,
    )
    if done == "UPDATE 1" and counted:
        await _note(connection, row, "retry", why)
    return bool(done == "UPDATE 1")


async def failed(connection: Connection, row: Fetching, why: str) -> bool:
    """Make it a dead letter; one that fails again after a retry is the same letter (Q6)."""
    done = await connection.execute(
        """update media set state = 'failed', reason = $3
           where id = $1 and attempts = $2 and state = 'fetching'""",
        row.id,
        row.attempts,
        why,
    )
    if done != "UPDATE 1":
        return False
    await _note(connection, row, "dead", why)
    await connection.execute(
        """insert into dead_letter (merchant_id, conversation_id, media_id, kind, reason)
           values ($1, $2, $3, 'media', $4)
           on conflict (media_id) where kind = 'media' do update
           set reason = excluded.reason, settled_at = null, settled_by = null, settlement = null""",
        row.merchant_id,
        row.conversation_id,
        row.id,
        why,
    )
    return True


async def one(connection: Connection, media_id: int) -> asyncpg.Record | None:
    """One file of this merchant by our id; None when there is no such."""
    return await connection.fetchrow("select * from media where id = $1", media_id)


async def by_public_id(connection: Connection, public_id: UUID) -> asyncpg.Record | None:
    """One file of this merchant by its public id; None when there is no such."""
    return await connection.fetchrow("select * from media where public_id = $1", public_id)


async def _note(connection: Connection, row: Fetching, outcome: str, why: str) -> None:
    await connection.execute(
        """insert into failed_attempt
               (merchant_id, conversation_id, media_id, attempt, outcome, reason)
           values ($1, $2, $3, $4, $5, $6)""",
        row.merchant_id,
        row.conversation_id,
        row.id,
        row.attempts,
        outcome,
        why,
    )
