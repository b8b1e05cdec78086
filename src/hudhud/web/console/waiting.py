"""Waiting: who waits, how long, why; and what only a person can settle."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core import handoff
from hudhud.core.report import NEED_PERSON
from hudhud.errors import NotFoundError
from hudhud.store import attention, report
from hudhud.store.letters import reading as letters
from hudhud.store.letters.reading import Which
from hudhud.store.linking import links
from hudhud.web.console.page import context_of, form_of, local, reader_of, show
from hudhud.web.console.strip import SELDOM

VERDICTS = ("sent", "again", "discard")


async def waiting_page(request: Request) -> Response:
    """Everything that waits, by state (law 6)."""
    return await _page(request)


async def settle_send(request: Request) -> Response:
    """A person says what became of a send that nobody knows about (law 5)."""
    form = await form_of(request)
    verdict = form.get("verdict", "")
    if verdict not in VERDICTS:
        raise HTTPException(404)
    context, operator = context_of(request), request.state.operator
    try:
        await handoff.settle_unknown(
            context.database,
            context.hints,
            operator.merchant_id,
            request.path_params["id"],
            operator.id,
            verdict,  # type: ignore[arg-type] # one of VERDICTS
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
            "letters": await letters.listed(
                connection, merchant_id, Which(), limit=attention.SHOWN_MAX
            ),
            "aside": await attention.set_aside(connection, merchant_id),
            "unlinked": await links.unlinked(connection, merchant_id),
            "inboxes": await report.counts(connection, merchant_id),
            "need_person": NEED_PERSON,
            "seldom": SELDOM,
            "settled": settled,
        }
    return show(request, "waiting.html", reader.say, reader=reader, status=status, **values)
