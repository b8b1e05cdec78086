"""The sweep looks at a part of the backlog at a time, and in the end at all of it (law 1)."""

from __future__ import annotations

import asyncio

from hudhud.store import conversations, sweep
from hudhud.store.conversations import Finish
from shop import Shop

PART = 20


async def mended(shop: Shop) -> list[int]:
    found = await sweep.sweep(shop.database, lease_s=60, send_s=30, limit=1)
    return [one.conversation_id for one in found if one.what == "orphan"]


async def test_an_orphan_behind_a_long_backlog_is_found_in_its_turn(shop: Shop):
    await shop.receive(*(shop.message(who=f"96477{n}") for n in range(3 * PART)))
    last = await shop.one("select max(id) from conversation")
    await shop.write("update conversation set due_at = null where id = $1", last)
    assert [await mended(shop) for _ in range(3)] == [[], [], [last]]


async def test_after_the_last_one_the_look_begins_anew(shop: Shop):
    await shop.receive(*(shop.message(who=f"96477{n}") for n in range(PART + 1)))
    first = await shop.one("select min(id) from conversation")
    assert [await mended(shop) for _ in range(2)] == [[], []]
    await shop.write("update conversation set due_at = null where id = $1", first)
    assert await mended(shop) == [first]


async def test_sweeps_at_the_same_time_mend_an_orphan_once(shop: Shop):
    await shop.receive(shop.message())
    await shop.write("update conversation set due_at = null")
    together = await asyncio.gather(*(mended(shop) for _ in range(4)))
    assert sum(map(len, together)) == 1


async def test_a_batch_that_is_finished_during_a_sweep_is_no_orphan(shop: Shop):
    """Else its conversation would be due, and the next message be answered before its window."""
    await shop.write("update inbox set window_ms = 0")
    found: list[int] = []
    answering = asyncio.create_task(answered_in_turn(shop))
    while not answering.done():
        for told in await asyncio.gather(mended_all(shop), mended_all(shop)):
            found += told
    await answering
    assert found == []


async def mended_all(shop: Shop) -> list[int]:
    swept = await sweep.sweep(shop.database, lease_s=60, send_s=30, limit=1000)
    return [one.conversation_id for one in swept if one.what == "orphan"]


async def answered_in_turn(shop: Shop) -> None:
    for _ in range(25):
        await shop.receive(*(shop.message(who=f"96477{n}") for n in range(20)))
        places = await shop.conversations()
        claims = await conversations.claim(shop.database, places, holder="w", lease_s=60)
        for claim in claims:
            ending = Finish(claimed=claim.claimed, outcome="answered", parts=("١",))
            await conversations.finish(shop.database, [ending])
