"""One conversation as a page reads it: its contact, its messages with their batch and send."""

from __future__ import annotations

import asyncpg

from hudhud.store.pool import Connection

THREAD_MESSAGES_MAX = 80

_HEAD = """
select k.*, c.name as contact_name, c.created_at as contact_since, i.channel, i.name as inbox_name,
    i.window_ms, o.name as operator_name, clock_timestamp() as read_at
from conversation k
join contact c on c.id = k.contact_id
join inbox i on i.id = k.inbox_id
left join operator o on o.id = k.operator_id
where k.id = $1
"""

_MESSAGES = """
select m.id, m.direction, m.author, m.kind, m.body, m.content, m.provider_at, m.accepted_at,
    m.wakes, m.note, m.batch_id, m.reply_to,
    coalesce(m.external_id, x.external_id) as provider_id, p.name as operator_name,
    b.outcome, b.reason, b.source, b.claimed_at, b.finished_at, b.trace, bp.name as batch_operator,
    x.id as outbox_id, x.state as send_state, x.error_code, x.error_text, x.attempt,
    x.sending_at, x.sent_at, x.delivered_at, x.read_at as seen_at
from message m
left join operator p on p.id = m.operator_id
left join batch b on b.id = m.batch_id
left join operator bp on bp.id = b.operator_id
left join outbox x on x.message_id = m.id
where m.conversation_id = $1 and ($2::bigint is null or m.id < $2)
order by m.id desc limit $3
"""


async def head(connection: Connection, conversation_id: int) -> asyncpg.Record | None:
    """The conversation, its contact and inbox; None when this merchant has no such."""
    return await connection.fetchrow(_HEAD, conversation_id)


async def messages(
    connection: Connection, conversation_id: int, *, before: int | None = None
) -> tuple[list[asyncpg.Record], bool]:
    """The latest messages, oldest first, and whether there are older ones.

    Args:
        connection: a reading of the merchant.
        conversation_id: which conversation.
        before: only messages older than this one.
    """
    rows = await connection.fetch(_MESSAGES, conversation_id, before, THREAD_MESSAGES_MAX + 1)
    return rows[:THREAD_MESSAGES_MAX][::-1], len(rows) > THREAD_MESSAGES_MAX


async def aliases(connection: Connection, contact_id: int) -> list[asyncpg.Record]:
    """Every name that providers have for a contact, the oldest first."""
    return await connection.fetch(
        "select kind, value from contact_alias where contact_id = $1 order by created_at, kind",
        contact_id,
    )


async def fields(connection: Connection, contact_id: int) -> list[asyncpg.Record]:
    """What was collected from a contact."""
    return await connection.fetch(
        """select name, value, collected_at from collected_field
           where contact_id = $1 order by collected_at, name""",
        contact_id,
    )


async def field_labels(connection: Connection, merchant_id: int) -> list[asyncpg.Record]:
    """How the merchant's assistants call the fields that they collect, in both languages."""
    return await connection.fetch(
        """select distinct on (f ->> 'name') f ->> 'name' as name, f ->> 'label_ar' as label_ar,
               f ->> 'label_en' as label_en
           from assistant a, jsonb_array_elements(a.fields) f where a.merchant_id = $1
           order by 1, a.id""",
        merchant_id,
    )


async def dead_letters(connection: Connection, conversation_id: int) -> list[asyncpg.Record]:
    """The open dead letters of one conversation."""
    return await connection.fetch(
        """select id, kind, reason, created_at from dead_letter
           where conversation_id = $1 and settled_at is null order by id""",
        conversation_id,
    )
