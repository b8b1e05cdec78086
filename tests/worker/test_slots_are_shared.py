"""One merchant's queue and slow model leave room for another's customer (traps 17 and 20, Q8)."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worker_ground import Provider, connected_shop, settings

from hudhud import registry
from hudhud.core.app import App, opened
from hudhud.store import assistants
from hudhud.worker.run import work
from hudhud.worker.sharing import SHARE_OF_FREE, full, room
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
            waited_s = []
            for _ in range(5):
                await asyncio.sleep(0.1)  # the long queue takes all that it is given
                started = time.monotonic()
                before = await ended(small)
                await writing(app, small, 1)
                async with asyncio.timeout(30):
                    while await ended(small) == before:
                        await asyncio.sleep(0.01)
                waited_s.append(time.monotonic() - started)
                await small.write("update conversation set state = 'bot'")
            assert median(waited_s) < LATE_S_MAX  # a busy machine may be late by itself
            assert SLOTS / 2 < model.asked < SLOTS
        finally:
            model.gate.set()
            stop.set()
            await working


held = st.dictionaries(st.integers(1, 5), st.integers(1, 20), max_size=5)


@given(held, st.integers(1, 40))
def test_whoever_is_not_full_may_have_all_that_is_taken_at_once(
    slots: dict[int, int], free: int
) -> None:
    taken = room(slots, free)
    assert 1 <= taken <= free
    for merchant in {*slots, 99} - {*full(slots, free)}:
        # It has not its share before the last one.
        before = slots.get(merchant, 0) + taken - 1
        assert full({merchant: before}, free - taken + 1) == []


@given(held, st.integers(1, 40))
def test_one_more_would_be_too_many_for_somebody(slots: dict[int, int], free: int) -> None:
    taken = room(slots, free)
    others = {*slots, 99} - {*full(slots, free)}
    assert any(full({m: slots.get(m, 0) + taken}, free - taken) for m in others)


@pytest.mark.parametrize("greedy", [1, 2, 3, 5])
def test_however_long_their_queues_the_greedy_leave_slots_free(greedy: int) -> None:
    slots: Counter[int] = Counter()
    while waiting := {*range(greedy)} - {*full(slots, 64 - slots.total())}:
        slots[min(waiting, key=slots.__getitem__)] += 1  # merchants take turns
    free = 64 - slots.total()
    assert free >= 64 // (SHARE_OF_FREE * greedy + 1)
    assert slots.total() >= 64 * greedy * SHARE_OF_FREE // (greedy * SHARE_OF_FREE + 1)
