"""Appointments at desks, as they are stored."""

from __future__ import annotations

from datetime import datetime

import asyncpg
import msgspec

from hudhud.store.pool import Connection

LISTED_MAX = 200


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """One appointment of a contact at a desk."""

    id: int
    desk: str
    starts_at: datetime
    ends_at: datetime
    name: str
    note: str
    state: str
    conversation_id: int | None = None


_COLUMNS = """b.id, d.code as desk, b.starts_at, b.ends_at, b.name, b.note, b.state,
    b.conversation_id"""


async def hold_desk(connection: Connection, desk_id: int) -> None:
    """Whoever books at this desk meanwhile waits: what is free stays so until this one ends."""
    await connection.execute("select 1 from desk where id = $1 for no key update", desk_id)


async def taken(
    connection: Connection, desk_id: int, since: datetime, until: datetime
) -> list[asyncpg.Record]:
    """Places that are booked in that time: `place`, `starts_at`, `ends_at`."""
    return await connection.fetch(
        "select place, starts_at, ends_at from taken_places($1, $2, $3)",
        *(desk_id, since, until),
    )


async def add(
    connection: Connection,
    merchant_id: int,
    desk_id: int,
    *,
    place: int,
    starts_at: datetime,
    ends_at: datetime,
    contact_id: int | None,
    conversation_id: int | None,
    name: str,
    note: str,
) -> Booking:
    """Store an appointment at a held desk."""
    row = await connection.fetchrow(
        f"""with made as (
               insert into booking (merchant_id, desk_id, place, starts_at, ends_at, contact_id,
                   conversation_id, name, note)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *)
           select {_COLUMNS} from made b join desk d on d.id = b.desk_id""",
        *(merchant_id, desk_id, place, starts_at, ends_at, contact_id, conversation_id, name, note),
    )
    return Booking(**dict(row or {}))


async def of_contact(
    connection: Connection, desk_id: int, contact_id: int, starts_at: datetime
) -> Booking | None:
    """What this contact has booked at a desk at that very time."""
    row = await connection.fetchrow(
        f"""select {_COLUMNS} from booking b join desk d on d.id = b.desk_id
           where b.desk_id = $1 and b.contact_id = $2 and b.starts_at = $3
             and b.state = 'booked'""",
        *(desk_id, contact_id, starts_at),
    )
    return None if row is None else Booking(**row)


async def coming(
    connection: Connection, merchant_id: int, since: datetime, desk_id: int | None = None
) -> list[Booking]:
    """What is booked from that time on, the soonest first."""
    rows = await connection.fetch(
        f"""select {_COLUMNS} from booking b join desk d on d.id = b.desk_id
           where b.merchant_id = $1 and b.state = 'booked' and b.ends_at > $2
             and ($3::bigint is null or b.desk_id = $3)
           order by b.starts_at, b.id limit {LISTED_MAX}""",
        *(merchant_id, since, desk_id),
    )
    return [Booking(**row) for row in rows]


async def cancel(connection: Connection, merchant_id: int, booking_id: int) -> Booking | None:
    """Cancel an appointment; None: there is none, or it was cancelled before."""
    row = await connection.fetchrow(
        f"""with gone as (
               update booking set state = 'cancelled', cancelled_at = now()
               where id = $2 and merchant_id = $1 and state = 'booked' returning *)
           select {_COLUMNS} from gone b join desk d on d.id = b.desk_id""",
        *(merchant_id, booking_id),
    )
    return None if row is None else Booking(**row)
