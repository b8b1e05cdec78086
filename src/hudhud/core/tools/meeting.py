"""Calls about people and their time: who takes over, when somebody is there, an appointment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hudhud.core.desks import booking
from hudhud.core.hours import planning
from hudhud.core.hours.hijri import hijri_of
from hudhud.core.hours.saying import day_words, opening_of
from hudhud.core.hours.zones import zone_of
from hudhud.core.tools.once import key_of, once
from hudhud.core.tools.serving import Calls, Serving
from hudhud.model import BookSlot, BusinessHours, HandOver, Refused
from hudhud.responders.consenting import may_book
from hudhud.responders.selling.pending import pending
from hudhud.store.desks import desks
from hudhud.store.desks.bookings import Booking
from hudhud.store.pool import Connection


async def hand_over(serving: Serving, wanted: HandOver) -> str | Refused:
    """The desk that will have it, by its code; it has it when the answer is written, not before."""
    async with serving.database.reading(serving.merchant_id) as connection:
        everyone = await desks.of_merchant(connection, serving.merchant_id)
    working = [desk for desk in everyone if desk.active]
    if wanted.desk and wanted.desk not in {desk.code for desk in working}:
        names = {desk.code: desk.name_en or desk.name_ar for desk in working}
        return Refused(why="unknown_desk", told={"desks": names})
    usual = next((desk.code for desk in working if desk.usual), "")
    return wanted.desk or usual


async def business_hours(serving: Serving, wanted: BusinessHours) -> dict[str, Any] | Refused:
    """How it stands now, the week, and one day by itself."""
    plan, calendar = await planning.read(serving.database, serving.merchant_id)
    now = serving.turn.now
    hours = planning.told(plan, calendar, "latin")
    standing = opening_of(hours, now)
    if plan is None or standing is None:
        return {"known": False}
    try:
        day = date.fromisoformat(wanted.day) if wanted.day else _local(hours.zone, now).date()
    except ValueError:
        return Refused(why="unfit_value", told={"day": "2026-11-21"})
    hijri = hijri_of(day, hours.hijri_days)
    return {
        "known": True,
        "open": standing.open,
        "now": {"ar": standing.now_ar, "en": standing.now_en},
        "week": {"ar": standing.week_ar, "en": standing.week_en},
        "day": {
            "date": day.isoformat(),
            "hijri": None if hijri is None else "{}-{:02}-{:02}".format(*hijri),
            "ar": day_words(hours, plan, day, "ar"),
            "en": day_words(hours, plan, day, "en"),
        },
    }


async def book_slot(serving: Serving, wanted: BookSlot) -> dict[str, Any] | Refused:
    """An appointment, or the nearest times that are free; the same call books once.

    Nothing is booked in a turn whose messages only ask or decline, or speak of no time.
    """
    turn = serving.turn
    if not may_book((said.text for said in turn.messages), pending(turn.history).text):
        return Refused(why="not_agreed")
    try:
        wall = datetime.fromisoformat(wanted.at).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return Refused(why="unfit_value", told={"at": "2026-11-21T17:30"})
    if serving.memory is not None:
        async with serving.database.reading(serving.merchant_id) as connection:
            return await _booked(serving, connection, wanted, wall)
    async with serving.holding() as (connection, held):

        async def deed() -> dict[str, Any] | Refused:
            return await _booked(
                *(serving, connection, wanted, wall),
                contact_id=held.contact_id,
                conversation_id=held.conversation_id,
            )

        return await once(connection, held, key_of(wanted, 0), deed, dict[str, Any])


async def _booked(
    serving: Serving, connection: Connection, wanted: BookSlot, wall: datetime, **whose: int
) -> dict[str, Any] | Refused:
    place = await booking.place_of(connection, serving.merchant_id, wanted.desk)
    if isinstance(place, Refused):
        return place
    made = await booking.book(
        *(connection, serving.merchant_id, place, wall.replace(tzinfo=place.zone)),
        serving.turn.now,
        contact_id=whose.get("contact_id"),
        conversation_id=whose.get("conversation_id"),
        name=serving.turn.collected.get("name") or serving.turn.contact_name,
        note=wanted.note,
        dry_run=not whose,
    )
    return made if isinstance(made, Refused) else _told(made, place)


def _told(made: Booking, place: booking.Place) -> dict[str, Any]:
    starts, ends = (at.astimezone(place.zone) for at in (made.starts_at, made.ends_at))
    return {
        "number": made.id,
        "desk": {"code": made.desk, "ar": place.desk.name_ar, "en": place.desk.name_en},
        "at": f"{starts:%Y-%m-%dT%H:%M}",
        "until": f"{ends:%Y-%m-%dT%H:%M}",
    }


def _local(zone: str, now: datetime) -> datetime:
    return now.astimezone(zone_of(zone))


CALLS: Calls = {HandOver: hand_over, BusinessHours: business_hours, BookSlot: book_slot}
