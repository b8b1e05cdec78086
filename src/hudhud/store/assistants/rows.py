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
    "second_options, tools, version, secrets"
)
# What a version holds; name and keys are the assistant's in every version.
CONTENT = "responder, instructions, options, fields, second_responder, second_options, tools"


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
    return [_assistant(row) for row in rows]


async def by_id(
    connection: Connection, assistant_id: int, *, hold: bool = False
) -> Assistant | None:
    """One assistant as it answers now; held, nobody else changes it in this deed."""
    row = await connection.fetchrow(
        f"select {COLUMNS} from assistant where id = $1{' for update' if hold else ''}",
        assistant_id,
    )
    return None if row is None else _assistant(row)


async def inboxes_of(connection: Connection, assistant_id: int) -> list[tuple[str, str]]:
    """The inboxes that it answers for, each by its channel and its name."""
    rows = await connection.fetch(
        "select channel, name from inbox where assistant_id = $1 order by id", assistant_id
    )
    return [(row["channel"], row["name"]) for row in rows]


async def replace(connection: Connection, one: Assistant) -> None:
    """Let it answer by these contents from now on."""
    await connection.execute(
        f"update assistant set ({CONTENT}, version) = ($2, $3, $4, $5, $6, $7, $8, $9)"
        " where id = $1",
        *(one.id, *contents(one), one.version),
    )


async def take_out(connection: Connection, assistant_id: int, names: Sequence[str]) -> None:
    """Take options out of what answers and out of every version: they are sealed elsewhere now."""
    for table, key in (("assistant", "id"), ("assistant_version", "assistant_id")):
        await connection.execute(
            f"update {table} set options = options - $2::text[],"
            f" second_options = second_options - $2::text[] where {key} = $1"
            " and (options ?| $2::text[] or second_options ?| $2::text[])",
            *(assistant_id, list(names)),
        )


async def keep_secrets(connection: Connection, assistant_id: int, sealed: bytes) -> None:
    """Keep the sealed options of its responders."""
    await connection.execute(
        "update assistant set secrets = $2 where id = $1", assistant_id, sealed
    )


def contents(one: Assistant) -> tuple[Any, ...]:
    """What a version holds of an assistant, in the order of `CONTENT`."""
    shown = (one.responder, one.instructions, one.options, list(one.fields))
    return (*shown, one.second_responder, one.second_options, one.tools)


def _assistant(row: asyncpg.Record) -> Assistant:
    told = dict(row)
    # As a look-up's JSON writes bytes, so that whoever opens them reads one form.
    told["secrets"] = f"\\x{told['secrets'].hex()}" if told.get("secrets") else ""
    return msgspec.convert(told, Assistant)
