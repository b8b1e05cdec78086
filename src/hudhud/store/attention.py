"""Law 6 on one page: everything that waits, and what only a person can settle."""

from __future__ import annotations

import asyncpg

from hudhud.errors import NotFoundError
from hudhud.store.pool import Connection

# Of each kind the oldest are shown; the count says how many there are.
SHOWN_MAX = 25
PREVIEW_BYTES_MAX = 600

_CONTACT = """c.name as contact_name,
    (select l.value from contact_alias l where l.contact_id = c.id
     order by (l.kind <> 'phone'), l.created_at limit 1) as address"""


async def merchant(connection: Connection, merchant_id: int) -> asyncpg.Record:
    """How a merchant's pages speak: name, language, digits, time zone.

    Raises:
        NotFoundError: there is no such merchant.
    """
    row = await connection.fetchrow(
        """select id, name, language, digits, timezone, currency, dates, hijri_days
           from merchant where id = $1""",
        merchant_id,
    )
    if row is None:
        raise NotFoundError(f"Merchant {merchant_id}.")
    return row


async def with_person(connection: Connection, merchant_id: int) -> list[asyncpg.Record]:
    """Conversations in which a person is awaited, the longest wait first."""
    return await connection.fetch(
        f"""select k.id, {_CONTACT}, k.hand_over_reason, o.name as operator_name,
                coalesce(open.since, k.human_since) as since, open.n as open_count
            from conversation k join contact c on c.id = k.contact_id
            left join operator o on o.id = k.operator_id
            left join lateral (select count(*)::integer as n, min(m.accepted_at) as since
                from message m where m.conversation_id = k.id and m.batch_id is null and m.wakes
                  and m.direction = 'in') open on true
            where k.merchant_id = $1 and k.state = 'human'
              and (k.operator_id is null or open.n > 0)
            order by since limit {SHOWN_MAX}""",
        merchant_id,
    )


async def unknown_sends(connection: Connection, merchant_id: int) -> list[asyncpg.Record]:
    """Sends that may or may not have left, the oldest first."""
    return await connection.fetch(
        f"""select x.id, x.conversation_id, {_CONTACT}, m.body, x.sending_at, x.created_at
            from outbox x join conversation k on k.id = x.conversation_id
            join contact c on c.id = k.contact_id join message m on m.id = x.message_id
            where x.merchant_id = $1 and x.state = 'unknown' order by x.id limit {SHOWN_MAX}""",
        merchant_id,
    )


async def set_aside(connection: Connection, merchant_id: int) -> list[asyncpg.Record]:
    """Webhooks that were signed correctly and not understood, with the reason and a preview."""
    return await connection.fetch(
        f"""select j.id, j.accepted_at, j.reason, i.name as inbox_name, i.channel,
                substring(j.body from 1 for {PREVIEW_BYTES_MAX}) as preview
            from journal j join inbox i on i.id = j.inbox_id
            where j.merchant_id = $1 and j.set_aside order by j.id limit {SHOWN_MAX}""",
        merchant_id,
    )
