"""`/spend`, `/inboxes/ID/own-url`: what models cost; the URL that answers for an inbox (S10)."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.connecting import own_url as urls
from hudhud.core.secrets import vault_of
from hudhud.core.spending import report, set_limit
from hudhud.web.api.bearer import body_of, context_of, id_of, json, operator_of, query_of

DAYS = 7
DROP = "drop"


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many days, today among them."""

    days: int = DAYS


class Limited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a day may cost, in the smallest unit; null leaves it to the installation."""

    limit_minor: int | None


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The URL; empty takes it away. `secret`: `new` makes one more, `drop` keeps the newest."""

    url: Annotated[str, msgspec.Meta(max_length=2000)] | msgspec.UnsetType = msgspec.UNSET
    secret: Annotated[str, msgspec.Meta(pattern="^(new|drop)$")] | msgspec.UnsetType = msgspec.UNSET


async def show(request: Request) -> Response:
    """What this merchant's models cost, and its limit."""
    context, asked = context_of(request), query_of(request, Asked)
    merchant_id = operator_of(request).merchant_id
    return json(await report(context.database, context.settings, merchant_id, days=asked.days))


async def limit(request: Request) -> Response:
    """Set what a day may cost."""
    context, operator = context_of(request), operator_of(request)
    wanted = await body_of(request, Limited)
    actor = f"operator:{operator.id}"
    await set_limit(context.database, operator.merchant_id, wanted.limit_minor, actor=actor)
    return json(await report(context.database, context.settings, operator.merchant_id, days=1))


async def own_url(request: Request) -> Response:
    """Which URL answers for an inbox; never its secret."""
    context, vault = context_of(request), vault_of(context_of(request).settings)
    merchant_id = operator_of(request).merchant_id
    return json(await urls.own_url(context.database, merchant_id, id_of(request), vault))


async def set_own_url(request: Request) -> Response:
    """Set it, take it away, or change its secret; a secret that was made is told this one time."""
    context, operator = context_of(request), operator_of(request)
    wanted = await body_of(request, Wanted)
    vault, actor = vault_of(context.settings), f"operator:{operator.id}"
    where = (operator.merchant_id, id_of(request))
    told = await urls.own_url(context.database, *where, vault)
    if wanted.url is not msgspec.UNSET:
        told = await urls.set_own_url(
            context.database, context.settings, vault, *where, wanted.url, actor=actor
        )
    if wanted.secret is not msgspec.UNSET:
        told = await urls.change_secret(
            context.database, vault, *where, drop_old=wanted.secret == DROP, actor=actor
        )
    return json(told)
