"""The journal: the raw body of every webhook that was signed correctly, read back in order."""

from __future__ import annotations

from datetime import datetime

import msgspec

from hudhud.store.pool import Connection

PAGE_ROWS_MAX = 200
PAGE_BYTES_MAX = 8 * 1024 * 1024


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Which webhooks: accepted in [since, until), of one inbox or all, all or only set aside."""

    since: datetime
    until: datetime
    inbox_id: int | None = None
    only_set_aside: bool = False


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the journal."""

    id: int
    merchant_id: int
    inbox_id: int
    inbox_key: str
    channel: str
    accepted_at: datetime
    body: bytes
    reason: str | None
    set_aside: bool


COLUMNS = """j.id, j.merchant_id, j.inbox_id, i.key as inbox_key, i.channel, j.accepted_at,
    j.body, j.reason, j.set_aside"""
WITHIN = """j.accepted_at >= $1 and j.accepted_at < $2
    and ($3::bigint is null or j.inbox_id = $3) and (not $4 or j.set_aside)"""


async def ends(connection: Connection, span: Span) -> tuple[int, int] | None:
    """The first and the last id of a span; None when there is nothing in it."""
    row = await connection.fetchrow(
        f"select min(j.id) as first, max(j.id) as last from journal j where {WITHIN}", *_of(span)
    )
    return (row["first"], row["last"]) if row and row["first"] is not None else None


async def page(connection: Connection, span: Span, *, after: int, last: int) -> list[Entry]:
    """The next rows of a span in the order in which they went in, few enough for memory.

    Args:
        connection: a transaction that sees the merchant.
        span: which.
        after: the last id that was read.
        last: the last id of the span, as `ends` found it; what comes later is another replay's.
    """
    rows = await connection.fetch(
        f"""select * from (
                select {COLUMNS}, sum(octet_length(j.body)) over (order by j.id) as sum_bytes,
                    row_number() over (order by j.id) as place
                from journal j join inbox i on i.id = j.inbox_id
                where {WITHIN} and j.id > $5 and j.id <= $6 order by j.id limit {PAGE_ROWS_MAX}) x
            where place = 1 or sum_bytes <= {PAGE_BYTES_MAX} order by id""",
        *_of(span),
        after,
        last,
    )
    return [_entry(row) for row in rows]


async def newest(connection: Connection, span: Span, *, limit: int) -> list[Entry]:
    """The newest rows of a span, oldest of them first."""
    rows = await connection.fetch(
        f"""select {COLUMNS} from journal j join inbox i on i.id = j.inbox_id
            where {WITHIN} order by j.id desc limit $5""",
        *_of(span),
        limit,
    )
    return [_entry(row) for row in reversed(rows)]


async def one(connection: Connection, journal_id: int) -> Entry | None:
    """One row by its id; None when this merchant has no such."""
    row = await connection.fetchrow(
        f"select {COLUMNS} from journal j join inbox i on i.id = j.inbox_id where j.id = $1",
        journal_id,
    )
    return _entry(row) if row else None


async def known(connection: Connection, inbox_ids: list[int], external_ids: list[str]) -> int:
    """How many of these provider ids were stored before; the arrays are parallel."""
    count: int = await connection.fetchval(
        """select count(*) from unnest($1::bigint[], $2::text[]) u(i, e) where exists
               (select 1 from message_key k where k.inbox_id = u.i and k.external_id = u.e)""",
        inbox_ids,
        external_ids,
    )
    return count


async def record_replay(
    connection: Connection, merchant_id: int, *, actor: str, detail: dict[str, object]
) -> None:
    """Write into the audit who replayed what."""
    await connection.execute(
        "insert into audit (merchant_id, actor, action, detail)"
        " values ($1, $2, 'journal.replayed', $3)",
        merchant_id,
        actor,
        detail,
    )


def _of(span: Span) -> tuple[datetime, datetime, int | None, bool]:
    return (span.since, span.until, span.inbox_id, span.only_set_aside)


def _entry(row: object) -> Entry:
    fields = {name: row[name] for name in Entry.__struct_fields__}  # type: ignore[index]
    return Entry(**fields)
