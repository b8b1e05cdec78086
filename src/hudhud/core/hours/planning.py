"""A merchant says when it is open, and a desk when it is: one deed for page, command and API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from hudhud.core.hours import typed
from hudhud.core.hours.saying import opening_of
from hudhud.core.hours.zones import checked_zone
from hudhud.errors import BadInputError
from hudhud.events import emit
from hudhud.model import Hours, Plan
from hudhud.store.desks import desks, hours
from hudhud.store.desks.hours import Calendar
from hudhud.store.pool import Connection, Database

HIJRI_DAYS_MAX = 2


async def read(
    database: Database, merchant_id: int, desk: str | None = None
) -> tuple[Plan | None, Calendar]:
    """The plan of the merchant or of one desk, and the calendar that both go by.

    Raises:
        NotFoundError: this merchant has no such desk.
    """
    async with database.reading(merchant_id) as connection:
        found = await hours.plan_of(
            connection, merchant_id, await _id(connection, merchant_id, desk)
        )
        return found, await hours.calendar_of(connection, merchant_id)


async def change(
    database: Database, merchant_id: int, desk: str | None, plan: Plan | None, *, actor: str
) -> None:
    """Replace a plan; None takes it away: a desk is then open when the merchant is.

    Raises:
        NotFoundError: this merchant has no such desk.
        BadInputError: the plan is beyond its limits, or names days that do not exist.
    """
    if plan is not None:
        typed.check(plan)
    async with database.deed(merchant_id) as connection:
        desk_id = await _id(connection, merchant_id, desk)
        await hours.write(connection, merchant_id, desk_id, plan)
        await desks.audit(connection, merchant_id, actor, "hours.set", desk=desk)
    emit("hours.changed", merchant=merchant_id, desk=desk or "")


async def set_calendar(
    database: Database, merchant_id: int, chosen: dict[str, Any], *, actor: str
) -> Calendar:
    """Change time zone, the way of dates, or by how many days the moon is seen later.

    Raises:
        BadInputError: no such zone or way, or more days than the moon is ever late.
    """
    async with database.deed(merchant_id) as connection:
        before = await hours.calendar_of(connection, merchant_id)
        try:
            told = {**msgspec.to_builtins(before), **chosen}
            wanted = msgspec.convert(told, Calendar)
        except msgspec.ValidationError as error:
            raise BadInputError(str(error)) from None
        checked_zone(wanted.timezone)
        if abs(wanted.hijri_days) > HIJRI_DAYS_MAX:
            raise BadInputError("The moon is seen up to 2 days earlier or later than reckoned.")
        await hours.set_calendar(connection, merchant_id, wanted)
        await desks.audit(connection, merchant_id, actor, "calendar.set", **chosen)
    emit("hours.changed", merchant=merchant_id, desk="")
    return wanted


def told(plan: Plan | None, calendar: Calendar, digits: Any) -> Hours:
    """Plan and calendar as what speaks of them takes them."""
    return Hours(
        zone=calendar.timezone,
        digits=digits,
        dates=calendar.dates,
        hijri_days=calendar.hijri_days,
        plan=plan,
    )


def shown(plan: Plan | None, calendar: Calendar, now: datetime) -> dict[str, Any]:
    """For the API and `--json`: the calendar, the plan as it is typed, and how it stands now."""
    standing = opening_of(told(plan, calendar, "latin"), now)
    return {
        **msgspec.to_builtins(calendar),
        "plan": None if plan is None else msgspec.to_builtins(plan),
        "now": None if standing is None else msgspec.to_builtins(standing),
    }


async def _id(connection: Connection, merchant_id: int, code: str | None) -> int | None:
    return None if not code else (await desks.by_code(connection, merchant_id, code)).id
