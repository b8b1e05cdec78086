"""What a person decides about dead letters: each function is part of one deed (Q6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec

from hudhud.store.pool import Connection


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """One letter that this deed settled.

    `settlement` is `retry`, `discard`, `answered`, or `arrived` when the provider had taken the
    message after all. `due`: its conversation has a batch to answer now.
    """

    letter_id: int
    conversation_id: int
    settlement: str
    due: bool = False


async def retry(
    connection: Connection, letter_ids: Sequence[int], *, actor: str, operator_id: int | None
) -> list[Settled]:
    """Put batches and sends back; returns those that nobody had settled before.

    Args:
        connection: a deed of the merchant.
        letter_ids: which letters; those of other merchants do not exist here.
        actor: who, for the audit.
        operator_id: a conversation that another operator holds stays with them.
    """
    rows = await connection.fetch(
        "select * from retry_letters($1, $2, $3)", letter_ids, actor, operator_id
    )
    return _settled(rows)


async def discard(
    connection: Connection, letter_ids: Sequence[int], *, actor: str
) -> list[Settled]:
    """Close letters; returns those that nobody had settled before."""
    return _settled(
        await connection.fetch("select * from discard_letters($1, $2)", letter_ids, actor)
    )


async def lock(connection: Connection, letter_id: int) -> asyncpg.Record | None:
    """Lock the conversation of a letter, then read the letter; None when there is no such."""
    await connection.execute("select lock_of_letters($1)", [letter_id])
    return await connection.fetchrow("select * from dead_letter where id = $1", letter_id)


async def edit(connection: Connection, letter: asyncpg.Record, text: str, *, actor: str) -> bool:
    """Change the words of a refused send; the audit keeps those that were there.

    Returns: whether they differ; False as well when the send is not refused any more.
    """
    was = await connection.fetchval(
        """with told as (
               select m.id, m.body from outbox o join message m on m.id = o.message_id
               where o.id = $1 and o.state = 'rejected' and m.body <> $2
                 and m.content -> 'send' is null)
           update message m set body = $2 from told where m.id = told.id returning told.body""",
        letter["outbox_id"],
        text,
    )
    if was is None:
        return False
    await _note(connection, letter, actor, "edit", {"was": was, "now": text})
    return True


async def answered(connection: Connection, letter: asyncpg.Record, *, actor: str) -> None:
    """Close a locked letter because a person answers it; the messages of its batch wait again."""
    await connection.execute(
        """update dead_letter set settled_at = now(), settled_by = $2, settlement = 'answered'
           where id = $1""",
        letter["id"],
        actor,
    )
    if letter["kind"] == "batch":
        await connection.execute(
            """update message set batch_id = null
               where conversation_id = $1 and batch_id = $2 and direction = 'in'""",
            letter["conversation_id"],
            letter["batch_id"],
        )
        await connection.execute(
            "update batch set outcome = 'withdrawn' where id = $1", letter["batch_id"]
        )
    await _note(connection, letter, actor, "answered", {})


async def _note(
    connection: Connection, letter: asyncpg.Record, actor: str, deed: str, detail: dict[str, Any]
) -> None:
    await connection.execute(
        """insert into audit (merchant_id, actor, action, dead_letter_id, detail)
           values ($1, $2, 'dead_letter.' || $3, $4, $5)""",
        letter["merchant_id"],
        actor,
        deed,
        letter["id"],
        detail,
    )


def _settled(rows: Sequence[asyncpg.Record]) -> list[Settled]:
    return [
        Settled(
            letter_id=row["letter"],
            conversation_id=row["conversation"],
            settlement=row["settlement"],
            due=row["due"],
        )
        for row in rows
    ]
