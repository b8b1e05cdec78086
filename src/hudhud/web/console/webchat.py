"""One web chat: the line for the site, which sites may show it, how it looks, who vouches."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core.connecting.changing import change_options
from hudhud.core.secrets import vault_of
from hudhud.errors import BadInputError, NotFoundError
from hudhud.store import inboxes
from hudhud.web.console.page import context_of, form_of, reader_of, show
from hudhud.web.live import typed

LOOKS = ("origins", "title", "greeting_ar", "greeting_en", "accent", "position")
SECRET_BYTES = 32


async def chat_page(request: Request) -> Response:
    """What the site needs, and what may be set."""
    return await _page(request, saved="saved" in request.query_params)


async def set_chat(request: Request) -> Response:
    """Set it; what cannot be keeps what was typed, and says what is wrong."""
    form = await form_of(request)
    looks = {name: form.get(name, "").strip() for name in LOOKS}
    # One a line in the form, as browsers name them; a path behind is what people copy along.
    looks["origins"] = " ".join(_origin(line) for line in looks["origins"].split())
    try:
        await _change(request, looks)
    except BadInputError:
        return await _page(request, looks=looks, status=422)
    return RedirectResponse(f"/inboxes/{request.path_params['id']}/chat?saved", 303)


async def new_secret(request: Request) -> Response:
    """Make the secret by which the site signs its users; it is shown this one time."""
    await form_of(request)
    secret = secrets.token_hex(SECRET_BYTES)
    await _change(request, {"identity_secret": secret})
    return await _page(request, secret=secret)


async def typing(request: Request) -> Response:
    """The visitor sees for a moment that somebody answers; nothing else comes of it."""
    await form_of(request)
    signals, merchant_id = context_of(request).signals, request.state.operator.merchant_id
    if signals is not None:
        await typed(signals, merchant_id, request.path_params["id"], by="operator")
    return Response(status_code=204)


async def _change(request: Request, given: dict[str, Any]) -> None:
    context, operator = context_of(request), request.state.operator
    try:
        await change_options(
            context.database,
            vault_of(context.settings),
            operator.merchant_id,
            await _chat_id(request),
            given,
            actor=f"operator:{operator.id}",
        )
    except NotFoundError:
        raise HTTPException(404) from None


async def _chat_id(request: Request) -> int:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        inbox = await inboxes.by_id(connection, request.path_params["id"])
    if inbox is None or inbox.channel != "webchat":
        raise HTTPException(404)
    return inbox.id


async def _page(
    request: Request,
    *,
    saved: bool = False,
    looks: dict[str, str] | None = None,
    secret: str = "",
    status: int = 200,
) -> Response:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        inbox = await inboxes.by_id(connection, request.path_params["id"])
    if inbox is None or inbox.channel != "webchat":
        raise HTTPException(404)
    base = context.settings.public_url or str(request.base_url)
    return show(
        request,
        "webchat/settings.html",
        reader.say,
        reader=reader,
        status=status,
        inbox=inbox,
        values=inbox.options | (looks or {}),
        address=f"{base.rstrip('/')}/chat/{inbox.key}",
        saved=saved,
        wrong=looks is not None,
        secret=secret,
    )


def _origin(typed: str) -> str:
    scheme, mark, rest = typed.lower().partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if mark else f"https://{scheme.partition('/')[0]}"
