"""What a message costs in calls: commits, statements, engine round trips and bytes, all counted.

Counted by the engines themselves: `pg_stat_statements` and Valkey's `INFO`. First webhooks come
while the workers are stopped, so that everything belongs to the web process; then they go on and
find a backlog. What processes ask for themselves in the same time is taken off.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.arguments import Chosen
from bench.figures import Figure, Goal, Row
from bench.ground import STATEMENTS, Ground, ground

BURST = 5
IN_FLIGHT = 64
IDLE_S = 3.0
READING = 4  # begin read only, whose rows, the question, commit: an inbox is looked up again
WARM = 500
WORKERS = (1, 2, 4, 8)
SCALES = Goal("≤", 1.3)
# What is asked for batches that are under way; delivering, sweeping and reporting go on beside it.
NOT_ANSWERING = (
    *("begin_sends", "end_sends", "sweep", "due_", "waiting", "count_messages", "mend"),
    *("unknown_to_person", "switch", "breaker", "release_holder", "renew"),
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Counters at one moment, or what they grew by."""

    statements: dict[str, float]
    engine: dict[str, float]

    def without(self, other: _Counted, times: float = 1.0) -> _Counted:
        return _Counted(
            {k: v - times * other.statements.get(k, 0) for k, v in self.statements.items()},
            {k: v - times * other.engine.get(k, 0) for k, v in self.engine.items()},
        )

    def of(self, word: str) -> float:
        return sum(n for text, n in self.statements.items() if word in text)

    @property
    def all(self) -> float:
        return sum(self.statements.values())

    @property
    def answering(self) -> float:
        return sum(
            n for text, n in self.statements.items() if not any(w in text for w in NOT_ANSWERING)
        )

    @property
    def trips(self) -> float:
        # A pipeline that the engine reads at once is one round trip.
        return self.engine["total_reads_processed"]

    @property
    def engine_bytes(self) -> float:
        return self.engine["total_net_input_bytes"] + self.engine["total_net_output_bytes"]


async def measure(chosen: Chosen) -> list[Row]:
    """The row `calls`.

    Raises:
        RuntimeError: a message was not answered.
    """
    count = chosen.messages or 5_000
    async with ground(chosen.place("calls"), settings=STATEMENTS) as on:
        await _count_statements(on)
        rounds = [await _round(on, count, workers=1) for _ in range(chosen.rounds)]
    per_group = [(web, web.of("accept("), work, work.of("from claim(")) for web, work in rounds]
    figures = [
        Figure(
            "statements that may write, each its own commit, per group",
            "statements",
            [
                (web.all - READING * web.of("begin read only")) / groups
                for web, groups, _, _ in per_group
            ],
            Goal("≤", 1.0),
        ),
        Figure(
            "webhooks in a group",
            "webhooks",
            [count / groups for _, groups, _, _ in per_group],
        ),
        Figure(
            "statements from claim to commit, per group of batches",
            "statements",
            [work.answering / claims for _, _, work, claims in per_group],
            Goal("≤", 3.0),
        ),
        Figure(
            "engine round trips per group of batches or of sends",
            "trips",
            # All there are: hints, sends, live pages and waiting too. Of the two that a group may
            # cost from its claim to its commit, tests count each (test_answers_together).
            [work.trips / (claims + work.of("begin_sends(")) for _, _, work, claims in per_group],
        ),
        Figure("batches in a group", "batches", [count / BURST / c for _, _, _, c in per_group]),
        *_per_message([web for web, *_ in per_group], count, "web"),
        *_per_message([work for _, _, work, _ in per_group], count, "worker"),
    ]
    web, work = rounds[-1]
    notes = [*_most_called("web", web, count), *_most_called("worker", work, count)]
    return [Row("calls", "Calls and statements, counted by the engines", figures, notes)]


async def processes(chosen: Chosen) -> list[Row]:
    """The row `processes`: the same counts per message from one to eight workers.

    Raises:
        RuntimeError: a message was not answered.
    """
    count = chosen.messages or 10_000
    found: dict[int, list[_Counted]] = {workers: [] for workers in WORKERS}
    async with ground(chosen.place("processes"), settings=STATEMENTS) as on:
        await _count_statements(on)
        for _ in range(chosen.rounds):
            for workers in WORKERS:
                found[workers].append((await _round(on, count, workers=workers))[1])
    figures = [
        figure
        for workers, works in found.items()
        for figure in _per_message(works, count, f"{workers} worker processes")
    ]
    first, last = found[WORKERS[0]], found[WORKERS[-1]]
    values: dict[str, Callable[[_Counted], float]] = {
        "statements": lambda one: one.all,
        "engine round trips": lambda one: one.trips,
        "engine bytes": lambda one: one.engine_bytes,
    }
    for what, value in values.items():
        growth = [value(many) / value(one) for one, many in zip(first, last, strict=True)]
        figures.append(Figure(f"{what}: eight workers over one", "×", growth, SCALES))
    return [Row("processes", "Calls per message from 1 to 8 processes", figures)]


async def _round(on: Ground, count: int, *, workers: int) -> tuple[_Counted, _Counted]:
    """What the web process asked for these webhooks, then what the workers asked for them."""
    inbox = await on.inbox(batch_max=BURST)
    warm, webhooks = (
        on.webhooks(inbox, many, conversations=many // BURST, burst=BURST, newcomers=True)
        for many in (WARM, count)
    )
    with on.web(), on.workers(workers) as running:
        # Who writes to whom is known, every connection open; then only the web process works.
        await on.post(inbox, warm)
        await on.answered(inbox)
        for worker in running:
            worker.pause()
        alone = await _idle(on, IDLE_S)
        before = await _counted(on)
        posted = await on.post(inbox, webhooks, in_flight=IN_FLIGHT)
        between, began_s = await _counted(on), time.monotonic()
        for worker in running:
            worker.resume()
        await on.answered(inbox)
        after, took_s = await _counted(on), time.monotonic() - began_s
        together = await _idle(on, took_s)
    web = between.without(before).without(alone, (posted.ended_s - posted.began_s) / IDLE_S)
    return web, after.without(between).without(together)


async def _idle(on: Ground, seconds: float) -> _Counted:
    """What processes ask for themselves, work or not."""
    before = await _counted(on)
    await asyncio.sleep(seconds)
    return (await _counted(on)).without(before)


async def _count_statements(on: Ground) -> None:
    await on.administer("create extension pg_stat_statements", database="hudhud")
    await on.administer("grant pg_read_all_stats to hudhud_owner")


async def _counted(on: Ground) -> _Counted:
    rows = await on.fetch(
        """select lower(query) as query, sum(calls)::float8 as calls from pg_stat_statements s
           join pg_roles r on r.oid = s.userid where r.rolname = 'hudhud_app' group by 1"""
    )
    return _Counted({row["query"]: row["calls"] for row in rows}, await on.engine())


def _per_message(found: list[_Counted], count: int, who: str) -> list[Figure]:
    return [
        Figure(f"{who}: statements", "per message", [one.all / count for one in found]),
        Figure(f"{who}: engine round trips", "per message", [one.trips / count for one in found]),
        Figure(f"{who}: engine bytes", "bytes", [one.engine_bytes / count for one in found]),
    ]


def _most_called(who: str, found: _Counted, count: int) -> list[str]:
    called = sorted(found.statements.items(), key=lambda item: -item[1])[:8]
    return [
        f"{who}, {calls / count * BURST:.2f} a batch: {' '.join(text.split())[:110]}"
        for text, calls in called
        if calls >= 1
    ]
