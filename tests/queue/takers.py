"""Takers of one schedule, as the tests of the queue start them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from queue_until import until

from hudhud.queue.client import Valkey, connect
from hudhud.queue.schedule import Schedule

M = 7  # a merchant
# Long: only a take that nobody wakes waits it out, and comes back with nothing.
WAIT_S = 20.0


@asynccontextmanager
async def worker(url: str) -> AsyncIterator[Schedule]:
    """A taker with connections of its own, as another process has."""
    valkey = await connect(url)
    schedule = Schedule(valkey, "reply")
    yield schedule
    await schedule.close()
    await valkey.close()


async def asleep(
    schedule: Schedule, limit: int = 64, *, takers: int = 1
) -> asyncio.Task[list[tuple[int, int]]]:
    """A take that has read all heads and blocks on the wake tokens, the last of so many."""
    taking = asyncio.create_task(schedule.take(limit, wait_s=WAIT_S))
    await until(lambda: blocked(schedule._valkey, takers))
    return taking


async def blocked(valkey: Valkey, takers: int = 1) -> bool:
    return f"blocked_clients:{takers}\r" in (await valkey.send("INFO", "clients")).decode()
