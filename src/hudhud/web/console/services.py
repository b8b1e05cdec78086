"""Services: is anything wrong outside, and what do I do (R1)."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.outside import forcing
from hudhud.core.outside.breakers import Standing
from hudhud.core.outside.services import (
    inbox_service,
    options_of,
    responder_service,
    second_of,
)
from hudhud.core.spending import is_over
from hudhud.errors import HudhudError, NotFoundError
from hudhud.model import Assistant
from hudhud.settings import Settings
from hudhud.store import assistants, inboxes
from hudhud.store.linking import links
from hudhud.store.pool import Connection
from hudhud.store.spending import spend
from hudhud.web.console.page import context_of, form_of, reader_of, show

# What a person may say of an inbox's breaker; None lets it go.
POSITIONS: dict[str, Any] = {"open": "open", "closed": "closed", "release": None}


class Shown(NamedTuple):
    """One service as the page shows it; `inbox_id` where this merchant may hold its breaker."""

    kind: str
    name: str
    standing: Standing
    inbox_id: int | None = None


async def services_page(request: Request) -> Response:
    """Every service outside that this merchant's answers depend on."""
    return await _page(request)


async def hold_inbox(request: Request) -> Response:
    """Hold an inbox's breaker open or closed, or let it go."""
    form = await form_of(request)
    wanted = form.get("position", "")
    if wanted not in POSITIONS:
        raise HTTPException(404)
    context, operator = context_of(request), request.state.operator
    try:
        await forcing.hold_inbox(
            context.database,
            operator.merchant_id,
            request.path_params["id"],
            operator.id,
            POSITIONS[wanted],
        )
    except NotFoundError:
        raise HTTPException(404) from None
    # The page that follows shows it; the other processes hear of it within 2 s.
    await context.breakers.refresh()
    return RedirectResponse("/services", 303)


async def _page(request: Request) -> Response:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        named = await _named(connection, operator.merchant_id, context.settings)
        lost = await links.unlinked(connection, operator.merchant_id)
        over = is_over(context.settings, await spend.today(connection, operator.merchant_id))
    standing = context.breakers.standing([service for _, _, service, _ in named])
    shown = [
        Shown(kind, name, stands, inbox_id)
        for (kind, name, _, inbox_id), stands in zip(named, standing, strict=True)
    ]
    return show(
        request,
        "services.html",
        reader.say,
        reader=reader,
        services=shown,
        unlinked={row["inbox_id"] for row in lost},
        together=context.breakers.together,
        over=over,
    )


async def _named(
    connection: Connection, merchant_id: int, settings: Settings
) -> list[tuple[str, str, str, int | None]]:
    rows = await inboxes.of_merchant(connection, merchant_id)
    found: list[tuple[str, str, str, int | None]] = [
        ("inbox", row.name, inbox_service(row.id), row.id) for row in rows
    ]
    models = {
        service: None
        for first in await assistants.listed(connection, merchant_id)
        for assistant in (first, second_of(first))
        if assistant is not None and (service := _asked_by(assistant, settings))
    }
    return [*found, *(("model", s.partition("/")[2].partition("/")[2], s, None) for s in models)]


def _asked_by(assistant: Assistant, settings: Settings) -> str:
    try:
        return responder_service(assistant.responder, options_of(assistant, settings))
    except (HudhudError, msgspec.ValidationError):
        return ""  # another release's assistant; its answers say what is wrong with it
