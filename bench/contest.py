"""Intake and answers: the ceiling, we and each peer in turn, round by round on one machine."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg

from bench import ceiling, peers, sink
from bench.arguments import Chosen
from bench.client import Posted, post
from bench.figures import Figure, Goal, Row, percentile, quotients
from bench.ground import Ground, ground
from bench.processes import free_port
from bench.work import Outcome, Work, signed
from hudhud.model import Inbox
from hudhud.ops.engines import ValkeyEngine, start_valkey

CEILING_LEAST_PER_S = 12_000
IN_FLIGHT = 64
CUSTOMERS = 2_000
BURST = 5
LATER_MS = 600_000  # the longest window there is: nothing of a round of intake is due in it
INTAKE_GOAL, ROUTE_GOAL = Goal("≥", 0.7), Goal("≥", 2.0)
PYTHON_GOAL, BULLMQ_GOAL, SQL_GOAL = Goal("≥", 2.0), Goal("≥", 1.5), Goal("≥", 6.0)
ANSWERS_GOAL = Goal("≥", 0.5)
BULLMQ = "bullmq"
DATABASE = "peer"
# A queue is run with its log synced every second: that is what each peer's documentation shows.
PEERS_VALKEY = {"appendonly": "yes", "appendfsync": "everysec", "bind": "127.0.0.1"}


@dataclass(slots=True)
class Rounds:
    """What each contender did, round by round."""

    bare: list[Posted] = field(default_factory=list)
    ours: list[Posted] = field(default_factory=list)
    bare_one: list[Posted] = field(default_factory=list)
    ours_one: list[Posted] = field(default_factory=list)
    fives: list[float] = field(default_factory=list)
    routes: list[float] = field(default_factory=list)
    ones: list[float] = field(default_factory=list)
    peers: dict[tuple[str, bool], list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    absent: dict[str, str] = field(default_factory=dict)


async def measure(chosen: Chosen) -> list[Row]:
    """The rows `intake` and `answers`.

    Raises:
        RuntimeError: a 200 was given for what is not in the database, or a message was not
            answered exactly once.
    """
    rounds = Rounds()
    intake, answers = "intake" in chosen.only, "answers" in chosen.only
    async with ground(chosen.place("contest")) as on:
        url = await ceiling.prepare(on)
        inbox = await on.inbox(window_ms=LATER_MS, batch_max=1000)
        secret = str(inbox.options["app_secret"])
        with ceiling.bare(on, url, secret) as (_, bare_port), on.web():
            contest = _Contest(on, inbox, bare_port, url, rounds)
            await contest.warm(2_000)
            for number in range(chosen.rounds):
                await contest.intake(chosen.messages or 20_000, one=intake)
                await on.forget(inbox)
                if answers or chosen.peers:
                    await contest.answers(chosen.messages or 10_000)
                for name in chosen.peers:
                    await _peer(on, chosen, rounds, name, first=number == 0)
    return [*([_intake(rounds)] if intake else []), *([_answers(rounds)] if answers else [])]


class _Contest:
    """The ceiling and our own processes, one round after the other."""

    def __init__(
        self, on: Ground, inbox: Inbox, bare_port: int, bare_url: str, rounds: Rounds
    ) -> None:
        self.on, self.inbox, self.rounds = on, inbox, rounds
        self.bare_port, self.bare_url = bare_port, bare_url

    async def warm(self, count: int) -> None:
        """Customers are known, plans made from what the tables hold, connections open."""
        await self._both(count, IN_FLIGHT)
        await self.on.owner.execute("analyze")
        connection = await asyncpg.connect(self.bare_url)
        await connection.execute("analyze")
        await connection.close()
        await self._both(count, IN_FLIGHT)

    async def intake(self, count: int, *, one: bool) -> None:
        """Both with many in flight, and with one."""
        bare, ours = await self._both(count, IN_FLIGHT)
        self.rounds.bare.append(bare)
        self.rounds.ours.append(ours)
        if one:
            bare, ours = await self._both(count // 20, 1)
            self.rounds.bare_one.append(bare)
            self.rounds.ours_one.append(ours)

    async def answers(self, count: int) -> None:
        """Ours from the first webhook to the last answer that the provider took."""
        posted, per_s = await answered(self.on, count, burst=BURST)
        self.rounds.routes.append(posted.per_s)
        self.rounds.fives.append(per_s)
        _, per_s = await answered(self.on, count // BURST, burst=1)
        self.rounds.ones.append(per_s)

    async def _both(self, count: int, in_flight: int) -> tuple[Posted, Posted]:
        webhooks = self.on.webhooks(self.inbox, count, conversations=CUSTOMERS, newcomers=False)
        bare = await post(self.bare_port, webhooks, path="/", in_flight=in_flight)
        return bare, await self.on.post(self.inbox, webhooks, in_flight=in_flight)


async def answered(on: Ground, count: int, *, burst: int) -> tuple[Posted, float]:
    """What the customers saw, and messages a second until the last answer was at the provider.

    Raises:
        RuntimeError: a batch was not answered exactly once.
    """
    inbox = await on.inbox(batch_max=burst)
    newcomers = on.webhooks(inbox, count, conversations=count // burst, burst=burst, newcomers=True)
    with on.workers():
        before = await asyncio.to_thread(sink.count, on.sink_port)
        posted = await on.post(inbox, newcomers, in_flight=IN_FLIGHT)
        await on.answered(inbox)
        seen = await asyncio.to_thread(sink.seen, on.sink_port)
    await _answered_once(on, inbox, count, seen.tags[before:])
    return posted, count / (max(seen.moments) - posted.began_s)


async def _answered_once(on: Ground, inbox: Inbox, count: int, tags: Sequence[str]) -> None:
    batches = await on.one(
        "select count(distinct batch_id) from message where inbox_id = $1 and direction = 'in'",
        inbox.id,
    )
    rows = {tag.split(".")[1] for tag in tags}
    if await on.stored(inbox) != count or not len(tags) == len(rows) == batches:
        raise RuntimeError(f"{batches} batches of {count} messages, but {len(tags)} sends")


async def _peer(on: Ground, chosen: Chosen, rounds: Rounds, name: str, *, first: bool) -> None:
    reason = rounds.absent.get(name) or peers.available(name)
    if reason:
        rounds.absent[name] = reason
        return
    for with_sql in (False, True) if "answers" in chosen.only else (False,):
        async with _engines(on, chosen) as (valkey, database_url):
            port = free_port()
            secret = "a-secret-of-the-app"  # noqa: S105 - of this run
            count = chosen.messages or 5_000
            work = Work(
                webhooks=signed(
                    count,
                    account="700000000000",
                    secret=secret,
                    conversations=count // BURST,
                    burst=BURST,
                ),
                conversations=count // BURST,
                burst=BURST,
                with_sql=with_sql,
                app_secret=secret,
                database_url=database_url,
                valkey_url=valkey,
                port=port,
                kill=first and not with_sql and not chosen.quick,
                late=first and not with_sql and not chosen.quick,
            )
            folder = chosen.place(name)
            await asyncio.to_thread(folder.mkdir)
            try:
                rounds.peers[name, with_sql].append(await peers.run(name, work, folder))
            except Exception as error:  # noqa: BLE001 - a peer that fails must not void the others
                rounds.absent[name] = f"{type(error).__name__}: {error}"[:300]
                for sql in (False, True):
                    rounds.peers.pop((name, sql), None)
                return


@asynccontextmanager
async def _engines(on: Ground, chosen: Chosen) -> AsyncIterator[tuple[str, str]]:
    """A Valkey of its own and an empty database beside ours, under the same settings."""
    port = free_port()
    settings = {**PEERS_VALKEY, "port": str(port)}
    folder = chosen.place("valkey")
    await asyncio.to_thread(folder.mkdir, 0o755)
    valkey: ValkeyEngine = await asyncio.to_thread(start_valkey, folder / "data", settings=settings)
    try:
        await on.administer(f"create database {DATABASE} owner hudhud_owner")
        url = on.postgresql.owner_url.replace("/hudhud?", f"/{DATABASE}?")
        yield f"redis://127.0.0.1:{port}/0", url
    finally:
        await on.administer(f"drop database if exists {DATABASE} with (force)")
        await asyncio.to_thread(valkey.stop)


def _intake(rounds: Rounds) -> Row:
    bare, ours = [one.per_s for one in rounds.bare], [one.per_s for one in rounds.ours]
    figures = [
        Figure("ceiling, 64 in flight", "webhooks/s", bare),
        Figure("Hudhud, 64 in flight", "webhooks/s", ours),
        *_routes(rounds),
        Figure("ratio to the ceiling", "×", quotients(ours, bare), INTAKE_GOAL),
        *_over("route", rounds, rounds.routes, enqueued=True),
    ]
    for name, posted in (("ceiling", rounds.bare), ("Hudhud", rounds.ours)):
        for share in (0.5, 0.99):
            waits = [percentile(one.waits_ms, share) for one in posted]
            figures.append(Figure(f"{name}, 64 in flight, p{share * 100:.0f}", "ms", waits))
    for name, posted in (("ceiling", rounds.bare_one), ("Hudhud", rounds.ours_one)):
        figures.append(Figure(f"{name}, 1 in flight", "webhooks/s", [one.per_s for one in posted]))
        waits = [percentile(one.waits_ms, 0.5) for one in posted]
        figures.append(Figure(f"{name}, 1 in flight, p50", "ms", waits))
    return Row(
        "intake",
        "Webhooks accepted and committed, full product path",
        figures,
        _told(rounds),
    )


def _answers(rounds: Rounds) -> Row:
    bare = [one.per_s for one in rounds.bare]
    figures = [
        Figure("ceiling (intake alone)", "messages/s", bare),
        Figure("Hudhud, bursts of 5", "messages/s", rounds.fives),
        Figure("Hudhud, bursts of 1", "messages/s", rounds.ones),
    ]
    for (name, with_sql), outcomes in sorted(rounds.peers.items()):
        variant = "with SQL" if with_sql else "without SQL"
        rates = [one.messages_per_s for one in outcomes]
        figures.append(Figure(f"{name}, bursts of 5, {variant}", "messages/s", rates))
    figures += [
        Figure("ratio to the ceiling", "×", quotients(rounds.fives, bare), ANSWERS_GOAL),
        *_over("answers", rounds, rounds.fives, enqueued=False),
    ]
    figures += _of_peers(rounds)
    return Row(
        "answers",
        "Webhook → outbox: AI is an instant stub, sends go to a local sink",
        figures,
        _told(rounds),
    )


def _routes(rounds: Rounds) -> list[Figure]:
    if not rounds.routes:
        return []
    # A peer's worker works beside its route, so ours does in what is compared with it.
    return [Figure("Hudhud, its worker beside it", "webhooks/s", rounds.routes)] + [
        Figure(
            f"{name}, its worker beside it, without SQL",
            "webhooks/s",
            [o.enqueued_per_s for o in outcomes],
        )
        for (name, with_sql), outcomes in sorted(rounds.peers.items())
        if not with_sql
    ]


def _over(what: str, rounds: Rounds, ours: Sequence[float], *, enqueued: bool) -> list[Figure]:
    """How many times a peer we are: of each kind the best one, round by round."""
    kinds = [("best Python peer", False, PYTHON_GOAL), ("BullMQ", False, BULLMQ_GOAL)]
    kinds.append(("best peer with the same SQL", True, SQL_GOAL))
    if enqueued:
        kinds = [("best peer", False, ROUTE_GOAL)]
    figures = []
    for kind, with_sql, goal in kinds:
        chosen = [
            [one.enqueued_per_s if enqueued else one.messages_per_s for one in outcomes]
            for (name, sql), outcomes in rounds.peers.items()
            if sql == with_sql and (enqueued or with_sql or (name == BULLMQ) == (kind == "BullMQ"))
        ]
        if chosen:
            best = [max(rates) for rates in zip(*chosen, strict=True)]
            side = "" if with_sql else ", without SQL"
            figures.append(
                Figure(f"{what}: times the {kind}{side}", "×", quotients(ours, best), goal)
            )
    return figures


def _of_peers(rounds: Rounds) -> list[Figure]:
    figures = []
    for (name, with_sql), outcomes in sorted(rounds.peers.items()):
        first = outcomes[0]
        if with_sql:
            continue
        if first.late_ms is not None:
            figures.append(Figure(f"{name}, late after due, p50", "ms", [first.late_ms[0]]))
            figures.append(Figure(f"{name}, late after due, p99", "ms", [first.late_ms[1]]))
        if first.after_kill_s is not None:
            figures.append(
                Figure(f"{name}, last batch after kill -9 of its worker", "s", [first.after_kill_s])
            )
        memory = [one.memory_bytes / 1e6 for one in outcomes if one.memory_bytes is not None]
        if memory:
            figures.append(Figure(f"{name}, engine memory per 10 000 waiting", "MB", memory))
        figures.append(Figure(f"{name}, lines that its user writes", "lines", [first.user_lines]))
    return figures


def _told(rounds: Rounds) -> list[str]:
    spooled = sum(one.spooled for one in rounds.ours)
    notes = (
        [f"{spooled} webhooks were taken by the spool, PostgreSQL being too slow"]
        if spooled
        else []
    )
    notes += [f"{name} did not run: {reason}" for name, reason in sorted(rounds.absent.items())]
    for (_, with_sql), outcomes in sorted(rounds.peers.items()):
        versions = ", ".join(f"{key} {value}" for key, value in outcomes[0].versions.items())
        lost, twice = sum(one.lost for one in outcomes), sum(one.twice for one in outcomes)
        disordered = sum(one.disordered for one in outcomes)
        variant = "with SQL" if with_sql else "without SQL"
        notes.append(f"{versions}, {variant}: {lost} lost, {twice} twice, {disordered} disordered")
    return notes


def void(rows: Sequence[Row]) -> bool:
    """Whether the ceiling was so low that the machine had other things to do."""
    return any(
        figure.median < CEILING_LEAST_PER_S
        for row in rows
        for figure in row.figures
        if figure.name == "ceiling, 64 in flight"
    )
