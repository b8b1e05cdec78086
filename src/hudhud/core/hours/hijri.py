"""The Hijri calendar as Umm al-Qura reckons it, moved by as many days as the moon is seen later."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

RAMADAN = 9


class HijriDay(NamedTuple):
    """One day of the Hijri calendar; `month` 9 is Ramadan."""

    year: int
    month: int
    day: int


@lru_cache(maxsize=4096)
def hijri_of(day: date, later_days: int = 0) -> HijriDay | None:
    """The Hijri date of a day; None before 1924 and after 2077, for which no table is published.

    A day is taken from midnight to midnight, as calendars on walls do.

    Args:
        day: of the Gregorian calendar.
        later_days: how many days later than reckoned the month begins where the merchant lives.
    """
    from hijridate import Gregorian  # noqa: PLC0415 - its tables, only where they are asked for

    moved = day - timedelta(days=later_days)
    try:
        found = Gregorian(moved.year, moved.month, moved.day).to_hijri()
    except OverflowError:
        return None
    return HijriDay(*found.datetuple())


def in_ramadan(day: date, later_days: int = 0) -> bool:
    """Whether a day is one of Ramadan."""
    found = hijri_of(day, later_days)
    return found is not None and found.month == RAMADAN
