"""Assistants: which responder answers, with what instructions, and which fields it collects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec

from hudhud.errors import AlreadyThereError
from hudhud.model import Assistant, Field
from hudhud.store.pool import Connection

COLUMNS = (
    "id, merchant_id, name, responder, instructions, options, fields, second_responder, "
    "second_options, tools"
)


async def add(
    connection: Connection,
    merchant_id: int,
    *,
    name: str,
    responder: str,
    instructions: str = "",
    options: dict[str, Any] | None = None,
    fields: Sequence[Field] = (),
    second_responder: str | None = None,
    second_options: dict[str, Any] | None = None,
    tools: Sequence[str] | None = None,
) -> int:
    """Make an assistant and return its id.

    Raises:
        AlreadyThereError: the merchant has one with this name.
    """
    try:
        assistant_id: int = await connection.fetchval(
            "insert into assistant (merchant_id, name, responder, instructions, options, fields,"
            " second_responder, second_options, tools) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            " returning id",
            *(merchant_id, name, responder, instructions, options or {}, list(fields)),
            *(second_responder, second_options or {}, tools),
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(f"Assistant {name!r}.") from None
    return assistant_id


async def listed(connection: Connection, merchant_id: int) -> list[Assistant]:
    """The merchant's assistants, oldest first.

    Raises:
        msgspec.ValidationError: one is not what this release knows.
    """
    rows = await connection.fetch(
        f"select {COLUMNS} from assistant where merchant_id = $1 order by id", merchant_id
    )
    return [msgspec.convert(dict(row), Assistant) for row in rows]
