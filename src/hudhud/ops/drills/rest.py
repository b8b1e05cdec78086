"""What is stored: whether anything still waits, and at the end the rows for the history."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import asyncpg
import msgspec

from hudhud.ops.drills.ground import Ground

# Behind the provider's wish: queued for a later moment. Everything else waits on us or a person.
WAITING = """
    select (select count(*) from message where direction = 'in' and wakes and batch_id is null)
            as messages,
        (select count(*) from outbox where state = 'queued' and next_at <= clock_timestamp())
            as to_send,
        (select count(*) from outbox where state = 'queued' and next_at > clock_timestamp())
            as backing_off,
        (select count(*) from outbox where state in ('sending', 'unknown')) as unsure,
        (select count(*) from dead_letter where settled_at is null) as letters,
        (select count(*) from conversation where state = 'human') as people"""
ROWS = (
    "select 'conversation' as what, id, batch_no as batches from conversation order by id",
    """select 'stored' as what, external_id as wamid, conversation_id as conversation,
           batch_id as batch from message where direction = 'in' order by id""",
    """select 'batch' as what, id, conversation_id as conversation, no, outcome
       from batch order by id""",
    """select 'row' as what, id, conversation_id as conversation, batch_id as batch, part, author,
           state from outbox order by id""",
    """select 'letter' as what, id, conversation_id as conversation, outbox_id as row, reason,
           settlement from dead_letter order by id""",
)
PREFETCH = 2000
AWAY = (
    OSError,
    TimeoutError,
    aiohttp.ClientError,
    asyncpg.InterfaceError,
    asyncpg.PostgresError,
)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """How much waits, by what it waits for; `webhooks` are still on their way to us."""

    webhooks: int
    spooled: int
    messages: int
    to_send: int
    backing_off: int
    unsure: int
    letters: int
    people: int

    @property
    def on_us(self) -> int:
        """What we have to do; a provider's back-off and an unknown send are not ours to hurry."""
        return self.spooled + self.messages + self.to_send + self.letters + self.people

    @property
    def all(self) -> int:
        """Everything."""
        return self.webhooks + self.on_us + self.backing_off + self.unsure

    def told(self) -> list[str]:
        """What is not zero, as words."""
        counts = ((name.replace("_", " "), getattr(self, name)) for name in self.__struct_fields__)
        return [f"{count} {name}" for name, count in counts if count]


async def waiting(ground: Ground) -> Waiting | None:
    """Count what waits; None while PostgreSQL, or a machine too busy, cannot say."""
    spooled = len(list((ground.folder / "spool").glob("*.spool")))
    try:
        webhooks = (await ground.ask("GET", "/waiting"))["webhooks"]
        connection = await ground.as_owner()
        try:
            row = await connection.fetchrow(WAITING)
        finally:
            await connection.close()
    except AWAY:
        return None
    return Waiting(webhooks=webhooks, spooled=spooled, **dict(row or {}))


async def stored(ground: Ground) -> AsyncIterator[dict[str, Any]]:
    """Every row that maps messages to batches and batches to sends, as records without a number."""
    at_ms = time.time_ns() // 1_000_000
    connection = await ground.as_owner()
    try:
        async with connection.transaction(readonly=True):
            for sql in ROWS:
                async for row in connection.cursor(sql, prefetch=PREFETCH):
                    yield {"at_ms": at_ms, **dict(row)}
        yield {"at_ms": at_ms, "what": "end"}
    finally:
        await connection.close()
