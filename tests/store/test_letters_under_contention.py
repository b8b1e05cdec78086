"""Workers, a provider that refuses, and people who settle letters, all at once (law 6, trap 2).

Whatever they do to each other, every message ends in one batch that was answered or is with a
letter, every refused row has its letter, nothing is taken by the provider twice, and no two deeds
lock each other out.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from test_laws_in_the_database import Quiet, person

from hudhud.core import dead_letters, handoff
from hudhud.core.dead_letters import Actor
from hudhud.errors import NotFoundError
from hudhud.store import conversations, outbox
from hudhud.store.conversations import Finish
from hudhud.store.letters.reading import Which
from hudhud.store.outbox import Begun, Ended
from hudhud.store.pool import Database
from shop import Shop, open_shop

CONTACTS = 3
TURNS = 40
OPEN = "select id from dead_letter where settled_at is null"
Deed = Callable[[], Awaitable[None]]


class Day:
    """A shop, an operator, and what everybody may do; `taken` is what the provider accepted."""

    def __init__(self, shop: Shop, operator: int, seed: int) -> None:
        self.shop = shop
        self.operator = operator
        self.chance = random.Random(seed)  # noqa: S311 - a plan, not a secret
        self.taken: Counter[int] = Counter()
        self.begun: list[Begun] = []
        self.keys = itertools.count()

    async def writes(self) -> None:
        who = f"96477{self.chance.randrange(CONTACTS)}"
        await self.shop.receive(self.shop.message(who=who))

    async def answers(self, outcomes: tuple[str, ...] = ("answered", "answered", "dead")) -> None:
        claims = await conversations.claim(
            self.shop.database, await self.shop.conversations(), holder="w", lease_s=60
        )
        for claim in (one for one in claims if one.verdict == "claimed"):
            await asyncio.sleep(0)
            outcome = self.chance.choice(outcomes) if claim.messages else "nothing"
            parts = ("١", "٢") if outcome == "answered" else ()
            ending = Finish(claimed=claim.claimed, outcome=outcome, parts=parts, reason="why")
            await conversations.finish(self.shop.database, [ending])

    async def sends(self, ends: tuple[str, ...] = ("accepted", "rejected", "unknown")) -> None:
        begun, _ = await outbox.begin(
            self.shop.database, await self.shop.conversations(), holder="d"
        )
        for row in begun:
            self.begun.append(row)
            end = self.chance.choice(ends)
            self.taken[row.row_id] += end == "accepted"
            external = f"wamid.{row.row_id}.{row.attempt}" if end == "accepted" else None
            ending = Ended(begun=row, outcome=end, external_id=external, error_text="no")
            await outbox.end(self.shop.database, [ending])

    async def tells(self) -> None:
        """A status of what was not taken comes late: it was refused, and says so once more."""
        refused = [row for row in self.begun if not self.taken[row.row_id]]
        if refused:
            row = self.chance.choice(refused)
            self.begun.remove(row)
            name = f"wamid.{row.row_id}.{row.attempt}"
            await self.shop.accept(self.shop.status(name, "failed", tag=row.tag))

    async def settles(self) -> None:
        letters = [row["id"] for row in await self.shop.rows("select id from dead_letter")]
        chosen = self.chance.sample(letters, min(len(letters), 4))
        verdict = self.chance.choice(("retry", "retry", "discard"))
        ours = (self.shop.database, Quiet(), self.shop.merchant)
        await dead_letters.settle(*ours, chosen, verdict, Actor.operator(self.operator))

    async def replies(self) -> None:
        letters = [row["id"] for row in await self.shop.rows(OPEN)]
        if letters:
            ours = (self.shop.database, Quiet(), self.shop.merchant, self.chance.choice(letters))
            await dead_letters.answer(*ours, self.operator, "نعم", key=str(next(self.keys)))

    async def takes_or_gives(self) -> None:
        (_, conversation) = self.chance.choice(await self.shop.conversations())
        deed = self.chance.choice((handoff.take_over, handoff.hand_back, handoff.hand_back))
        ours = (self.shop.database, Quiet(), self.shop.merchant)
        await deed(*ours, conversation, self.operator)

    async def knows(self) -> None:
        for row in await self.shop.rows("select id from outbox where state = 'unknown'"):
            verdict = self.chance.choice(("again", "discard"))
            ours = (self.shop.database, Quiet(), self.shop.merchant)
            await handoff.settle_unknown(*ours, row["id"], self.operator, verdict)

    async def busy(self) -> None:
        deeds: tuple[Deed, ...] = (
            self.writes, self.answers, self.sends, self.tells, self.settles, self.replies,
            self.takes_or_gives, self.knows,
        )  # fmt: skip
        for _ in range(TURNS):
            try:
                await self.chance.choice(deeds)()
            except NotFoundError:
                continue  # somebody else was quicker

    async def ends(self) -> None:
        """Everybody works on until nothing waits."""
        for _ in range(20):
            await self.knows()
            ours = (self.shop.database, Quiet(), self.shop.merchant)
            actor = Actor.operator(self.operator)
            async for _ in dead_letters.settle_matching(*ours, Which(), "retry", actor):
                pass
            for _, conversation in await self.shop.conversations():
                await handoff.hand_back(*ours, conversation, self.operator)
            await self.answers(("answered",))
            for _ in range(6):
                await self.sends(("accepted",))


@pytest.mark.parametrize("seed", range(4))
async def test_every_message_ends_whatever_people_and_workers_do_at_once(
    database: Database, seed: int
):
    shop = await open_shop(database, window_ms=0)
    for number in range(CONTACTS):
        await shop.receive(shop.message(who=f"96477{number}"))
    day = Day(shop, await person(shop), seed)
    async with asyncio.timeout(60), asyncio.TaskGroup() as together:
        for _ in range(4):
            together.create_task(day.busy())
    await day.ends()

    ends = await shop.rows(
        """select coalesce(b.outcome, 'waiting') as outcome, count(*) from message m
           left join batch b on b.id = m.batch_id where m.direction = 'in' group by 1"""
    )
    assert {row["outcome"] for row in ends} <= {"answered", "by_person", "dead"}
    dead = """select count(*) from batch b where b.outcome = 'dead' and not exists (
        select 1 from dead_letter d where d.batch_id = b.id and d.settlement = 'discard')"""
    assert await shop.one(dead) == 0
    assert await shop.rows(OPEN) == []
    loose = """select count(*) from outbox o where o.state = 'rejected' and not exists (
        select 1 from dead_letter d where d.outbox_id = o.id
        and d.settlement in ('discard', 'answered'))"""
    assert await shop.one(loose) == 0
    left = "select count(*) from outbox where state in ('queued', 'sending', 'unknown')"
    assert await shop.one(left) == 0
    assert max(day.taken.values()) == 1
