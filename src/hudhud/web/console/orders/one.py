"""One order: what, for whom, where to, how it came so far, and what may become of it."""

from __future__ import annotations

from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.sales import orders as deeds
from hudhud.core.sales.states import FOLLOWS
from hudhud.errors import BadInputError, NotFoundError, OrderStaysError
from hudhud.store.sales import orders
from hudhud.web import kinds
from hudhud.web.console.orders.listing import STATES
from hudhud.web.console.page import context_of, form_of, reader_of, show

WRONG: Final = {OrderStaysError: ("stays", 409), BadInputError: ("reason", 422)}


async def order_page(request: Request) -> Response:
    """How it is."""
    return await _page(request)


async def move(request: Request) -> Response:
    """Confirm, ship, deliver or cancel it; who clicks twice, or after somebody else, does it once.

    What came too late is said beside how the order stands now.
    """
    form, operator = await form_of(request), request.state.operator
    state = next((one for one in STATES if one == form.get("state")), None)
    if state is None:
        raise HTTPException(404)
    reason = form.get("reason", "").replace("\0", "").strip()
    try:
        await deeds.move(
            *(context_of(request).database, operator.merchant_id, _number(request), state),
            actor=f"operator:{operator.id}",
            reason=reason,
            hints=context_of(request).hints,
        )
    except NotFoundError:
        raise HTTPException(404) from None
    except tuple(WRONG) as error:
        wrong, status = WRONG[type(error)]
        return await _page(request, wrong=wrong, wanted=state, reason=reason, status=status)
    return RedirectResponse(f"/orders/{_number(request)}", 303)


async def _page(
    request: Request,
    *,
    wrong: str = "",
    wanted: str = "",
    reason: str = "",
    status: int = 200,
) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        row = await orders.one(connection, merchant_id, _number(request))
        if row is None:
            raise HTTPException(404)
        history = await orders.history(connection, row.order.id)
    order = row.order
    values: dict[str, Any] = {"row": row, "order": order, "history": history}
    values |= {"next": [one for one in STATES if one in FOLLOWS[order.state]]}
    values |= {"map": kinds.map_link(order.address)}
    values |= {"wrong": wrong, "wanted": wanted, "reason": reason}
    values |= {"reason_chars_max": deeds.REASON_CHARS_MAX}
    return show(request, "orders/one.html", reader.say, reader=reader, status=status, **values)


def _number(request: Request) -> int:
    found: int = request.path_params["number"]
    return found
