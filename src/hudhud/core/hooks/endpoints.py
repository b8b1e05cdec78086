"""Endpoints: added with a secret that is shown once, paused, tried, replayed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args

import msgspec

from hudhud.core.connecting.own_url import problem_of_url
from hudhud.core.hooks.delivering import secrets_of
from hudhud.core.hooks.posting import PING, send
from hudhud.core.outside.breakers import Breakers
from hudhud.core.secrets import seal, vault_of
from hudhud.errors import BadInputError, BreakerOpenError, NotFoundError, ResponderFailedError
from hudhud.events import emit
from hudhud.model import OrderState
from hudhud.responders.webhook.signing import new_secret
from hudhud.settings import Settings
from hudhud.store.hooks import endpoints as rows
from hudhud.store.hooks.endpoints import Endpoint
from hudhud.store.pool import Database

EVENTS: Final = tuple(f"order.{state}" for state in get_args(OrderState))
ENDPOINTS_MAX: Final = 20
# Who takes nothing for so long is called failing.
FAILING_AFTER: Final = timedelta(hours=1)

Health = Literal["paused", "well", "retrying", "failing"]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """A new endpoint, and its secret, to be shown this one time."""

    endpoint: Endpoint
    secret: str


def health(endpoint: Endpoint, now: datetime) -> Health:
    """How an endpoint does; pure."""
    if not endpoint.active:
        return "paused"
    if endpoint.failing_since is None:
        return "well"
    return "failing" if now - endpoint.failing_since >= FAILING_AFTER else "retrying"


async def add(
    database: Database,
    settings: Settings,
    merchant_id: int,
    url: str,
    events: Sequence[str] | None,
    *,
    actor: str,
) -> Added:
    """Post what becomes of orders to an address from now on.

    Args:
        database: the pool.
        settings: the keys, and which private origins are trusted.
        merchant_id: whose orders.
        url: where to.
        events: of EVENTS those that are wanted; None: all.
        actor: who, for the log.

    Raises:
        BadInputError: it is no address that we would post to, or no such event, or one too many.
        AlreadyThereError: the merchant has this address already.
    """
    url = url.strip()
    if problem := problem_of_url(url, settings):
        raise BadInputError(problem)
    if unknown := sorted(set(events or ()) - set(EVENTS)):
        raise BadInputError(f"{unknown[0]} is none of {', '.join(EVENTS)}.")
    secret = new_secret()
    async with database.deed(merchant_id) as connection:
        if len(await rows.listed(connection, merchant_id)) >= ENDPOINTS_MAX:
            raise BadInputError(f"A merchant has at most {ENDPOINTS_MAX} webhooks.")
        wanted = None if not events or set(events) == set(EVENTS) else sorted(set(events))
        made = await rows.add(connection, merchant_id, url, wanted)
        plain = msgspec.json.encode([secret])
        sealed = await seal(connection, vault_of(settings), made.place, plain)
        await rows.keep_secrets(connection, made.id, sealed)
    emit("hook.added", merchant=merchant_id, endpoint=made.id, actor=actor)
    return Added(endpoint=made, secret=secret)


async def one(database: Database, merchant_id: int, endpoint_id: int) -> Endpoint:
    """One endpoint.

    Raises:
        NotFoundError: this merchant has no such.
    """
    async with database.reading(merchant_id) as connection:
        found = await rows.listed(connection, merchant_id)
    for endpoint in found:
        if endpoint.id == endpoint_id:
            return endpoint
    raise NotFoundError(f"Webhook {endpoint_id}.")


async def remove(database: Database, merchant_id: int, endpoint_id: int, *, actor: str) -> None:
    """Post nothing more there.

    Raises:
        NotFoundError: this merchant has no such endpoint.
    """
    async with database.deed(merchant_id) as connection:
        if not await rows.remove(connection, endpoint_id):
            raise NotFoundError(f"Webhook {endpoint_id}.")
    emit("hook.removed", merchant=merchant_id, endpoint=endpoint_id, actor=actor)


async def set_active(
    database: Database, merchant_id: int, endpoint_id: int, *, active: bool, actor: str
) -> None:
    """Pause it, or go on where it was.

    Raises:
        NotFoundError: this merchant has no such endpoint.
    """
    async with database.deed(merchant_id) as connection:
        if not await rows.set_active(connection, endpoint_id, active=active):
            raise NotFoundError(f"Webhook {endpoint_id}.")
    said: dict[str, Any] = {"merchant": merchant_id, "endpoint": endpoint_id, "actor": actor}
    if active:
        emit("hook.resumed", **said)
    else:
        emit("hook.paused", **said)


async def replay(
    database: Database, merchant_id: int, endpoint_id: int, event_id: int, *, actor: str
) -> None:
    """Post again from this event on, under the ids that they have.

    Raises:
        NotFoundError: this merchant has no such endpoint.
        BadInputError: no event has such a number.
    """
    if not 0 < event_id < 2**63:
        raise BadInputError("Events count from 1.")
    async with database.deed(merchant_id) as connection:
        if not await rows.replay(connection, endpoint_id, event_id):
            raise NotFoundError(f"Webhook {endpoint_id}.")
    emit("hook.replayed", merchant=merchant_id, endpoint=endpoint_id, event=event_id, actor=actor)


async def try_out(
    database: Database,
    breakers: Breakers,
    settings: Settings,
    merchant_id: int,
    endpoint_id: int,
) -> str:
    """Post a signed ping now; nothing of the queue is touched.

    Returns: why it was not taken; empty when it was.

    Raises:
        NotFoundError: this merchant has no such endpoint.
    """
    endpoint = await one(database, merchant_id, endpoint_id)
    now = datetime.now(UTC)
    id_ = f"ping_{int(now.timestamp() * 1000)}"
    body = msgspec.json.encode({"id": id_, "type": PING, "at": now})
    try:
        secrets = secrets_of(settings, endpoint)
        await send(breakers, settings, endpoint.url, secrets, body, id_=id_)
    except (ResponderFailedError, BreakerOpenError) as error:
        return error.detail or str(error)
    return ""
