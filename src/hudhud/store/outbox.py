"""The outbox: queued -> sending -> accepted, rejected or unknown; one round trip each (law 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from hudhud.errors import Scope
from hudhud.model import Alias
from hudhud.store.intake import Due
from hudhud.store.pool import Database

SendOutcome = Literal["accepted", "rejected", "queued", "unknown"]


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How fast may be sent (PLATFORM_FACTS part 6); an inbox may have a `sends_per_s` of its own.

    `number_per_s` and `app_per_s` are most sends of one number and of one app of the provider in
    any second (0: the app has no rate of its own). To one person one send every `pair_every_s`
    seconds, of which `pair_burst` may be borrowed from the future.
    """

    number_per_s: float = 80.0
    app_per_s: float = 0.0
    pair_every_s: float = 6.0
    pair_burst: int = 45


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """One row that is now `sending`, and must be sent at once or given back.

    `aliases` are the contact's, oldest first; where they have several of a kind, at the end those
    under which they wrote last. The channel chooses under which one to write.
    `attempt` names this try in the tag; `spared` of the tries so far do not count. `content` is
    what to send beside words, as it was stored. `last_in_at` and `free_entry_at` are the provider's
    stamps from which the window runs.
    """

    merchant_id: int
    conversation_id: int
    inbox_id: int
    row_id: int
    attempt: int
    spared: int
    text: str
    reply_to: str | None
    aliases: tuple[Alias, ...]
    author: str = "assistant"
    content: str | None = None
    last_in_at: datetime | None = None
    free_entry_at: datetime | None = None

    @property
    def tag(self) -> str:
        """What travels with the send and comes back in its statuses: merchant.row.attempt."""
        return f"{self.merchant_id}.{self.row_id}.{self.attempt}"


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider said to one send.

    For `queued` only: `retry_ms` until the next try, `scope` who waits for it, and `spared` when
    this try does not count as an attempt.
    """

    begun: Begun
    outcome: SendOutcome
    external_id: str | None = None
    error_code: str | None = None
    error_text: str | None = None
    retry_ms: float = 0.0
    scope: Scope = "message"
    spared: bool = False


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """How one row stands now, and whether its conversation has more to send."""

    merchant_id: int
    conversation_id: int
    row_id: int
    state: str
    more: bool


async def begin(
    database: Database,
    entries: Sequence[tuple[int, int]],
    *,
    holder: str,
    pace: Pace = Pace(),  # noqa: B008 - frozen
    room: Sequence[int] | None = None,
    lost: Sequence[str] = (),
) -> tuple[list[Begun], list[Due]]:
    """Record `sending` for the first row of each conversation that may be sent now.

    Args:
        database: the worker's pool.
        entries: (merchant id, conversation id) pairs.
        holder: a name for this very call, never used before.
        pace: how fast may be sent.
        room: for each entry, how many more sends its merchant may begin; as many as there are.
        lost: holders of earlier calls whose answer never came: what they began never left, so it
            is queued again and may begin now.

    Returns: what begun, and the others with the milliseconds that they were told to wait.

    Raises:
        StoreUnavailableError: it may have been recorded all the same; name the holder as `lost`.
    """
    rows = await database.call(
        "select * from begin_sends($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [merchant_id for merchant_id, _ in entries],
        [conversation_id for _, conversation_id in entries],
        [len(entries)] * len(entries) if room is None else list(room),
        holder,
        list(lost),
        pace.number_per_s,
        pace.app_per_s,
        pace.pair_every_s,
        pace.pair_burst,
    )
    begun = [
        Begun(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            inbox_id=row["inbox"],
            row_id=row["row_id"],
            attempt=row["attempt"],
            spared=row["spared"],
            text=row["body"],
            reply_to=row["reply_to"],
            aliases=msgspec.json.decode(row["aliases"] or "[]", type=tuple[Alias, ...]),
            author=row["author"],
            content=row["content"],
            last_in_at=row["last_in_at"],
            free_entry_at=row["free_entry_at"],
        )
        for row in rows
        if row["row_id"] is not None
    ]
    later = [
        Due(merchant_id=row["merchant"], conversation_id=row["conversation"], due_ms=row["wait_ms"])
        for row in rows
        if row["row_id"] is None
    ]
    return begun, later


async def end(database: Database, endings: Sequence[Ended]) -> list[Settled]:
    """Record what became of these sends; one that a status settled meanwhile stays settled."""
    rows = await database.call(
        "select * from end_sends($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [e.begun.merchant_id for e in endings],
        [e.begun.row_id for e in endings],
        [e.begun.attempt for e in endings],
        [e.outcome for e in endings],
        [e.external_id for e in endings],
        [e.error_code for e in endings],
        [e.error_text for e in endings],
        [e.retry_ms for e in endings],
        [e.scope for e in endings],
        [e.spared for e in endings],
    )
    return [
        Settled(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            row_id=row["row_id"],
            state=row["state"],
            more=row["more"],
        )
        for row in rows
    ]


async def mend(database: Database, *, limit: int) -> list[tuple[int, int]]:
    """Make due what a clock that jumped told to wait for hours (trap 18).

    Args:
        database: any pool as the runtime role.
        limit: most conversations in one call.

    Returns: (merchant id, conversation id) of each row.
    """
    rows = await database.call("select * from mend_sends($1)", limit)
    return [(row["merchant"], row["conversation"]) for row in rows]


async def unknown_to_person(
    database: Database, *, after_s: float, limit: int
) -> list[tuple[int, int]]:
    """Give conversations to a person whose unknown send no status settled in time (law 5).

    Args:
        database: any pool as the runtime role.
        after_s: seconds since the send was begun.
        limit: most conversations in one call.

    Returns: (merchant id, conversation id) of each.
    """
    rows = await database.call("select * from unknown_to_person($1, $2)", after_s, limit)
    return [(row["merchant"], row["conversation"]) for row in rows]
