"""Acknowledgement: how long a provider waits for its 200, counted from the intended moment."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bench.arguments import Chosen
from bench.client import Posted
from bench.figures import Curve, Figure, Goal, Row, percentile, percentiles
from bench.ground import Ground, ground
from bench.machine import sync_p99_ms
from hudhud.model import Inbox

CUSTOMERS = 2_000
SECONDS = 10
LATER_MS = 600_000
SYNCS = 3.0  # times the disk's own: where the disk is slow, nothing above it is faster
RATES = {500: 10.0, 4_000: 50.0}
INJECTED_MS = 2.0
# PostgreSQL itself sleeps so long before each flush of its log, while it holds the lock under
# which the log is written: the next commits wait as they would for a slower disk.
SLOWER = f"alter system set commit_delay = {INJECTED_MS * 1000:.0f}"
ALWAYS = "alter system set commit_siblings = 0"
AS_IT_WAS = "alter system reset all"
RELOAD = "select pg_reload_conf()"


@dataclass(slots=True)
class _Case:
    per_s: int
    injected_ms: float
    posted: list[Posted]
    sync_ms: list[float]

    @property
    def name(self) -> str:
        slower = f", fsync {self.injected_ms:g} ms slower" if self.injected_ms else ""
        return f"{self.per_s:,}/s{slower}"

    def figures(self) -> list[Figure]:
        disk_ms = percentile(self.sync_ms, 0.5) + self.injected_ms
        goal = Goal("≤", max(RATES[self.per_s], SYNCS * disk_ms))
        p50, p99 = ([percentile(p.waits_ms, s) for p in self.posted] for s in (0.5, 0.99))
        return [
            Figure(f"{self.name}, p50", "ms", p50),
            Figure(f"{self.name}, p99", "ms", p99, goal),
        ]

    def curve(self) -> Curve:
        return percentiles(self.name, [wait for one in self.posted for wait in one.waits_ms])


async def measure(chosen: Chosen) -> list[Row]:
    """The row `acknowledgement`: both rates, on the disk as it is and on one 2 ms slower.

    Raises:
        RuntimeError: an answer was not 200, or a message is not in the database.
    """
    cases = [_Case(rate, slow, [], []) for slow in (0.0, INJECTED_MS) for rate in RATES]
    async with ground(chosen.place("acknowledgement")) as on:
        inbox = await on.inbox(window_ms=LATER_MS, batch_max=1000)
        with on.web():
            await _take(on, inbox, 1_000, 2_000)
            await on.owner.execute("analyze")
            for _ in range(chosen.rounds):
                for case in cases:
                    case.sync_ms.append(await asyncio.to_thread(sync_p99_ms, on.folder))
                    await _slow_down(on, case.injected_ms)
                    count = chosen.messages or case.per_s * SECONDS
                    case.posted.append(await _take(on, inbox, case.per_s, count))
    figures = [figure for case in cases for figure in case.figures()]
    sync_ms = [one for case in cases for one in case.sync_ms]
    late_ms = [one.own_late_ms for case in cases for one in case.posted]
    figures.append(Figure("the disk's own fdatasync, p99", "ms", sync_ms))
    figures.append(Figure("left late, p99: client or connections (contained above)", "ms", late_ms))
    spooled = [float(one.spooled) for case in cases for one in case.posted]
    figures.append(Figure("webhooks that the spool took", "webhooks", spooled))
    title = "Acknowledgement, open model: from the intended send time to the 200"
    notes = [
        "The slower fsync is PostgreSQL's own pause before each flush of its log: commit_delay"
    ]
    return [Row("acknowledgement", title, figures, notes, [case.curve() for case in cases])]


async def _take(on: Ground, inbox: Inbox, per_s: int, count: int) -> Posted:
    webhooks = on.webhooks(inbox, count, conversations=CUSTOMERS, newcomers=False)
    return await on.post(inbox, webhooks, per_s=per_s)


async def _slow_down(on: Ground, injected_ms: float) -> None:
    for statement in (*((SLOWER, ALWAYS) if injected_ms else (AS_IT_WAS,)), RELOAD):
        await on.administer(statement)
    wanted = f"{injected_ms * 1000:.0f}"
    async with asyncio.timeout(10):
        while await on.one("select current_setting('commit_delay')") != wanted:  # noqa: ASYNC110 - a server's setting
            await asyncio.sleep(0.01)
