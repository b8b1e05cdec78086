"""One merchant's queue and slow model leave room for another's customer (traps 17 and 20, Q8)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worker_ground import Provider, connected_shop, settings

from hudhud import registry
from hudhud.core.app import App, opened
from hudhud.store import assistants
from hudhud.worker.run import work
from hudhud.worker.sharing import SHARE_OF_FREE, full, shared_out
from shop import Shop
from slow_model import slow_model

SLOTS = 10
LATE_S_MAX = 1.0


@pytest.fixture(params=["queue=on", "queue=off"])
async def app(request: Any, database_url: Any, queue_url: str) -> AsyncIterator[App]:
    chosen = settings(
        database_url.app_url,
        queue_url,
        slots=SLOTS,
        switches=request.param,
        responder_deadline_s=60.0,
        drain_s=1.0,
    )
    await registry.adapter("responders", "llm").warm()
    async with opened(chosen, name="test", pool_size=6) as app:
        yield app


async def writing(app: App, shop: Shop, customers: int) -> None:
    """So many customers write one message each, due at once; the workers are told."""
    await shop.write("update inbox set window_ms = 0")
    messages = (shop.message(who=f"c{shop.account}.{n}") for n in range(customers))
    app.hints.accepted(await shop.receive(*messages))


async def ended(shop: Shop) -> int:
    found: int = await shop.one("select count(*) from batch")
    return found


async def test_a_long_queue_before_a_slow_model_delays_no_other_merchant(
    app: App,
) -> None:
    nobody = Provider(url="http://127.0.0.1:9")  # where the answers go is not our business here
    bulk, small = [await connected_shop(app.database, nobody) for _ in range(2)]
    async with slow_model() as model:
        async with app.database.deed(bulk.merchant) as connection:
            assistant = await assistants.add(
                connection, bulk.merchant, name="بطيء", **model.assistant
            )
            await connection.execute("update inbox set assistant_id = $1", assistant)
        await writing(app, bulk, 300)
        stop = asyncio.Event()
        working = asyncio.create_task(work(app, stop, holder="test"))
        try:
            await model.until_asked(1)
            for _ in range(5):
                await asyncio.sleep(0.1)  # the long queue takes all that it is given
                started = time.monotonic()
                before = await ended(small)
                await writing(app, small, 1)
                async with asyncio.timeout(10):
                    while await ended(small) == before:
                        await asyncio.sleep(0.01)
                assert time.monotonic() - started < LATE_S_MAX
                await small.write("update conversation set state = 'bot'")
            assert SLOTS / 2 < model.asked < SLOTS
        finally:
            model.gate.set()
            stop.set()
            await working


merchants = st.integers(1, 5)
held = st.dictionaries(merchants, st.integers(1, 20), max_size=5)
entries = st.lists(st.tuples(merchants, st.integers(1, 999)), max_size=60)


@given(entries, held, st.integers(0, 40))
def test_sharing_serves_in_order_and_loses_nothing(
    asked: list[tuple[int, int]], slots: dict[int, int], free: int
) -> None:
    served, kept_back = shared_out(asked, slots, free)
    assert Counter(served + kept_back) == Counter(asked)
    assert len(served) <= free
    for merchant in {m for m, _ in asked}:
        mine = [entry for entry in asked if entry[0] == merchant]
        assert mine == [e for e in served if e[0] == merchant] + [
            e for e in kept_back if e[0] == merchant
        ]


@given(entries, held, st.integers(1, 40))
def test_whoever_holds_nothing_gets_a_slot_while_one_is_free(
    asked: list[tuple[int, int]], slots: dict[int, int], free: int
) -> None:
    served, _ = shared_out([*asked, (99, 1)], slots, free)
    assert (99, 1) in served or len(served) == free


@pytest.mark.parametrize("greedy", [1, 2, 3, 5])
def test_however_long_their_queues_the_greedy_leave_slots_free(greedy: int) -> None:
    queue = [(n % greedy, n) for n in range(1000)]
    served, _ = shared_out(queue, {}, 64)
    slots = Counter(merchant for merchant, _ in served)
    free = 64 - len(served)
    assert free >= 64 // (SHARE_OF_FREE * greedy + 1)
    assert len(served) >= 64 * greedy * SHARE_OF_FREE // (greedy * SHARE_OF_FREE + 1)
    assert sorted(full(slots, free)) == list(range(greedy))
