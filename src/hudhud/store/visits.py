"""A conversation as its visitor may see it: never a note, never what did not leave."""

from __future__ import annotations

from typing import NamedTuple

import asyncpg

from hudhud.store.pool import Connection

MESSAGES_MAX = 100
UNDER_WAY_MAX = 50

# A contact of whom both names are known is found by the one that the site vouched for.
_FIND = """
select k.id, k.closed_id, coalesce(k.lease_until > clock_timestamp(), false)
    or (k.due_at is not null and k.state = 'bot') as answering
from contact_alias a join conversation k on k.contact_id = a.contact_id and k.inbox_id = $2
where a.merchant_id = $1 and ((a.kind = 'site_user' and a.value = $4)
    or (a.kind = 'visitor' and a.value = $3))
order by a.kind = 'site_user' desc limit 1
"""

# One statement, so that both are seen at one moment: what was under way when these rows were read.
_SEEN = """
with under_way as materialized (select array(select message_id from outbox
    where conversation_id = $1 and state in ('queued', 'sending', 'unknown')
    order by id limit $5) as ids)
select m.id as seq, m.direction, m.author, m.kind, m.body, m.content, m.accepted_at, m.external_id,
    m.reply_to, w.ids as under_way
from message m left join outbox x on x.message_id = m.id cross join under_way w
where m.conversation_id = $1 and (m.id > $2 or m.id = any ($3))
    and ((m.direction = 'in' and m.author = 'contact')
        or (m.direction = 'out' and x.state = 'accepted'))
"""

_UNREAD = """
select x.external_id from (select id from message where conversation_id = $1 and id <= $2
    order by id desc limit $3) m
join outbox x on x.message_id = m.id
where x.state = 'accepted' and x.read_at is null and x.external_id is not null
"""


class Place(NamedTuple):
    """How far a browser has read: to a sequence number, but for some that were still under way."""

    after: int = 0
    missing: tuple[int, ...] = ()


async def conversation(
    connection: Connection, merchant_id: int, inbox_id: int, *, visitor: str, user: str
) -> asyncpg.Record | None:
    """The visitor's conversation here, what of it was taken up, whether an answer is being made."""
    return await connection.fetchrow(_FIND, merchant_id, inbox_id, visitor, user)


async def messages(
    connection: Connection, conversation_id: int, place: Place
) -> tuple[list[asyncpg.Record], Place, bool]:
    """What became visible since a place, in order; the next place; whether more waits.

    From 0 it is the latest ones. Messages take their numbers in the order of commits (trap 9), but
    one that we send becomes visible only when it was accepted: until then it is missing.
    """
    way = "asc" if place.after else "desc"
    rows = await connection.fetch(
        f"{_SEEN} order by m.id {way} limit $4",
        *(conversation_id, place.after, list(place.missing), MESSAGES_MAX + 1, UNDER_WAY_MAX),
    )
    if not rows:
        return [], place, False
    more = len(rows) > MESSAGES_MAX and bool(place.after)
    rows = rows[:MESSAGES_MAX] if place.after else rows[:MESSAGES_MAX][::-1]
    last = max((place.after, *(row["seq"] for row in rows)))
    under_way = tuple(seq for seq in rows[0]["under_way"] if seq < last)
    return rows, Place(last, under_way), more


async def unread(connection: Connection, conversation_id: int, *, until: int) -> list[str]:
    """The ids of what we sent lately until a number, and was not read yet."""
    rows = await connection.fetch(_UNREAD, conversation_id, until, MESSAGES_MAX)
    return [row["external_id"] for row in rows]
