"""Who hears of orders, and how they do: added, tried, paused, their secret changed, removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from hudhud.core.hooks import endpoints as hooks
from hudhud.core.hooks.secrets import change_secret, signing
from hudhud.errors import AlreadyThereError, BadInputError, NotFoundError
from hudhud.store.hooks import endpoints as rows
from hudhud.web.console.conversations import number
from hudhud.web.console.page import Handler, context_of, fields_of, form_of, reader_of, show

DEEDS = ("test", "pause", "resume", "replay", "remove", "secret", "drop")
UNPROCESSABLE = 422


def routes(inside: Callable[[Handler], Handler]) -> list[BaseRoute]:
    """The addresses below `/hooks`; `/webhooks/` is where providers knock (web/asgi.py)."""
    return [
        Route("/hooks", inside(list_page)),
        Route("/hooks", inside(add), methods=["POST"]),
        Route("/hooks/{id:row}", inside(change), methods=["POST"]),
    ]


async def list_page(request: Request) -> Response:
    """Every endpoint, with what waits for it and what it said last."""
    return await _page(request)


async def add(request: Request) -> Response:
    """Add one; its secret is shown this one time."""
    sent = await fields_of(request)
    context, operator = context_of(request), request.state.operator
    url = dict(sent).get("url", "").strip()
    events = [value for key, value in sent if key == "event"]
    try:
        made = await hooks.add(
            *(context.database, context.settings, operator.merchant_id, url, events),
            actor=f"operator:{operator.id}",
        )
    except BadInputError as error:
        return await _page(request, url=url, events=events, wrong=error.detail)
    except AlreadyThereError:
        return await _page(request, url=url, events=events, wrong="already")
    return await _page(request, secret=made.secret, of=made.endpoint.id)


async def change(request: Request) -> Response:
    """Try it, pause it, let it go on, change its secret, post again from an event on, remove it."""
    form = await form_of(request)
    deed = form.get("deed", "")
    if deed not in DEEDS:
        raise HTTPException(404)
    try:
        if deed == "test":
            return await _tried(request)
        if deed == "secret":
            return await _new_secret(request)
        await _done(request, deed, number(form.get("event", "")) or 0)
    except NotFoundError:
        raise HTTPException(404) from None
    except BadInputError:
        return await _page(request, wrong="event")
    return RedirectResponse("/hooks", 303)


async def _done(request: Request, deed: str, event_id: int) -> None:
    context, operator = context_of(request), request.state.operator
    mine = (context.database, operator.merchant_id, request.path_params["id"])
    actor = f"operator:{operator.id}"
    if deed == "remove":
        await hooks.remove(*mine, actor=actor)
    elif deed == "replay":
        await hooks.replay(*mine, event_id, actor=actor)
    elif deed == "drop":
        whose = (context.database, context.settings, operator.merchant_id, mine[2])
        await change_secret(*whose, drop_old=True, actor=actor)
    else:
        await hooks.set_active(*mine, active=deed == "resume", actor=actor)


async def _new_secret(request: Request) -> Response:
    context, operator = context_of(request), request.state.operator
    endpoint_id = request.path_params["id"]
    made = await change_secret(
        *(context.database, context.settings, operator.merchant_id, endpoint_id),
        drop_old=False,
        actor=f"operator:{operator.id}",
    )
    return await _page(request, secret=made.new, of=endpoint_id, beside=True)


async def _tried(request: Request) -> Response:
    context, endpoint_id = context_of(request), request.path_params["id"]
    why = await hooks.try_out(
        *(context.database, context.breakers, context.settings),
        *(request.state.operator.merchant_id, endpoint_id),
    )
    return await _page(request, tried=endpoint_id, why=why)


async def _page(
    request: Request,
    *,
    url: str = "",
    events: Any = (),
    wrong: str = "",
    secret: str = "",
    of: int = 0,
    beside: bool = False,
    tried: int = 0,
    why: str = "",
) -> Response:
    context, merchant_id = context_of(request), request.state.operator.merchant_id
    async with context.database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        found = await rows.listed(connection, merchant_id)
    now = context.clock()
    shown = [(one, hooks.health(one, now), signing(context.settings, one)) for one in found]
    values: dict[str, Any] = {"shown": shown, "secret": secret, "of": of, "beside": beside}
    values |= {"url": url, "events": events, "all_events": hooks.EVENTS, "wrong": wrong}
    values |= {"tried": tried, "why": why}
    status = UNPROCESSABLE if wrong else 200
    return show(request, "hooks/list.html", reader.say, reader=reader, status=status, **values)
