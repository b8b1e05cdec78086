"""The lease on a conversation: claim, renew, finish; one round trip each, many at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from hudhud.model import Claimed, Content, Said
from hudhud.store.lookups import HISTORY_MAX, NAMES, Setting
from hudhud.store.pool import Database

Verdict = Literal["claimed", "person", "leased", "locked", "idle", "early", "alone"]
Outcome = Literal["answered", "handed_over", "noted", "dead", "nothing", "retry", "released"]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What PostgreSQL said about one conversation: ours, with its closed batch, or why not.

    `wait_ms` is the remaining time of a batch not yet due, of another's lease, or of a lock.
    `crashes` counts claims of this batch that ended by expiry. `setting` is what was looked up with
    the claim, for what is ours; `now` is its moment, `worked_ms` what PostgreSQL took for the call.
    """

    verdict: Verdict
    claimed: Claimed
    crashes: int
    wait_ms: float
    messages: tuple[Said, ...]
    last_external_id: str | None
    setting: Setting | None
    now: datetime = datetime.min.replace(tzinfo=UTC)
    worked_ms: float = 0.0


class Rich(msgspec.Struct, frozen=True, kw_only=True):
    """A part that is more than words: its tag, what pages show of it, and the content itself."""

    kind: str
    body: str
    send: Content


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """What goes with a hand-over: the desk (its code; empty: the usual one) and the summary."""

    desk: str = ""
    summary: dict[str, Any] = {}


class Finish(msgspec.Struct, frozen=True, kw_only=True):
    """How one claimed batch ended. `parts` are what to send, in order."""

    claimed: Claimed
    outcome: Outcome
    parts: tuple[str | Rich, ...] = ()
    reason: str | None = None
    source: str | None = None
    trace: dict[str, Any] = {}
    collected: dict[str, str] = {}
    retry_ms: float = 0.0
    brief: Brief | None = None


class Finished(msgspec.Struct, frozen=True, kw_only=True):
    """One ending that was taken: what is to be sent, and when the next batch is due.

    `batch_id` is None where no batch was closed: nothing was there, it comes again, or the answer
    was absorbed into one that newer messages are part of (Q5).
    """

    merchant_id: int
    conversation_id: int
    batch_id: int | None
    sends: int
    due_ms: float | None


# The claim and all that its answers need, in one round trip: what is loaded was committed with it.
# A row of no conversation tells how long each look-up took.
_LOADED = """
with taken as materialized (select * from {claim}),
    ours as (select array_agg(t.merchant) as merchants, array_agg(t.conversation) as conversations,
        array_agg(t.closed) as closed from taken t where t.outcome = 'claimed'),
    looked as materialized (
        select c.* from ours o,
            context(o.merchants, o.conversations, o.closed, {names}, {history_max}) c
        where o.merchants is not null)
select t.*, now() as now, x.found, x.failed,
    (extract(epoch from clock_timestamp() - statement_timestamp()) * 1000)::float8 as worked_ms,
    (select jsonb_object_agg(l.name, l.took_ms) from looked l where l.conversation is null) as took
from taken t left join (
    select l.conversation,
        jsonb_object_agg(l.name, l.value) filter (where l.failed is null) as found,
        jsonb_object_agg(l.name, l.failed) filter (where l.failed is not null) as failed
    from looked l where l.conversation is not null group by 1) x on x.conversation = t.conversation
"""
_CLAIM = _LOADED.format(claim="claim($1, $2, $3, $4, $5)", names="$6", history_max="$7")
_CLAIM_DUE = _LOADED.format(claim="claim_due($1, $2, $3, $4, $5)", names="$6", history_max="$7")


async def claim(
    database: Database,
    entries: Sequence[tuple[int, int]],
    *,
    holder: str,
    lease_s: float,
    alone: bool = False,
    names: Sequence[str] = NAMES,
    history_max: int = HISTORY_MAX,
) -> list[Claim]:
    """Close the batches of these conversations, take their leases, load their settings (laws 3, 4).

    Args:
        database: the worker's pool.
        entries: (merchant id, conversation id) pairs that may be due.
        holder: name of this worker.
        lease_s: seconds of the lease.
        alone: whether this call may take suspects, whose last holder died; then there should be
            only one among the entries, and none in progress (trap 17).
        names: what is looked up with the claim; nothing where it is looked up afterwards.
        history_max: most earlier messages of each.

    Returns: one verdict for each conversation that there is; one whose row somebody else has locked
        just now is `locked`, and wants to be asked again after `wait_ms`.
    """
    rows = await database.call(
        _CLAIM,
        [merchant_id for merchant_id, _ in entries],
        [conversation_id for _, conversation_id in entries],
        holder,
        lease_s,
        alone,
        list(names),
        history_max,
    )
    return [_claim(row) for row in rows]


async def claim_due(
    database: Database,
    *,
    holder: str,
    lease_s: float,
    limit: int,
    without: Collection[int] = (),
    suspect: bool = False,
    names: Sequence[str] = NAMES,
    history_max: int = HISTORY_MAX,
) -> list[Claim]:
    """Pick what is due and claim it, in one transaction: direct mode (Q8).

    Any number of workers may ask at once: nobody waits for a row that another one picks. Merchants
    take turns (trap 20).

    Args:
        database: the worker's pool.
        holder: name of this worker.
        lease_s: seconds of the lease.
        limit: most conversations, besides the suspect.
        without: merchants that had their share.
        suspect: whether one whose last holder died may be among them (trap 17).
        names: what is looked up with the claim; nothing where it is looked up afterwards.
        history_max: most earlier messages of each.

    Raises:
        StoreUnavailableError: PostgreSQL is away; it may have committed, see `release`.
    """
    rows = await database.call(
        _CLAIM_DUE,
        *(holder, lease_s, limit, list(without), suspect, list(names), history_max),
    )
    return [_claim(row) for row in rows]


async def release(
    database: Database, holder: str, *, keep: Collection[int] = (), crashed: bool
) -> list[tuple[int, int]]:
    """End the leases of one holder now, and make due what they held.

    Args:
        database: any pool as the runtime role.
        holder: whose leases.
        keep: conversations whose leases it keeps.
        crashed: the holder is dead, and what it worked on is suspect (trap 17); else it lives and
            never heard of these leases, because the answer to its claim was lost.

    Returns:
        (merchant id, conversation id) of each that is due now.

    Raises:
        StoreUnavailableError: PostgreSQL is away.
    """
    rows = await database.call(
        "select * from release_holder($1, $2, $3)", holder, list(keep), crashed
    )
    return [(row["merchant"], row["conversation"]) for row in rows]


def _claim(row: Any) -> Claim:
    messages = row["messages"] or []
    return Claim(
        verdict=row["outcome"],
        claimed=Claimed(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            inbox_id=row["inbox"],
            fence=row["fence"] or 0,
            closed_id=row["closed"] or 0,
            attempt=row["attempt"] or 0,
        ),
        crashes=row["crashed"] or 0,
        wait_ms=row["wait_ms"],
        messages=tuple(
            Said(id=id_, author="contact", kind=kind, text=text, at=datetime.fromisoformat(at))
            for id_, kind, text, at, _ in messages
        ),
        last_external_id=messages[-1][4] if messages else None,
        setting=_setting(row) if row["outcome"] == "claimed" else None,
        now=row["now"],
        worked_ms=row["worked_ms"],
    )


def _setting(row: Any) -> Setting:
    return Setting(found=row["found"] or {}, failed=row["failed"] or {}, took_ms=row["took"] or {})


async def renew(database: Database, claims: Sequence[Claimed], *, lease_s: float) -> set[int]:
    """Lengthen the leases that still hold; returns the conversations that are still ours."""
    rows = await database.call(
        "select * from renew($1, $2, $3, $4)",
        [c.merchant_id for c in claims],
        [c.conversation_id for c in claims],
        [c.fence for c in claims],
        lease_s,
    )
    return {row[0] for row in rows}


async def finish(database: Database, endings: Sequence[Finish]) -> list[Finished]:
    """Write how these batches ended, each only if its fence still holds (law 3).

    Returns: those that were written; a lost lease is simply not among them.
    """
    rows = await database.call(
        "select * from finish($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [e.claimed.merchant_id for e in endings],
        [e.claimed.conversation_id for e in endings],
        [e.claimed.fence for e in endings],
        [e.outcome for e in endings],
        [_json(e.parts) for e in endings],
        [e.reason for e in endings],
        [e.source for e in endings],
        [_json(e.trace) for e in endings],
        [_json(e.collected) for e in endings],
        [e.retry_ms for e in endings],
        _briefs(endings),
    )
    return [
        Finished(
            merchant_id=row["merchant"],
            conversation_id=row["conversation"],
            batch_id=row["batch"],
            sends=row["sends"],
            due_ms=row["due_ms"],
        )
        for row in rows
    ]


def _briefs(endings: Sequence[Finish]) -> list[str | None] | None:
    # Most groups hand nothing over, and then nothing is looked at.
    told = [None if e.brief is None else _json(e.brief) for e in endings]
    return told if any(told) else None


def _json(value: object) -> str:
    # PostgreSQL's jsonb knows no NUL; a model may well write one.
    return msgspec.json.encode(value).decode().replace("\\u0000", "\\ufffd")
