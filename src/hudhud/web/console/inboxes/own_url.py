"""One inbox's own URL that answers for it (S10): set, taken away, its secret changed."""

from __future__ import annotations

from collections.abc import Awaitable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.connecting import own_url as urls
from hudhud.core.connecting.own_url import OwnUrl
from hudhud.core.secrets import vault_of
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store import inboxes
from hudhud.web.console.page import context_of, form_of, reader_of, show


async def own_url_page(request: Request) -> Response:
    """Which URL answers, and how it knows that it is we who ask."""
    return await _page(request, await _now(request), saved="saved" in request.query_params)


async def set_own_url(request: Request) -> Response:
    """Set it; the secret that is made the first time is shown this one time."""
    form = await form_of(request)
    context, operator = context_of(request), request.state.operator
    typed = form.get("url", "").strip()
    try:
        told = await _or_404(
            urls.set_own_url(
                context.database,
                context.settings,
                vault_of(context.settings),
                operator.merchant_id,
                request.path_params["id"],
                typed,
                actor=f"operator:{operator.id}",
            )
        )
    except BadInputError as error:
        return await _page(request, await _now(request), typed=typed, wrong=error.detail)
    if told.new:
        return await _page(request, told)
    return RedirectResponse(f"/inboxes/{request.path_params['id']}/own-url?saved", 303)


async def change_secret(request: Request) -> Response:
    """Make a new secret beside the one in use, or let only the newest sign."""
    form = await form_of(request)
    context, operator = context_of(request), request.state.operator
    try:
        told = await _or_404(
            urls.change_secret(
                context.database,
                vault_of(context.settings),
                operator.merchant_id,
                request.path_params["id"],
                drop_old=form.get("secret") == "drop",
                actor=f"operator:{operator.id}",
            )
        )
    except BadInputError as error:
        return await _page(request, await _now(request), wrong=error.detail)
    return await _page(request, told, saved=not told.new)


async def _page(
    request: Request, told: OwnUrl, *, saved: bool = False, typed: str = "", wrong: str = ""
) -> Response:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        inbox = await inboxes.by_id(connection, request.path_params["id"])
    if inbox is None:
        raise HTTPException(404)
    return show(
        request,
        "connecting/own_url.html",
        reader.say,
        reader=reader,
        status=422 if wrong else 200,
        inbox=inbox,
        told=told,
        url=typed or told.url,
        wrong=wrong,
        saved=saved,
    )


async def _now(request: Request) -> OwnUrl:
    context, operator = context_of(request), request.state.operator
    vault = vault_of(context.settings)
    inbox_id = request.path_params["id"]
    return await _or_404(urls.own_url(context.database, operator.merchant_id, inbox_id, vault))


async def _or_404(deed: Awaitable[OwnUrl]) -> OwnUrl:
    try:
        return await deed
    except NotFoundError:
        raise HTTPException(404) from None
