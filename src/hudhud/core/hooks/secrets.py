"""What signs for an endpoint is changed while its program goes on believing us.

A new secret signs beside the one in use, both signatures in one header as Standard Webhooks has
it, until the old one is dropped: no event is refused while the program learns the new one.
"""

from __future__ import annotations

from typing import Final

import msgspec

from hudhud.core.hooks.delivering import secrets_of
from hudhud.core.secrets import seal, vault_of
from hudhud.errors import NotFoundError, SecretUnreadableError
from hudhud.events import emit
from hudhud.responders.webhook.signing import new_secret
from hudhud.settings import Settings
from hudhud.store.hooks import endpoints as rows
from hudhud.store.hooks.endpoints import Endpoint
from hudhud.store.pool import Database

# Of all that ever signed: the one in use, and the one that it replaces.
SECRETS_MAX: Final = 2


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """How many secrets sign for an endpoint; `new` was made just now, to be shown this one time."""

    secrets: int
    new: str = ""


async def change_secret(
    database: Database,
    settings: Settings,
    merchant_id: int,
    endpoint_id: int,
    *,
    drop_old: bool,
    actor: str,
) -> Signing:
    """Make a new secret that signs beside the one in use, or let only the newest sign.

    Args:
        database: the pool.
        settings: the keys.
        merchant_id: whose.
        endpoint_id: which.
        drop_old: whether the program knows the new one, and the old one ends.
        actor: who, for the log.

    Raises:
        NotFoundError: this merchant has no such endpoint.
        SecretUnreadableError: what signs was sealed with another key.
    """
    async with database.deed(merchant_id) as connection:
        endpoint = await rows.locked(connection, endpoint_id)
        if endpoint is None:
            raise NotFoundError(f"Webhook {endpoint_id}.")
        known = secrets_of(settings, endpoint)
        made = "" if drop_old else new_secret()
        kept = known[:1] if drop_old else [made, *known][:SECRETS_MAX]
        plain = msgspec.json.encode(kept)
        sealed = await seal(connection, vault_of(settings), endpoint.place, plain)
        await rows.keep_secrets(connection, endpoint_id, sealed)
    emit(
        "hook.secret_changed",
        merchant=merchant_id,
        endpoint=endpoint_id,
        signing=len(kept),
        actor=actor,
    )
    return Signing(secrets=len(kept), new=made)


def signing(settings: Settings, endpoint: Endpoint) -> int:
    """How many secrets sign for it; one that cannot be read signs nothing."""
    try:
        return len(secrets_of(settings, endpoint))
    except SecretUnreadableError:
        return 0
