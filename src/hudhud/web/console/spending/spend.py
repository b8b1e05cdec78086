"""What models cost this merchant, and what a day may cost."""

from __future__ import annotations

from itertools import groupby

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.spending import report, set_limit
from hudhud.errors import BadInputError
from hudhud.text import decimal_number, exponent
from hudhud.web.console.page import context_of, form_of, reader_of, show

DAYS = 30


async def spend_page(request: Request) -> Response:
    """The last days, today's limit, and the form that changes it."""
    return await _page(request, saved="saved" in request.query_params)


async def set_spend(request: Request) -> Response:
    """Set the limit of a day, typed in the currency itself; empty leaves it to the installation."""
    form = await form_of(request)
    context, operator = context_of(request), request.state.operator
    typed = form.get("limit", "").strip()
    try:
        minor = None
        if typed:
            unit = 10 ** exponent(context.settings.spend_currency)
            minor = round(decimal_number(typed) * unit)
        actor = f"operator:{operator.id}"
        await set_limit(context.database, operator.merchant_id, minor, actor=actor)
    except (BadInputError, ValueError, OverflowError):
        return await _page(request, typed=typed, status=422)
    return RedirectResponse("/spend?saved", 303)


async def _page(
    request: Request, *, saved: bool = False, typed: str | None = None, status: int = 200
) -> Response:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
    told = await report(context.database, context.settings, operator.merchant_id, days=DAYS)
    limit = ""
    if told.own_limit and told.limit_minor is not None:
        limit = f"{told.limit_minor / 10 ** exponent(told.currency):g}"
    return show(
        request,
        "spending/spend.html",
        reader.say,
        reader=reader,
        status=status,
        told=told,
        days=[(day, list(models)) for day, models in groupby(told.days, lambda one: one.day)],
        limit=limit if typed is None else typed,
        saved=saved,
        wrong=typed is not None,
    )
