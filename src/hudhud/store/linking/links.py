"""Whether the phone behind an inbox is linked, as its provider told it last."""

from __future__ import annotations

from datetime import datetime

import asyncpg

from hudhud.store.pool import Connection


async def note(
    connection: Connection,
    merchant_id: int,
    inbox_id: int,
    *,
    linked: bool,
    reason: str,
    told_at: datetime | None,
) -> bool:
    """Keep what was told unless something newer is known; says whether it is news."""
    row = await connection.fetchrow(
        """with before as materialized (select linked from inbox_link where inbox_id = $2)
           insert into inbox_link as l (merchant_id, inbox_id, linked, reason, told_at)
           values ($1, $2, $3, $4, coalesce($5, now()))
           on conflict (inbox_id) do update set
               since = case when l.linked = excluded.linked then l.since else now() end,
               linked = excluded.linked, reason = excluded.reason, told_at = excluded.told_at
           where l.told_at <= excluded.told_at
           returning linked is distinct from (select linked from before) as news""",
        *(merchant_id, inbox_id, linked, reason, told_at),
    )
    return row is not None and bool(row["news"])


async def unlinked(connection: Connection, merchant_id: int) -> list[asyncpg.Record]:
    """The merchant's inboxes whose phone is not linked, the longest first."""
    return await connection.fetch(
        """select l.inbox_id, i.name, i.channel, l.reason, l.since
           from inbox_link l join inbox i on i.id = l.inbox_id
           where l.merchant_id = $1 and not l.linked and i.disabled_at is null order by l.since""",
        merchant_id,
    )
