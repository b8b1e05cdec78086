"""Summaries as they are stored, wanted and made."""

from __future__ import annotations

from typing import Any

import msgspec

from hudhud.model import Said
from hudhud.store.pool import Connection, Database


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """One that is to be made: what there is, and the last message in it."""

    merchant_id: int
    conversation_id: int
    body: str
    upto: int


async def want(connection: Connection, merchant_id: int, conversation_id: int) -> None:
    """Have it made; wanted twice is wanted once."""
    await connection.execute(
        """insert into conversation_summary as s (merchant_id, conversation_id, wanted_at)
           values ($1, $2, now())
           on conflict (conversation_id) do update set wanted_at = coalesce(s.wanted_at, now()),
               tries = case when s.wanted_at is null then 0 else s.tries end""",
        *(merchant_id, conversation_id),
    )


async def take(database: Database, *, limit: int, lease_s: float, tries: int) -> list[Wanted]:
    """Take those of any merchant that are to be made now.

    Raises:
        StoreUnavailableError: PostgreSQL is away.
    """
    rows = await database.call(
        "select * from take_wanted_summaries($1, $2, $3)", limit, lease_s, tries
    )
    return [
        Wanted(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            body=row["body"],
            upto=row["upto"],
        )
        for row in rows
    ]


async def said_since(
    connection: Connection, conversation_id: int, *, after: int, limit: int
) -> tuple[Said, ...]:
    """What was said after a message and is answered or sent, oldest first."""
    rows = await connection.fetch(
        """select m.id, m.author, m.kind, m.body as text, m.provider_at as at from message m
           where m.conversation_id = $1 and m.id > $2
             and (m.batch_id is not null or m.direction = 'out')
             and not exists (select 1 from outbox o
                 where o.message_id = m.id and o.state = 'cancelled')
           order by m.id limit $3""",
        *(conversation_id, after, limit),
    )
    return tuple(Said(**row) for row in rows)


async def assistant_of(connection: Connection, conversation_id: int) -> dict[str, Any] | None:
    """Who answers this conversation now, as an answer would be told."""
    value: dict[str, Any] | None = await connection.fetchval(
        "select value from lookup_assistant(array[$1::bigint], array[0::bigint])", conversation_id
    )
    return value


async def keep(connection: Connection, wanted: Wanted, *, body: str, upto: int) -> None:
    """Write it, unless somebody else was faster."""
    await connection.execute(
        "update conversation_summary set body = $3, upto = $4, wanted_at = null, tries = 0,"
        " made_at = now() where conversation_id = $1 and upto = $2",
        *(wanted.conversation_id, wanted.upto, body, upto),
    )


async def give_up(connection: Connection, conversation_id: int) -> None:
    """Nobody makes it until it is wanted again."""
    await connection.execute(
        "update conversation_summary set wanted_at = null where conversation_id = $1",
        conversation_id,
    )
