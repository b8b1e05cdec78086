"""The outbox: queued -> sending -> accepted, rejected or unknown; one round trip each (law 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from hudhud.model import Alias
from hudhud.store.pool import Database

SendOutcome = Literal["accepted", "rejected", "queued", "unknown"]


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """One row that is now `sending`, and must be sent at once or given back.

    `aliases` are the contact's, oldest first; the channel chooses under which one to write.
    """

    merchant_id: int
    conversation_id: int
    inbox_id: int
    row_id: int
    attempt: int
    text: str
    reply_to: str | None
    aliases: tuple[Alias, ...]

    @property
    def tag(self) -> str:
        """What travels with the send and comes back in its statuses: merchant.row.attempt."""
        return f"{self.merchant_id}.{self.row_id}.{self.attempt}"


class Later(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation whose next row may only be sent in `wait_ms`."""

    merchant_id: int
    conversation_id: int
    wait_ms: float


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider said to one send. `retry_ms` counts for `queued` only."""

    begun: Begun
    outcome: SendOutcome
    external_id: str | None = None
    error_code: str | None = None
    error_text: str | None = None
    retry_ms: float = 0.0


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """How one row stands now, and whether its conversation has more to send."""

    merchant_id: int
    conversation_id: int
    state: str
    more: bool


async def begin(
    database: Database, entries: Sequence[tuple[int, int]], *, holder: str
) -> tuple[list[Begun], list[Later]]:
    """Record `sending` for the first row of each conversation that may be sent now.

    Args:
        database: the worker's pool.
        entries: (merchant id, conversation id) pairs.
        holder: name of this worker.
    """
    rows = await database.call(
        "select * from begin_sends($1, $2, $3)",
        [merchant_id for merchant_id, _ in entries],
        [conversation_id for _, conversation_id in entries],
        holder,
    )
    begun = [
        Begun(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            inbox_id=row["inbox"],
            row_id=row["row_id"],
            attempt=row["attempt"],
            text=row["body"],
            reply_to=row["reply_to"],
            aliases=msgspec.json.decode(row["aliases"] or "[]", type=tuple[Alias, ...]),
        )
        for row in rows
        if row["row_id"] is not None
    ]
    later = [
        Later(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            wait_ms=row["wait_ms"],
        )
        for row in rows
        if row["row_id"] is None
    ]
    return begun, later


async def end(database: Database, endings: Sequence[Ended]) -> list[Settled]:
    """Record what became of these sends; one that a status settled meanwhile stays settled."""
    rows = await database.call(
        "select * from end_sends($1, $2, $3, $4, $5, $6, $7, $8)",
        [e.begun.merchant_id for e in endings],
        [e.begun.row_id for e in endings],
        [e.begun.attempt for e in endings],
        [e.outcome for e in endings],
        [e.external_id for e in endings],
        [e.error_code for e in endings],
        [e.error_text for e in endings],
        [e.retry_ms for e in endings],
    )
    return [
        Settled(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            state=row["state"],
            more=row["more"],
        )
        for row in rows
    ]
