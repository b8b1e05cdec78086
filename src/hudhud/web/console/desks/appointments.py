"""Appointments: who comes when, to which desk."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.desks import booking
from hudhud.errors import NotFoundError
from hudhud.store.desks import bookings, desks
from hudhud.web.console.page import context_of, form_of, reader_of, show


async def bookings_page(request: Request) -> Response:
    """What is booked from now on, day by day."""
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        coming = await bookings.coming(connection, merchant_id, reader.say.now)
        everyone = await desks.of_merchant(connection, merchant_id)
    english = reader.say.language == "en"
    names = {desk.code: (desk.name_en if english else "") or desk.name_ar for desk in everyone}
    bookable = any(desk.slot_minutes for desk in everyone if desk.active)
    return show(
        *(request, "desks/bookings.html", reader.say),
        reader=reader,
        coming=coming,
        names=names,
        bookable=bookable,
    )


async def cancel(request: Request) -> Response:
    """Cancel one: its time is free again."""
    await form_of(request)
    operator = request.state.operator
    try:
        await booking.cancel(
            *(context_of(request).database, operator.merchant_id, request.path_params["id"]),
            actor=f"operator:{operator.id}",
        )
    except NotFoundError:
        raise HTTPException(404) from None
    return RedirectResponse("/bookings", 303)
