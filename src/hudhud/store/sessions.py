"""Sessions and API tokens: who is in, by the keyed hash of a token that only they have."""

from __future__ import annotations

from datetime import datetime

import asyncpg

from hudhud.store.pool import Connection


async def start(
    connection: Connection,
    merchant_id: int,
    operator_id: int,
    *,
    token_hash: bytes,
    expires_at: datetime,
) -> None:
    """Store a session, and clear away this operator's sessions that ran out.

    The deed may have begun before its merchant was known (a one-time link), so it is named here.
    """
    await connection.execute(
        "select set_config('hudhud.merchants', $1, true)", str(int(merchant_id))
    )
    await connection.execute(
        "delete from session where operator_id = $1 and expires_at <= now()", operator_id
    )
    await connection.execute(
        """insert into session (token_hash, merchant_id, operator_id, expires_at)
           values ($1, $2, $3, $4)""",
        token_hash,
        merchant_id,
        operator_id,
        expires_at,
    )


async def end(connection: Connection, token_hash: bytes) -> None:
    """Forget one session."""
    await connection.execute("delete from session where token_hash = $1", token_hash)


async def end_others(connection: Connection, operator_id: int, keep: bytes) -> None:
    """Forget every other session of an operator: a new password closes the doors left open."""
    await connection.execute(
        "delete from session where operator_id = $1 and token_hash <> $2", operator_id, keep
    )


async def add_token(
    connection: Connection, merchant_id: int, operator_id: int, *, name: str, token_hash: bytes
) -> int:
    """Store an API token of an operator, and return its id; it is good until it is revoked."""
    token_id: int = await connection.fetchval(
        """insert into api_token (merchant_id, operator_id, name, token_hash)
           values ($1, $2, $3, $4) returning id""",
        merchant_id,
        operator_id,
        name,
        token_hash,
    )
    return token_id


async def tokens(connection: Connection, operator_id: int) -> list[asyncpg.Record]:
    """An operator's API tokens: id, name, created_at, revoked_at; the oldest first."""
    return await connection.fetch(
        """select id, name, created_at, revoked_at from api_token
           where operator_id = $1 order by id""",
        operator_id,
    )


async def revoke_token(connection: Connection, operator_id: int, token_id: int) -> bool:
    """End an API token at once; returns whether this operator has such a one."""
    found = await connection.fetchval(
        """update api_token set revoked_at = coalesce(revoked_at, now())
           where id = $2 and operator_id = $1 returning 1""",
        operator_id,
        token_id,
    )
    return found is not None
