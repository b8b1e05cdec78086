"""A scripted operator: answers what was handed over, hands it back, settles what only a person can.

It works through the same deeds as the console. What a person would see on the customer's phone, it
sees in the history: whether an unknown send arrived.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

import aiohttp
import asyncpg

from hudhud.core import dead_letters, handoff
from hudhud.core.dead_letters import Actor
from hudhud.core.handoff import Hints
from hudhud.errors import NotFoundError, StoreUnavailableError
from hudhud.ops.drills.field import Field
from hudhud.ops.drills.history import Tail
from hudhud.ops.drills.shops import Shop
from hudhud.store.pool import Connection

LOOK_S = 0.25
AT_ONCE_MAX = 50
# A send that nobody heard of may still be on its way: the provider's own 2 s, what a stopped
# process had begun to send when it was stopped, and a busy machine.
UNKNOWN_S = 8.0
MOVING_S = 3.0
# A provider that answers later than this stood still; what was sent to it lay in its sockets.
PROMPT_S = 0.5
# What was sent while nobody looked for so long, and lay there, has arrived within UNKNOWN_S.
UNSEEN_S = 2.0
ANSWER = "موظف: تم الرد على طلبك ({place})"

PEOPLE = """
    select k.id, k.hand_over_reason = 'send_refused' as refused,
        exists (select 1 from message m where m.conversation_id = k.id and m.batch_id is null
                and m.wakes and m.direction = 'in') as waits,
        exists (select 1 from batch b where b.conversation_id = k.id and b.outcome = 'handed_over'
                and not exists (select 1 from message m where m.conversation_id = k.id
                    and m.author = 'operator' and m.accepted_at >= b.finished_at)) as unanswered,
        (select count(*) from message m where m.conversation_id = k.id
         and m.author = 'operator') as replies
    from conversation k where k.merchant_id = $1 and k.state = 'human'
      and not exists (select 1 from dead_letter d
                      where d.conversation_id = k.id and d.settled_at is null)
    order by k.id limit $2"""
UNKNOWN = """
    select id from outbox where merchant_id = $1 and state = 'unknown'
      and sending_at < clock_timestamp() - make_interval(secs => $3) order by id limit $2"""
LETTERS = """
    select d.id, coalesce((select array_agg(m.external_id) from message m
        where d.kind = 'batch' and m.batch_id = d.batch_id and m.direction = 'in'), '{}') as wamids
    from dead_letter d where d.merchant_id = $1 and d.settled_at is null order by d.id limit $2"""


class Unheard(Hints):
    """Hints that nobody hears: what a deed made due must be found without them (law 1)."""

    def reply(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        """Say nothing."""

    def send(self, merchant_id: int, conversation_id: int, due_ms: float) -> None:
        """Say nothing."""

    def changed(self, merchant_id: int, conversation_id: int) -> None:
        """Say nothing."""


class Operator:
    """One person for all shops; `retried` are records for the history."""

    def __init__(self, field: Field, tail: Tail) -> None:
        """Work on this field; `tail` shows what customers have on their phones."""
        self.database = field.ground.database
        self.field = field
        self.tail = tail
        self.hints = Unheard()
        self.retried: list[dict[str, Any]] = []
        self.deeds = 0
        self._prompt_at = time.monotonic()

    async def work(self) -> None:
        """Look around again and again until cancelled."""
        while True:
            self.tail.look()
            for shop in self.field.ground.shops:
                try:
                    await self._look_after(shop)
                except (StoreUnavailableError, NotFoundError, asyncpg.PostgresError):
                    continue  # away, or settled meanwhile; the next look is soon
            await asyncio.sleep(LOOK_S)

    async def _look_after(self, shop: Shop) -> None:
        await self._see_the_provider_move()
        async with self.database.reading(shop.merchant_id) as connection:
            letters = await connection.fetch(LETTERS, shop.merchant_id, AT_ONCE_MAX)
            people = await connection.fetch(PEOPLE, shop.merchant_id, AT_ONCE_MAX)
            unknown = await self._unknown(connection, shop)
        for letter in letters:
            await self._retry(shop, letter)
        for person in people:
            await self._talk(shop, person)
        for row_id in unknown:
            self.tail.look()  # the deeds before took their time
            arrived = row_id in self.tail.arrived
            await handoff.settle_unknown(
                self.database,
                self.hints,
                shop.merchant_id,
                row_id,
                shop.operator_id,
                "sent" if arrived else "again",
            )
            self.deeds += 1

    async def _unknown(self, connection: Connection, shop: Shop) -> list[int]:
        if self.field.everybody_moves_since_s() < MOVING_S:
            return []
        rows = await connection.fetch(UNKNOWN, shop.merchant_id, AT_ONCE_MAX, UNKNOWN_S)
        self.tail.look()  # what arrived before we asked is known now
        return [row["id"] for row in rows]

    async def _see_the_provider_move(self) -> None:
        asked = time.monotonic()
        with suppress(TimeoutError, aiohttp.ClientError):
            await self.field.ground.ask("GET", "/waiting")
            if time.monotonic() - asked < PROMPT_S and asked - self._prompt_at < UNSEEN_S:
                self._prompt_at = asked
                return
        self._prompt_at = self.field.moved_at = time.monotonic()

    async def _retry(self, shop: Shop, letter: asyncpg.Record) -> None:
        # Noted before the deed: its commit may reach us as an error.
        self.retried.append(
            {
                "what": "retried",
                "at_ms": time.time_ns() // 1_000_000,
                "letter": letter["id"],
                "wamids": list(letter["wamids"]),
            }
        )
        await dead_letters.settle(
            self.database,
            self.hints,
            shop.merchant_id,
            [letter["id"]],
            "retry",
            Actor.operator(shop.operator_id),
        )
        self.deeds += 1

    async def _talk(self, shop: Shop, person: asyncpg.Record) -> None:
        whose = (shop.merchant_id, person["id"], shop.operator_id)
        if person["unanswered"] or (person["waits"] and not person["refused"]):
            place = f"{person['id']}.{person['replies']}"
            text = ANSWER.format(place=place)
            await handoff.reply(self.database, self.hints, *whose, text, key=f"drill-{place}")
        else:
            await handoff.hand_back(self.database, self.hints, *whose)
        self.deeds += 1
