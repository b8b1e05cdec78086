"""What a message costs in calls: commits, statements, engine round trips and bytes, all counted.

Counted by the engines themselves: `pg_stat_statements` and Valkey's `INFO`. First webhooks come
and no worker runs, so that everything belongs to the web process; then workers find a backlog.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bench.arguments import Chosen
from bench.figures import Figure, Goal, Row
from bench.ground import STATEMENTS, Ground, ground

BURST = 5
IN_FLIGHT = 64
IDLE_S = 3.0
WORKERS = (1, 2, 4, 8)
SCALES = Goal("≤", 1.3)
# Claim to commit; what delivers, sweeps or reports runs beside it.
ANSWERING = (
    "claim(",
    "context(",
    "finish(",
    "search",
    "product",
    "faq",
    "set_config",
    "begin",
    "commit",
)
DELIVERING = ("begin_sends(", "end_sends(")


@dataclass(frozen=True, slots=True)
class _Counted:
    """Counters at one moment, or what they grew by."""

    commits: float
    statements: dict[str, float]
    engine: dict[str, float]

    def since(self, before: _Counted) -> _Counted:
        return _Counted(
            self.commits - before.commits,
            {k: v - before.statements.get(k, 0) for k, v in self.statements.items()},
            {k: v - before.engine.get(k, 0) for k, v in self.engine.items()},
        )

    def of(self, *words: str) -> float:
        return sum(n for text, n in self.statements.items() if any(w in text for w in words))

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
        await on.administer("create extension pg_stat_statements", database="hudhud")
        rounds = [await _round(on, count, workers=1) for _ in range(chosen.rounds)]
    per_group = [(web, web.of("accept("), work, work.of("from claim(")) for web, work in rounds]
    figures = [
        Figure(
            "commits per group of webhooks",
            "commits",
            [web.commits / groups for web, groups, _, _ in per_group],
            Goal("≤", 1.0),
        ),
        Figure(
            "webhooks in a group", "webhooks", [count / groups for _, groups, _, _ in per_group]
        ),
        Figure(
            "statements from claim to commit, per group of batches",
            "statements",
            [_answering(work) / claims for _, _, work, claims in per_group],
            Goal("≤", 3.0),
        ),
        Figure(
            "engine round trips per group of batches",
            "trips",
            [work.engine["total_reads_processed"] / claims for _, _, work, claims in per_group],
            Goal("≤", 2.0),
        ),
        Figure("batches in a group", "batches", [count / BURST / c for _, _, _, c in per_group]),
        *_per_message([web for web, *_ in per_group], count, "web"),
        *_per_message([work for _, _, work, _ in per_group], count, "worker"),
    ]
    notes = _most_called(rounds[-1][1], count)
    return [Row("calls", "Calls and statements, counted by the engines", figures, notes)]


async def processes(chosen: Chosen) -> list[Row]:
    """The row `processes`: the same counts per message from one to eight workers.

    Raises:
        RuntimeError: a message was not answered.
    """
    count = chosen.messages or 10_000
    found: dict[int, list[_Counted]] = {workers: [] for workers in WORKERS}
    async with ground(chosen.place("processes"), settings=STATEMENTS) as on:
        await on.administer("create extension pg_stat_statements", database="hudhud")
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
        "statements": lambda one: sum(one.statements.values()),
        "engine calls": lambda one: one.engine["total_commands_processed"],
        "engine bytes": lambda one: one.engine_bytes,
    }
    for what, value in values.items():
        growth = [value(many) / value(one) for one, many in zip(first, last, strict=True)]
        figures.append(Figure(f"{what}: eight workers over one", "×", growth, SCALES))
    return [Row("processes", "Calls per message from 1 to 8 processes", figures)]


async def _round(on: Ground, count: int, *, workers: int) -> tuple[_Counted, _Counted]:
    """What the web process called for these webhooks, then what the workers called for them."""
    inbox = await on.inbox(batch_max=BURST)
    bursts = count // BURST
    webhooks = on.webhooks(inbox, count, conversations=bursts, burst=BURST, newcomers=True)
    with on.web():
        idle = await _counted(on)
        await asyncio.sleep(IDLE_S)
        started = await _counted(on)
        posted = await on.post(inbox, webhooks, in_flight=IN_FLIGHT)
        ended = await _counted(on)
    web = ended.since(started)
    # What the process does for itself, webhooks or not, and our own look at the counters.
    own = started.since(idle).commits * (posted.ended_s - posted.began_s) / IDLE_S
    web = _Counted(web.commits - own - 1, web.statements, web.engine)
    before = await _counted(on)
    with on.workers(workers):
        await on.answered(inbox)
        after = await _counted(on)
    return web, after.since(before)


async def _counted(on: Ground) -> _Counted:
    await on.owner.execute("select pg_stat_force_next_flush()")
    rows = await on.fetch(
        """select lower(query) as query, sum(calls)::float8 as calls from pg_stat_statements s
           join pg_roles r on r.oid = s.userid where r.rolname = 'hudhud_app' group by 1"""
    )
    commits = await on.one(
        "select xact_commit::float8 from pg_stat_database where datname = 'hudhud'"
    )
    return _Counted(commits, {row["query"]: row["calls"] for row in rows}, await on.engine())


def _answering(work: _Counted) -> float:
    return work.of(*ANSWERING) - work.of(*DELIVERING)


def _per_message(found: list[_Counted], count: int, who: str) -> list[Figure]:
    return [
        Figure(
            f"{who}: statements per message",
            "per message",
            [sum(one.statements.values()) / count for one in found],
        ),
        Figure(
            f"{who}: engine commands per message",
            "per message",
            [one.engine["total_commands_processed"] / count for one in found],
        ),
        Figure(
            f"{who}: engine bytes per message",
            "bytes",
            [one.engine_bytes / count for one in found],
        ),
    ]


def _most_called(work: _Counted, count: int) -> list[str]:
    called = sorted(work.statements.items(), key=lambda item: -item[1])[:12]
    return [
        f"{calls / count * BURST:.2f} a batch: {' '.join(text.split())[:110]}"
        for text, calls in called
        if calls
    ]
