"""Names of contacts, where the provider tells them only when it is asked (S3)."""

from __future__ import annotations

from hudhud.core.handoff import Hints
from hudhud.model import Claimed
from hudhud.store.contacts import naming
from hudhud.store.pool import Database


async def name_once(database: Database, hints: Hints, claimed: Claimed, name: str) -> None:
    """Give the contact of this conversation a name, unless it has one by now.

    Raises:
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.deed(claimed.merchant_id) as connection:
        named = await naming.name_once(connection, claimed.conversation_id, name)
    if named:
        hints.changed(claimed.merchant_id, claimed.conversation_id)
