"""Waiting: who waits, how long, why; and what only a person can settle."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core import handoff
from hudhud.errors import NotFoundError
from hudhud.store import attention
from hudhud.web.console.page import context_of, form_of, local, reader_of, show
from hudhud.web.console.strip import NEED_PERSON

SEND_VERDICTS = ("sent", "again", "discard")
LETTER_VERDICTS = ("retry", "discard")


async def waiting_page(request: Request) -> Response:
    """Everything that waits, by state (law 6)."""
    return await _page(request)


async def settle_send(request: Request) -> Response:
    """A person says what became of a send that nobody knows about (law 5)."""
    return await _settle(request, handoff.settle_unknown, SEND_VERDICTS)


async def settle_letter(request: Request) -> Response:
    """A person tries a dead letter again, or closes it."""
    return await _settle(request, handoff.settle_dead_letter, LETTER_VERDICTS)


async def _settle(
    request: Request, deed: Callable[..., Awaitable[None]], verdicts: tuple[str, ...]
) -> Response:
    form = await form_of(request)
    verdict = form.get("verdict", "")
    if verdict not in verdicts:
        raise HTTPException(404)
    context, operator = context_of(request), request.state.operator
    row_id = request.path_params["id"]
    try:
        await deed(
            context.database, context.hints, operator.merchant_id, row_id, operator.id, verdict
        )
    except NotFoundError:
        return await _page(request, settled=True, status=404)
    return RedirectResponse(local(form.get("back", ""), "/waiting"), 303)


async def settle_set_aside(request: Request) -> Response:
    """A person has read a webhook that could not be understood; it stays in the journal."""
    context, operator = context_of(request), request.state.operator
    try:
        await handoff.settle_set_aside(
            context.database, operator.merchant_id, request.path_params["id"], operator.id
        )
    except NotFoundError:
        return await _page(request, settled=True, status=404)
    return RedirectResponse("/waiting", 303)


async def _page(request: Request, *, settled: bool = False, status: int = 200) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        values = {
            "person": await attention.with_person(connection, merchant_id),
            "unknown": await attention.unknown_sends(connection, merchant_id),
            "letters": await attention.dead_letters(connection, merchant_id),
            "aside": await attention.set_aside(connection, merchant_id),
            "need_person": NEED_PERSON,
            "settled": settled,
        }
    return show(request, "waiting.html", reader.say, reader=reader, status=status, **values)
