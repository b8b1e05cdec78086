"""`/webhooks`: where a merchant's programs hear of orders."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.connecting.own_url import URL_CHARS_MAX
from hudhud.core.hooks import endpoints as hooks
from hudhud.core.hooks import secrets
from hudhud.store.hooks import endpoints as rows
from hudhud.store.hooks.endpoints import Endpoint
from hudhud.web.api.bearer import ID_MAX, body_of, context_of, id_of, json, operator_of


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where to post, and which events; none named: all."""

    url: Annotated[str, msgspec.Meta(min_length=1, max_length=URL_CHARS_MAX)]
    events: list[str] = []


class Paused(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether it goes on."""

    active: bool


class OfSecret(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the old one ends; otherwise a new one is made beside it."""

    drop_old: bool = False


class From(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The event to begin again with, by the number in its id."""

    event: Annotated[int, msgspec.Meta(ge=1, le=ID_MAX)]


async def listed(request: Request) -> Response:
    """Every endpoint, without what signs for it."""
    context, merchant_id = context_of(request), operator_of(request).merchant_id
    async with context.database.reading(merchant_id) as connection:
        found = await rows.listed(connection, merchant_id)
    return json({"webhooks": [_told(request, one) for one in found]})


async def add(request: Request) -> Response:
    """Add one; 201, and this one time its secret."""
    wanted, operator, context = (
        await body_of(request, Wanted),
        operator_of(request),
        context_of(request),
    )
    made = await hooks.add(
        *(context.database, context.settings, operator.merchant_id, wanted.url, wanted.events),
        actor=f"operator:{operator.id}",
    )
    return json(_told(request, made.endpoint) | {"secret": made.secret}, 201)


async def change(request: Request) -> Response:
    """Pause it, or let it go on where it was."""
    wanted = await body_of(request, Paused)
    await hooks.set_active(*_mine(request), active=wanted.active, actor=_actor(request))
    return json(_told(request, await hooks.one(*_mine(request))))


async def change_secret(request: Request) -> Response:
    """Make a new secret beside the one in use, or let only the newest sign."""
    wanted, operator, context = (
        await body_of(request, OfSecret),
        operator_of(request),
        context_of(request),
    )
    now = await secrets.change_secret(
        *(context.database, context.settings, operator.merchant_id, id_of(request)),
        drop_old=wanted.drop_old,
        actor=_actor(request),
    )
    told = _told(request, await hooks.one(*_mine(request)))
    return json(told | ({"secret": now.new} if now.new else {}))


async def replay(request: Request) -> Response:
    """Post again from an event on."""
    wanted = await body_of(request, From)
    await hooks.replay(*_mine(request), wanted.event, actor=_actor(request))
    return json(_told(request, await hooks.one(*_mine(request))))


async def try_out(request: Request) -> Response:
    """Post a signed ping now."""
    context = context_of(request)
    why = await hooks.try_out(
        *(context.database, context.breakers, context.settings),
        *(operator_of(request).merchant_id, id_of(request)),
    )
    return json({"taken": not why, "why": why})


async def remove(request: Request) -> Response:
    """Take it away; 204."""
    await hooks.remove(*_mine(request), actor=_actor(request))
    return Response(status_code=204)


def _mine(request: Request) -> tuple[Any, int, int]:
    return context_of(request).database, operator_of(request).merchant_id, id_of(request)


def _actor(request: Request) -> str:
    return f"operator:{operator_of(request).id}"


def _told(request: Request, one: Endpoint) -> dict[str, Any]:
    told = {
        name: getattr(one, name)
        for name in Endpoint.__struct_fields__
        if name not in {"merchant_id", "secrets"}
    }
    shown: dict[str, Any] = msgspec.to_builtins(told)
    events = hooks.EVENTS if one.events is None else one.events
    context = context_of(request)
    shown |= {"health": hooks.health(one, context.clock()), "events": events}
    return shown | {"signing": secrets.signing(context.settings, one)}
