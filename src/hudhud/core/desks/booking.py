"""An appointment at a desk: inside its hours, never more at one time than it has room for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from hudhud.core.hours.slots import LOOK_DAYS, Taken, free_place, nearest, times_on
from hudhud.core.hours.zones import zone_of
from hudhud.errors import NotFoundError
from hudhud.events import emit
from hudhud.model import Plan, Refused
from hudhud.model.hours import USUAL_WEEK
from hudhud.store.desks import bookings, desks, hours
from hudhud.store.desks.bookings import Booking
from hudhud.store.desks.desks import Desk
from hudhud.store.pool import Connection, Database

AHEAD_DAYS_MAX = 90
NOTE_CHARS_MAX = 500
NAME_CHARS_MAX = 120


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A desk that can be booked: its hours and the clock that they go by."""

    desk: Desk
    minutes: int
    plan: Plan
    zone: ZoneInfo
    hijri_days: int


async def place_of(connection: Connection, merchant_id: int, code: str) -> Place | Refused:
    """The desk of this code, or the first that can be booked; its own hours or the merchant's."""
    everyone = [
        desk
        for desk in await desks.of_merchant(connection, merchant_id)
        if desk.active and desk.slot_minutes is not None
    ]
    found = next((desk for desk in everyone if code in ("", desk.code)), None)
    if found is None or found.slot_minutes is None:
        return Refused(why="unknown_desk", told={"desks": [desk.code for desk in everyone]})
    calendar = await hours.calendar_of(connection, merchant_id)
    plan = await hours.plan_of(connection, merchant_id, found.id)
    plan = plan or await hours.plan_of(connection, merchant_id, None) or Plan(week=USUAL_WEEK)
    return Place(
        desk=found,
        minutes=found.slot_minutes,
        plan=plan,
        zone=zone_of(calendar.timezone),
        hijri_days=calendar.hijri_days,
    )


async def book(
    connection: Connection,
    merchant_id: int,
    place: Place,
    wished: datetime,
    now: datetime,
    *,
    contact_id: int | None,
    conversation_id: int | None = None,
    name: str = "",
    note: str = "",
    dry_run: bool = False,
) -> Booking | Refused:
    """Book it, in the caller's transaction; who has that very time already keeps it.

    Args:
        connection: the deed; whatever it locks besides is locked before.
        merchant_id: whose desk.
        place: where.
        wished: when, aware.
        now: PostgreSQL's clock, as far as is known.
        contact_id: for whom; None for somebody whom we do not know.
        conversation_id: where it was asked for.
        name: what they are called.
        note: what it is about.
        dry_run: nothing is written; what would have been is told.

    Returns:
        The appointment, or `not_free` with the nearest free times.
    """
    desk = place.desk
    if not dry_run:
        await bookings.hold_desk(connection, desk.id)
    if contact_id is not None:
        own = await bookings.of_contact(connection, desk.id, contact_id, wished)
        if own is not None:
            return own
    seat, free = await _free(connection, place, wished, now)
    if seat is None:
        local = [at.astimezone(place.zone).strftime("%Y-%m-%dT%H:%M") for at in free]
        return Refused(why="not_free", told={"desk": desk.code, "free": local})
    ends_at = wished + timedelta(minutes=place.minutes)
    said: dict[str, Any] = {"name": name[:NAME_CHARS_MAX], "note": note[:NOTE_CHARS_MAX]}
    if dry_run:
        return Booking(
            id=0,
            desk=desk.code,
            state="booked",
            **{"starts_at": wished, "ends_at": ends_at, **said},
        )
    made = await bookings.add(
        *(connection, merchant_id, desk.id),
        place=seat,
        starts_at=wished,
        ends_at=ends_at,
        contact_id=contact_id,
        conversation_id=conversation_id,
        **said,
    )
    emit("booking.made", booking=made.id, desk=desk.code)
    return made


async def cancel(database: Database, merchant_id: int, booking_id: int, *, actor: str) -> Booking:
    """Cancel an appointment: its time is free again.

    Raises:
        NotFoundError: there is no such, or it was cancelled before.
    """
    async with database.deed(merchant_id) as connection:
        gone = await bookings.cancel(connection, merchant_id, booking_id)
        if gone is None:
            raise NotFoundError(f"Appointment {booking_id}.")
        await desks.audit(connection, merchant_id, actor, "booking.cancel", booking=booking_id)
    emit("booking.cancelled", booking=booking_id, desk=gone.desk)
    return gone


async def coming(
    database: Database, merchant_id: int, now: datetime, desk: str | None = None
) -> list[Booking]:
    """What is booked from now on.

    Raises:
        NotFoundError: this merchant has no such desk.
    """
    async with database.reading(merchant_id) as connection:
        desk_id = (await desks.by_code(connection, merchant_id, desk)).id if desk else None
        return await bookings.coming(connection, merchant_id, now, desk_id)


async def _free(
    connection: Connection, place: Place, wished: datetime, now: datetime
) -> tuple[int | None, Sequence[datetime]]:
    """A place at the wished time, or none and the nearest times that have one."""
    today, last = now.astimezone(place.zone).date(), now + timedelta(days=AHEAD_DAYS_MAX)
    about = min(max(wished, now), last).astimezone(place.zone).date()
    first = max(today, about - timedelta(days=1))
    times = [
        at
        for ahead in range(LOOK_DAYS)
        for at in times_on(
            *(place.plan, place.zone, first + timedelta(days=ahead), place.minutes),
            later_days=place.hijri_days,
        )
        if now < at <= last
    ]
    if not times:
        return None, []
    until = times[-1] + timedelta(minutes=place.minutes)
    rows = await bookings.taken(connection, place.desk.id, times[0], until)
    taken = [Taken(*row) for row in rows]

    def seat(at: datetime) -> int | None:
        return free_place(taken, at, place.minutes, place.desk.slot_places)

    if wished in times and (found := seat(wished)) is not None:
        return found, []
    return None, nearest([at for at in times if seat(at) is not None], wished, now)
