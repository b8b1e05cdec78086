"""Hours: when is the shop open, in Ramadan and on holidays too, and in which calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.hours import planning, typed
from hudhud.core.hours.hijri import in_ramadan
from hudhud.core.hours.opening import holiday_on
from hudhud.core.hours.saying import day_words, opening_of
from hudhud.errors import BadInputError, NotFoundError
from hudhud.model import Plan
from hudhud.store.desks import desks
from hudhud.text import whole_number
from hudhud.web.console.page import context_of, form_of, reader_of, show

# The week of the region begins on Saturday; the places are those of a plan, Monday first.
WEEK = (5, 6, 0, 1, 2, 3, 4)
SHOWN_DAYS = 14


async def hours_page(request: Request) -> Response:
    """The week, Ramadan, holidays, and what comes of them in the next days."""
    return await _page(request, saved="saved" in request.query_params)


async def set_week(request: Request) -> Response:
    """Set the week and Ramadan's."""
    form = await form_of(request)
    plan = await _plan(request)
    try:
        if "as_merchant" in form:
            await _change(request, None)
        else:
            week = tuple(typed.spans_of(form.get(f"day_{place}", "")) for place in range(7))
            other = tuple(typed.spans_of(form.get(f"ramadan_{place}", "")) for place in range(7))
            await _change(
                request,
                msgspec.structs.replace(
                    plan or Plan(), week=week, ramadan=other if "ramadan" in form else None
                ),
            )
    except BadInputError as error:
        return await _page(request, given=form, wrong=error.detail, status=422)
    return _saved(request)


async def add_holiday(request: Request) -> Response:
    """Add a day or a row of days on which nobody is there."""
    form = await form_of(request)
    plan = await _plan(request) or Plan()
    try:
        holiday = typed.holiday_of(
            *(form.get("first", ""), form.get("last", "")),
            name_ar=form.get("name_ar", ""),
            name_en=form.get("name_en", ""),
            hijri="hijri" in form,
        )
        holidays = (*plan.holidays, holiday)
        await _change(request, msgspec.structs.replace(plan, holidays=holidays))
    except BadInputError as error:
        return await _page(request, given=form, wrong=error.detail, status=422)
    return _saved(request)


async def remove_holiday(request: Request) -> Response:
    """Take a holiday away."""
    form = await form_of(request)
    plan = await _plan(request) or Plan()
    gone = (form.get("first", ""), form.get("last", ""), "hijri" in form)
    kept = tuple(h for h in plan.holidays if (h.first, h.last, h.hijri) != gone)
    await _change(request, msgspec.structs.replace(plan, holidays=kept))
    return _saved(request)


async def set_calendar(request: Request) -> Response:
    """Set the time zone, and how dates are said."""
    form, operator = await form_of(request), request.state.operator
    try:
        await planning.set_calendar(
            *(context_of(request).database, operator.merchant_id),
            {
                "timezone": form.get("timezone", "").strip(),
                "dates": form.get("dates", ""),
                "hijri_days": whole_number(form.get("hijri_days", "0")),
            },
            actor=f"operator:{operator.id}",
        )
    except (BadInputError, ValueError) as error:
        why = error.detail if isinstance(error, BadInputError) else ""
        return await _page(request, given=form, wrong=why or str(error), status=422)
    return _saved(request)


def _desk(request: Request) -> str | None:
    return request.query_params.get("desk") or None


def _saved(request: Request) -> Response:
    desk = _desk(request)
    return RedirectResponse(f"/hours?desk={desk}&saved" if desk else "/hours?saved", 303)


async def _plan(request: Request) -> Plan | None:
    database, merchant_id = context_of(request).database, request.state.operator.merchant_id
    try:
        return (await planning.read(database, merchant_id, _desk(request)))[0]
    except NotFoundError:
        raise HTTPException(404) from None


async def _change(request: Request, plan: Plan | None) -> None:
    operator = request.state.operator
    actor = f"operator:{operator.id}"
    database = context_of(request).database
    await planning.change(database, operator.merchant_id, _desk(request), plan, actor=actor)


async def _page(
    request: Request,
    *,
    saved: bool = False,
    given: dict[str, str] | None = None,
    wrong: str = "",
    status: int = 200,
) -> Response:
    merchant_id = request.state.operator.merchant_id
    stored = await _plan(request)
    plan = stored or Plan()
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        everyone = await desks.of_merchant(connection, merchant_id)
    _, calendar = await planning.read(context_of(request).database, merchant_id)
    return show(
        request,
        "desks/hours.html",
        reader.say,
        reader=reader,
        status=status,
        desk=next((one for one in everyone if one.code == _desk(request)), None),
        desks=everyone,
        stored=stored,
        plan=plan,
        calendar=calendar,
        values=_values(plan) if given is None else {**_values(plan), **given},
        ramadan=plan.ramadan is not None if given is None else "ramadan" in given,
        given=given or {},
        week=WEEK,
        days=_days(plan, calendar, reader),
        standing=_standing(stored, calendar, reader),
        saved=saved,
        wrong=wrong,
    )


def _values(plan: Plan) -> dict[str, str]:
    weeks = (("day", plan.week), ("ramadan", plan.ramadan or plan.week))
    return {
        f"{name}_{place}": typed.written(day)
        for name, week in weeks
        for place, day in enumerate(week)
    }


def _standing(plan: Plan | None, calendar: Any, reader: Any) -> Any:
    hours = planning.told(plan, calendar, reader.say.digits)
    return opening_of(hours, reader.say.now)


def _days(plan: Plan, calendar: Any, reader: Any) -> list[dict[str, Any]]:
    """The next days as they will be: the only proof that a plan says what was meant."""
    hours = planning.told(plan, calendar, reader.say.digits)
    today = reader.say.date_of(reader.say.now)
    days = (today + timedelta(days=ahead) for ahead in range(SHOWN_DAYS))
    return [
        {
            "day": day,
            "hours": day_words(hours, plan, day, reader.say.language),
            "holiday": holiday_on(plan, day, calendar.hijri_days),
            "ramadan": in_ramadan(day, calendar.hijri_days),
        }
        for day in days
    ]
