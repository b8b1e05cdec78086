"""What contacts are told of their orders, as rows: of which states, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal, get_args

import asyncpg

from hudhud.model import OrderState
from hudhud.store.pool import Connection

TOLD: Final[frozenset[OrderState]] = frozenset({"confirmed", "shipped", "cancelled"})

Told = Literal["said", "closed"]


async def states(connection: Connection, merchant_id: int) -> frozenset[OrderState]:
    """Of which states contacts are told."""
    found = await connection.fetchval(
        "select states from order_telling where merchant_id = $1", merchant_id
    )
    return TOLD if found is None else frozenset(get_args(OrderState)) & set(found)


async def set_states(
    connection: Connection, merchant_id: int, wanted: Collection[OrderState]
) -> None:
    """Tell them of these from now on."""
    await connection.execute(
        """insert into order_telling (merchant_id, states) values ($1, $2)
           on conflict (merchant_id) do update set states = excluded.states""",
        *(merchant_id, sorted(wanted)),
    )


async def last_words(connection: Connection, conversation_id: int) -> str:
    """What the contact wrote last; empty when nothing was written."""
    found: str | None = await connection.fetchval(
        """select body from message where conversation_id = $1 and direction = 'in'
             and kind = 'text' and body <> '' order by id desc limit 1""",
        conversation_id,
    )
    return found or ""


async def say(connection: Connection, row: asyncpg.Record, text: str) -> int:
    """Queue words of the shop itself in a locked conversation; whoever holds it keeps it.

    What waits there still waits: nobody has answered it by this.

    Args:
        connection: the deed's transaction.
        row: the conversation as `handoff.lock` returned it.
        text: what is said.

    Returns: the message's id.
    """
    made: int = await connection.fetchval(
        """with said as (
               insert into message (merchant_id, conversation_id, inbox_id, direction, author,
                   kind, body, provider_at, wakes)
               values ($2, $1, $3, 'out', 'system', 'text', $4, now(), false) returning id),
           queued as (
               insert into outbox (merchant_id, inbox_id, conversation_id, message_id, author)
               select $2, $3, $1, said.id, 'system' from said),
           counted as (update conversation set last_at = now() where id = $1)
           select id from said""",
        *(row["id"], row["merchant_id"], row["inbox_id"], text),
    )
    return made


async def note(
    connection: Connection, order_id: int, told: Told, message_id: int | None = None
) -> None:
    """Write down beside an order's last step what became of telling it."""
    await connection.execute(
        """update order_step set told = $2, message_id = $3
           where id = (select max(id) from order_step where order_id = $1)""",
        *(order_id, told, message_id),
    )
