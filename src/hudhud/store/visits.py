"""A conversation as its visitor may see it: never a note, never what did not leave."""

from __future__ import annotations

import asyncpg

from hudhud.store.pool import Connection

MESSAGES_MAX = 100

# A contact of whom both names are known is found by the one that the site vouched for.
_FIND = """
select k.id, coalesce(k.lease_until > clock_timestamp(), false)
    or (k.due_at is not null and k.state <> 'human') as answering
from contact_alias a join conversation k on k.contact_id = a.contact_id and k.inbox_id = $2
where a.merchant_id = $1 and ((a.kind = 'site_user' and a.value = $4)
    or (a.kind = 'visitor' and a.value = $3))
order by a.kind = 'site_user' desc limit 1
"""

_SEEN = """
select m.id as seq, m.direction, m.author, m.kind, m.body, m.accepted_at, m.external_id
from message m left join outbox x on x.message_id = m.id
where m.conversation_id = $1 and m.id > $2
    and ((m.direction = 'in' and m.author = 'contact')
        or (m.direction = 'out' and x.state = 'accepted'))
"""

# What is under way may become visible after what came later: a browser resumes before it.
_UNDER_WAY = """
select min(message_id) from outbox
where conversation_id = $1 and state in ('queued', 'sending', 'unknown')
"""


async def conversation(
    connection: Connection, merchant_id: int, inbox_id: int, *, visitor: str, user: str
) -> asyncpg.Record | None:
    """The visitor's conversation in this inbox, and whether an answer is being made."""
    return await connection.fetchrow(_FIND, merchant_id, inbox_id, visitor, user)


async def messages(
    connection: Connection, conversation_id: int, *, after: int
) -> tuple[list[asyncpg.Record], int, bool]:
    """What became visible after a sequence number, in order; where to resume; whether more waits.

    From 0 it is the latest ones. The number to resume from stays before whatever is still under
    way, so that nothing is missed; what is told twice has the same number.
    """
    under_way = await connection.fetchval(_UNDER_WAY, conversation_id)
    way = "asc" if after else "desc"
    rows = await connection.fetch(
        f"{_SEEN} order by m.id {way} limit $3", conversation_id, after, MESSAGES_MAX + 1
    )
    more = len(rows) > MESSAGES_MAX and bool(after)
    rows = rows[:MESSAGES_MAX] if after else rows[:MESSAGES_MAX][::-1]
    last = rows[-1]["seq"] if rows else after
    return rows, last if under_way is None else max(after, min(last, under_way - 1)), more
