"""A merge while messages come, are answered and are sent: nothing lost, nothing twice."""

from __future__ import annotations

import asyncio

import pytest
from one_person import (
    SARA,
    USER,
    answer,
    due_now,
    meet,
    merge,
    said,
    second_inbox,
    the_one,
    two,
)

from hudhud.core.contacts import merging
from hudhud.core.intake.door import Door
from hudhud.model import Alias
from hudhud.store import conversations, handoff, outbox
from hudhud.store.contacts import merging as store
from hudhud.store.outbox import Ended
from hudhud.store.pool import Database
from models.on_postgresql import AT_ONCE
from shop import Shop, open_shop


async def test_an_answer_under_way_is_waited_for(shop: Shop) -> None:
    _, younger = await two(shop)
    (claim,) = await due_now(shop, younger)
    await meet(shop)
    assert await merge(shop) == 0
    assert await answer(shop, claim) == 1
    assert await merge(shop) == 1
    one = await the_one(shop)
    (next_,) = await due_now(shop, one["id"])
    assert [each.text for each in next_.messages] == ["بالهاتف", "أنا واحد"]
    assert await shop.one("select count(*) from outbox where conversation_id = $1", one["id"]) == 1


@pytest.mark.parametrize("whose", [0, 1])
async def test_whoever_holds_either_of_them_too_long_writes_nothing_any_more(
    shop: Shop, whose: int
) -> None:
    pair = await two(shop)
    await meet(shop)
    claims = {pair[whose]: (await due_now(shop, pair[whose]))[0]}
    await shop.write("update merge_wish set wished_at = now() - interval '1 hour'")
    assert await merge(shop) == 1
    assert await answer(shop, claims[pair[whose]]) == 0
    one = await the_one(shop)
    assert one["fence"] > claims[pair[whose]].claimed.fence
    assert (one["lease_until"], one["attempts"]) == (None, 0)
    (again,) = await due_now(shop, one["id"])
    assert len(again.messages) == 3
    assert await answer(shop, again) == 1
    assert (
        await shop.one("select count(distinct batch_id) from message where direction = 'in'") == 1
    )


async def test_a_send_under_way_is_always_waited_for(shop: Shop) -> None:
    _, younger = await two(shop)
    (claim,) = await due_now(shop, younger)
    await answer(shop, claim, "١", "٢")
    (row,), _ = await outbox.begin(shop.database, [(shop.merchant, younger)], holder="d")
    await meet(shop)
    await shop.write("update merge_wish set wished_at = now() - interval '1 hour'")
    kept, gone = [row["id"] for row in await shop.rows("select id from contact order by id")]
    assert await merging.merge(shop.database, None, shop.merchant, kept, gone, SARA) == "wished"
    await outbox.end(shop.database, [Ended(begun=row, outcome="accepted", external_id="out.1")])
    assert await merge(shop) == 1
    one = await the_one(shop)
    (rest,), _ = await outbox.begin(shop.database, [(shop.merchant, one["id"])], holder="d")
    assert (rest.text, {each.value for each in rest.aliases}) == ("٢", {"964770", "IQ.1"})


async def test_a_send_of_which_nobody_knows_stops_both(shop: Shop) -> None:
    elder, younger = await two(shop)
    for each in (younger, elder):
        (claim,) = await due_now(shop, each)
        await answer(shop, claim)
    (row,), _ = await outbox.begin(shop.database, [(shop.merchant, younger)], holder="d")
    await outbox.end(shop.database, [Ended(begun=row, outcome="unknown")])
    await meet(shop)
    assert await merge(shop) == 1
    begun, _ = await outbox.begin(shop.database, [(shop.merchant, elder)], holder="d")
    assert begun == []
    await shop.accept(shop.status("out.9", "sent", tag=row.tag))
    begun, _ = await outbox.begin(shop.database, [(shop.merchant, elder)], holder="d")
    assert len(begun) == 1


async def lock_waited_for(shop: Shop) -> None:
    async with asyncio.timeout(10):
        while not await shop.rows("select 1 from pg_locks where not granted"):
            await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("where", "who"),
    [
        ("here", (USER,)),  # its conversation goes between the look and the lock
        ("elsewhere", (USER,)),  # it begins a conversation with somebody who goes
        ("known elsewhere", (USER, Alias("wa_parent_user", "IQ.ENT.1"))),  # who goes learns a name
    ],
)
async def test_a_message_that_comes_during_the_merge_is_in_the_thread(
    shop: Shop, where: str, who: tuple[Alias, ...]
) -> None:
    await two(shop)
    await meet(shop)
    second = await second_inbox(shop)
    place = shop if where == "here" else second
    if where == "known elsewhere":
        await second.receive(said(second, "قبل الدمج", USER))
    (wish,) = await store.wished(shop.database, patience_s=30, limit=10)
    late = place.webhook(said(place, "أثناء الدمج", *who))
    door = Door(shop.database, lambda _: None)
    async with shop.database.deed(shop.merchant) as connection:
        assert (await store.merge(connection, wish))[0] == "merged"
        taking = asyncio.create_task(door.commit([late]))
        await lock_waited_for(shop)
    assert await taking == ["taken"]
    rows = await shop.rows(
        "select k.contact_id = $1 as theirs, c.id is not null as there from message m"
        " left join conversation k on k.id = m.conversation_id"
        " left join contact c on c.id = k.contact_id where m.body = 'أثناء الدمج'",
        wish.kept_id,
    )
    assert [tuple(row) for row in rows] == [(True, True)]
    assert (
        await shop.one("select count(*) from contact_alias where contact_id <> $1", wish.kept_id)
        == 0
    )
    assert await shop.one("select count(*) from journal where set_aside") == 0


async def test_what_a_person_does_meanwhile_is_done_in_the_thread(shop: Shop) -> None:
    elder, younger = await two(shop)
    await meet(shop)
    (wish,) = await store.wished(shop.database, patience_s=30, limit=10)

    async def lock() -> int | None:
        async with shop.database.deed(shop.merchant) as connection:
            row = await handoff.lock(connection, younger)
            return row and row["id"]

    async with shop.database.deed(shop.merchant) as connection:
        assert (await store.merge(connection, wish))[0] == "merged"
        locking = asyncio.create_task(lock())
        await lock_waited_for(shop)
    assert await locking == elder


async def test_who_is_just_learning_a_name_is_not_merged_away_under_it(shop: Shop) -> None:
    await two(shop)
    await meet(shop)
    learning = """select contacts_of(array[$1::bigint], array[1], array[''], array[1, 1],
        array[0, 1], array['wa_user', 'wa_parent_user'], array['IQ.1', 'IQ.ENT.1'])"""
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute(learning, shop.merchant)
        async with asyncio.timeout(2):
            assert await merge(shop) == 0
    assert await merge(shop) == 1
    kept = await shop.one("select id from contact")
    assert await shop.one("select array_agg(distinct contact_id) from contact_alias") == [kept]


async def test_a_merge_waits_for_nobody_and_comes_again(shop: Shop) -> None:
    elder, _ = await two(shop)
    await meet(shop)
    async with shop.database.deed(shop.merchant) as connection:
        await handoff.lock(connection, elder)
        async with asyncio.timeout(2):
            assert await merge(shop) == 0
    async with shop.database.deed(shop.merchant) as connection:
        await connection.execute("select hold_contacts(array(select id from contact))")
        async with asyncio.timeout(2):
            assert await merge(shop) == 0
    assert await merge(shop) == 1


class Bustle:
    """A shop in which everything goes on at once, until it is told that all is done."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.database = shop, shop.database
        self.door = Door(shop.database, lambda _: None)
        self.done = False

    async def write(self, n: int) -> None:
        phone, user = Alias("phone", f"9647{n}"), Alias("wa_user", f"IQ.{n}")
        for turn, who in enumerate([(phone,), (user,), (user, phone), (phone,), (user,), (user,)]):
            webhook = self.shop.webhook(said(self.shop, f"{n}.{turn}", *who))
            while await self.door.commit([webhook]) != ["taken"]:
                pass

    async def work(self, name: str) -> None:
        while not self.done:
            places = await self.shop.conversations()
            claims = await conversations.claim(self.database, places, holder=name, lease_s=60)
            for claim in (each for each in claims if each.verdict == "claimed"):
                await answer(self.shop, claim, *(each.text for each in claim.messages))
            begun, _ = await outbox.begin(self.database, places, holder=name, pace=AT_ONCE)
            for row in begun:
                ending = Ended(begun=row, outcome="accepted", external_id=f"out.{row.row_id}")
                await outbox.end(self.database, [ending])

    async def join(self) -> None:
        while not self.done:
            await self.shop.write("update merge_wish set wished_at = wished_at - interval '20 s'")
            await merge(self.shop)

    async def until_nothing_waits(self) -> None:
        for still in (
            "select count(*) from message where wakes and batch_id is null",
            "select count(*) from outbox where state <> 'accepted'",
            "select count(*) from merge_wish",
        ):
            while await self.shop.one(still):
                await asyncio.sleep(0.02)
        self.done = True


async def test_while_everything_goes_on_at_once_nothing_is_lost_and_nothing_twice(
    database: Database,
) -> None:
    """Fifteen people under two names each write, are answered, sent to and merged, all at once."""
    shop, people = await open_shop(database, window_ms=0), range(15)
    bustle = Bustle(shop)
    async with asyncio.timeout(60), asyncio.TaskGroup() as parts:
        for part in (bustle.work("a"), bustle.work("b"), bustle.join()):
            parts.create_task(part)
        await asyncio.gather(*map(bustle.write, people))
        await bustle.until_nothing_waits()
    assert await shop.one("select count(*) from contact") == len(people)
    assert len(await shop.conversations()) == len(people)
    bodies = "select array_agg(m.body order by m.body) from message m join conversation k"
    came = await shop.one(f"{bodies} on k.id = m.conversation_id where m.direction = 'in'")
    assert len(came) == len(people) * 6
    assert await shop.one(f"{bodies} on k.id = m.conversation_id where m.direction = 'out'") == came
