"""Hours in words, as a shop says them: «مفتوح الآن حتى ١٠ مساءً», "opens Saturday at 9 am"; pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from hudhud.core.hours.dates import clock_name, date_name, day_name
from hudhud.core.hours.hijri import in_ramadan
from hudhud.core.hours.opening import Standing, always, holiday_on, spans_on, standing
from hudhud.core.hours.zones import zone_of
from hudhud.model import Faq, Hours, Opening, Plan, Span
from hudhud.text import Language, digits

_SATURDAY = 5
_WEEK_DAYS = 7
_NOON = 12 * 60
_SAYS: dict[str, tuple[str, str]] = {
    "open": ("مفتوح الآن", "Open now"),
    "open_until": ("مفتوح الآن حتى {at}", "Open now until {at}"),
    "always": ("مفتوح على مدار الساعة", "Open around the clock"),
    "closed": ("مغلق حالياً", "Closed at the moment"),
    "closed_until": ("مغلق الآن، ونفتح {at}", "Closed now; opens {at}"),
    "holiday_until": (
        "مغلق اليوم ({holiday})، ونفتح {at}",
        "Closed today ({holiday}); opens {at}",
    ),
    "back": ("يعود الفريق {at}.", "The team is back {at}."),
    "today": ("الساعة {time}", "at {time}"),
    "tomorrow": ("غداً الساعة {time}", "tomorrow at {time}"),
    "weekday": ("يوم {day} الساعة {time}", "{day} at {time}"),
    "date": ("يوم {day} {date} الساعة {time}", "{day} {date} at {time}"),
    "days": ("{first}–{last}: {spans}", "{first}–{last}: {spans}"),
    "day": ("{first}: {spans}", "{first}: {spans}"),
    "every_day": ("كل يوم: {spans}", "Every day: {spans}"),
    "span": ("{opens} – {closes}", "{opens} – {closes}"),
    "all_day": ("على مدار الساعة", "around the clock"),
    "shut": ("مغلق", "closed"),
    "in_ramadan": ("في رمضان – {week}", "In Ramadan – {week}"),
    "and": ("، ", ", "),
    "then": ("؛ ", "; "),
}
_ASKED = Faq(
    id=0,
    topic="hours",
    answer_ar="",
    answer_en="",
    question_ar="ما أوقات الدوام وساعات العمل؟ هل أنتم مفتوحون الآن؟ متى تفتحون وتغلقون؟",
    question_en="What are your opening hours? Are you open now? When do you open and close?",
)
_AT_MIDNIGHT = {"الساعة منتصف الليل": "عند منتصف الليل"}


def opening_of(hours: Hours, now: datetime) -> Opening | None:
    """How the merchant's hours stand, in words of both languages; None: it never said."""
    if hours.plan is None:
        return None
    found = standing(hours.plan, zone_of(hours.zone), now, later_days=hours.hijri_days)
    return Opening(
        open=found.open,
        changes_at=found.until,
        now_ar=now_words(hours, hours.plan, found, now, "ar"),
        now_en=now_words(hours, hours.plan, found, now, "en"),
        week_ar=week_words(hours, hours.plan, now, "ar"),
        week_en=week_words(hours, hours.plan, now, "en"),
    )


def as_answered(faqs: tuple[Faq, ...], opening: Opening | None) -> tuple[Faq, ...]:
    """The merchant's questions, with what is reckoned where its hours were written down once.

    Args:
        faqs: as they were found.
        opening: how the hours stand; None leaves all as it was written.
    """
    if opening is None:
        return faqs
    written = next((faq for faq in faqs if faq.topic == "hours"), None)
    told = msgspec.structs.replace(
        written or _ASKED,
        answer_ar=f"{opening.now_ar}.\n{opening.week_ar}.",
        answer_en=f"{opening.now_en}.\n{opening.week_en}.",
    )
    if written is None:
        return (*faqs, told)
    return tuple(told if faq is written else faq for faq in faqs)


def now_words(hours: Hours, plan: Plan, found: Standing, now: datetime, language: Language) -> str:
    """Open or closed, and until when."""
    if always(plan):
        return _say("always", language)
    key = "open" if found.open else "closed"
    if found.until is None:
        return _say(key, language)
    if found.open:
        return _say("open_until", language, at=_until(hours, found.until, now, language))
    at = moment(hours, found.until, now, language)
    today = now.astimezone(zone_of(hours.zone)).date()
    holiday = holiday_on(plan, today, hours.hijri_days)
    name = holiday and ((holiday.name_ar, holiday.name_en)[language == "en"] or holiday.name_ar)
    if name:
        return _say("holiday_until", language, holiday=name, at=at)
    return _say("closed_until", language, at=at)


def back_words(hours: Hours, until: datetime, now: datetime, language: Language) -> str:
    """When people are there again, as «يعود الفريق غداً الساعة ٩ صباحاً» says it."""
    return _say("back", language, at=moment(hours, until, now, language))


def moment(hours: Hours, at: datetime, now: datetime, language: Language) -> str:
    """A moment to come as people name it; further than a week away with its date."""
    zone = zone_of(hours.zone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    ahead = (local.date() - today).days
    key = {0: "today", 1: "tomorrow"}.get(ahead, "weekday" if ahead < _WEEK_DAYS else "date")
    said = _say(
        key,
        language,
        time=_time(hours, local, language),
        day=day_name(local.date(), language),
        date=_date(hours, local.date(), today, language),
    )
    for odd, right in _AT_MIDNIGHT.items():
        said = said.replace(odd, right)
    return said


def week_words(hours: Hours, plan: Plan, now: datetime, language: Language) -> str:
    """The hours of the week in force, days that are alike together, from Saturday on."""
    today = now.astimezone(zone_of(hours.zone)).date()
    ramadan = plan.ramadan is not None and in_ramadan(today, hours.hijri_days)
    week = plan.ramadan if ramadan and plan.ramadan is not None else plan.week
    first = today + timedelta(days=(_SATURDAY - today.weekday()) % _WEEK_DAYS)
    groups: list[list[date]] = []
    for day in (first + timedelta(days=ahead) for ahead in range(_WEEK_DAYS)):
        if groups and week[groups[-1][0].weekday()] == week[day.weekday()]:
            groups[-1].append(day)
        else:
            groups.append([day])
    said = [_days(hours, group, week[group[0].weekday()], language) for group in groups]
    told = _say("then", language).join(said)
    return _say("in_ramadan", language, week=told) if ramadan else told


def day_words(hours: Hours, plan: Plan, day: date, language: Language) -> str:
    """The hours of one day: its holiday, Ramadan, or the week."""
    return _spans(hours, spans_on(plan, day, hours.hijri_days), language)


def _days(hours: Hours, days: list[date], spans: tuple[Span, ...], language: Language) -> str:
    key = "every_day" if len(days) == _WEEK_DAYS else "days" if len(days) > 1 else "day"
    first, last = day_name(days[0], language), day_name(days[-1], language)
    return _say(key, language, first=first, last=last, spans=_spans(hours, spans, language))


def _spans(hours: Hours, spans: tuple[Span, ...], language: Language) -> str:
    if not spans:
        return _say("shut", language)
    if any(span.opens == 0 and span.closes == 2 * _NOON for span in spans):
        return _say("all_day", language)
    said = (
        _say(
            "span",
            language,
            opens=_written(hours, clock_name(span.opens, language), language),
            closes=_written(hours, clock_name(span.closes, language), language),
        )
        for span in spans
    )
    return _say("and", language).join(said)


def _until(hours: Hours, until: datetime, now: datetime, language: Language) -> str:
    """A closing time: of today and of the night after it, the time alone says which it is."""
    zone = zone_of(hours.zone)
    local, today = until.astimezone(zone), now.astimezone(zone).date()
    night = local.date() == today + timedelta(days=1) and local.hour * 60 < _NOON
    if local.date() == today or night:
        return _time(hours, local, language)
    said = moment(hours, until, now, language)
    return said.removeprefix("at ")


def _time(hours: Hours, local: datetime, language: Language) -> str:
    return _written(hours, clock_name(local.hour * 60 + local.minute, language), language)


def _date(hours: Hours, day: date, today: date, language: Language) -> str:
    named = date_name(
        *(day, language),
        zone=hours.zone,
        today=today,
        dates=hours.dates,
        later_days=hours.hijri_days,
    )
    return _written(hours, named, language)


def _written(hours: Hours, text: str, language: Language) -> str:
    return digits(text, hours.digits) if language == "ar" else text


def _say(key: str, language: Language, **values: str) -> str:
    return _SAYS[key][language == "en"].format(**values)
