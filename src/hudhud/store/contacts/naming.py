"""A name for a contact whose webhooks bring none."""

from __future__ import annotations

from hudhud.store.pool import Connection


async def name_once(connection: Connection, conversation_id: int, name: str) -> bool:
    """Give the contact of a conversation a name unless it has one; whether it was given."""
    named = await connection.fetchval(
        "update contact c set name = $2 from conversation k"
        " where k.id = $1 and c.id = k.contact_id and c.name = '' returning true",
        conversation_id,
        name,
    )
    return bool(named)
