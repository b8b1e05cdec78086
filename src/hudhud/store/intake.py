"""Writes a group of webhooks in one round trip: the SQL function `accept` (laws 1 and 2)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from hudhud.model import (
    Alias,
    DeliveryStatus,
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
Column = Sequence[Any]


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
    return Accepted(
        inserted=outcomes.count(True),
        duplicates=outcomes.count(False),
        unaccounted=_unaccounted(group, outcomes),
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
        touched=tuple(dict.fromkeys([each[:2] for each in (*changed, *settled)])),
    )


def _unaccounted(group: Sequence[Webhook], outcomes: Sequence[bool | None]) -> tuple[int, ...]:
    # Strict: a message of which nothing is said is an error, never taken (trap 4).
    owner = [place for place, webhook in enumerate(group) for _ in webhook.messages]
    if len(owner) == len(outcomes) and None not in outcomes:
        return ()
    lost = {place for place, new in zip(owner, outcomes, strict=True) if new is None}
    return tuple(sorted(lost))


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
    hook = _columns(Webhook, group)
    m = _columns(InboundMessage, [message for _, _, message in messages])
    s = _columns(DeliveryStatus, [status for _, _, status in statuses])
    named = _columns(Alias, [alias for _, _, alias in aliases])
    return [
        _plain(hook["merchant_id"]),
        _plain(hook["inbox_id"]),
        [place for place in hook["journal_id"] if place is not None] or None,
        hook["body"],
        _sparse(hook["accepted_at"]),
        _sparse(hook["reason"]),
        _plain(hook["set_aside"]),
        _plain([w for w, _, _ in messages]),
        _plain([i for _, i, _ in messages]),
        _quoted(m["external_id"]),
        _quoted(m["direction"]),
        _quoted(m["kind"]),
        _quoted(m["text"]),
        _sparse([content and msgspec.json.encode(content).decode() for content in m["content"]]),
        _sparse(m["reply_to"]),
        m["provider_at"],
        _plain(m["wakes"]),
        _sparse(m["note"]),
        _quoted(m["name"]),
        _plain([place for place, _, _ in aliases]),
        _plain([rank for _, rank, _ in aliases]),
        _quoted(named["kind"]),
        _quoted(named["value"]),
        _plain([w for w, _, _ in statuses]),
        _plain([i for _, i, _ in statuses]),
        _sparse(s["external_id"]),
        _sparse(s["status"]),
        _sparse(s["provider_at"]),
        _sparse(s["tag"]),
        _sparse(s["error_code"]),
        _sparse(s["error_text"]),
        _more(group, messages, statuses) if _has_more(hook, m) or statuses else None,
    ]


def _columns(kind: type[msgspec.Struct], rows: Sequence[msgspec.Struct]) -> dict[str, Column]:
    """What a list of one kind holds, by field."""
    fields = kind.__struct_fields__
    if not rows:
        return dict.fromkeys(fields, ())
    return dict(zip(fields, zip(*map(msgspec.structs.astuple, rows), strict=True), strict=True))


def _plain(column: Column) -> str:
    """An array as PostgreSQL reads it, of numbers or truths: as Python writes them."""
    return f"{{{str(list(column))[1:-1]}}}"


def _quoted(column: Column) -> str:
    """An array as PostgreSQL reads it, of any words."""
    if None not in column:
        joined = '","'.join(column)
        if "\\" not in joined and joined.count('"') == 2 * len(column) - 2:
            return '{"' + joined + '"}'
    return "{" + ",".join(map(_one, column)) + "}"


def _one(word: str | None) -> str:
    if word is None:
        return "null"
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _sparse(column: Column) -> Column | None:
    """A column of which most groups have nothing: `unnest` reads none as so many nulls.

    Each element costs 0.3 µs to send, here and there, and nearly all would say nothing.
    """
    return None if column.count(None) == len(column) else column


def _has_more(hook: dict[str, Column], m: dict[str, Column]) -> bool:
    told = any(hook["renames"]) or any(hook["watermarks"]) or any(hook["templates"])
    return told or any(m["attachments"]) or any(m["free_entry"])


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
