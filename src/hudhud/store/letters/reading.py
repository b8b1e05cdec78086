"""Dead letters as people read them: lists by what is asked, one with its whole history."""

from __future__ import annotations

from typing import Annotated, Literal

import asyncpg
import msgspec

from hudhud.store.pool import Connection

LISTED_MAX = 200
# A list shows the beginning of each text; the letter itself shows all of it.
LISTED_CHARS_MAX = 400
HISTORY_MAX = 200

State = Literal["open", "settled", "all"]
Kind = Literal["batch", "send", "media"]
RowId = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
Part = Annotated[str, msgspec.Meta(max_length=200)]
Age = Annotated[float, msgspec.Meta(ge=0, le=1e9)]


class Which(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which letters of a merchant are meant; every condition that is given must hold.

    `reason` is a part of the reason in any case of letters, `older_s` the least age in seconds.
    """

    state: State = "open"
    kind: Kind | None = None
    reason: Part | None = None
    inbox_id: RowId | None = None
    older_s: Age | None = None


_STATES = {"open": "d.settled_at is null", "settled": "d.settled_at is not null", "all": "true"}
_WHERE = """d.merchant_id = $1 and {state}
    and ($2::text is null or d.kind = $2)
    and ($3::text is null or position(lower($3) in lower(d.reason)) > 0)
    and ($4::bigint is null or k.inbox_id = $4)
    and ($5::float8 is null or d.created_at <= now() - make_interval(secs => $5))"""
_COLUMNS = """d.id, d.kind, d.reason, d.created_at, d.settled_at, d.settled_by, d.settlement,
    d.conversation_id, k.inbox_id, i.name as inbox_name, i.channel, c.name as contact_name,
    (select l.value from contact_alias l where l.contact_id = c.id
     order by (l.kind <> 'phone'), l.created_at limit 1) as address,
    (select string_agg(m.body, E'\\n' order by m.provider_at, m.id) from message m
     where m.conversation_id = d.conversation_id and (
         (d.kind = 'send' and m.id = (select x.message_id from outbox x where x.id = d.outbox_id))
         or (d.kind = 'media' and m.id = (select f.message_id from media f where f.id = d.media_id))
         or (d.kind = 'batch' and m.direction = 'in' and m.wakes and (m.batch_id = d.batch_id
             or m.batch_id = (select b.id from batch b where b.conversation_id = d.conversation_id
                              and b.no = d.batch_no)
             or (d.settlement = 'retry' and m.batch_id is null))))) as body"""
_JOINS = """from dead_letter d left join conversation k on k.id = d.conversation_id
    left join inbox i on i.id = k.inbox_id left join contact c on c.id = k.contact_id"""


async def listed(
    connection: Connection, merchant_id: int, which: Which, *, after: int = 0, limit: int
) -> list[asyncpg.Record]:
    """Letters with the beginning of their text, the oldest first.

    Args:
        connection: a reading of this merchant.
        merchant_id: whose.
        which: the conditions.
        after: only letters with a larger id; where the last list ended.
        limit: most rows, at most LISTED_MAX + 1 (one more says that there are more).
    """
    return await connection.fetch(
        f"""select id, kind, reason, created_at, settled_at, settled_by, settlement,
                conversation_id, inbox_id, inbox_name, channel, contact_name, address,
                left(body, {LISTED_CHARS_MAX}) as body
            from (select {_COLUMNS} {_JOINS} where {_where(which)} and d.id > $6
                  order by d.id limit $7) found order by id""",
        *_values(merchant_id, which),
        after,
        min(limit, LISTED_MAX + 1),
    )


async def ids(
    connection: Connection, merchant_id: int, which: Which, *, after: int, up_to: int, limit: int
) -> list[int]:
    """The ids of such letters between two ids, the smallest first."""
    rows = await connection.fetch(
        f"""select d.id {_JOINS} where {_where(which)} and d.id > $6 and d.id <= $7
            order by d.id limit $8""",
        *_values(merchant_id, which),
        after,
        up_to,
        limit,
    )
    return [row["id"] for row in rows]


async def newest(connection: Connection, merchant_id: int) -> int:
    """The largest id of this merchant's letters; 0 when there is none."""
    found: int = await connection.fetchval(
        "select coalesce(max(id), 0) from dead_letter where merchant_id = $1", merchant_id
    )
    return found


async def count(connection: Connection, merchant_id: int, which: Which) -> int:
    """How many such letters there are."""
    found: int = await connection.fetchval(
        f"select count(*) {_JOINS} where {_where(which)}", *_values(merchant_id, which)
    )
    return found


async def one(connection: Connection, letter_id: int) -> asyncpg.Record | None:
    """One letter whole; None when this merchant has no such.

    `fate` is what became of the last attempt of one that was retried: the state of its send, or
    the outcome of its batch; None while it is on its way.
    """
    return await connection.fetchrow(
        f"""select {_COLUMNS}, o.state as send_state, o.error_code, o.error_text,
                case d.kind when 'send' then nullif(o.state, 'rejected')
                    when 'media' then (select f.state from media f where f.id = d.media_id
                                       and f.state in ('stored', 'linked', 'dropped')
                                       and coalesce(f.hearing, 'heard') = 'heard')
                    else (select b.outcome from batch b where b.conversation_id = d.conversation_id
                          and b.no = d.batch_no and d.settlement = 'retry') end as fate
            {_JOINS} left join outbox o on o.id = d.outbox_id where d.id = $1""",
        letter_id,
    )


async def history(connection: Connection, letter_id: int) -> list[asyncpg.Record]:
    """Every attempt that failed and every deed of a person, in the order in which they happened.

    Columns: at, what (`attempt` or `deed`), outcome (how the attempt ended, or which deed),
    attempt, code, reason, actor, operator_name, detail.
    """
    return await connection.fetch(
        f"""with letter as (select * from dead_letter where id = $1)
            select f.at, 'attempt' as what, f.outcome, f.attempt, f.code, f.reason,
                null::text as actor, null::text as operator_name, null::jsonb as detail, f.id
            from letter d join failed_attempt f on d.kind = 'batch' and f.outbox_id is null
                and f.media_id is null
                and f.conversation_id = d.conversation_id
                and f.batch_no = any (d.batch_nos || d.batch_no)
            union all
            select f.at, 'attempt', f.outcome, f.attempt, f.code, f.reason, null, null, null, f.id
            from letter d join failed_attempt f on (d.kind = 'send' and f.outbox_id = d.outbox_id)
                or (d.kind = 'media' and f.media_id = d.media_id)
            union all
            select a.at, 'deed', a.action, null, null, null, a.actor,
                (select o.name from operator o where 'operator:' || o.id = a.actor), a.detail, a.id
            from audit a where a.dead_letter_id = $1
            order by 1, 2, 10 limit {HISTORY_MAX}""",
        letter_id,
    )


def _where(which: Which) -> str:
    return _WHERE.format(state=_STATES[which.state])


def _values(merchant_id: int, which: Which) -> tuple[object, ...]:
    # PostgreSQL's text knows no NUL.
    reason = (which.reason or "").replace("\0", "") or None
    return (merchant_id, which.kind, reason, which.inbox_id, which.older_s)
