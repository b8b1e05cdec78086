"""The figures that were asked for (Q10): nothing lost, all answered in time, in little memory."""

from __future__ import annotations

import asyncio
from typing import Any

from hudhud.queue.client import connect
from processes import slowness
from shops import Shop, ledger

ENGINE_BYTES_MAX = 50 * 1024 * 1024
LONGEST_S = 8.0


async def engine_bytes(url: str) -> int:
    """What Valkey holds, by its own word."""
    valkey = await connect(url)
    try:
        told = (await valkey.send("INFO", "memory")).decode()
    finally:
        await valkey.close()
    return int(told.partition("used_memory:")[2].split()[0])


async def longest_s(shop: Shop) -> float:
    """From a customer's first word until the provider had the answer to it, the longest of all."""
    longest = await shop.value(
        """select extract(epoch from max(o.accepted_at - m.first)) from outbox o
           join (select batch_id, min(accepted_at) as first from message
                 where merchant_id = $1 and direction = 'in' group by 1) m using (batch_id)"""
    )
    return float(longest)


async def test_a_hundred_contacts_at_once_are_all_answered_in_time(shop: Shop, home: Any) -> None:
    await asyncio.gather(*(shop.say("عندكم قميص كتان؟", by=place) for place in range(1, 101)))
    await shop.answered(100, seconds=60)
    assert await ledger(shop) == {"accepted": 100, "lost": 0, "twice": 0}
    assert await longest_s(shop) < LONGEST_S * slowness()
    assert await engine_bytes(home.queue_url) <= ENGINE_BYTES_MAX


async def test_a_hundred_messages_within_ten_seconds_are_all_answered(
    shop: Shop, home: Any
) -> None:
    texts = ("سلام", "عندكم قميص كتان؟", "كم سعره", "شنو المقاسات؟", "والتوصيل؟")
    async with asyncio.timeout(10):
        await asyncio.gather(*(shop.say(*texts, by=place) for place in range(1, 21)))
    await shop.answered(20, seconds=60)
    assert await ledger(shop) == {"accepted": 100, "lost": 0, "twice": 0}
    assert await longest_s(shop) < LONGEST_S * slowness()
    assert await engine_bytes(home.queue_url) <= ENGINE_BYTES_MAX
