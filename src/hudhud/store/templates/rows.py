"""Texts that a provider approved before, as its list and its webhooks told them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from hudhud.store.pool import Connection

LISTED_MAX = 2000
_COLUMNS = """t.id, t.channel, t.scope, t.name, t.language, t.category, t.status, t.quality,
    t.reason, t.parameter_format, t.components, t.paused_at, t.paused_reason, t.gone_at,
    t.synced_at"""


class StoredTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `reason` is the provider's, of its status; `paused_*` are of our own refused send.

    `gone_at`: since when the provider's list has it no more.
    """

    id: int
    channel: str
    scope: str
    name: str
    language: str
    category: str
    status: str
    quality: str
    reason: str | None
    parameter_format: str
    components: list[dict[str, Any]]
    paused_at: datetime | None
    paused_reason: str | None
    gone_at: datetime | None
    synced_at: datetime


async def listed(connection: Connection, merchant_id: int) -> list[StoredTemplate]:
    """The merchant's templates by name and language, at most LISTED_MAX; those gone last."""
    rows = await connection.fetch(
        f"""select {_COLUMNS} from template t where t.merchant_id = $1
            order by t.scope, (t.gone_at is not null), t.name, t.language limit {LISTED_MAX}""",
        merchant_id,
    )
    return [StoredTemplate(**row) for row in rows]


async def of_inbox(connection: Connection, inbox_id: int) -> list[StoredTemplate]:
    """Those that this inbox may send, by name and language; gone ones are left out."""
    rows = await connection.fetch(
        f"""select {_COLUMNS} from inbox i join template t on t.merchant_id = i.merchant_id
                and t.channel = i.channel and t.scope = i.options ->> 'waba_id'
            where i.id = $1 and t.gone_at is null order by t.name, t.language limit {LISTED_MAX}""",
        inbox_id,
    )
    return [StoredTemplate(**row) for row in rows]


async def one(connection: Connection, template_id: int) -> StoredTemplate | None:
    """One of them; None when this merchant has no such."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from template t where t.id = $1", template_id
    )
    return StoredTemplate(**row) if row else None


async def named(
    connection: Connection, inbox_id: int, name: str, language: str
) -> tuple[StoredTemplate | None, bool]:
    """The template that an inbox means, and whether the provider's list was ever read for it."""
    row = await connection.fetchrow(
        f"""select {_COLUMNS}, y.done_at is not null as known from inbox i
            left join template_sync y on y.merchant_id = i.merchant_id and y.channel = i.channel
                and y.scope = i.options ->> 'waba_id'
            left join template t on t.merchant_id = i.merchant_id and t.channel = i.channel
                and t.scope = i.options ->> 'waba_id' and t.name = $2 and t.language = $3
            where i.id = $1""",
        *(inbox_id, name, language),
    )
    if row is None:
        return None, False
    told = dict(row)
    known = told.pop("known")
    return (StoredTemplate(**told) if told["id"] is not None else None), known
