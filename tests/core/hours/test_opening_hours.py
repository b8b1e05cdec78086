"""Open or closed, reckoned minute by minute in the dumbest way, and by `standing`: the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hudhud.core.hours.hijri import hijri_of, in_ramadan
from hudhud.core.hours.opening import Standing, always, is_open, standing
from hudhud.core.hours.typed import holiday_of, spans_of
from hudhud.model import Plan, Span
from hudhud.model.hours import USUAL_WEEK

BAGHDAD, CAIRO = ZoneInfo("Asia/Baghdad"), ZoneInfo("Africa/Cairo")
MINUTE, DAY = timedelta(minutes=1), 24 * 60

# Both clock changes of Cairo in 2026, Ramadan 1447's first and last evenings, and a plain week.
MOMENTS = (
    datetime(2026, 4, 23, 20, tzinfo=UTC),
    datetime(2026, 10, 29, 20, tzinfo=UTC),
    datetime(2026, 2, 17, 15, tzinfo=UTC),
    datetime(2026, 3, 19, 12, tzinfo=UTC),
    datetime(2026, 7, 1, 9, tzinfo=UTC),
)


def week(text: str) -> tuple[tuple[Span, ...], ...]:
    return (spans_of(text),) * 7


def at(text: str, zone: ZoneInfo = BAGHDAD) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def brute(plan: Plan, zone: ZoneInfo, moment: datetime, later_days: int) -> bool:
    """Written a second time, span by span, from what a person would say of each."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    for ago in (0, 1):
        day = (wall - timedelta(days=ago)).date()
        fasting = in_ramadan(day, later_days) and plan.ramadan is not None
        if any(day == date.fromisoformat(each.first) for each in plan.holidays):
            continue
        days = plan.ramadan if fasting and plan.ramadan else plan.week
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - what the wall says
        for span in days[day.weekday()]:
            opens = midnight + timedelta(minutes=span.opens)
            if opens <= wall < midnight + timedelta(minutes=span.closes):
                return True
    return False


@st.composite
def spans(draw: st.DrawFn) -> Span:
    opens = draw(st.integers(0, DAY - 1))
    return Span(opens=opens, closes=opens + draw(st.integers(1, DAY)))


WEEKS = st.tuples(*[st.lists(spans(), max_size=2).map(tuple)] * 7)


@settings(max_examples=60, deadline=None)
@given(
    WEEKS,
    st.none() | WEEKS,
    st.sampled_from(MOMENTS),
    st.integers(0, 20 * 60),
    st.sampled_from([BAGHDAD, CAIRO]),
    st.integers(-2, 2),
    st.booleans(),
)
def test_every_minute_is_as_the_clock_on_the_wall_says(
    plain, ramadan, moment, minutes, zone, later_days, rests
):
    now = moment + timedelta(minutes=minutes)
    day = str((now + timedelta(days=1)).date())
    plan = Plan(week=plain, ramadan=ramadan, holidays=(holiday_of(day, ""),) if rests else ())
    found = standing(plan, zone, now, later_days=later_days)
    assert found.open == brute(plan, zone, now, later_days)
    hours = (now + MINUTE * step for step in range(1, 2 * DAY))
    change = next((m for m in hours if brute(plan, zone, m, later_days) != found.open), None)
    if change is None:
        assert found.until is None or found.until >= now + MINUTE * 2 * DAY
    else:
        assert found.until == change
    before = (now - MINUTE * step for step in range(2 * DAY))
    past = next(
        (m for m in before if brute(plan, zone, m - MINUTE, later_days) != found.open), None
    )
    if past is not None:
        assert found.since == past


def test_a_night_belongs_to_the_day_on_which_it_began():
    plan = Plan(week=week("18-2"), holidays=(holiday_of("2026-07-02", ""),))
    # The eve's night is served, though its end lies on the holiday; the holiday's own is not.
    assert is_open(plan, BAGHDAD, at("2026-07-02T01:59"))
    assert not is_open(plan, BAGHDAD, at("2026-07-02T02:00"))
    assert not is_open(plan, BAGHDAD, at("2026-07-02T23:00"))
    assert not is_open(plan, BAGHDAD, at("2026-07-03T01:00"))
    assert standing(plan, BAGHDAD, at("2026-07-02T03:00")) == Standing(
        open=False, since=at("2026-07-02T02:00"), until=at("2026-07-03T18:00")
    )


def test_the_hour_that_summer_takes_is_not_waited_for():
    plan = Plan(week=week("0:15-4"))
    # In Cairo the clock goes from 0:00 to 1:00 on 24 April 2026: what opens at 0:15 opens at 1:00.
    found = standing(plan, CAIRO, at("2026-04-23T20:00", CAIRO))
    assert found.until == datetime(2026, 4, 23, 22, tzinfo=UTC)
    assert found.until.astimezone(CAIRO).hour == 1


def test_spans_that_touch_are_one():
    plan = Plan(week=week("9-24, 0-2"))
    found = standing(plan, BAGHDAD, at("2026-07-01T23:00"))
    assert (found.open, found.until) == (True, at("2026-07-02T02:00"))


@pytest.mark.parametrize(("hours", "state"), [("24", True), ("", False)])
def test_what_never_changes_is_not_looked_for(hours, state):
    plan = Plan(week=week(hours))
    assert always(plan) is state
    assert standing(plan, BAGHDAD, MOMENTS[0]) == Standing(open=state, since=None, until=None)


def test_the_usual_week_rests_on_friday_and_saturday():
    thursday = at("2026-11-19T18:00")
    assert standing(Plan(), BAGHDAD, thursday).until == at("2026-11-22T09:00")
    assert [not day for day in USUAL_WEEK] == [False] * 4 + [True, True, False]


def test_umm_al_qura_and_the_moon_as_it_is_seen_here():
    # Published: 1 Ramadan 1447 is 18 February 2026, 1 Shawwal 20 March.
    assert hijri_of(date(2026, 2, 18)) == (1447, 9, 1)
    assert hijri_of(date(2026, 3, 20)) == (1447, 10, 1)
    assert hijri_of(date(2026, 2, 18), 1) == (1447, 8, 29)
    assert hijri_of(date(2026, 2, 19), 1) == (1447, 9, 1)
    assert hijri_of(date(2026, 2, 17), -1) == (1447, 9, 1)
    assert hijri_of(date(1900, 1, 1)) is None
    assert not in_ramadan(date(2100, 1, 1))


def test_ramadan_has_its_own_hours_from_its_first_evening_to_its_last_night():
    plan = Plan(week=week("9-17"), ramadan=week("20-2"))
    assert is_open(plan, BAGHDAD, at("2026-02-17T10:00"))
    assert not is_open(plan, BAGHDAD, at("2026-02-18T10:00"))
    assert is_open(plan, BAGHDAD, at("2026-02-18T21:00"))
    # The night that began in Ramadan goes on into the first day of Shawwal.
    assert is_open(plan, BAGHDAD, at("2026-03-20T01:00"))
    assert is_open(plan, BAGHDAD, at("2026-03-20T10:00"))
    # Where the moon is seen a day later, so is everything.
    assert is_open(plan, BAGHDAD, at("2026-02-18T10:00"), later_days=1)
    assert not is_open(plan, BAGHDAD, at("2026-03-20T10:00"), later_days=1)


def test_eid_comes_every_year_by_the_moon_and_new_year_over_the_turn():
    eid = holiday_of("10-01", "10-03", hijri=True)
    turn = holiday_of("12-31", "01-01")
    plan = Plan(week=week("9-17"), holidays=(eid, turn))
    shut = ("2026-03-20", "2026-03-22", "2027-03-09", "2027-03-11", "2026-12-31", "2027-01-01")
    assert not any(is_open(plan, BAGHDAD, at(f"{day}T10:00")) for day in shut)
    work = ("2026-03-19", "2026-03-23", "2027-03-12", "2026-12-30", "2027-01-02")
    assert all(is_open(plan, BAGHDAD, at(f"{day}T10:00")) for day in work)
