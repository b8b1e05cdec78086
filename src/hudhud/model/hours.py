"""When somebody is open: a week, Ramadan's own week, and the days on which nobody is there."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Dates = Literal["gregorian", "hijri", "both"]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """From one minute of a day until another, the second not included; 18:00 is 1080.

    `closes` beyond 1440 is after midnight: the span belongs to the day on which it opens.
    """

    opens: int
    closes: int


# Seven days, Monday first, each with its spans in order; a day without any is closed.
Week = tuple[tuple[Span, ...], ...]

_WORKDAY = (Span(opens=9 * 60, closes=17 * 60),)
# The region rests on Friday and Saturday.
USUAL_WEEK: Week = (_WORKDAY, _WORKDAY, _WORKDAY, _WORKDAY, (), (), _WORKDAY)


class Holiday(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which nobody is there, from `first` to `last`, both included.

    Each is YYYY-MM-DD, or MM-DD for every year; of the Hijri calendar where `hijri` says so, as
    the two Eids are (10-01 and 12-10).
    """

    first: str
    last: str
    name_ar: str = ""
    name_en: str = ""
    hijri: bool = False


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that says when one merchant, or one desk, is open; `ramadan` None: as always."""

    week: Week = USUAL_WEEK
    ramadan: Week | None = None
    holidays: tuple[Holiday, ...] = ()


class Welcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an inbox says of itself: to whoever is new, and outside of the opening hours.

    The greeting is said once, and again after `greeting_days` days of silence (0: never again);
    what it says outside of the hours, once while they are closed. `away_answers`: the assistant
    answers then too.
    """

    greeting_ar: str = ""
    greeting_en: str = ""
    greeting_days: int = 0
    away_ar: str = ""
    away_en: str = ""
    away_answers: bool = True


class DeskHours(msgspec.Struct, frozen=True, kw_only=True):
    """A desk and when it is open; `plan` None: as the merchant is. `usual` takes what is left."""

    code: str
    name_ar: str
    name_en: str
    usual: bool
    plan: Plan | None


class Hours(msgspec.Struct, frozen=True, kw_only=True):
    """All that one inbox's answers need to know of time: `plan` None: the merchant never said.

    `hijri_days`: by how many days the moon is seen later than Umm al-Qura reckons. `reasons`: which
    desk takes what, by the reason of a hand-over. `away_at`: when `welcome.away_…` was last said.
    """

    zone: str = "UTC"
    digits: Literal["arabic", "latin"] = "arabic"
    dates: Dates = "gregorian"
    hijri_days: int = 0
    plan: Plan | None = None
    desks: tuple[DeskHours, ...] = ()
    reasons: dict[str, str] = {}
    welcome: Welcome = Welcome()
    away_at: datetime | None = None
