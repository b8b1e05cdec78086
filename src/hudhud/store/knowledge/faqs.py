"""Answered questions of a merchant, as their owner edits them, and what nobody could answer."""

from __future__ import annotations

import asyncpg
import msgspec

from hudhud.errors import AlreadyThereError
from hudhud.model import Faq
from hudhud.store.catalogue import rows
from hudhud.store.pool import Connection

LISTED_MAX = 1000
UNANSWERED_MAX = 30
# The conversations in which something was said last are looked at, and the newest of each.
_TALKS_MAX, _OF_ONE_MAX = 300, 2
# What a person got because nothing that was written told it.
_NOT_TOLD = ("not_understood", "unknown_detail", "unknown_product", "model_asked")


async def listed(connection: Connection, merchant_id: int) -> list[Faq]:
    """All of them, by topic; at most LISTED_MAX."""
    found = await rows.faqs(connection, merchant_id, limit=LISTED_MAX)
    return sorted(found, key=lambda faq: faq.topic)


async def one(connection: Connection, merchant_id: int, faq_id: int) -> Faq | None:
    """One of them; None when this merchant has no such."""
    found = await rows.faqs(connection, merchant_id, ids=[faq_id], limit=1)
    return found[0] if found else None


async def add(connection: Connection, merchant_id: int, faq: Faq) -> int:
    """Insert a question, and return its id.

    Raises:
        AlreadyThereError: its topic is answered already.
    """
    try:
        faq_id: int = await connection.fetchval(
            f"insert into faq (merchant_id, folded, {rows.FAQ_COLUMNS})"
            " values ($1, $2, $3, $4, $5, $6, $7) returning id",
            *(merchant_id, rows.folded_faq(faq), *_values(faq)),
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(f"Topic {faq.topic!r}.") from None
    return faq_id


async def change(connection: Connection, faq: Faq) -> bool:
    """Write a question anew, by its id; False when this merchant has no such.

    Raises:
        AlreadyThereError: its topic is that of another one.
    """
    try:
        done = await connection.execute(
            f"update faq set (folded, {rows.FAQ_COLUMNS}) = ($2, $3, $4, $5, $6, $7) where id = $1",
            *(faq.id, rows.folded_faq(faq), *_values(faq)),
        )
    except asyncpg.UniqueViolationError:
        raise AlreadyThereError(f"Topic {faq.topic!r}.") from None
    return done == "UPDATE 1"


async def remove(connection: Connection, faq_id: int) -> bool:
    """Remove one; False when this merchant has no such."""
    return await connection.execute("delete from faq where id = $1", faq_id) == "DELETE 1"


class Unanswered(msgspec.Struct, frozen=True, kw_only=True):
    """One batch that went to a person because nothing told the answer: its words, and why."""

    batch_id: int
    conversation_id: int
    reason: str
    said: str
    age_s: float


async def unanswered(connection: Connection, merchant_id: int) -> list[Unanswered]:
    """What customers asked last that nothing answers, newest first; at most UNANSWERED_MAX."""
    found = await connection.fetch(
        """select b.id as batch_id, k.id as conversation_id, b.reason, s.said,
               extract(epoch from clock_timestamp() - b.finished_at)::float8 as age_s
           from (select id from conversation where merchant_id = $1
                 order by last_at desc limit $2) k
           cross join lateral (
               select x.* from batch x where x.conversation_id = k.id
                   and x.outcome = 'handed_over'
                   and (x.reason = any ($3) or x.reason like 'unknown\\_topic%')
               order by x.no desc limit $4) b
           cross join lateral (
               select string_agg(m.body, E'\\n' order by m.id) as said from message m
               where m.conversation_id = k.id and m.batch_id = b.id and m.direction = 'in') s
           where s.said <> '' order by b.id desc limit $5""",
        *(merchant_id, _TALKS_MAX, list(_NOT_TOLD), _OF_ONE_MAX, UNANSWERED_MAX),
    )
    return [Unanswered(**row) for row in found]


def _values(faq: Faq) -> list[object]:
    return [getattr(faq, name) for name in rows.FAQ_COLUMNS.split(", ")]
