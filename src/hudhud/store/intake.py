"""Writes a group of webhooks in one round trip: the SQL function `accept` (laws 1 and 2)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

import msgspec

from hudhud.model import (
    DeliveryStatus,
    Direction,
    InboundMessage,
    Linked,
    Renamed,
    TemplateTold,
    Watermark,
)
from hudhud.store.pool import Connection

# A column goes as one text, as PostgreSQL writes an array: the driver asks of each element of a
# list whether it is a list itself, 0.4 µs for one word, and PostgreSQL waits meanwhile.
_AS_TEXT = (
    dict.fromkeys((1, 2, 9, 25), "bigint[]")
    | dict.fromkeys((8, 20, 21, 24), "integer[]")
    | dict.fromkeys((7, 17), "boolean[]")
    | dict.fromkeys((10, 11, 12, 13, 19, 22, 23), "text[]")
)
_PLACES = (f"${n}::text::{_AS_TEXT[n]}" if n in _AS_TEXT else f"${n}" for n in range(1, 33))
ACCEPT = f"select * from accept({', '.join(_PLACES)})"
REASON_CHARS_MAX = 1000


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """One verified webhook on its way into the store.

    `messages`, `statuses` and `watermarks` carry the id of the inbox that each belongs to.
    `accepted_at` is None for now, or the moment at which the spool made it durable. `reason` says
    what could not be understood; `set_aside` shows it to a person. `journal_id` is that of a
    webhook that comes out of the journal again; a group holds only such, or none.
    """

    merchant_id: int
    inbox_id: int
    body: bytes
    messages: tuple[tuple[int, InboundMessage], ...] = ()
    statuses: tuple[tuple[int, DeliveryStatus], ...] = ()
    renames: tuple[Renamed, ...] = ()
    watermarks: tuple[tuple[int, Watermark], ...] = ()
    templates: tuple[TemplateTold, ...] = ()
    links: tuple[tuple[int, Linked], ...] = ()
    accepted_at: datetime | None = None
    journal_id: int | None = None
    reason: str | None = None
    set_aside: bool = False


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation with something due, in milliseconds from now by PostgreSQL's clock.

    `news` is false when it was due then before: its hint has been given.
    """

    merchant_id: int
    conversation_id: int
    due_ms: float
    news: bool = True


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a group: everything in it is committed when this exists."""

    inserted: int
    duplicates: int
    unaccounted: tuple[int, ...]  # places in the group of webhooks with a message that vanished
    replies: tuple[Due, ...]
    sends: tuple[Due, ...]
    touched: tuple[tuple[int, int], ...]  # (merchant, conversation) that changed


async def accept(connection: Connection, group: Sequence[Webhook], *, timeout_s: float) -> Accepted:
    """Store a group of webhooks in one transaction.

    Args:
        connection: one of intake's own.
        group: webhooks, any merchants; capped by the caller in count and bytes.
        timeout_s: seconds for the whole call; a commit that timed out is unknown (trap 13).
    """
    arrays, asked = _arrays(group), time.monotonic()
    row = await connection.fetchrow(ACCEPT, *arrays, timeout=timeout_s)
    # Counted from the start of the transaction: what its commit took is gone from every wait.
    spent_ms = (time.monotonic() - asked) * 1000
    (outcomes, *replies, d_merchants, d_conversations, d_moved) = (each or () for each in row or ())
    changed = list(zip(*replies, strict=True))
    settled = list(zip(d_merchants, d_conversations, d_moved, strict=True))
    owner = [place for place, webhook in enumerate(group) for _ in webhook.messages]
    # Strict: a message of which nothing is said is an error, never taken (trap 4).
    lost = {place for place, new in zip(owner, outcomes, strict=True) if new is None}
    return Accepted(
        inserted=outcomes.count(True),
        duplicates=outcomes.count(False),
        unaccounted=tuple(sorted(lost)),
        replies=tuple(
            Due(
                merchant_id=merchant_id,
                conversation_id=conversation_id,
                due_ms=max(0.0, due_ms - spent_ms),
                news=news,
            )
            for merchant_id, conversation_id, due_ms, news in changed
            if due_ms is not None
        ),
        sends=tuple(
            Due(merchant_id=merchant_id, conversation_id=conversation_id, due_ms=0)
            for merchant_id, conversation_id, moved in settled
            if moved
        ),
        touched=tuple(dict.fromkeys((each[0], each[1]) for each in (*changed, *settled))),
    )


async def rehearse(
    connection: Connection, group: Sequence[Webhook], *, timeout_s: float
) -> Accepted:
    """Say what `accept` would do, by doing it and taking it back."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        return await accept(connection, group, timeout_s=timeout_s)
    finally:
        await transaction.rollback()


def storable(reason: str) -> str:
    """A reason as PostgreSQL can keep it: no NUL, no half of a character, not too long."""
    words = reason.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
    return words[:REASON_CHARS_MAX]


def _arrays(group: Sequence[Webhook]) -> list[Any]:
    messages = [(w, i, m) for w, hook in enumerate(group, 1) for i, m in hook.messages]
    statuses = [(w, i, s) for w, hook in enumerate(group, 1) for i, s in hook.statuses]
    aliases = [
        (place, rank, alias)
        for place, (_, _, message) in enumerate(messages, 1)
        for rank, alias in enumerate(message.aliases)
    ]
    again = [hook.journal_id for hook in group if hook.journal_id is not None]
    return [
        _text(hook.merchant_id for hook in group),
        _text(hook.inbox_id for hook in group),
        again or None,
        [hook.body for hook in group],
        _sparse([hook.accepted_at for hook in group]),
        _sparse([hook.reason for hook in group]),
        _text(hook.set_aside for hook in group),
        _text(w for w, _, _ in messages),
        _text(i for _, i, _ in messages),
        _quoted([m.external_id for _, _, m in messages]),
        _text(m.direction for _, _, m in messages),
        _quoted([m.kind for _, _, m in messages]),
        _quoted([m.text for _, _, m in messages]),
        _sparse([m.content and msgspec.json.encode(m.content).decode() for _, _, m in messages]),
        _sparse([m.reply_to for _, _, m in messages]),
        [m.provider_at for _, _, m in messages],
        _text(m.wakes for _, _, m in messages),
        _sparse([m.note for _, _, m in messages]),
        _quoted([m.name for _, _, m in messages]),
        _text(place for place, _, _ in aliases),
        _text(rank for _, rank, _ in aliases),
        _quoted([alias.kind for _, _, alias in aliases]),
        _quoted([alias.value for _, _, alias in aliases]),
        _text(w for w, _, _ in statuses),
        _text(i for _, i, _ in statuses),
        _sparse([s.external_id for _, _, s in statuses]),
        _sparse([s.status for _, _, s in statuses]),
        _sparse([s.provider_at for _, _, s in statuses]),
        _sparse([s.tag for _, _, s in statuses]),
        _sparse([s.error_code for _, _, s in statuses]),
        _sparse([s.error_text for _, _, s in statuses]),
        _more(group, messages, statuses),
    ]


def _text(column: Iterable[int | Direction]) -> str:
    """An array as PostgreSQL reads it, of what needs no quotes."""
    return "{" + ",".join(map(str, column)) + "}"


def _quoted(column: Sequence[str | None]) -> str:
    """An array as PostgreSQL reads it, of any words."""
    if None not in column:
        joined = '","'.join(cast("Sequence[str]", column))
        if "\\" not in joined and joined.count('"') == 2 * len(column) - 2:
            return '{"' + joined + '"}'
    return "{" + ",".join(map(_one, column)) + "}"


def _one(word: str | None) -> str:
    if word is None:
        return "null"
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sparse(column: list[Any]) -> list[Any] | None:
    """A column of which most groups have nothing: `unnest` reads none as so many nulls.

    Each element costs 0.3 µs to send, here and there, and nearly all would say nothing.
    """
    return None if column.count(None) == len(column) else column


def _more(
    group: Sequence[Webhook],
    messages: Sequence[tuple[int, int, InboundMessage]],
    statuses: Sequence[tuple[int, int, DeliveryStatus]],
) -> dict[str, Any] | None:
    """What only some groups bring; None for all others, so that they pay nothing for it."""
    media = [
        {"m": m, "place": place, **msgspec.structs.asdict(attachment)}
        for m, (_, _, message) in enumerate(messages, 1)
        for place, attachment in enumerate(message.attachments)
    ]
    free = [m for m, (_, _, message) in enumerate(messages, 1) if message.free_entry]
    billing = [status.billing for _, _, status in statuses]
    renames = [
        {"w": w, "kind": r.old.kind, "value": r.old.value, "new": r.new, "at": r.provider_at}
        for w, hook in enumerate(group, 1)
        for r in hook.renames
    ]
    marks = [
        {"w": w, "i": i, "kind": m.person.kind, "value": m.person.value}
        | {"status": m.status, "until": m.until}
        for w, hook in enumerate(group, 1)
        for i, m in hook.watermarks
    ]
    templates = [
        {"w": w, **msgspec.structs.asdict(told)}
        for w, hook in enumerate(group, 1)
        for told in hook.templates
    ]
    sent = [
        {"s": s, "names": status.to, "words": status.words}
        for s, (_, _, status) in enumerate(statuses, 1)
        if status.to and status.words
    ]
    more = {"media": media, "free": free, "renames": renames}
    more |= {"marks": marks, "templates": templates, "sent": sent}
    found = {name: rows for name, rows in more.items() if rows}
    return found | ({"billing": billing} if any(billing) else {}) or None
