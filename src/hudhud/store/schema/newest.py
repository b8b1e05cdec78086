"""Which schema the database has, as the runtime role sees it."""

from __future__ import annotations

from hudhud.store.pool import Database


async def number(database: Database) -> int:
    """The number of the newest migration that is applied.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    rows = await database.call("select coalesce(max(number), 0) from schema_migrations")
    found: int = rows[0][0]
    return found
