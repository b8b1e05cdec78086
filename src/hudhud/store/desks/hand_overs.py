"""What went to people, as the person who takes over reads it, and what comes back by itself."""

from __future__ import annotations

import asyncpg

from hudhud.store.intake import Due
from hudhud.store.pool import Connection, Database


async def open_of(connection: Connection, conversation_id: int) -> asyncpg.Record | None:
    """Why a person holds a conversation now: reason, desk, summary; None: nobody does."""
    return await connection.fetchrow(
        """select h.reason, h.summary, h.at, d.name_ar, d.name_en from hand_over h
           left join desk d on d.id = h.desk_id
           where h.conversation_id = $1 and h.ended_at is null order by h.id desc limit 1""",
        conversation_id,
    )


async def hand_back_silent(database: Database, *, limit: int) -> list[tuple[Due, bool]]:
    """Give back what a person holds and has not touched for its inbox's minutes (S7).

    Args:
        database: any pool as the runtime role.
        limit: most conversations.

    Returns:
        Each conversation, and whether messages wait in it and are due now (trap 19).
    """
    rows = await database.call("select * from hand_back_silent($1)", limit)
    return [
        (Due(merchant_id=row["merchant"], conversation_id=row["conversation"], due_ms=0.0), waits)
        for row in rows
        for waits in (row["waiting"] > 0,)
    ]


async def close_waiting(connection: Connection, conversation_id: int, operator_id: int) -> None:
    """What waits in a locked conversation needs no more answer, says a person (law 6)."""
    await connection.execute(
        """with waiting as (
               select id from message where conversation_id = $1 and batch_id is null and wakes
                 and direction = 'in'),
           counted as (
               update conversation set pending = 0, closed_id = last_id, batch_no = batch_no + 1
               where id = $1 and exists (select 1 from waiting) returning merchant_id, batch_no),
           closed as (
               insert into batch (merchant_id, conversation_id, no, outcome, operator_id, source)
               select merchant_id, $1, batch_no, 'by_person', $2, 'operator' from counted
               returning id)
           update message m set batch_id = closed.id from closed, waiting
           where m.id = waiting.id""",
        *(conversation_id, operator_id),
    )
