"""Why an answer was given, as it was kept: the batch, its messages, its sends, its calls."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from hudhud.store.pool import Connection

_BATCH = """
select b.*, k.inbox_id, c.name as contact_name, i.name as inbox_name, i.channel,
    (select a.value from contact_alias a where a.contact_id = k.contact_id
     order by a.created_at, a.kind limit 1) as address
from batch b
join conversation k on k.id = b.conversation_id
join contact c on c.id = k.contact_id
join inbox i on i.id = k.inbox_id
where b.id = $1
"""
_MESSAGES = """
select m.id, m.direction, m.author, m.kind, m.body, m.accepted_at,
    x.state as send_state, x.sending_at, x.sent_at, x.delivered_at, x.read_at
from message m left join outbox x on x.message_id = m.id
where m.conversation_id = $1 and m.batch_id = $2 order by m.direction, m.id limit $3
"""
# A withdrawn answer and the one that was made instead are the same turn (SQL turn_no).
_CALLS = """
select t.key, t.result, t.at from tool_call t
where t.conversation_id = $1 and t.turn_no = 1 + coalesce((select max(b.no) from batch b
    where b.conversation_id = $1 and b.no < $2 and b.outcome <> 'withdrawn'), 0)
order by t.id limit $3
"""
MESSAGES_MAX = 100
CALLS_MAX = 50


async def batch(connection: Connection, batch_id: int) -> asyncpg.Record | None:
    """One batch with its trace, its contact and inbox; None when this merchant has no such."""
    return await connection.fetchrow(_BATCH, batch_id)


async def messages(
    connection: Connection, conversation_id: int, batch_id: int
) -> list[asyncpg.Record]:
    """What was written and what was answered, with what became of each send."""
    return await connection.fetch(_MESSAGES, conversation_id, batch_id, MESSAGES_MAX)


async def calls(connection: Connection, conversation_id: int, no: int) -> list[asyncpg.Record]:
    """What the ledger holds of a batch's tools: those that changed something, with their results.

    Args:
        connection: a reading of the merchant.
        conversation_id: of the batch.
        no: its number in the conversation.
    """
    return await connection.fetch(_CALLS, conversation_id, no, CALLS_MAX)


async def traces_of(connection: Connection, row_ids: Sequence[int]) -> dict[int, str]:
    """The trace's id by row of the outbox, where there is one."""
    rows = await connection.fetch(
        """select o.id, b.trace ->> 'id' as trace from outbox o join batch b on b.id = o.batch_id
           where o.id = any ($1) and b.trace ? 'id'""",
        list(row_ids),
    )
    return {row["id"]: row["trace"] for row in rows}
