"""What is looked up for somebody who writes to an inbox for the first time, without them there."""

from __future__ import annotations

import contextlib
from typing import Any

from hudhud.model import Claimed
from hudhud.store.lookups import Setting, declared
from hudhud.store.pool import Connection, Database

_KNOWN = "select name, value, failed from context($1, $2, $3, $4, 0) where conversation is not null"


async def known_of_newcomer(database: Database, merchant_id: int, assistant_id: int) -> Setting:
    """What the answers of an assistant know of a newcomer: hours, escalation, catalogue.

    Read in the first of its inboxes, for a contact who is gone before anybody can see them: the
    transaction is rolled back. Without an inbox only the merchant's name is known.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    async with database.reading(merchant_id) as connection:
        merchant = await connection.fetchval("select name from merchant where id = $1", merchant_id)
        inbox_id = await connection.fetchval(
            "select min(id) from inbox where assistant_id = $1", assistant_id
        )
    bare: dict[str, Any] = {"inbox": {"merchant_name": merchant}, "contact": ""}
    if inbox_id is None:
        return Setting(found=bare)
    with contextlib.suppress(_GoneError):
        async with database.deed(merchant_id) as connection:
            found = await _looked_up(connection, merchant_id, inbox_id)
            raise _GoneError
    return Setting(found={**bare, **found})


async def _looked_up(connection: Connection, merchant_id: int, inbox_id: int) -> dict[str, Any]:
    contact_id = await connection.fetchval(
        "insert into contact (merchant_id, name) values ($1, '') returning id", merchant_id
    )
    conversation_id = await connection.fetchval(
        "insert into conversation (merchant_id, inbox_id, contact_id) values ($1, $2, $3)"
        " returning id",
        *(merchant_id, inbox_id, contact_id),
    )
    names = [name for name in declared.NAMES if name != declared.ASSISTANT.name]
    rows = await connection.fetch(_KNOWN, [merchant_id], [conversation_id], [0], names)
    return {row["name"]: row["value"] for row in rows if row["failed"] is None}


def claimed_of(merchant_id: int, at: int) -> Claimed:
    """A claim of nobody: no row has its conversation."""
    return Claimed(
        merchant_id=merchant_id, conversation_id=0, inbox_id=0, fence=0, closed_id=at, attempt=1
    )


class _GoneError(Exception):
    """Rolls the transaction back."""
