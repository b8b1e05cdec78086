"""Hours as people type them: "9-13, 16:30-22", in any digits; and a plan's limits. Pure."""

from __future__ import annotations

import re
from datetime import date

from hudhud.errors import BadInputError
from hudhud.model import Holiday, Plan, Span
from hudhud.text import fold, latin_digits

SPANS_MAX = 6
HOLIDAYS_MAX = 100
NAME_CHARS_MAX = 80
DAY_MINUTES = 24 * 60
_HIJRI_DAYS_MAX = 30
_MONTHS = 12
_LEAP_YEAR = 2024
_SPAN = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*(?:-|–|—|الى|to|حتى)\s*(\d{1,2})(?::?(\d{2}))?")
_BETWEEN = re.compile(r"\s*(?:[,،;؛/\n]|\bو\b|\band\b)\s*")
_SHUT = frozenset({"", "-", "مغلق", "عطله", "closed", "off"})
_WHOLE = frozenset({"24", "24h", "24 ساعه"})
_DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")


def spans_of(text: str) -> tuple[Span, ...]:
    """The spans of one day; closing at or before its opening means after midnight.

    Args:
        text: spans between commas; nothing, "closed" or «مغلق» is a closed day, 24 a whole one.

    Raises:
        BadInputError: it cannot be read, or there are too many.
    """
    said = latin_digits(text).strip().lower()
    plain = fold(said)
    if said in _SHUT or plain in _SHUT - {""}:
        return ()
    if plain in _WHOLE:
        return (Span(opens=0, closes=DAY_MINUTES),)
    spans = tuple(sorted(map(_span, filter(None, _BETWEEN.split(said))), key=lambda s: s.opens))
    if not spans or len(spans) > SPANS_MAX:
        raise BadInputError(f"Write up to {SPANS_MAX} spans a day, as 9:00-13:00, 16:00-22:00.")
    return spans


def written(spans: tuple[Span, ...]) -> str:
    """Spans as `spans_of` reads them again."""
    return ", ".join(f"{_clock(span.opens)}-{_clock(span.closes)}" for span in spans)


def holiday_of(
    first: str, last: str, *, name_ar: str = "", name_en: str = "", hijri: bool = False
) -> Holiday:
    """One holiday as people type it; without a last day it is one day.

    Args:
        first: 2026-03-20, or 03-20 for every year.
        last: the last day, in the same way.
        name_ar: what it is called.
        name_en: the same in English.
        hijri: whether these are days of the Hijri calendar.

    Raises:
        BadInputError: no such days, or they run backwards.
    """
    begins = _day(first, hijri=hijri)
    ends = _day(last, hijri=hijri) if last.strip() else begins
    # 12-30 to 01-02 goes over the turn of each year; with years that would be backwards.
    whole = 3
    if len(begins) != len(ends) or (len(begins) == whole and ends < begins):
        raise BadInputError("A holiday ends on its first day or later; both have a year, or none.")
    return Holiday(
        first=_text(begins),
        last=_text(ends),
        name_ar=name_ar.strip()[:NAME_CHARS_MAX],
        name_en=name_en.strip()[:NAME_CHARS_MAX],
        hijri=hijri,
    )


def check(plan: Plan) -> None:
    """Refuse a plan that no page would make; what the API brings is checked by this.

    Raises:
        BadInputError: seven days are asked for, with spans within their limits, and true dates.
    """
    week_days = 7
    for week in (plan.week, plan.ramadan or plan.week):
        fits = len(week) == week_days and all(
            len(day) <= SPANS_MAX
            and all(
                0 <= span.opens < DAY_MINUTES and span.opens < span.closes <= 2 * DAY_MINUTES
                for span in day
            )
            for day in week
        )
        if not fits:
            raise BadInputError("A week has seven days; a span opens by day and closes after that.")
    if len(plan.holidays) > HOLIDAYS_MAX:
        raise BadInputError(f"At most {HOLIDAYS_MAX} holidays.")
    for holiday in plan.holidays:
        holiday_of(holiday.first, holiday.last, hijri=holiday.hijri)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise BadInputError("Write hours as 9:00-13:00, 16:00-22:00; nothing for a closed day.")
    opens, closes = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if opens >= DAY_MINUTES:
        raise BadInputError("A day has the hours 0 to 24.")
    return Span(opens=opens, closes=closes if closes > opens else closes + DAY_MINUTES)


def _minutes(hour: str, minute: str | None) -> int:
    whole = int(hour) * 60 + int(minute or 0)
    if whole > DAY_MINUTES or int(minute or 0) >= 60:  # noqa: PLR2004 - minutes of an hour
        raise BadInputError("A day has the hours 0 to 24.")
    return whole


def _clock(minute: int) -> str:
    if minute == DAY_MINUTES:
        return "24:00"
    hour, rest = divmod(minute % DAY_MINUTES, 60)
    return f"{hour}:{rest:02}"


def _day(text: str, *, hijri: bool) -> tuple[int, ...]:
    found = _DATE.fullmatch(latin_digits(text).strip())
    if found is None:
        raise BadInputError("Write a day as 2026-03-20, or 03-20 for every year.")
    year, month, day = int(found[1] or 0), int(found[2]), int(found[3])
    true = 1 <= month <= _MONTHS and 1 <= day <= _HIJRI_DAYS_MAX
    if not hijri:
        try:
            date(year or _LEAP_YEAR, month, day)
            true = True
        except ValueError:
            true = False
    if not true:
        raise BadInputError("There is no such day.")
    return (year, month, day) if year else (month, day)


def _text(day: tuple[int, ...]) -> str:
    return "-".join(f"{part:02}" for part in day)
