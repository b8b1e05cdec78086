"""Files of messages: claimed by workers, ended under the number of the attempt, read by pages.

A voice note is claimed twice: to be fetched, and once it is stored to be heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from hudhud.store.pool import Connection, Database


class Fetching(msgspec.Struct, frozen=True, kw_only=True):
    """One file that this worker fetches, or hears; `spared` of its attempts do not count."""

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
    hearing: str | None = None
    stored_key: str | None = None


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in storage now: its true type, size in bytes, digest and keys."""

    mime: str
    bytes: int
    sha256: str
    key: str
    thumbnail_key: str | None = None


class Dropped(msgspec.Struct, frozen=True, kw_only=True):
    """A file that retention took out of sight and that still lies in storage."""

    id: int
    merchant_id: int
    conversation_id: int
    keys: tuple[str, ...]


async def claim(database: Database, *, holder: str, lease_s: float, limit: int) -> list[Fetching]:
    """Take files that are due, of any merchant; nobody else takes them before the lease is over."""
    rows = await database.call("select * from claim_media($1, $2, $3)", holder, lease_s, limit)
    names = Fetching.__struct_fields__
    return [Fetching(**{name: row[name] for name in names}) for row in rows]


async def release(database: Database, holder: str, *, crashed: bool) -> int:
    """Make due again what this holder has; returns how many. `crashed`: those were attempts."""
    rows = await database.call("select release_media($1, $2)", holder, crashed)
    freed: int = rows[0][0]
    return freed


async def stored(connection: Connection, row: Fetching, what: Stored, *, to_hear: bool) -> bool:
    """Record that a file is stored; False when somebody else has claimed it meanwhile.

    Args:
        connection: a deed of its merchant.
        row: as it was claimed.
        what: is stored.
        to_hear: whether it is to be transcribed next; its attempts begin anew.
    """
    done = await connection.execute(
        """update media set state = 'stored', mime = $3, bytes = $4, sha256 = $5, stored_key = $6,
               thumbnail_key = $7, reason = null, stored_at = now(), holder = null,
               hearing = case when $8 then 'queued' end, next_at = now(), spared = attempts
           where id = $1 and attempts = $2 and state = 'fetching'""",
        row.id,
        row.attempts,
        what.mime,
        what.bytes,
        what.sha256,
        what.key,
        what.thumbnail_key,
        to_hear,
    )
    return bool(done == "UPDATE 1")


async def heard(
    connection: Connection, row: Fetching, words: str, confidence: float | None
) -> bool:
    """Keep what a voice note says; False when somebody else has claimed it meanwhile.

    The words become those of its message, where that has none of its own: whoever reads the
    conversation later, person or assistant, reads them.

    Args:
        connection: a deed of its merchant.
        row: as it was claimed.
        words: the transcript.
        confidence: from 0 to 1, when the endpoint says it.
    """
    await connection.execute(
        "select 1 from conversation where id = $1 for no key update", row.conversation_id
    )
    done = await connection.execute(
        """with done as (
               update media set hearing = 'heard', transcript = $3, confidence = $4, reason = null,
                   holder = null
               where id = $1 and attempts = $2 and hearing = 'hearing' returning message_id)
           update message m set body = case when m.body = '' then $3 else m.body end
           from done where m.id = done.message_id""",
        row.id,
        row.attempts,
        words,
        confidence,
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
        """update media set reason = $3, spared = spared + $5::integer, holder = null,
               state = case state when 'fetching' then 'queued' else state end,
               hearing = case hearing when 'hearing' then 'queued' else hearing end,
               next_at = clock_timestamp() + make_interval(secs => $4)
           where id = $1 and attempts = $2 and (state = 'fetching' or hearing = 'hearing')""",
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
    # Conversations first (trap 2). Which one it is in is read anew: a merge may have moved it.
    await connection.execute(
        """select 1 from conversation
           where id = (select conversation_id from media where id = $1) for no key update""",
        row.id,
    )
    done = await connection.execute(
        """update media set reason = $3, holder = null,
               state = case state when 'fetching' then 'failed' else state end,
               hearing = case hearing when 'hearing' then 'failed' else hearing end
           where id = $1 and attempts = $2 and (state = 'fetching' or hearing = 'hearing')""",
        row.id,
        row.attempts,
        why,
    )
    if done != "UPDATE 1":
        return False
    await _note(connection, row, "dead", why)
    await connection.execute(
        """insert into dead_letter (merchant_id, conversation_id, media_id, kind, reason)
           select merchant_id, conversation_id, id, 'media', $2 from media where id = $1
           on conflict (media_id) where kind = 'media' do update
           set reason = excluded.reason, settled_at = null, settled_by = null, settlement = null""",
        row.id,
        why,
    )
    return True


async def keep(
    connection: Connection,
    public_id: UUID,
    what: Stored,
    *,
    merchant_id: int,
    conversation_id: int | None,
    kind: str,
    file_name: str,
) -> int:
    """Record a file of our own that is stored; returns our id of it.

    Args:
        connection: a deed of its merchant.
        public_id: under which it was stored.
        what: is stored.
        merchant_id: whose.
        conversation_id: for which it was given; one of none outlives retention.
        kind: of the file.
        file_name: as it was given.
    """
    media_id: int = await connection.fetchval(
        """insert into media (public_id, merchant_id, conversation_id, kind, mime, bytes, sha256,
               stored_key, thumbnail_key, file_name, state, stored_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'stored', now()) returning id""",
        public_id,
        merchant_id,
        conversation_id,
        kind,
        what.mime,
        what.bytes,
        what.sha256,
        what.key,
        what.thumbnail_key,
        file_name,
    )
    return media_id


async def one(connection: Connection, media_id: int) -> asyncpg.Record | None:
    """One file of this merchant by our id; None when there is no such."""
    return await connection.fetchrow("select * from media where id = $1", media_id)


async def by_public_id(connection: Connection, public_id: UUID) -> asyncpg.Record | None:
    """One file of this merchant by its public id; None when there is no such."""
    return await connection.fetchrow("select * from media where public_id = $1", public_id)


async def of_messages(
    connection: Connection, message_ids: Sequence[int], media_ids: Sequence[int]
) -> list[asyncpg.Record]:
    """The files of these messages, and those that are named by our id, with their open letter."""
    return await connection.fetch(
        """select f.*, d.id as letter_id from media f
           left join dead_letter d on d.media_id = f.id and d.kind = 'media'
               and d.settled_at is null
           where f.message_id = any ($1) or f.id = any ($2) order by f.message_id, f.place, f.id""",
        list(message_ids),
        list(media_ids),
    )


async def voices(connection: Connection, message_ids: Sequence[int]) -> list[asyncpg.Record]:
    """How far the voice notes of these messages are on their way to words."""
    return await connection.fetch(
        """select message_id, state, hearing, transcript from media
           where message_id = any ($1) and voice""",
        list(message_ids),
    )


async def drop(database: Database, *, keep_days: int, limit: int) -> list[Dropped]:
    """Take files out of sight that are older; returns what is to be deleted from storage."""
    rows = await database.call("select * from drop_media($1, $2)", keep_days, limit)
    return [
        Dropped(
            id=row["media"],
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            keys=tuple(filter(None, (row["stored_key"], row["thumbnail_key"]))),
        )
        for row in rows
    ]


async def forget(database: Database, media_ids: Sequence[int]) -> None:
    """Record that these files, which retention dropped, have left the storage."""
    await database.call("select forget_media($1)", list(media_ids))


async def _note(connection: Connection, row: Fetching, outcome: str, why: str) -> None:
    await connection.execute(
        """insert into failed_attempt
               (merchant_id, conversation_id, media_id, attempt, outcome, reason)
           select merchant_id, conversation_id, id, $2, $3, $4 from media where id = $1""",
        row.id,
        row.attempts,
        outcome,
        why,
    )
