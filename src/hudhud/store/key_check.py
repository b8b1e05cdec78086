"""One sealed word that only the right ENCRYPTION_KEY_HEX opens; it travels with the database."""

from __future__ import annotations

from hudhud.store.pool import Connection


async def read(connection: Connection) -> bytes | None:
    """The sealed word; None before the first start."""
    sealed: bytes | None = await connection.fetchval("select sealed from key_check")
    return sealed


async def write(connection: Connection, sealed: bytes) -> None:
    """Keep it, unless another start was faster."""
    await connection.execute(
        "insert into key_check (sealed) values ($1) on conflict do nothing", sealed
    )
