"""The times that can be booked: the hours of a desk, cut into pieces of one length. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hudhud.core.hours.opening import spans_on
from hudhud.model import Plan

NEAREST_MAX = 3
# Free times are looked for from the day before the wished one.
LOOK_DAYS = 14


class Taken(NamedTuple):
    """One place of a desk that somebody has booked, from when until when."""

    place: int
    starts_at: datetime
    ends_at: datetime


def times_on(
    plan: Plan, zone: ZoneInfo, day: date, minutes: int, *, later_days: int = 0
) -> Iterator[datetime]:
    """Every time of a day at which something of this length can begin, and ends before closing."""
    midnight = datetime.combine(day, time())
    for span in spans_on(plan, day, later_days):
        for minute in range(span.opens, span.closes - minutes + 1, minutes):
            wall = midnight + timedelta(minutes=minute)
            moment = wall.replace(tzinfo=zone).astimezone(UTC)
            # What the clock jumps over on this day is no time.
            if moment.astimezone(zone).replace(tzinfo=None) == wall:
                yield moment


def free_place(
    taken: Sequence[Taken], starts_at: datetime, minutes: int, places: int
) -> int | None:
    """The first place, from 1 on, that nobody has in any minute of it; None: all are taken."""
    ends_at = starts_at + timedelta(minutes=minutes)
    held = {one.place for one in taken if one.starts_at < ends_at and one.ends_at > starts_at}
    return next((place for place in range(1, places + 1) if place not in held), None)


def nearest(times: Sequence[datetime], wished: datetime, now: datetime) -> list[datetime]:
    """Of free times those that are nearest to the wished one, the soonest first."""
    later = sorted((at for at in times if at > now), key=lambda at: abs(at - wished))
    return sorted(later[:NEAREST_MAX])
