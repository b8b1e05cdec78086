"""Readings of a provider's list of templates: who does the next one, and what it found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from hudhud.model import TemplateSeen
from hudhud.store.pool import Connection, Database

ERROR_CHARS_MAX = 500


class DueSync(msgspec.Struct, frozen=True, kw_only=True):
    """The templates of one scope that this process reads now, through one of its inboxes."""

    merchant_id: int
    inbox_id: int
    channel: str
    scope: str
    began_at: datetime


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a sync found: how many there are, how many of them are new, how many vanished."""

    count: int
    new: int
    gone: int


async def claim(
    database: Database, *, lease_s: float, gap_s: float, regular: bool, limit: int
) -> list[DueSync]:
    """Take what is due or was asked for, of any merchant, for so many seconds.

    Args:
        database: the worker's pool.
        lease_s: nobody else takes it meanwhile.
        gap_s: least time between two tries of one scope, however often it is asked for.
        regular: whether a scope that was never read is due.
        limit: most of them.
    """
    rows = await database.call(
        "select * from claim_template_syncs($1, $2, $3, $4)", lease_s, gap_s, regular, limit
    )
    return [
        DueSync(
            merchant_id=row["merchant"],
            inbox_id=row["inbox"],
            channel=row["channel"],
            scope=row["scope"],
            began_at=row["began_at"],
        )
        for row in rows
    ]


async def begin(connection: Connection, merchant_id: int, channel: str, scope: str) -> datetime:
    """Record that a sync begins now, by PostgreSQL's clock, whoever else is at it."""
    began: datetime = await connection.fetchval(
        """insert into template_sync as y (merchant_id, channel, scope, tried_at)
           values ($1, $2, $3, clock_timestamp())
           on conflict (merchant_id, channel, scope) do update set tried_at = excluded.tried_at
           returning date_trunc('second', y.tried_at)""",
        merchant_id,
        channel,
        scope,
    )
    return began


async def ask(connection: Connection, merchant_id: int, channel: str, scope: str) -> None:
    """Ask for a sync; a worker does it within seconds."""
    await connection.execute(
        """insert into template_sync as y (merchant_id, channel, scope, asked_at)
           values ($1, $2, $3, clock_timestamp())
           on conflict (merchant_id, channel, scope) do update set asked_at = excluded.asked_at""",
        merchant_id,
        channel,
        scope,
    )


async def keep(
    connection: Connection, sync: DueSync, seen: Sequence[TemplateSeen], *, again_s: float
) -> Kept:
    """Write what the provider's whole list says; what it has no more is marked.

    What a webhook told after this sync began is newer, and stays. Our own pause ends only by a
    list that was asked for after it, and says that the template is active.

    Args:
        connection: a deed of the merchant.
        sync: as it began.
        seen: all of them, no name and language twice.
        again_s: seconds until the next regular sync; 0: never.
    """
    row = await connection.fetchrow(
        _KEEP,
        sync.merchant_id,
        sync.channel,
        sync.scope,
        sync.began_at,
        [msgspec.to_builtins(each) for each in seen],
    )
    await connection.execute(
        """update template_sync set done_at = now(), error = null, busy_until = '-infinity',
               due_at = case when $4::float8 > 0 then now() + make_interval(secs => $4)
                             else 'infinity' end
           where merchant_id = $1 and channel = $2 and scope = $3""",
        *(sync.merchant_id, sync.channel, sync.scope, again_s),
    )
    return Kept(**row) if row else Kept(count=0, new=0, gone=0)


async def failed(connection: Connection, sync: DueSync, why: str, *, again_s: float) -> None:
    """Record why the list could not be read; what is known stays as it is.

    Args:
        connection: a deed of the merchant.
        sync: as it began.
        why: the provider's code, if any, and its words.
        again_s: seconds until the next try; 0: only when somebody asks.
    """
    await connection.execute(
        """update template_sync set error = $4, busy_until = '-infinity',
               due_at = case when $5::float8 > 0 then now() + make_interval(secs => $5)
                             else 'infinity' end
           where merchant_id = $1 and channel = $2 and scope = $3""",
        *(sync.merchant_id, sync.channel, sync.scope, why[:ERROR_CHARS_MAX], again_s),
    )


async def standing(connection: Connection, merchant_id: int) -> list[asyncpg.Record]:
    """When each scope was read: channel, scope, done_at, error, and `waits`: one is under way."""
    return await connection.fetch(
        """select channel, scope, done_at, error,
               asked_at > tried_at or busy_until > clock_timestamp() as waits
           from template_sync where merchant_id = $1 order by channel, scope""",
        merchant_id,
    )


_KEEP = """
with given as (
    select * from jsonb_to_recordset($5::jsonb) g(name text, language text, external_id text,
        category text, status text, quality text, reason text, parameter_format text,
        components jsonb)),
kept as (
    insert into template as t (merchant_id, channel, scope, name, language, external_id, category,
        status, quality, reason, parameter_format, components, synced_at, status_at, quality_at,
        category_at)
    select $1, $2, $3, g.name, g.language, g.external_id, g.category, g.status, g.quality,
        nullif(g.reason, ''), g.parameter_format, g.components, $4, $4, $4, $4
    from given g order by g.name collate "C", g.language collate "C"
    on conflict (merchant_id, channel, scope, name, language) do update set
        external_id = excluded.external_id, components = excluded.components,
        parameter_format = excluded.parameter_format, synced_at = excluded.synced_at,
        gone_at = null,
        status = case when t.status_at <= $4 then excluded.status else t.status end,
        reason = case when t.status_at <= $4 then excluded.reason else t.reason end,
        status_at = greatest(t.status_at, $4),
        quality = case when t.quality_at <= $4 then excluded.quality else t.quality end,
        quality_at = greatest(t.quality_at, $4),
        category = case when t.category_at <= $4 then excluded.category else t.category end,
        category_at = greatest(t.category_at, $4),
        paused_at = case when excluded.status = 'APPROVED' and t.paused_at < $4 then null
                         else t.paused_at end,
        paused_reason = case when excluded.status = 'APPROVED' and t.paused_at < $4 then null
                             else t.paused_reason end
    where t.synced_at <= excluded.synced_at
    returning t.xmax = 0 as new),
gone as (
    update template t set gone_at = now()
    where t.merchant_id = $1 and t.channel = $2 and t.scope = $3 and t.gone_at is null
      and t.synced_at <= $4 and not exists (
          select 1 from given g where g.name = t.name and g.language = t.language)
    returning 1)
select (select count(*)::integer from given) as count,
    (select count(*)::integer from kept where new) as new,
    (select count(*)::integer from gone) as gone
"""
