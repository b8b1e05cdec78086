"""Sessions: who is signed in, by the keyed hash of a token that only their browser has."""

from __future__ import annotations

from datetime import datetime

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
