"""Memory: of the engine while messages wait, and of our processes when nothing happens."""

from __future__ import annotations

import asyncio
import itertools

from bench.arguments import Chosen
from bench.figures import Curve, Figure, Goal, Row
from bench.ground import Ground, ground
from hudhud.model import Inbox

STEP = 10_000
STEPS = 10
LATER_MS = 600_000
REST_S = 3.0
SETTLE_S = 0.2
BYTES_PER_MB = 1e6


async def measure(chosen: Chosen) -> list[Row]:
    """The row `memory`: each waiting message is of another customer, the dearest case.

    Raises:
        RuntimeError: a webhook was not answered 200.
    """
    web_mb, worker_mb = [], []
    async with ground(chosen.place("memory")) as on:
        for _ in range(min(chosen.rounds, 3)):
            with on.web() as web, on.workers() as (worker,):
                await asyncio.sleep(REST_S)
                web_mb.append(web.rss_bytes / BYTES_PER_MB)
                worker_mb.append(worker.rss_bytes / BYTES_PER_MB)
        inbox = await on.inbox(window_ms=LATER_MS)
        used_mb = await _waiting(on, inbox, chosen.messages or STEP)
    growth = [after - before for before, after in itertools.pairwise(used_mb)]
    figures = [
        Figure("engine memory per 10 000 waiting messages", "MB", growth, Goal("≤", 2)),
        Figure("engine memory, one channel, 100 000 waiting", "MB", [used_mb[-1]], Goal("≤", 50)),
        Figure("web process at rest", "MB", web_mb, Goal("≤", 80)),
        Figure("worker process at rest", "MB", worker_mb, Goal("≤", 80)),
    ]
    points = [(float(step * STEP), used) for step, used in enumerate(used_mb)]
    curve = Curve("Valkey's used_memory", "waiting messages", "MB", points)
    notes = ["Each waiting message is of another customer: one hint each, the dearest case."]
    return [Row("memory", "Memory of the engine and of processes at rest", figures, notes, [curve])]


async def _waiting(on: Ground, inbox: Inbox, step: int) -> list[float]:
    used_mb = []
    with on.web():
        used_mb.append(await _used_mb(on))
        for _ in range(STEPS):
            letters = on.webhooks(inbox, step, conversations=step, newcomers=True)
            await on.post(inbox, letters)
            used_mb.append(await _used_mb(on))
    return used_mb


async def _used_mb(on: Ground) -> float:
    # Hints are sent and not waited for: look until nothing comes any more.
    before = -1.0
    used = (await on.engine())["used_memory"]
    while abs(used - before) > STEP:
        await asyncio.sleep(SETTLE_S)
        before, used = used, (await on.engine())["used_memory"]
    return used / BYTES_PER_MB
