"""Opening hours as they are stored: one plan of the merchant, one of each desk that has its own."""

from __future__ import annotations

import msgspec

from hudhud.model import Dates, Plan
from hudhud.store.pool import Connection


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """A merchant's clock and calendar: time zone, how dates are said, how late the moon is seen."""

    timezone: str
    dates: Dates
    hijri_days: int


async def plan_of(connection: Connection, merchant_id: int, desk_id: int | None) -> Plan | None:
    """The plan of a desk, or of the merchant itself; None: nobody ever said."""
    found = await connection.fetchval(
        """select plan from opening_hours
           where merchant_id = $1 and coalesce(desk_id, 0) = coalesce($2, 0)""",
        *(merchant_id, desk_id),
    )
    return None if found is None else msgspec.convert(found, Plan)


async def write(
    connection: Connection, merchant_id: int, desk_id: int | None, plan: Plan | None
) -> None:
    """Replace a plan; None takes it away."""
    if plan is None:
        await connection.execute(
            """delete from opening_hours
               where merchant_id = $1 and coalesce(desk_id, 0) = coalesce($2, 0)""",
            *(merchant_id, desk_id),
        )
        return
    await connection.execute(
        """insert into opening_hours (merchant_id, desk_id, plan) values ($1, $2, $3)
           on conflict (merchant_id, coalesce(desk_id, 0))
           do update set plan = excluded.plan, changed_at = now()""",
        *(merchant_id, desk_id, msgspec.to_builtins(plan)),
    )


async def calendar_of(connection: Connection, merchant_id: int) -> Calendar:
    """The merchant's clock and calendar."""
    row = await connection.fetchrow(
        "select timezone, dates, hijri_days from merchant where id = $1", merchant_id
    )
    return msgspec.convert(dict(row or {}), Calendar)


async def set_calendar(connection: Connection, merchant_id: int, calendar: Calendar) -> None:
    """Replace it."""
    await connection.execute(
        "update merchant set timezone = $2, dates = $3, hijri_days = $4 where id = $1",
        *(merchant_id, calendar.timezone, calendar.dates, calendar.hijri_days),
    )
