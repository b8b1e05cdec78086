"""Open or closed, and until when: a plan and a moment, and nothing else. Pure.

Open is what the clock on the merchant's wall says: where summer time takes an hour away, the
span that began in it begins with the next; where an hour comes twice, it counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hudhud.core.hours.hijri import hijri_of, in_ramadan
from hudhud.model import Holiday, Plan, Span

DAY_MINUTES = 24 * 60
# How far is looked for a change, nearest first; further away nobody plans.
LOOK_DAYS = (2, 9, 400)
_MINUTE = timedelta(minutes=1)


class Standing(NamedTuple):
    """Open or not; since when, and until when. None: for longer than anybody planned."""

    open: bool
    since: datetime | None
    until: datetime | None


def standing(plan: Plan, zone: ZoneInfo, now: datetime, *, later_days: int = 0) -> Standing:
    """How a plan stands at a moment.

    Args:
        plan: the hours.
        zone: where its clock hangs.
        now: aware.
        later_days: how many days later than reckoned Hijri months begin there.
    """
    held = is_open(plan, zone, now, later_days=later_days)
    if always(plan) is not None:
        return Standing(held, None, None)

    def changed(edge: datetime) -> bool:
        return is_open(plan, zone, edge, later_days=later_days) != held

    since = until = None
    for days in LOOK_DAYS:
        edges = sorted(set(_edges(plan, zone, now, days, later_days)))
        if until is None:
            until = next((e for e in edges if e > now and changed(e)), None)
        if since is None:
            since = next((e for e in reversed(edges) if e <= now and changed(e - _MINUTE)), None)
        if since is not None and until is not None:
            break
    return Standing(held, since, until)


def always(plan: Plan) -> bool | None:
    """Whether a plan is open at every hour (True) or at none (False); None: it changes."""
    weeks = [plan.week] if plan.ramadan is None else [plan.week, plan.ramadan]
    days = [day for week in weeks for day in week]
    if not any(days):
        return False
    if plan.holidays:
        return None
    whole = all(any(s.opens == 0 and s.closes >= DAY_MINUTES for s in day) for day in days)
    return True if whole else None


def is_open(plan: Plan, zone: ZoneInfo, at: datetime, *, later_days: int = 0) -> bool:
    """Whether a plan is open at a moment, to the minute."""
    local = at.astimezone(zone)
    minute, today = local.hour * 60 + local.minute, local.date()
    yesterday = today - timedelta(days=1)
    return _within(spans_on(plan, today, later_days), minute) or _within(
        spans_on(plan, yesterday, later_days), minute + DAY_MINUTES
    )


def spans_on(plan: Plan, day: date, later_days: int = 0) -> tuple[Span, ...]:
    """The spans that open on a day: none on a holiday, Ramadan's own in Ramadan."""
    if holiday_on(plan, day, later_days) is not None:
        return ()
    week = plan.week
    if plan.ramadan is not None and in_ramadan(day, later_days):
        week = plan.ramadan
    return week[day.weekday()]


def holiday_on(plan: Plan, day: date, later_days: int = 0) -> Holiday | None:
    """The first holiday that a day belongs to."""
    return next((each for each in plan.holidays if _holds(each, day, later_days)), None)


def _holds(holiday: Holiday, day: date, later_days: int) -> bool:
    found = hijri_of(day, later_days) if holiday.hijri else (day.year, day.month, day.day)
    if found is None:
        return False
    first, last = (tuple(map(int, text.split("-"))) for text in (holiday.first, holiday.last))
    today = tuple(found)[-len(first) :]
    if len(first) < len(found) and last < first:  # every year, over its turn
        return today >= first or today <= last
    return first <= today <= last


def _within(spans: tuple[Span, ...], minute: int) -> bool:
    return any(span.opens <= minute < span.closes for span in spans)


def _edges(
    plan: Plan, zone: ZoneInfo, now: datetime, days: int, later_days: int
) -> Iterator[datetime]:
    """Every moment around now at which open may become closed, or closed open."""
    today = now.astimezone(zone).date()
    for ahead in range(-days - 1, days + 1):
        day = today + timedelta(days=ahead)
        midnight = datetime.combine(day, time())
        for span in spans_on(plan, day, later_days):
            for minute in (span.opens, span.closes):
                wall = midnight + timedelta(minutes=minute)
                for fold in (0, 1):
                    yield wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if (shift := _clock_shift(zone, midnight)) is not None:
            yield shift


def _clock_shift(zone: ZoneInfo, midnight: datetime) -> datetime | None:
    """The first minute after the clocks of a day were changed; None on most days."""
    low = midnight.replace(tzinfo=zone).astimezone(UTC)
    high = (midnight + timedelta(days=1)).replace(tzinfo=zone).astimezone(UTC)
    before = low.astimezone(zone).utcoffset()
    if high.astimezone(zone).utcoffset() == before:
        return None
    while high - low > _MINUTE:
        middle = low + (high - low) // 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
