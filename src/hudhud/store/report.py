"""What waits and what was done, read once for console, command line, API and metrics (Q7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from hudhud.errors import NotFoundError
from hudhud.store.pool import Connection, Database

# A backlog of millions takes seconds to count; a command's usual limit would hide it.
EVERYWHERE_S = 60.0


class Depth(msgspec.Struct, frozen=True, kw_only=True):
    """How many things of one inbox stand in one state, and the age of the oldest in seconds.

    `inbox_id` and `channel` are None for a thing that belongs to no inbox any more.
    """

    merchant_id: int
    inbox_id: int | None
    channel: str | None
    state: str
    count: int
    oldest_s: float


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What one inbox has taken since it was made; `processed` is what does not wait any more."""

    merchant_id: int
    inbox_id: int
    channel: str
    name: str
    total: int
    processed: int
    last_at: datetime | None


class ConversationCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The same of one conversation, and how many batches it had."""

    conversation_id: int
    total: int
    processed: int
    batches: int
    last_at: datetime


async def depths(connection: Connection, merchant_id: int) -> list[Depth]:
    """Everything of one merchant that waits, by inbox and state (law 6).

    Args:
        connection: a reading of this merchant.
        merchant_id: whose.
    """
    return _depths(await connection.fetch("select * from waiting($1)", merchant_id))


async def depths_everywhere(database: Database) -> list[Depth]:
    """The same of all merchants; counts and ids only."""
    rows = await database.call("select * from waiting_everywhere()", timeout_s=EVERYWHERE_S)
    return _depths(rows)


async def counts(connection: Connection, merchant_id: int) -> list[Counts]:
    """The counters of each inbox of one merchant."""
    return _counts(await connection.fetch("select * from inbox_counts($1)", merchant_id))


async def counts_everywhere(database: Database) -> list[Counts]:
    """The counters of every inbox of the installation."""
    rows = await database.call("select * from inbox_counts_everywhere()", timeout_s=EVERYWHERE_S)
    return _counts(rows)


async def conversation_counts(connection: Connection, conversation_id: int) -> ConversationCounts:
    """The counters of one conversation.

    Raises:
        NotFoundError: this merchant has no such conversation.
    """
    row = await connection.fetchrow(
        """select k.id as conversation_id, k.batch_no as batches, k.last_at,
               count(m.id) as total,
               count(m.id) filter (where m.batch_id is not null or not m.wakes) as processed
           from conversation k
           left join message m on m.conversation_id = k.id and m.direction = 'in'
           where k.id = $1 group by k.id""",
        conversation_id,
    )
    if row is None:
        raise NotFoundError(f"Conversation {conversation_id}.")
    return ConversationCounts(**row)


async def count_messages(database: Database, *, limit: int) -> int:
    """Count what came since the last call into the totals of its inboxes; any process may.

    Args:
        database: any pool as the runtime role.
        limit: most messages of one call.

    Returns: how many ids the mark moved; 0 while older transactions are still under way.
    """
    rows = await database.call("select count_messages($1)", limit)
    moved: int = rows[0][0]
    return moved


def _depths(rows: Iterable[Any]) -> list[Depth]:
    return [
        Depth(
            merchant_id=row["merchant"],
            inbox_id=row["inbox"],
            channel=row["channel"],
            state=row["state"],
            count=row["count"],
            oldest_s=row["oldest_s"] or 0.0,
        )
        for row in rows
    ]


def _counts(rows: Iterable[Any]) -> list[Counts]:
    return [
        Counts(
            merchant_id=row["merchant"],
            inbox_id=row["inbox"],
            channel=row["channel"],
            name=row["name"],
            total=row["total"],
            processed=row["processed"],
            last_at=row["last_at"],
        )
        for row in rows
    ]
