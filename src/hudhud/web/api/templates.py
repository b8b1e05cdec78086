"""`/templates`: texts that the provider approved before, how they stand, what is to be filled."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hudhud.core import templates
from hudhud.errors import NotFoundError
from hudhud.store.templates import rows, syncs
from hudhud.web.api.bearer import body_of, context_of, id_of, json, operator_of
from hudhud.web.api.dead_letters import Nothing


async def listed(request: Request) -> Response:
    """Every template of the merchant, and when each account was read."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        found = await rows.listed(connection, merchant_id)
        read = await syncs.standing(connection, merchant_id)
    shown = [templates.told(row) for row in found]
    return json({"templates": shown, "syncs": [dict(row) for row in read]})


async def show(request: Request) -> Response:
    """One template."""
    merchant_id = operator_of(request).merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        row = await rows.one(connection, id_of(request))
    if row is None:
        raise NotFoundError(f"Template {id_of(request)}.")
    return json(templates.told(row))


async def sync(request: Request) -> Response:
    """Ask for the list of every account; a worker reads it within seconds."""
    await body_of(request, Nothing)
    merchant_id = operator_of(request).merchant_id
    accounts = await templates.ask(context_of(request).database, merchant_id)
    return json({"asked": accounts}, 202)
