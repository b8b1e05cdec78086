from __future__ import annotations

import asyncio
import time
from contextlib import aclosing

import pytest
from queue_until import until

from hudhud.ops.engines import ValkeyEngine
from hudhud.queue.client import Valkey
from hudhud.queue.link import CALL_S
from hudhud.queue.signals import SIGNALS_WAITING_MAX, Signals

REFRESH = {"refresh": True}


@pytest.fixture
async def signals(client: Valkey):
    signals = Signals(client)
    yield signals
    await signals.close()


async def test_a_signal_reaches_every_page_of_its_merchant_and_of_no_other(signals: Signals):
    async with (
        aclosing(signals.listen(1)) as one,
        aclosing(signals.listen(1)) as same,
        aclosing(signals.listen(2)) as other,
    ):
        for page in (one, same, other):
            assert await anext(page) == REFRESH
        await signals.publish(1, {"conversation": 5})
        await signals.publish(2, {"conversation": 6})
        assert await anext(one) == {"conversation": 5}
        assert await anext(same) == {"conversation": 5}
        assert await anext(other) == {"conversation": 6}


async def test_the_first_signal_is_a_refresh_once_the_subscription_stands(
    signals: Signals, client: Valkey
):
    async with aclosing(signals.listen(1)) as page:
        assert await anext(page) == REFRESH
        assert await client.send("PUBLISH", "hudhud:live:1", "{}") == 1


async def test_a_closed_page_ends_the_subscription(signals: Signals, client: Valkey):
    async with aclosing(signals.listen(1)) as page:
        await anext(page)

    async def nobody_hears() -> bool:
        return await client.send("PUBLISH", "hudhud:live:1", "{}") == 0

    await until(nobody_hears)
    assert not signals._listeners


async def test_a_slow_page_is_told_to_refresh_and_does_not_grow(signals: Signals):
    async with aclosing(signals.listen(1)) as slow, aclosing(signals.listen(1)) as quick:
        await anext(slow)
        await anext(quick)
        for number in range(SIGNALS_WAITING_MAX + 1):
            await signals.publish(1, {"number": number})
            assert await anext(quick) == {"number": number}
        assert await anext(slow) == REFRESH
        await signals.publish(1, {"number": -1})
        assert await anext(slow) == {"number": -1}


async def test_pages_go_on_while_valkey_is_away_and_after(
    own_engine: ValkeyEngine, own_client: Valkey
):
    signals = Signals(own_client, refresh_s=0.05)
    async with asyncio.timeout(30), aclosing(signals.listen(1)) as page:
        assert await anext(page) == REFRESH
        own_engine.kill()
        for _ in range(3):
            assert await anext(page) == REFRESH
        asked_at = time.monotonic()
        await signals.publish(1, {"lost": True})
        assert time.monotonic() - asked_at < CALL_S  # nobody waits for an answer
        await asyncio.to_thread(own_engine.restart)

        async def heard() -> bool:
            return own_client.healthy and await own_client.send("PUBLISH", "hudhud:live:1", "{}")

        await until(heard)
        await signals.publish(1, {"back": True})
        async for signal in page:
            if signal == {"back": True}:
                break
            assert signal in (REFRESH, {})
    await signals.close()


async def test_a_page_that_opens_while_valkey_is_away_refreshes(
    own_engine: ValkeyEngine, own_client: Valkey
):
    own_engine.kill()
    signals = Signals(own_client, refresh_s=0.02)
    async with asyncio.timeout(20), aclosing(signals.listen(1)) as page:
        assert await anext(page) == REFRESH
    await signals.close()


async def test_a_large_signal_becomes_a_refresh(signals: Signals):
    async with aclosing(signals.listen(1)) as page:
        await anext(page)
        await signals.publish(1, {"text": "ه" * 5_000})
        assert await anext(page) == REFRESH


async def test_an_unreadable_signal_becomes_a_refresh(signals: Signals, client: Valkey):
    async with aclosing(signals.listen(1)) as page:
        await anext(page)
        await client.send("PUBLISH", "hudhud:live:1", "not json")
        assert await anext(page) == REFRESH
