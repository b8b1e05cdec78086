"""Valkey forgets, dies and comes back: it only ever held hints (law 1, Q7, Q8)."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from typing import Any

from shops import Shop, ledger

QUESTIONS = ("السلام عليكم", "عندكم قميص كتان؟", "كم سعره؟")


async def test_a_flushed_queue_loses_no_message(shop: Shop, ground: Any) -> None:
    for customer in range(1, 11):
        await shop.say(*QUESTIONS, by=customer, delivery="one_webhook")
    await acknowledged(shop, 30)
    await flush(ground.valkey.url)
    await shop.answered(10)
    assert await ledger(shop) == {"accepted": 30, "lost": 0, "twice": 0}


async def test_a_queue_that_is_killed_and_restarted_loses_no_message(
    shop: Shop, ground: Any
) -> None:
    await shop.say(*QUESTIONS, by=1)
    await acknowledged(shop, 3)
    ground.valkey.kill()
    for customer in range(2, 8):
        await shop.say(*QUESTIONS, by=customer, delivery="one_webhook")
    await shop.answered(7)
    ground.valkey.restart()
    for customer in range(8, 11):
        await shop.say(*QUESTIONS, by=customer, delivery="one_webhook")
    await shop.answered(10)
    assert await ledger(shop) == {"accepted": 30, "lost": 0, "twice": 0}


async def test_a_queue_that_hangs_does_not_delay_the_acknowledgement(
    shop: Shop, ground: Any
) -> None:
    os.kill(ground.valkey.pid, signal.SIGSTOP)
    try:
        slowest = 0.0
        for place in range(10):
            started = time.monotonic()
            assert (
                await shop.post(shop.body(f"wamid.hang.{shop.number}.{place}", by=place + 1)) == 200
            )
            slowest = max(slowest, time.monotonic() - started)
        assert slowest < 1.0
        shop.said += [f"wamid.hang.{shop.number}.{place}" for place in range(10)]
        await shop.answered(10)
    finally:
        os.kill(ground.valkey.pid, signal.SIGCONT)
    assert len(await shop.sends()) == 10


async def test_a_web_process_killed_between_commit_and_schedule_loses_no_message(
    shop: Shop, ground: Any
) -> None:
    house = ground.house
    assert house.worker.stop() == 0
    ground.valkey.kill()
    await shop.say(*QUESTIONS, delivery="one_webhook")
    await acknowledged(shop, 3)
    house.web.kill()
    ground.valkey.restart()
    house.web.start()
    house.restart(house.worker)
    await shop.answered(1)
    assert len(await shop.sends()) == 1
    assert await ledger(shop) == {"accepted": 3, "lost": 0, "twice": 0}


async def acknowledged(shop: Shop, count: int) -> None:
    async with asyncio.timeout(10):
        while sum(i["http_status"] == 200 for i in (await shop.history())["inbound"]) < count:
            await asyncio.sleep(0.01)


async def flush(url: str) -> None:
    reader, writer = await asyncio.open_unix_connection(url.removeprefix("unix://"))
    writer.write(b"FLUSHALL\r\nSCRIPT FLUSH\r\n")
    for _ in range(2):
        assert await reader.readline() == b"+OK\r\n"
    writer.close()
    await writer.wait_closed()
