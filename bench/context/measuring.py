"""The row `context`: each position at each distance, then with slow queries (P1 to P5)."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from bench.arguments import Chosen
from bench.context.slowness import SEED, SLOW_MS_MAX, SLOW_MS_MIN, slowed
from bench.context.walking import POSITIONS, Walker, switches_of, write
from bench.figures import Figure, Goal, Row
from bench.ground import STATEMENTS, Ground, ground
from bench.processes import cpu_s, free_port, running
from hudhud.store.lookups import NAMES
from hudhud.store.pool import Database
from hudhud.worker.run import POOL_SIZE

TRIPS_MS = (0.0, 1.0, 5.0)
# So far that nothing but round trips counts: by this they are counted.
FAR_MS = 50.0
BATCHES = 30
SLOW_BATCHES = 6
# Past what PostgreSQL plans anew, on every connection that there may be.
WARM_ROUNDS = 6
TRIPS_COUNTED = 11
CONVERSATIONS = 200
BURST = 5
BEFORE = "one_after_another"
SAVED_LOOK_UPS, SAVED_PATH = 0.65, 0.60
PATH_MS_MAX, MESSAGES_PER_S_MIN = 300.0, 150.0
TRIPS_MAX, STATEMENTS_MAX = 3.0, 4.0
SLOWEST = 1.1
_CALLS = """select coalesce(sum(s.calls), 0)::float8 from pg_stat_statements s
    join pg_roles r on r.oid = s.userid where r.rolname = 'hudhud_app'"""
_ANSWERING = f"{_CALLS} and s.query ~ '(claim|claim_due|context|finish|open_shelf)\\('"
_TOOK = """select extract(epoch from max(b.finished_at) - min(b.claimed_at))::float8 from batch b
    join conversation k on k.id = b.conversation_id where k.inbox_id = $1"""


Case = dict[str, "Found"]


@dataclass(slots=True)
class Found:
    """What one position gave in each round; ms, and per batch."""

    looked_ms: list[float] = field(default_factory=list)
    path_ms: list[float] = field(default_factory=list)
    statements: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    per_s: list[float] = field(default_factory=list)
    load_cpu_ms: list[float] = field(default_factory=list)
    trip_ms: list[float] = field(default_factory=list)
    trips: list[float] = field(default_factory=list)
    load_statements: list[float] = field(default_factory=list)


async def measure(chosen: Chosen) -> list[Row]:
    """The rows of `context`.

    Raises:
        RuntimeError: a batch was not answered.
    """
    async with ground(chosen.place("context"), settings=STATEMENTS) as on:
        await on.administer("create extension pg_stat_statements", database="hudhud")
        await on.administer("grant pg_read_all_stats to hudhud_owner")
        near = {trip_ms: await _case(on, trip_ms, chosen.rounds, BATCHES) for trip_ms in TRIPS_MS}
        near[FAR_MS] = await _case(on, FAR_MS, chosen.rounds, SLOW_BATCHES)
        slow_ms = await slowed(on.owner, NAMES)
        slow = await _case(on, 0.0, chosen.rounds, SLOW_BATCHES)
        await _load(on, slow, chosen.rounds, chosen.messages or CONVERSATIONS * BURST)
    told = ", ".join(f"{name.removeprefix('lookup_')} {ms:.0f}" for name, ms in slow_ms.items())
    return [
        *(_row(f"{trip_ms:.0f} ms", case) for trip_ms, case in near.items()),
        _trips(near),
        _slow_row(slow, [f"seed {SEED}, ms: {told}"]),
    ]


@asynccontextmanager
async def _at_distance(on: Ground, trip_ms: float) -> AsyncIterator[str]:
    """The URL of PostgreSQL behind a way that takes so long there and back."""
    url, port = urlsplit(on.postgresql.app_url), free_port()
    query = dict(parse_qsl(url.query))
    socket = f"{query['host']}/.s.PGSQL.{query.get('port', '5432')}"
    log = on.folder / f"distance-{port}.log"
    arguments = ["bench.context.distance", str(port), socket, str(trip_ms)]
    with running(arguments, on.environ, log, lambda process: process.said("listening")):
        login = url.netloc.rpartition("@")[0]
        yield f"postgresql://{login}@127.0.0.1:{port}{url.path}?sslmode=disable"


async def _case(on: Ground, trip_ms: float, rounds: int, batches: int) -> Case:
    found = {position: Found() for position in POSITIONS}
    inbox = await on.inbox(window_ms=0, batch_max=1)
    async with _at_distance(on, trip_ms) as url:
        for position in POSITIONS:
            database = await Database.open(url, size=POOL_SIZE, name="hudhud-walk")
            walker = Walker(on, database, inbox, position)
            await _warm(on, walker)
            for _ in range(rounds):
                await _round(on, walker, found[position], batches)
            await walker.looking.close()
            await database.close()
    return found


async def _round(on: Ground, walker: Walker, found: Found, batches: int) -> None:
    customers = range(batches)
    places = await write(on, walker.inbox, customers)
    calls, cpu = await on.one(_CALLS), time.process_time() + cpu_s(on.postgresql.pid)
    walked = [await walker.walk(place) for place in places]
    spent = time.process_time() + cpu_s(on.postgresql.pid) - cpu
    found.statements.append((await on.one(_CALLS) - calls) / batches)
    found.trip_ms.append(await _trip_ms(walker.database))
    found.cpu_ms.append(spent * 1000 / batches)
    found.looked_ms.append(statistics.median(one.looked_ms for one in walked))
    found.trips.append(max(one.trips for one in walked))
    found.path_ms.append(statistics.median(one.path_ms for one in walked))


async def _trip_ms(database: Database) -> float:
    """What there and back really takes; a timer of the proxy is a little late, each time."""
    times = []
    for _ in range(TRIPS_COUNTED):
        began = time.perf_counter()
        await database.call("select 1")
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


async def _warm(on: Ground, walker: Walker) -> None:
    for _ in range(WARM_ROUNDS):
        places = await write(on, walker.inbox, range(POOL_SIZE))
        await asyncio.gather(*(walker.walk(place) for place in places))


async def _load(on: Ground, found: Case, rounds: int, messages: int) -> None:
    """A backlog for a whole worker process: messages a second, processor time a batch."""
    batches = messages // BURST
    async with _at_distance(on, 0.0) as url:
        for _ in range(rounds):
            for position in POSITIONS:
                inbox = await on.inbox(window_ms=0, batch_max=BURST)
                for _ in range(BURST):
                    await write(on, inbox, range(batches))
                before, calls = cpu_s(on.postgresql.pid), await on.one(_ANSWERING)
                with on.workers(
                    HUDHUD_DATABASE_URL=url,
                    HUDHUD_CONTEXT=position,
                    HUDHUD_SWITCHES=",".join(filter(None, ["queue=off", switches_of(position)])),
                ) as (worker,):
                    began = worker.cpu_s
                    await on.answered(inbox, sent=False)
                    spent = worker.cpu_s - began + cpu_s(on.postgresql.pid) - before
                called = await on.one(_ANSWERING) - calls
                found[position].load_statements.append(called / batches)
                found[position].per_s.append(messages / await on.one(_TOOK, inbox.id))
                found[position].load_cpu_ms.append(spent * 1000 / batches)


def _row(name: str, case: Case) -> Row:
    return Row(f"context, {name}", f"What answers need, PostgreSQL {name} away", _figures(case))


def _figures(case: Case) -> list[Figure]:
    return [
        figure
        for position, found in case.items()
        for figure in (
            Figure(f"{position}: a round trip", "ms", found.trip_ms),
            Figure(f"{position}: look-ups", "ms", found.looked_ms),
            Figure(f"{position}: claim to outbox", "ms", found.path_ms),
            Figure(f"{position}: statements", "a batch", found.statements),
            Figure(f"{position}: processor time", "ms a batch", found.cpu_ms),
        )
    ]


def _trips(near: dict[float, Case]) -> Row:
    far = near[FAR_MS]
    figures = [
        figure
        for position in POSITIONS
        for figure in (
            Figure(
                f"{position}: round trips one after another, the most of any batch",
                "trips",
                far[position].trips,
                None if position == BEFORE else Goal("≤", TRIPS_MAX),
            ),
            Figure(
                f"{position}: round trips by which the way grows",
                "trips",
                _grown(far[position], near[0.0][position]),
            ),
            Figure(
                f"{position}: statements of a batch alone",
                "statements",
                far[position].statements,
                Goal("≤", STATEMENTS_MAX) if position == "merged" else None,
            ),
        )
    ]
    title = f"What goes out from claim to outbox, counted {FAR_MS:.0f} ms away"
    return Row("context, trips", title, figures)


def _grown(far: Found, close: Found) -> list[float]:
    # To a tenth: the timers of the proxy are a millisecond late, now more and now less.
    return [
        round((far_ms - close_ms) / (far_trip_ms - close_trip_ms), 1)
        for far_ms, close_ms, far_trip_ms, close_trip_ms in zip(
            far.path_ms, close.path_ms, far.trip_ms, close.trip_ms, strict=True
        )
    ]


def _slow_row(case: Case, notes: Sequence[str]) -> Row:
    before, beside = case[BEFORE], case["side_by_side"]
    figures = [
        *_figures(case),
        Figure(
            "look-ups side by side over the slowest of them",
            "×",
            [ms / SLOW_MS_MAX for ms in beside.looked_ms],
            Goal("≤", SLOWEST),
        ),
        _saved("look-ups: saved", beside.looked_ms, before.looked_ms, SAVED_LOOK_UPS),
        _saved("claim to outbox: saved", beside.path_ms, before.path_ms, SAVED_PATH),
        Figure("claim to outbox, side by side", "ms", beside.path_ms, Goal("≤", PATH_MS_MAX)),
        *(
            Figure(
                f"{position}: a backlog",
                "messages/s",
                found.per_s,
                Goal("≥", MESSAGES_PER_S_MIN) if position == "side_by_side" else None,
            )
            for position, found in case.items()
        ),
        *(
            Figure(
                f"{position}: statements of a batch in a backlog",
                "statements",
                found.load_statements,
                None if position == BEFORE else Goal("≤", STATEMENTS_MAX),
            )
            for position, found in case.items()
        ),
        Figure(
            "processor time a batch, side by side over one after another",
            "×",
            [
                ours / theirs
                for ours, theirs in zip(beside.load_cpu_ms, before.load_cpu_ms, strict=True)
            ],
            Goal("≤", 1.0),
        ),
    ]
    title = f"Every query takes {SLOW_MS_MIN:.0f} to {SLOW_MS_MAX:.0f} ms, as in the source system"
    return Row("context, slow queries", title, figures, notes)


def _saved(name: str, ours: Sequence[float], theirs: Sequence[float], goal: float) -> Figure:
    saved = [1 - one / other for one, other in zip(ours, theirs, strict=True)]
    return Figure(name, "of 1", saved, Goal("≥", goal))
