"""What happens over time and size: an hour of load, a million that wait, ten million stored."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Mapping

from bench.arguments import Chosen
from bench.figures import Curve, Figure, Goal, Row
from bench.ground import Ground, ground
from bench.processes import cpu_s
from hudhud.model import Inbox
from hudhud.ops.engines import start_postgresql
from hudhud.ops.growth.costs import OF_A_BATCH, costs, per_batch
from hudhud.ops.growth.filling import fill_folder
from hudhud.ops.growth.plans import listening
from hudhud.ops.growth.shape import Shape

BURST = 5
LATER_MS = 600_000
PER_S = 200
CUSTOMERS = 5_000
PIECE_S = 60
SAMPLE_S = 5.0
WARM_SHARE = 0.2  # as R5 asks: minute 10 over minute 2
SLOPE = Goal("≤", 1.05)
WAITING = (1_000, 10_000, 100_000, 1_000_000)
STORED = (100_000, 10_000_000)
MESSAGES_PER_CONVERSATION = 10
WITHIN = Goal("≤", 1.3)
ANSWERED = 10_000


async def slope(chosen: Chosen) -> list[Row]:
    """The row `slope`: memory of web, worker and engine under steady load.

    Raises:
        RuntimeError: a message was not accepted or not answered.
    """
    samples: dict[str, list[tuple[float, float]]] = {"web": [], "worker": [], "engine": []}
    async with ground(chosen.place("slope")) as on:
        inbox = await on.inbox()
        with on.web() as web, on.workers() as (worker,):
            started = time.monotonic()
            load = asyncio.create_task(_steady(on, inbox, chosen.minutes))
            while not load.done():
                minutes = (time.monotonic() - started) / 60
                samples["web"].append((minutes, web.rss_bytes / 1e6))
                samples["worker"].append((minutes, worker.rss_bytes / 1e6))
                samples["engine"].append((minutes, (await on.engine())["used_memory"] / 1e6))
                await asyncio.wait({load}, timeout=SAMPLE_S)
            load.result()
            await on.answered(inbox)
    figures = []
    for name, points in samples.items():
        warm = points[int(len(points) * WARM_SHARE) :]
        line = statistics.linear_regression(*zip(*warm, strict=True))
        grown = warm[-1][1] / warm[0][1]
        goal = None if name == "engine" else SLOPE
        figures.append(Figure(f"{name}: end over the first fifth", "×", [grown], goal))
        figures.append(Figure(f"{name}: slope", "MB/hour", [line.slope * 60]))
    lines = [Curve(name, "minutes", "MB", points) for name, points in samples.items()]
    title = f"Memory over {chosen.minutes:g} minutes of {PER_S} messages/s"
    return [Row("slope", title, figures, (), lines)]


async def waiting(chosen: Chosen) -> list[Row]:
    """The row `waiting`: processor time per answered message while ever more others wait.

    Raises:
        RuntimeError: filling took longer than the window, so that those who waited were answered.
    """
    most = chosen.messages or WAITING[-1]
    levels = [level for level in WAITING if level <= most]
    found: dict[int, dict[str, float]] = {}
    async with ground(chosen.place("waiting")) as on:
        inbox = await on.inbox(window_ms=LATER_MS, batch_max=1000)
        with on.web() as web:
            there = 0
            for level in levels:
                await _wait(on, inbox, level - there)
                there = level
                # What PostgreSQL still owes to those who came is no part of what answers cost.
                await on.owner.execute("vacuum analyze")
                found[level] = await _cpu_us(on, web.pid)
                if await on.one(UNANSWERED, inbox.id) != level:
                    raise RuntimeError("those who waited became due meanwhile; this is too slow")
    parts = list(found[levels[0]])
    figures = [
        Figure(f"{part}, {level:,} waiting", "µs/message", [found[level][part]])
        for part in parts
        for level in levels
    ]
    all_us = {level: sum(one.values()) for level, one in found.items()}
    grown = [all_us[levels[-1]] / all_us[levels[0]]]
    name = f"all together, {levels[-1]:,} over {levels[0]:,}"
    figures.append(Figure(name, "×", grown, WITHIN))
    lines = [
        Curve(part, "waiting conversations", "µs/message", [(n, found[n][part]) for n in levels])
        for part in parts
    ]
    return [Row("waiting", "Processor time per message as more wait", figures, (), lines)]


async def stored(chosen: Chosen) -> list[Row]:
    """The row `stored`: pages that one batch touches, with few and with many messages stored.

    Raises:
        HudhudError: the disk has no room for so many.
    """
    pages: dict[int, float] = {}
    plans: dict[int, Mapping[str, frozenset[str]]] = {}
    sizes = (STORED[0], chosen.messages or STORED[-1])
    for count in sizes:
        folder = chosen.place("stored")
        shape = Shape(count, count // MESSAGES_PER_CONVERSATION)
        await asyncio.to_thread(fill_folder, folder, shape, print)
        postgresql = await asyncio.to_thread(start_postgresql, folder)
        try:
            admin = postgresql.admin_url.replace("/postgres?", "/hudhud?")
            async with listening(admin, postgresql.app_url, "hudhud_app") as ear:
                found = await costs(ear)
        finally:
            await asyncio.to_thread(postgresql.stop)
        pages[count] = per_batch(found)
        plans[count] = {
            one.statement: one.indexes
            for cost in found
            for one in cost.plans
            if cost.name in OF_A_BATCH
        }
    few, many = sizes
    differing = [text for text, used in plans[few].items() if plans[many].get(text, used) != used]
    figures = [
        *(Figure(f"pages per batch, {n:,} stored", "pages", [pages[n]]) for n in sizes),
        Figure("pages, many over few", "×", [pages[many] / pages[few]], WITHIN),
        Figure("statements that use other indexes", "statements", [len(differing)], Goal("≤", 0)),
    ]
    return [Row("stored", "What a batch reads as more is stored", figures, differing)]


UNANSWERED = """select count(*) from message
    where inbox_id = $1 and direction = 'in' and wakes and batch_id is null"""


async def _steady(on: Ground, inbox: Inbox, minutes: float) -> None:
    ends_at = time.monotonic() + minutes * 60
    while (left_s := ends_at - time.monotonic()) > 0:
        count = int(min(PIECE_S, left_s) * PER_S)
        webhooks = on.webhooks(
            inbox, max(count, 1), conversations=CUSTOMERS, burst=BURST, newcomers=False
        )
        await on.post(inbox, webhooks, per_s=PER_S)


async def _wait(on: Ground, inbox: Inbox, count: int) -> None:
    for first in range(0, count, 50_000):
        piece = min(50_000, count - first)
        letters = on.webhooks(inbox, piece, conversations=piece, newcomers=True)
        await on.send(inbox, letters)


async def _cpu_us(on: Ground, web_pid: int) -> dict[str, float]:
    """Microseconds of processor per message of bursts that are answered beside those who wait."""
    inbox = await on.inbox(batch_max=BURST)
    webhooks = on.webhooks(
        inbox, ANSWERED, conversations=ANSWERED // BURST, burst=BURST, newcomers=True
    )
    with on.workers() as (worker,):
        pids = {
            "web": web_pid,
            "worker": worker.pid,
            "PostgreSQL": on.postgresql.pid,
            "Valkey": on.valkey.pid,
        }
        before = {name: cpu_s(pid) for name, pid in pids.items()}
        await on.post(inbox, webhooks)
        await on.answered(inbox)
        return {name: (cpu_s(pid) - before[name]) / ANSWERED * 1e6 for name, pid in pids.items()}
