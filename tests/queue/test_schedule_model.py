"""Generated histories of one shard, the real scripts beside a model of a few lines (trap 15).

The scripts add Valkey's own time, so time is made to pass by moving every entry sooner. A tick is
long, and every due time lies half a tick beside it: a slow machine does not blur what is due.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass
from math import inf
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from hudhud.queue import script
from hudhud.queue.client import Valkey, connect
from hudhud.queue.shards import keys_of, shards_of
from hudhud.queue.taker import LOOK_MAX, MERCHANT_SHARE

TICK_MS = 20_000
NUMBER = shards_of("q8")[2]
WOKEN, DUE = keys_of("reply", [NUMBER])
HINT, TAKE = script.named("hint"), script.named("take")

merchants = st.integers(1, 3)
entries = st.lists(
    st.tuples(merchants, st.integers(0, 9), st.integers(-2, 4)), min_size=1, max_size=6
)


@dataclass
class Asleep:
    """A taker between two looks: when it thinks that the next entry is due."""

    known: float = inf


class OneShard(RuleBasedStateMachine):
    """Hints, takers that sleep, wake, die and leave, and a clock."""

    runner: asyncio.Runner
    valkey: Valkey

    def __init__(self) -> None:
        super().__init__()
        self.told(("DEL", DUE, WOKEN))
        self.now = 0
        self.due: dict[str, int] = {}
        self.takers: list[Asleep] = []
        self.chosen = itertools.count()

    def done(self, deed: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(deed)

    def told(self, *commands: tuple[str | int, ...]) -> list[Any]:
        """What Valkey answers to these commands, in one round trip."""

        async def deed() -> list[Any]:
            return await asyncio.gather(*(self.valkey.send(*words) for words in commands))

        return self.done(deed())

    def popped(self) -> bool:
        return self.told(("ZPOPMIN", WOKEN))[0] != []

    def one(self) -> Asleep:
        return self.takers[next(self.chosen) % len(self.takers)]

    def ask(
        self,
        taker: Asleep,
        room: int,
        served: tuple[int, ...] = (),
        without: tuple[int, ...] = (),
        ahead: int = 0,
    ) -> list[str]:
        ahead_ms, leaves = ahead * TICK_MS, (len(without), *without)
        words = (LOOK_MAX, MERCHANT_SHARE, ahead_ms, *leaves, NUMBER, room, *served)
        _, (next_in_us, *pairs) = self.done(self.valkey.run(TAKE, (WOKEN, DUE), words))
        members = [member.decode() for member in pairs[::2]]
        for member, in_us in zip(members, pairs[1::2], strict=True):
            assert self.due[member] <= self.now + ahead, "taken before its time"
            assert ticks_of(in_us) == max(0, self.due[member] - self.now), "its time is not told"
            assert merchant_of(member) not in without, "it was to be left"
        left = {m: at for m, at in self.due.items() if m not in members}
        due_left = [m for m, at in left.items() if at <= self.now and merchant_of(m) not in without]
        assert len(set(members)) == len(members), "taken twice"
        assert len(members) == room or not (room and due_left), "left lying though there was room"
        self.check_shares(members, due_left, served)
        head = min(left.values(), default=inf)
        if head == inf:
            assert next_in_us == -1
        else:
            assert ticks_of(next_in_us) == max(0, head - self.now)
        taker.known = max(head, self.now)
        self.due = left
        return members

    def check_shares(self, taken: list[str], left: list[str], served: tuple[int, ...]) -> None:
        """Nobody has more than a share while another, who waits, has less (trap 20)."""
        had = Counter(merchant_of(member) for member in taken)
        for merchant in served:
            had[merchant] += MERCHANT_SHARE
        greedy = {merchant_of(m) for m in taken if had[merchant_of(m)] > MERCHANT_SHARE}
        for merchant in {merchant_of(member) for member in left}:
            assert not (greedy - {merchant}) or had[merchant] >= MERCHANT_SHARE

    @initialize()
    def a_worker_starts(self) -> None:
        self.another_worker()

    @rule()
    @precondition(lambda self: len(self.takers) < 3)
    def another_worker(self) -> None:
        taker = Asleep()
        self.takers.append(taker)
        self.ask(taker, 0)

    @rule(hints=entries)
    def hint(self, hints: list[tuple[int, int, int]]) -> None:
        words: list[str | int] = [NUMBER, len(hints)]
        for merchant, conversation, ticks in hints:
            member = f"{merchant}:{conversation}"
            words += [member, ticks * TICK_MS - TICK_MS // 2]
            at = self.now + ticks
            self.due[member] = min(self.due.get(member, at), at)
        self.done(self.valkey.run(HINT, (WOKEN, DUE), words))

    @rule(ticks=st.integers(1, 3))
    def time_passes(self, ticks: int) -> None:
        self.now += ticks
        self.told(*(("ZINCRBY", DUE, -ticks * TICK_MS, member) for member in self.due))

    @rule(
        room=st.integers(1, 8),
        served=st.sets(merchants, max_size=2),
        without=st.sets(merchants, max_size=2),
        ahead=st.integers(0, 2),
    )
    def a_taker_wakes_by_its_own_clock(
        self, room: int, served: set[int], without: set[int], ahead: int
    ) -> None:
        taker = self.one()
        if taker.known <= self.now + ahead:
            self.ask(taker, room, tuple(served), tuple(without), ahead)
            self.rests(taker, without)

    def rests(self, taker: Asleep, without: set[int]) -> None:
        """For less than a tick, and only for itself: others hear of what is due and was left."""
        if without and taker.known <= self.now:
            taker.known = inf

    @rule(room=st.integers(0, 8), without=st.sets(merchants, max_size=2))
    def a_taker_is_woken(self, room: int, without: set[int]) -> None:
        if self.popped():
            taker = self.one()
            self.ask(taker, room, without=tuple(without))
            if room:
                self.rests(taker, without)

    @rule()
    @precondition(lambda self: len(self.takers) > 1)
    def a_taker_dies_with_its_token(self) -> None:
        if self.popped():
            self.takers.pop()
            for taker in self.takers:  # within a second
                self.ask(taker, 0)

    @rule()
    @precondition(lambda self: len(self.takers) > 1)
    def a_taker_leaves_and_puts_its_token_back(self) -> None:
        if self.popped():
            self.takers.pop()
            self.told(("ZADD", WOKEN, "NX", 0, NUMBER))

    @rule()
    def everything_is_forgotten_and_swept_in_again(self) -> None:
        self.told(("DEL", DUE, WOKEN))
        swept, self.due = self.due, {}
        for taker in self.takers:
            taker.known = inf
        if swept:
            self.hint([(*map(int, m.split(":")), at - self.now) for m, at in swept.items()])

    @invariant()
    def nothing_is_missing_and_nobody_sleeps_past_it(self) -> None:
        held, tokens = self.told(("ZRANGE", DUE, 0, -1), ("ZCARD", WOKEN))
        assert {member.decode() for member in held} == set(self.due)
        assert tokens <= 1, "wakes for nothing"
        head = min(self.due.values(), default=inf)
        known = min((taker.known for taker in self.takers), default=-inf)
        assert tokens or known <= max(head, self.now) or head == inf, "a lost wake-up"


def ticks_of(in_us: int) -> int:
    return -(-in_us // (1000 * TICK_MS))


def merchant_of(member: str) -> int:
    return int(member.partition(":")[0])


def test_no_generated_history_loses_an_entry_or_a_wake(queue_url: str):
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        valkey = runner.run(connect(queue_url))
        run_machine(
            type("OneShardHere", (OneShard,), {"runner": runner, "valkey": valkey}),
            settings=settings(
                max_examples=200,
                stateful_step_count=25,
                deadline=None,
                derandomize=True,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
        runner.run(valkey.close())
