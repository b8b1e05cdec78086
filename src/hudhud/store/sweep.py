"""Finds what PostgreSQL knows and nobody works on: due batches, due sends, what was left lying."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg
import msgspec

from hudhud.store.intake import Due
from hudhud.store.pool import Database


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the sweep put right: `orphan`, `clock` or `unknown_send`."""

    what: str
    merchant_id: int
    conversation_id: int


async def due_replies(database: Database, *, within_s: float, limit: int) -> list[Due]:
    """Batches that are due within so many seconds, and leases that end by then, oldest first."""
    return _due(await database.call("select * from due_replies($1, $2)", within_s, limit))


async def due_sends(database: Database, *, limit: int) -> list[Due]:
    """Conversations whose next outbox row is queued, soonest first."""
    return _due(await database.call("select * from due_sends($1)", limit))


async def sweep(database: Database, *, lease_s: float, send_s: float, limit: int) -> list[Mended]:
    """Mend what no due time or lease points to any more (traps 1, 16, 18).

    Args:
        database: any pool as the runtime role.
        lease_s: seconds of one lease; one that ends later than twice that is from a wrong clock.
        send_s: seconds after which a `sending` row's sender must be dead; it becomes `unknown`.
        limit: most rows of each kind in one call; of the messages that wait it looks at twenty
            times as many, and the next call goes on from there.
    """
    rows = await database.call("select * from sweep($1, $2, $3)", lease_s, send_s, limit)
    return [Mended(what=what, merchant_id=m, conversation_id=c) for what, m, c in rows]


async def give_up_changes(
    database: Database, *, after_s: float, limit: int
) -> list[tuple[int, int]]:
    """Give up edits and revokes whose message did not come; the thread shows them as such.

    Args:
        database: any pool as the runtime role.
        after_s: seconds after which it does not come any more.
        limit: most conversations.

    Returns: (merchant id, conversation id) of each that changed.
    """
    rows = await database.call("select * from give_up_changes($1, $2)", after_s, limit)
    return [(row["merchant"], row["conversation"]) for row in rows]


async def drop_old(database: Database, *, keep_days: int, limit: int) -> int:
    """Drop one step of what is older than its days: raw webhooks, statuses, known keys (trap 11).

    Args:
        database: any pool as the runtime role.
        keep_days: how many days are kept; at least 30.
        limit: most rows of each table that one call looks at.

    Returns: how many rows went; 0 while another process is at it.
    """
    rows = await database.call("select drop_old($1, $2)", keep_days, limit)
    dropped: int = rows[0][0]
    return dropped


def _due(rows: Sequence[asyncpg.Record]) -> list[Due]:
    return [Due(merchant_id=m, conversation_id=c, due_ms=ms) for m, c, ms in rows]
