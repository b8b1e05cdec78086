"""Inboxes as they are stored: what is secret stays sealed here."""

from __future__ import annotations

from typing import Any

import asyncpg
import msgspec

from hudhud.errors import AlreadyThereError, NotFoundError
from hudhud.store.pool import Connection, Database

COLUMNS = (
    "id, merchant_id, key, channel, name, account, options, secrets, window_ms, batch_max, "
    "assistant_id"
)


class StoredInbox(msgspec.Struct, frozen=True, kw_only=True):
    """One row: `options` without the secret ones, `secrets` those, sealed as one JSON object."""

    id: int
    merchant_id: int
    key: str
    channel: str
    name: str
    account: str
    options: dict[str, Any]
    secrets: bytes
    window_ms: int
    batch_max: int
    assistant_id: int | None

    @property
    def place(self) -> str:
        """What its secrets are bound to (S9)."""
        return f"inbox|secrets|{self.id}|{self.merchant_id}"


class InboxSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How one inbox collects, answers and sends.

    `window_ms` and `batch_max` say when a batch is due (Q3), `absorb` whether an answer that is
    overtaken by messages is made again with them (Q5), `sends_per_s` what the provider grants its
    number; None is the installation's own.
    """

    window_ms: int
    batch_max: int
    absorb: bool
    sends_per_s: float | None


async def add(
    connection: Connection,
    *,
    merchant_id: int,
    key: str,
    channel: str,
    name: str,
    account: str,
    options: dict[str, Any],
    window_ms: int,
    batch_max: int,
    assistant_id: int | None,
) -> StoredInbox:
    """Insert an inbox without its secrets, which need its id; `keep_secrets` follows at once.

    Raises:
        AlreadyThereError: the merchant has this account on this channel already.
    """
    try:
        rows = await connection.fetch(
            "insert into inbox (merchant_id, key, channel, name, account, options, secrets,"
            " window_ms, batch_max, assistant_id)"
            f" values ($1, $2, $3, $4, $5, $6, '', $7, $8, $9) returning {COLUMNS}",
            *(merchant_id, key, channel, name, account, options),
            *(window_ms, batch_max, assistant_id),
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(f"The {channel} account {account} is connected already.") from None
    return StoredInbox(**rows[0])


async def keep_secrets(connection: Connection, inbox_id: int, sealed: bytes) -> None:
    """Write the sealed secrets of one inbox."""
    await connection.execute("update inbox set secrets = $2 where id = $1", inbox_id, sealed)


async def set_pace(connection: Connection, inbox_id: int, sends_per_s: float) -> None:
    """Write how many messages a second one inbox may send."""
    await connection.execute(
        "update inbox set sends_per_s = $2 where id = $1", inbox_id, sends_per_s
    )


async def set_options(connection: Connection, inbox_id: int, options: dict[str, Any]) -> None:
    """Replace the options that are not secret."""
    await connection.execute("update inbox set options = $2 where id = $1", inbox_id, options)


async def change_options(
    connection: Connection,
    inbox_id: int,
    options: dict[str, Any],
    *,
    changed: list[str],
    actor: str,
) -> None:
    """Replace the options that are not secret, and write down which of all changed, and who did."""
    await connection.execute(
        """with changed as (update inbox set options = $2 where id = $1 returning merchant_id)
           insert into audit (merchant_id, actor, action, detail)
           select merchant_id, $3, 'inbox.options', $4 from changed""",
        *(inbox_id, options, actor, {"inbox": inbox_id, "changed": changed}),
    )


async def settings_of(connection: Connection, inbox_id: int) -> InboxSettings:
    """The settings of one inbox.

    Raises:
        NotFoundError: this merchant has no such inbox.
    """
    row = await connection.fetchrow(
        "select window_ms, batch_max, absorb, sends_per_s from inbox where id = $1", inbox_id
    )
    if row is None:
        raise NotFoundError(f"Inbox {inbox_id}.")
    return InboxSettings(**row)


async def set_settings(
    connection: Connection, inbox_id: int, settings: InboxSettings, *, actor: str
) -> None:
    """Replace the settings of one inbox, and write down who did; what is due already stays due."""
    await connection.execute(
        """with changed as (
               update inbox set window_ms = $2, batch_max = $3, absorb = $4, sends_per_s = $5
               where id = $1 returning merchant_id)
           insert into audit (merchant_id, actor, action, detail)
           select merchant_id, $6, 'inbox.set', $7 from changed""",
        *(inbox_id, settings.window_ms, settings.batch_max, settings.absorb, settings.sends_per_s),
        *(actor, {"inbox": inbox_id, **msgspec.to_builtins(settings)}),
    )


async def own_url(connection: Connection, inbox_id: int, *, held: bool) -> tuple[str, bytes] | None:
    """The URL that answers for an inbox and its sealed secrets; None: there is no such inbox.

    `held`: nobody else changes them before this deed ends.
    """
    row = await connection.fetchrow(
        "select coalesce(webhook_url, '') as url, coalesce(webhook_secrets, '') as sealed"
        " from inbox where id = $1 and disabled_at is null"
        + (" for no key update" if held else ""),
        inbox_id,
    )
    return None if row is None else (row["url"], row["sealed"])


async def set_own_url(
    connection: Connection, inbox_id: int, url: str | None, sealed: bytes | None, *, actor: str
) -> None:
    """Write both, and who did; what is being answered keeps its own."""
    await connection.execute(
        """with changed as (
               update inbox set webhook_url = $2, webhook_secrets = $3
               where id = $1 returning merchant_id)
           insert into audit (merchant_id, actor, action, detail)
           select merchant_id, $4, 'inbox.webhook', $5 from changed""",
        *(inbox_id, url, sealed, actor, {"inbox": inbox_id, "has_url": url is not None}),
    )


async def by_key(connection: Connection, key: str) -> StoredInbox | None:
    """The inbox with this public key, before its merchant is known."""
    return _one(await connection.fetchrow(f"select {COLUMNS} from inbox_by_key($1)", key))


async def by_id(connection: Connection, inbox_id: int) -> StoredInbox | None:
    """The inbox with this id, unless it is disabled."""
    return _one(
        await connection.fetchrow(
            f"select {COLUMNS} from inbox where id = $1 and disabled_at is null", inbox_id
        )
    )


async def of(database: Database, merchant_id: int, inbox_id: int) -> StoredInbox | None:
    """As `by_id`, in one round trip.

    Raises:
        StoreUnavailableError: PostgreSQL is away.
    """
    found = await database.call(f"select {COLUMNS} from inbox_of($1, $2)", *(merchant_id, inbox_id))
    return _one(found[0] if found else None)


async def by_account(
    connection: Connection, merchant_id: int, channel: str, account: str
) -> StoredInbox | None:
    """The inbox of one account of the provider, unless it is disabled."""
    return _one(
        await connection.fetchrow(
            f"select {COLUMNS} from inbox where merchant_id = $1 and channel = $2"
            " and account = $3 and disabled_at is null",
            *(merchant_id, channel, account),
        )
    )


async def of_merchant(
    connection: Connection, merchant_id: int, channel: str | None = None
) -> list[StoredInbox]:
    """The merchant's inboxes that are not disabled, oldest first; of one channel when named."""
    rows = await connection.fetch(
        f"select {COLUMNS} from inbox where merchant_id = $1 and disabled_at is null"
        " and ($2::text is null or channel = $2) order by id",
        *(merchant_id, channel),
    )
    return [StoredInbox(**row) for row in rows]


def _one(row: asyncpg.Record | None) -> StoredInbox | None:
    return None if row is None else StoredInbox(**row)
