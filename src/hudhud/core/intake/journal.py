"""Journal replay: stored raw webhooks go through the door again; what is there already stays.

For the day on which a parser was mended, a table was brought back from a dump, or somebody asks
whether anything was lost. Idempotent: the unique key knows every message, each webhook keeps its
row of the journal, and a status that is known settles nothing twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from hudhud.core.inboxes import Inboxes
from hudhud.core.intake.door import DURABLE, Door, Fate
from hudhud.core.intake.record import Record
from hudhud.core.intake.routing import from_record
from hudhud.errors import StoreUnavailableError
from hudhud.events import emit
from hudhud.store import intake
from hudhud.store import journal as store
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.journal import Entry, Span
from hudhud.store.pool import Connection, Database

# The table of known messages may be cut at this age, so what is older and not known may have been
# answered long ago: it is stored, and wakes nobody (trap 11).
KNOWN_FOR = timedelta(days=30)
LATE = "late"
TRIES = 5
PAUSE_S = 0.1


class Replayed(msgspec.Struct, kw_only=True):
    """What a replay found and did, or would do. `mended` were set aside and are understood now."""

    webhooks: int = 0
    inserted: int = 0
    known: int = 0
    mended: int = 0
    set_aside: int = 0
    late: int = 0


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One webhook of the journal as today's parser reads it: how many messages, how many stored."""

    entry: Entry
    messages: int
    known: int
    statuses: int
    reason: str | None


async def replay(
    database: Database,
    inboxes: Inboxes,
    merchant_id: int,
    span: Span,
    *,
    now: datetime,
    actor: str,
    rehearse: bool = False,
    tell: Callable[[Replayed], None] = lambda _: None,
) -> Replayed:
    """Put one merchant's webhooks of a span through the door again, in order, page by page.

    Args:
        database: any pool as the runtime role.
        inboxes: finds their inboxes, and with them their parsers.
        merchant_id: whose; row security hides every other.
        span: which.
        now: what is older than KNOWN_FOR wakes nobody.
        actor: who, for the audit.
        rehearse: take every page back, and only count.
        tell: hears of the progress after each page.

    Raises:
        StoreUnavailableError: PostgreSQL is away, or a conversation stayed locked; what went in
            stays, and the same replay again continues.
    """
    found = Replayed()

    def count(accepted: Accepted) -> None:
        found.inserted += accepted.inserted
        found.known += accepted.duplicates

    door = Door(database, count, accepting=intake.rehearse if rehearse else intake.accept)
    async with database.reading(merchant_id) as connection:
        ends = await store.ends(connection, span)
    after, last = (ends[0] - 1, ends[1]) if ends else (0, 0)
    while after < last:
        async with database.reading(merchant_id) as connection:
            entries = await store.page(connection, span, after=after, last=last)
        webhooks = [await _webhook(inboxes, entry, now) for entry in entries]
        _count(found, entries, webhooks, await _through(door, webhooks))
        after = entries[-1].id
        tell(found)
    if not rehearse and found.webhooks:
        async with database.deed(merchant_id) as connection:
            detail = {**msgspec.structs.asdict(found), "since": span.since, "until": span.until}
            await store.record_replay(connection, merchant_id, actor=actor, detail=detail)
        emit("journal.replayed", merchant=merchant_id, **msgspec.structs.asdict(found))
    return found


async def look(connection: Connection, inboxes: Inboxes, entry: Entry) -> Look:
    """Read one webhook with today's parser, and see what of it is stored."""
    webhook = await from_record(inboxes, _record(entry))
    keys = [(inbox_id, message.external_id) for inbox_id, message in webhook.messages]
    known = await store.known(connection, [i for i, _ in keys], [e for _, e in keys])
    return Look(
        entry=entry,
        messages=len(keys),
        known=known,
        statuses=len(webhook.statuses),
        reason=webhook.reason,
    )


async def _through(door: Door, webhooks: Sequence[Webhook]) -> list[Fate]:
    fates = await door.commit(webhooks)
    for _ in range(TRIES):
        waiting = [place for place, fate in enumerate(fates) if fate not in DURABLE]
        if not waiting:
            return fates
        await asyncio.sleep(PAUSE_S)
        again = await door.commit([webhooks[place] for place in waiting])
        for place, fate in zip(waiting, again, strict=True):
            fates[place] = fate
    raise StoreUnavailableError("The replay stopped; start it again, it is known how far it came.")


async def _webhook(inboxes: Inboxes, entry: Entry, now: datetime) -> Webhook:
    webhook = replace(await from_record(inboxes, _record(entry)), journal_id=entry.id)
    if entry.accepted_at >= now - KNOWN_FOR:
        return webhook
    quiet = tuple(
        (inbox_id, replace(message, wakes=False, note=message.note or LATE))
        for inbox_id, message in webhook.messages
    )
    return replace(webhook, messages=quiet)


def _record(entry: Entry) -> Record:
    return Record(
        merchant_id=entry.merchant_id,
        inbox_id=entry.inbox_id,
        channel=entry.channel,
        accepted_at=entry.accepted_at,
        body=entry.body,
    )


def _count(
    found: Replayed, entries: Sequence[Entry], webhooks: Sequence[Webhook], fates: Sequence[Fate]
) -> None:
    for entry, webhook, fate in zip(entries, webhooks, fates, strict=True):
        aside = webhook.set_aside or fate == "set_aside"
        found.webhooks += 1
        found.set_aside += aside
        found.mended += entry.set_aside and not aside
        found.late += any(message.note == LATE for _, message in webhook.messages)
