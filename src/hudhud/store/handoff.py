"""A conversation changes hands: every deed locks its row first, and moves the fence (trap 7)."""

from __future__ import annotations

from datetime import datetime

import asyncpg
import msgspec

from hudhud.model import Content
from hudhud.store.pool import Connection

_LOCK = """
select * from conversation
where id = coalesce((select p.conversation_id from conversation_past p where p.id = $1), $1)
for no key update
"""


async def lock(connection: Connection, conversation_id: int) -> asyncpg.Record | None:
    """Lock one conversation before anything in it changes; None when this merchant has no such.

    One that became a part of another is that other: what a person typed there arrives.
    """
    # Once more, because that may happen while it waits for the lock.
    return await connection.fetchrow(_LOCK, conversation_id) or await connection.fetchrow(
        _LOCK, conversation_id
    )


async def to_person(connection: Connection, conversation_id: int, operator_id: int) -> int:
    """Give a locked conversation to an operator; what the assistant had ready is withdrawn.

    The messages of an answer of which nothing has left wait again, now for the person.

    Returns: how many of the assistant's messages may still be on their way (`sending`).
    """
    await connection.execute(
        """update conversation set state = 'human', operator_id = $2, fence = fence + 1,
               lease_until = null, holder = null, due_at = null,
               human_since = coalesce(human_since, now()), person_at = now()
           where id = $1""",
        conversation_id,
        operator_id,
    )
    await connection.execute("select withdraw($1)", conversation_id)
    leaving: int = await connection.fetchval(
        "select count(*) from outbox where conversation_id = $1 and state = 'sending'",
        conversation_id,
    )
    return leaving


async def to_assistant(connection: Connection, conversation_id: int) -> bool:
    """Hand a locked conversation back; what no person answered is due now.

    One that the assistant has already is left alone: a second click must not throw away the answer
    that is being written, and its lease with it.

    Returns: whether anything waits that did not before.
    """
    waiting: int | None = await connection.fetchval(
        """with open as (select count(*)::integer as n from message
               where conversation_id = $1 and batch_id is null and wakes and direction = 'in')
           update conversation set state = 'bot', operator_id = null, human_since = null,
               hand_over_reason = null, fence = fence + 1, attempts = 0, crashes = 0,
               pending = open.n, due_at = case when open.n > 0 then now() end
           from open where id = $1 and state = 'human' returning open.n""",
        conversation_id,
    )
    return bool(waiting)


async def say(
    connection: Connection,
    row: asyncpg.Record,
    operator_id: int,
    text: str,
    *,
    key: str,
    content: Content | None = None,
    reply_to: str | None = None,
) -> bool:
    """Queue an operator's words in a locked conversation; all that waits there is answered by it.

    Args:
        connection: the deed's transaction.
        row: the conversation as `lock` returned it.
        operator_id: who speaks.
        text: what is said; with `content`, what pages show of it.
        key: of this one click; the same key again changes nothing.
        content: what is sent beside words.
        reply_to: the provider's id of the message that it quotes.

    Returns: whether it was new.
    """
    fresh = await connection.fetchval(
        """insert into message_key (inbox_id, external_id, merchant_id) values ($1, $2, $3)
           on conflict do nothing returning 1""",
        row["inbox_id"],
        f"operator:{key}",
        row["merchant_id"],
    )
    if not fresh:
        return False
    await connection.execute(
        """with waiting as (
               select id from message where conversation_id = $1 and batch_id is null and wakes
                 and direction = 'in'),
           counted as (
               update conversation set last_at = now(), person_at = now(), pending = 0,
                   closed_id = last_id,
                   batch_no = batch_no + (exists (select 1 from waiting))::integer
               where id = $1 returning batch_no),
           closed as (
               insert into batch (merchant_id, conversation_id, no, outcome, operator_id, source)
               select $2, $1, batch_no, 'by_person', $4, 'operator' from counted
               where exists (select 1 from waiting) returning id),
           answered as (
               update message m set batch_id = closed.id from closed, waiting
               where m.id = waiting.id),
           said as (
               insert into message (merchant_id, conversation_id, inbox_id, direction, author,
                   operator_id, kind, body, content, reply_to, provider_at, wakes, batch_id)
               select $2, $1, $3, 'out', 'operator', $4, $6, $5,
                   case when $7::jsonb is not null then jsonb_build_object('send', $7::jsonb) end,
                   $8, now(), false,
                   (select id from closed) returning id, batch_id)
           insert into outbox (merchant_id, inbox_id, conversation_id, message_id, batch_id, author)
           select $2, $3, $1, said.id, said.batch_id, 'operator' from said""",
        row["id"],
        row["merchant_id"],
        row["inbox_id"],
        operator_id,
        text,
        "text" if content is None else content.tag,
        None if content is None else msgspec.to_builtins(content, str_keys=True),
        reply_to,
    )
    return True


async def channel_of(connection: Connection, inbox_id: int) -> str:
    """Which channel an inbox speaks."""
    channel: str = await connection.fetchval("select channel from inbox where id = $1", inbox_id)
    return channel


async def channel_of_conversation(connection: Connection, conversation_id: int) -> str | None:
    """Which channel a conversation is on; None when this merchant has no such."""
    channel: str | None = await connection.fetchval(
        """select i.channel from conversation k join inbox i on i.id = k.inbox_id
           where k.id = $1""",
        conversation_id,
    )
    return channel


async def named_by_provider(
    connection: Connection, conversation_id: int, message_id: int
) -> str | None:
    """The provider's id of one message of a conversation, to quote it; None: it has none."""
    found: str | None = await connection.fetchval(
        """select coalesce(m.external_id, o.external_id) from message m
           left join outbox o on o.message_id = m.id
           where m.id = $2 and m.conversation_id = $1""",
        conversation_id,
        message_id,
    )
    return found


async def settle_send(
    connection: Connection, outbox_id: int, verdict: str, now: datetime
) -> int | None:
    """A person decides on a send that may or may not have left (law 5).

    Args:
        connection: the deed's transaction, its conversation locked.
        outbox_id: the row.
        verdict: `sent`, `again` or `discard`.
        now: PostgreSQL's clock is used for due times; this only stamps the decision.

    Returns: its conversation, or None when it was settled meanwhile.
    """
    state = {"sent": "accepted", "again": "queued", "discard": "cancelled"}[verdict]
    conversation_id: int | None = await connection.fetchval(
        """update outbox set state = $2, next_at = now(),
               spared = case when $2 = 'queued' then attempt else spared end,
               retried_from = case when $2 = 'queued' then attempt else retried_from end,
               accepted_at = case when $2 = 'accepted' then $3 else accepted_at end
           where id = $1 and state = 'unknown' returning conversation_id""",
        outbox_id,
        state,
        now,
    )
    if conversation_id is not None and verdict != "discard":
        # Who was given the conversation for this alone has nothing left to decide.
        await connection.execute("select take_back(array[$1::bigint])", outbox_id)
    return conversation_id


async def settle_set_aside(
    connection: Connection, merchant_id: int, journal_id: int, operator_id: int
) -> bool:
    """Take a webhook off the waiting page; it stays in the journal, the audit says who read it.

    Returns: whether it was still waiting.
    """
    found = await connection.fetchval(
        """with read as (
               update journal set set_aside = false where id = $2 and set_aside returning id)
           insert into audit (merchant_id, actor, action, detail)
           select $1, 'operator:' || $3::bigint, 'webhook.read', jsonb_build_object('journal', id)
           from read returning 1""",
        merchant_id,
        journal_id,
        operator_id,
    )
    return found is not None


async def conversation_of(connection: Connection, outbox_id: int) -> int | None:
    """Which conversation an outbox row belongs to, to lock it first (trap 2)."""
    found: int | None = await connection.fetchval(
        "select conversation_id from outbox where id = $1", outbox_id
    )
    return found
