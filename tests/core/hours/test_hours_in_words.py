"""Hours as a shop says them, and as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from hudhud.core.hours.dates import clock_name, date_name
from hudhud.core.hours.saying import back_words, day_words, opening_of
from hudhud.core.hours.typed import check, holiday_of, spans_of, written
from hudhud.errors import BadInputError
from hudhud.model import Hours, Plan, Span

BAGHDAD = ZoneInfo("Asia/Baghdad")
DAILY = (spans_of("9-22"),) * 4
PLAN = Plan(
    week=(*DAILY, (), *DAILY[:2]),
    ramadan=(spans_of("20-2"),) * 7,
    holidays=(holiday_of("10-01", "10-03", name_ar="عيد الفطر", name_en="Eid", hijri=True),),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BAGHDAD).astimezone(UTC)


def hours(**more) -> Hours:
    return Hours(zone="Asia/Baghdad", plan=PLAN, **more)


@pytest.mark.parametrize(
    ("now", "arabic", "english"),
    [
        ("2026-11-21T13:00", "مفتوح الآن حتى ١٠ مساءً", "Open now until 10 pm"),
        ("2026-11-21T08:00", "مغلق الآن، ونفتح الساعة ٩ صباحاً", "Closed now; opens at 9 am"),
        (
            "2026-11-21T23:00",
            "مغلق الآن، ونفتح غداً الساعة ٩ صباحاً",
            "Closed now; opens tomorrow at 9 am",
        ),
        (
            "2026-11-19T23:00",
            "مغلق الآن، ونفتح يوم السبت الساعة ٩ صباحاً",
            "Closed now; opens Saturday at 9 am",
        ),
        ("2026-02-20T23:30", "مفتوح الآن حتى ٢ صباحاً", "Open now until 2 am"),
        (
            "2026-03-20T12:00",
            "مغلق اليوم (عيد الفطر)، ونفتح يوم الاثنين الساعة ٩ صباحاً",
            "Closed today (Eid); opens Monday at 9 am",
        ),
    ],
)
def test_a_shop_says_whether_it_is_open_and_until_when(now, arabic, english):
    said = opening_of(hours(), at(now))
    assert said is not None
    assert (said.now_ar, said.now_en) == (arabic, english)


def test_days_that_are_alike_are_said_together_and_ramadan_by_its_name():
    said = opening_of(hours(), at("2026-11-21T13:00"))
    assert said is not None
    assert said.week_ar == "السبت–الخميس: ٩ صباحاً – ١٠ مساءً؛ الجمعة: مغلق"
    assert said.week_en == "Saturday–Thursday: 9 am – 10 pm; Friday: closed"
    fasting = opening_of(hours(digits="latin"), at("2026-02-20T13:00"))
    assert fasting is not None
    assert fasting.week_ar == "في رمضان – كل يوم: 8 مساءً – 2 صباحاً"


def test_who_never_said_their_hours_is_neither_open_nor_closed():
    assert opening_of(Hours(), at("2026-11-21T13:00")) is None


def test_the_team_is_back_on_a_day_with_its_date_when_that_is_far():
    near, far = at("2026-11-21T09:00"), at("2026-12-05T16:30")
    now = at("2026-11-20T23:00")
    assert back_words(hours(), near, now, "ar") == "يعود الفريق غداً الساعة ٩ صباحاً."
    assert back_words(hours(), far, now, "en") == "The team is back Saturday 5 Dec at 4:30 pm."
    both = back_words(hours(dates="both"), far, now, "ar")
    assert "٥ كانون الأول (٢٥ جمادى الآخرة)" in both


def test_one_day_is_told_by_itself():
    assert day_words(hours(), PLAN, date(2026, 11, 20), "en") == "closed"
    assert day_words(hours(), PLAN, date(2026, 2, 20), "ar") == "٨ مساءً – ٢ صباحاً"


@pytest.mark.parametrize(
    ("minute", "arabic", "english"),
    [
        (0, "منتصف الليل", "midnight"),
        (12 * 60, "12 ظهراً", "noon"),
        (13 * 60 + 30, "1:30 ظهراً", "1:30 pm"),
        (16 * 60, "4 عصراً", "4 pm"),
        (26 * 60, "2 صباحاً", "2 am"),
    ],
)
def test_a_time_of_day_is_said_as_people_say_it(minute, arabic, english):
    assert (clock_name(minute, "ar"), clock_name(minute, "en")) == (arabic, english)


def test_a_date_is_said_in_the_calendar_that_the_merchant_wishes():
    def said(style, later_days=0, language="ar"):
        day, today = date(2026, 3, 20), date(2026, 3, 1)
        return date_name(
            *(day, language),
            zone="Asia/Riyadh",
            today=today,
            dates=style,
            later_days=later_days,
        )

    assert said("gregorian") == "20 مارس"
    assert said("hijri") == "1 شوال"
    assert said("both") == "20 مارس (1 شوال)"
    assert said("both", later_days=1, language="en") == "20 Mar (30 Ramadan)"


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("9-13, 16:30-22", "9:00-13:00, 16:30-22:00"),
        ("٩-١٣ و ١٦-٢٢", "9:00-13:00, 16:00-22:00"),
        ("18:00–2:00", "18:00-2:00"),
        ("16-22، 9-12", "9:00-12:00, 16:00-22:00"),
        ("مغلق", ""),
        ("closed", ""),
        ("24", "0:00-24:00"),
    ],
)
def test_hours_are_read_as_people_type_them(typed, spans):
    assert written(spans_of(typed)) == spans
    assert spans_of(written(spans_of(typed))) == spans_of(typed)


@pytest.mark.parametrize("typed", ["9", "25-26", "9:75-10", "صباحاً", "1-2," * 9])
def test_hours_that_cannot_be_are_refused(typed):
    with pytest.raises(BadInputError):
        spans_of(typed)


def test_a_holiday_that_cannot_be_is_refused():
    for first, last in (("2026-02-30", ""), ("2026-03-20", "2026-03-19"), ("2026-03-20", "03-21")):
        with pytest.raises(BadInputError):
            holiday_of(first, last)
    with pytest.raises(BadInputError):
        holiday_of("10-31", "", hijri=True)
    with pytest.raises(BadInputError):
        check(Plan(week=((Span(opens=-1, closes=5),),) * 7))
