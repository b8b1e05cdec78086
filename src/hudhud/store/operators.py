"""Operators: the people inside. Every statement here is about one of them."""

from __future__ import annotations

from datetime import datetime

import asyncpg

from hudhud.errors import AlreadyThereError, NotFoundError
from hudhud.model import Operator
from hudhud.store.pool import Connection


async def by_email(connection: Connection, email: str) -> tuple[Operator, str | None] | None:
    """Find who signs in with this address, and the hash of the password, if one was set."""
    row = await connection.fetchrow("select * from operator_by_email($1)", email)
    return (_operator(row), row["password_hash"]) if row else None


async def by_session(connection: Connection, token_hash: bytes) -> Operator | None:
    """Find whose session this is; None when it ran out, was ended, or never was."""
    row = await connection.fetchrow("select * from operator_by_session($1)", token_hash)
    return _operator(row) if row else None


async def by_link(connection: Connection, token_hash: bytes) -> Operator | None:
    """Use up a one-time link; the second use of it finds nobody."""
    row = await connection.fetchrow("select * from operator_by_sign_in_link($1)", token_hash)
    return _operator(row) if row else None


async def by_token(connection: Connection, token_hash: bytes) -> Operator | None:
    """Find whose API token this is; None when it was revoked or never was."""
    row = await connection.fetchrow("select * from operator_by_token($1)", token_hash)
    return _operator(row) if row else None


async def of_merchant(connection: Connection, merchant_id: int) -> list[Operator]:
    """This merchant's operators, the oldest first."""
    rows = await connection.fetch(
        "select * from operator where merchant_id = $1 order by id", merchant_id
    )
    return [_operator(row) for row in rows]


async def add(
    connection: Connection, merchant_id: int, *, email: str, name: str, language: str
) -> int:
    """Add an operator without a password; a one-time link lets them in.

    Args:
        connection: a deed of this merchant.
        merchant_id: whose operator.
        email: unique in the installation; kept in lower case.
        name: as customers and colleagues read it.
        language: `ar` or `en`.

    Raises:
        AlreadyThereError: somebody signs in with this address already.
    """
    try:
        operator_id: int = await connection.fetchval(
            """insert into operator (merchant_id, email, name, language)
               values ($1, lower($2), $3, $4) returning id""",
            merchant_id,
            email.strip(),
            name,
            language,
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(email) from None
    return operator_id


async def make_link(
    connection: Connection,
    merchant_id: int,
    operator_id: int,
    *,
    token_hash: bytes,
    expires_at: datetime,
) -> None:
    """Store a one-time sign-in link; only the keyed hash of its token is kept.

    Raises:
        NotFoundError: this merchant has no such operator.
    """
    made = await connection.fetchval(
        """insert into sign_in_link (token_hash, merchant_id, operator_id, expires_at)
           select $1, merchant_id, id, $4 from operator where id = $3 and merchant_id = $2
           returning 1""",
        token_hash,
        merchant_id,
        operator_id,
        expires_at,
    )
    if not made:
        raise NotFoundError(f"Operator {operator_id}.")


async def set_password(connection: Connection, operator_id: int, password_hash: str) -> None:
    """Keep an argon2 hash; the password itself is never stored."""
    await connection.execute(
        "update operator set password_hash = $2 where id = $1", operator_id, password_hash
    )


async def set_language(connection: Connection, operator_id: int, language: str) -> None:
    """Keep the language in which this operator reads the console."""
    await connection.execute(
        "update operator set language = $2 where id = $1", operator_id, language
    )


def _operator(row: asyncpg.Record) -> Operator:
    return Operator(
        id=row["id"],
        merchant_id=row["merchant_id"],
        email=row["email"],
        name=row["name"],
        language=row["language"],
        has_password=row["password_hash"] is not None,
    )
