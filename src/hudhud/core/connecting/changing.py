"""Changes options of an account that is connected; what is secret stays sealed to its row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from hudhud import registry
from hudhud.core.connecting.connect import checked, opened
from hudhud.core.secrets import Vault
from hudhud.core.secrets.sealing import seal
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.store import inboxes
from hudhud.store.pool import Database


async def change_options(
    database: Database,
    vault: Vault,
    merchant_id: int,
    inbox_id: int,
    given: Mapping[str, Any],
    *,
    actor: str,
) -> None:
    """Change some options; every process goes by them within two seconds.

    Args:
        database: the pool.
        vault: opens and seals what is secret.
        merchant_id: whose inbox.
        inbox_id: which.
        given: options by name; those that are not named stay as they are.
        actor: who, for the audit, which keeps names of options and never a value.

    Raises:
        NotFoundError: this merchant has no such inbox.
        BadInputError: an option is wrong or unknown, or it would become another account.
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.deed(merchant_id) as connection:
        stored = await inboxes.by_id(connection, inbox_id)
        if stored is None:
            raise NotFoundError(f"Inbox {inbox_id}.")
        adapter = registry.adapter("channels", stored.channel)
        options = checked(stored.channel, {**opened(vault, stored).options, **given})
        if adapter.account(options) != stored.account:
            raise BadInputError("That would be another account: connect it as an inbox of its own.")
        told: dict[str, Any] = msgspec.to_builtins(options)
        shown = {name: value for name, value in told.items() if name not in adapter.SECRETS}
        await inboxes.change_options(
            connection, inbox_id, shown, changed=sorted(given), actor=actor
        )
        if adapter.SECRETS & set(given):
            plain = msgspec.json.encode({name: told[name] for name in adapter.SECRETS})
            sealed = await seal(connection, vault, stored.place, plain)
            await inboxes.keep_secrets(connection, inbox_id, sealed)
    emit("inbox.set", inbox=inbox_id, changed=sorted(given))
