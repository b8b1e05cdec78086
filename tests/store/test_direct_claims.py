"""Claims straight from PostgreSQL: side by side, in turns, and what a dead holder leaves (Q8)."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from hudhud.store import conversations, sweep
from hudhud.store.conversations import Claim, Finish
from hudhud.store.pool import Database
from shop import Shop, open_shop

LEASE_S = 60.0


async def due(shop: Shop, contacts: int, *, ago_s: float = 1.0) -> None:
    """So many conversations with one waiting message each, due since then."""
    await shop.receive(*(shop.message(who=f"c{shop.merchant}.{n}") for n in range(contacts)))
    await shop.write(
        "update conversation set due_at = now() - make_interval(secs => $1) where due_at > now()",
        ago_s,
    )


async def claim(shop: Shop, holder: str = "one", limit: int = 64, **more: object) -> list[Claim]:
    return await conversations.claim_due(
        shop.database,
        holder=holder,
        lease_s=more.pop("lease_s", LEASE_S),  # type: ignore[arg-type]
        limit=limit,
        **more,  # type: ignore[arg-type]
    )


def merchants_of(claims: list[Claim]) -> list[int]:
    return [claim.claimed.merchant_id for claim in claims]


async def test_workers_that_pick_at_once_never_pick_the_same_conversation(shop: Shop):
    await due(shop, 60)
    claims = await asyncio.gather(*(claim(shop, str(n), limit=10) for n in range(6)))
    won = [one.claimed.conversation_id for each in claims for one in each]
    assert {one.verdict for each in claims for one in each} == {"claimed"}
    assert len(won) == len(set(won)) == 60


async def test_nobody_waits_for_what_another_worker_picks_just_now(shop: Shop, database_url):
    await due(shop, 20)
    pick = "select conversation from pick_due($1, '{}', false)"
    slow, quick = [await asyncpg.connect(database_url.app_url) for _ in range(2)]
    try:
        async with slow.transaction(), asyncio.timeout(20):
            held = {row[0] for row in await slow.fetch(pick, 8)}
            await quick.execute("set lock_timeout = '1s'")
            other = {row[0] for row in await quick.fetch(pick, 8)}
    finally:
        await slow.close()
        await quick.close()
    assert len(held) == len(other) == 8
    assert not held & other


async def test_merchants_take_turns_however_long_the_queue_of_one_is(database: Database):
    bulk, small = await open_shop(database), await open_shop(database)
    await due(bulk, 200, ago_s=60)
    await due(small, 3)
    assert merchants_of(await claim(bulk, limit=6)).count(small.merchant) == 3


async def test_the_sweep_tells_of_every_merchant_however_long_the_queue_of_one_is(
    database: Database,
):
    bulk, small = await open_shop(database), await open_shop(database)
    await due(bulk, 200, ago_s=60)
    await due(small, 3)
    told = await sweep.due_replies(database, within_s=0, limit=20)
    assert len(told) == 20
    assert [one.merchant_id for one in told].count(small.merchant) == 3


async def test_the_sweep_tells_when_the_lease_of_a_dead_holder_ends(shop: Shop):
    await due(shop, 2)
    (dead,) = await claim(shop, "dead", limit=1, lease_s=30)
    await claim(shop, "living", lease_s=LEASE_S)
    (told,) = await sweep.due_replies(shop.database, within_s=31, limit=9)
    assert told.conversation_id == dead.claimed.conversation_id
    assert 0 < told.due_ms <= 30_000


async def test_a_merchant_that_had_its_share_is_left_out(database: Database):
    bulk, small = await open_shop(database), await open_shop(database)
    await due(bulk, 10, ago_s=60)
    await due(small, 2)
    found = await claim(bulk, without=[bulk.merchant], suspect=True)
    assert merchants_of(found) == [small.merchant] * 2


async def test_what_is_not_due_is_with_a_person_or_is_leased_is_not_picked(shop: Shop):
    await due(shop, 4)
    early, held, leased, _ = await shop.conversations()
    await shop.write(
        "update conversation set due_at = now() + interval '5 s' where id = $1", early[1]
    )
    await shop.write("update conversation set state = 'human' where id = $1", held[1])
    await shop.write(
        "update conversation set lease_until = now() + interval '5 s' where id = $1", leased[1]
    )
    assert len(await claim(shop, suspect=True)) == 1


@pytest.mark.parametrize("buried", [True, False])
async def test_one_suspect_at_a_time_and_only_for_who_asks(shop: Shop, buried: bool):  # noqa: FBT001 - a parameter
    await due(shop, 3)
    for holder in ("first", "second"):
        assert len(await claim(shop, holder, lease_s=0.01)) == 3
        if buried:
            await conversations.release(shop.database, holder, crashed=True)
        else:
            await expired(shop, 3)
    await due(shop, 5)
    assert [one.crashes for one in await claim(shop, limit=1)] == [0]
    found = await claim(shop, suspect=True)
    assert sorted(one.crashes for one in found) == [0, 2]


async def test_what_one_dead_worker_left_is_claimed_together_with_what_is_due(shop: Shop):
    await due(shop, 3)
    assert len(await claim(shop, lease_s=0.01)) == 3
    await expired(shop, 3)
    await due(shop, 4)
    assert sorted(one.crashes for one in await claim(shop)) == [0, 1, 1, 1]


async def test_the_leases_of_a_dead_holder_are_free_at_once_and_its_work_goes_on(shop: Shop):
    await due(shop, 3)
    dead = await claim(shop, "dead", limit=2)
    (living,) = await claim(shop, "living")
    released = await conversations.release(shop.database, "dead", crashed=True)
    assert len(released) == 2
    again = await claim(shop, "other")
    assert [(one.crashes, one.claimed.attempt) for one in again] == [(1, 2)] * 2
    assert await finished(shop, *dead) == 0
    assert await finished(shop, living, *again) == 3


async def test_a_claim_whose_answer_was_lost_is_given_back_by_its_living_holder(shop: Shop):
    await due(shop, 3)
    known = await claim(shop, limit=1)
    lost = await claim(shop)
    keep = [one.claimed.conversation_id for one in known]
    assert len(await conversations.release(shop.database, "one", keep=keep, crashed=False)) == 2
    assert await finished(shop, *lost) == 0
    again = await claim(shop)
    assert [(one.crashes, one.claimed.attempt) for one in again] == [(0, 1)] * 2
    assert await finished(shop, *known, *again) == 3


@pytest.mark.parametrize("column", ["lease_until", "due_at"])
async def test_a_time_from_a_jumped_clock_is_mended(shop: Shop, column: str):
    await due(shop, 2)
    await shop.write(f"update conversation set {column} = now() + interval '1 day'")
    mended = await sweep.sweep(shop.database, lease_s=60, send_s=30, limit=10)
    assert [one.what for one in mended] == ["clock"] * 2
    assert len(await claim(shop)) == 2


async def expired(shop: Shop, count: int) -> None:
    async with asyncio.timeout(20):
        sql = "select count(*) from conversation where lease_until <= clock_timestamp()"
        while await shop.one(sql) < count:
            await asyncio.sleep(0.005)


async def finished(shop: Shop, *claims: Claim) -> int:
    endings = [Finish(claimed=c.claimed, outcome="answered", parts=("x",)) for c in claims]
    return len(await conversations.finish(shop.database, endings))
