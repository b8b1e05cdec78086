"""Takes what is due, without polling: sleeps until a head is nearly due or a sooner one comes.

When to ask each shard is kept in memory, as its scripts last told. A wake token says that a
shard's head became sooner. Who popped it is the only one who knows: when that head is due
while he takes nothing, he gives the token to others. A token may die with the process that popped
it, so all heads are read again once a second, whatever else happens (trap 15).

What is due in a moment is taken with what is due, and waits here: the way to Valkey and back is
then no part of being late. Who takes nothing at that time puts it back.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from math import inf
from time import monotonic
from typing import Any, Final

from hudhud.errors import QueueUnavailableError
from hudhud.queue import script
from hudhud.queue.client import Valkey
from hudhud.queue.early import AHEAD_S, TOGETHER_S, Early, TheirClock
from hudhud.queue.link import Word
from hudhud.queue.shards import SHARDS, TAGS, Kind, keys_of, read_member, shards_of, tag_of_shard
from hudhud.queue.wakes import Wakes

REREAD_S: Final = 1.0
# A head that is due so soon makes its shard be asked, and with it those that follow a little later:
# one round trip for many.
SOON_S: Final = AHEAD_S / 2
# A shard of which only merchants are due that the taker leaves out is not asked again so long.
REST_S: Final = 0.1
# Nor is a token of it given on more often, when nobody else was there to take it.
PASS_S: Final = 0.02
# A merchant that had 4 of the last 64 entries lets the others of a shard go first.
MERCHANT_SHARE: Final = 4
REMEMBERED: Final = 64
# Of what is due in a shard, from both ends: enough to find other merchants behind a hot one, and
# no more. Looking is what a take costs Valkey: at 64 for a single entry it costs twice as much.
LOOK_PER_ENTRY: Final = 4
LOOK_MIN: Final = 16
LOOK_MAX: Final = 64

# In turn those of one tag follow one another: few entries cost few round trips' words.
IN_TURN: Final = tuple(number for tag in TAGS for number in shards_of(tag))

Asked = list[tuple[int, int]]  # shards, and how many entries are asked of each

_TAKE: Final = script.named("take")


class Taker:
    """One process's view of one schedule's heads."""

    def __init__(
        self,
        valkey: Valkey,
        kind: Kind,
        give_back: Callable[[Sequence[tuple[int, int, float]]], None],
    ) -> None:
        """Know nothing yet: the first take reads all heads.

        Args:
            valkey: asked, and told of tokens.
            kind: the schedule's.
            give_back: gets what was removed for a take that was cancelled, or for one that did not
                come: merchant, conversation, and in how many milliseconds it is due.
        """
        self._valkey = valkey
        self._kind: Kind = kind
        self._wakes = Wakes(valkey, kind)
        self._heads = [inf] * SHARDS
        self._early = Early()
        # In a cluster each tag may be another server's.
        self._clocks = [TheirClock() for _ in TAGS]
        self._read_at = -inf
        self._resting: set[int] = set()
        # Where only these merchants were due, and until when that counts as known.
        self._only: dict[int, tuple[frozenset[int], float]] = {}
        self._passed: set[int] = set()
        self._given: set[int] = set()
        self._watch: asyncio.TimerHandle | None = None
        self._without: frozenset[int] = frozenset()
        self._turn = 0
        self._recent: deque[bytes] = deque(maxlen=REMEMBERED)
        self._hurry = False
        self._lead_s = 0.0
        # Of the take under way: what it has, up to which due time, and what it waits for.
        self._hand: list[bytes] = []
        self._upto = -inf
        self._asked: list[asyncio.Future[Any]] = []
        self._looked: list[asyncio.Future[Any]] = []
        self._returned = give_back

    async def take(
        self, limit: int, *, wait_s: float, without: Collection[int], lead_s: float = 0.0
    ) -> list[tuple[int, int]]:
        """See `Schedule.take`."""
        self._leave_out(frozenset(without))
        self._hurry, self._hand, self._lead_s = False, [], lead_s
        self._upto = -inf
        try:
            with self._wakes.wanted(), self._left_to_others():
                await self._fill(limit, monotonic() + wait_s)
        except asyncio.CancelledError:
            self._drop()
            raise
        return [read_member(entry) for entry in self._hand]

    def hurry(self) -> None:
        """End the take that waits, now, with whatever it has."""
        self._hurry = True
        self._wakes.interrupt()

    async def close(self) -> None:
        """Put back what is not due yet and popped wake tokens; close the blocking connection."""
        if self._watch is not None:
            self._watch.cancel()
        self._put_back(self._early.leave_all())
        await self._wakes.close()

    async def _fill(self, limit: int, until: float) -> None:
        while True:
            if monotonic() >= self._read_at + REREAD_S:
                await self._ask([(number, 0) for number in range(SHARDS)])
                self._read_at = monotonic()
            self._ripen(limit)
            if not self._hand:
                await self._take_known(limit)
                self._ripen(limit)
            if self._hand or self._hurry or monotonic() >= until:
                return
            handed_at = self._early.next_at - self._lead_s
            wake_at = min(until, self._read_at + REREAD_S, handed_at, *self._heads)
            self._heed(await self._wakes.wait(wake_at - monotonic()))

    def _ripen(self, limit: int) -> None:
        now = monotonic()
        # What is due already goes without what is not: it would only wait for it.
        if not self._hand and now < self._early.next_at <= now + self._lead_s:
            self._upto = max(now + self._lead_s, self._early.next_at + TOGETHER_S)
        self._hand += self._early.ripe(max(now, self._upto), limit - len(self._hand))

    def _drop(self) -> None:
        """Whoever takes is gone: what was removed for them, and what will be, goes back."""
        now = monotonic()
        self._put_back([(now, entry) for entry in self._hand])
        self._wakes.leave(self._looked)
        for call in self._asked:
            call.add_done_callback(self._undo)

    def _undo(self, call: asyncio.Future[Any]) -> None:
        if not call.cancelled() and call.exception() is None:
            now = monotonic()
            found = [entry for told in call.result()[1:] for entry in _entries(told)]
            self._put_back([(now + in_s, entry) for in_s, entry in found])

    def _put_back(self, entries: Sequence[tuple[float, bytes]]) -> None:
        now = monotonic()
        self._returned([(*read_member(entry), max(0.0, at - now) * 1e3) for at, entry in entries])

    @contextlib.contextmanager
    def _left_to_others(self) -> Iterator[None]:
        """Between takes: whoever has room hears of what becomes due, that only we know of."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        try:
            yield
        finally:
            self._watch_heads()

    def _watch_heads(self) -> None:
        heads = (h for n, h in enumerate(self._heads) if n not in self._given)
        if (next_at := min((self._early.next_at, *heads))) < inf:
            loop = asyncio.get_running_loop()
            self._watch = loop.call_later(max(0.0, next_at - monotonic()), self._give_due)

    def _give_due(self) -> None:
        now = monotonic()
        not_come_for = self._early.ripe(now, len(self._early))
        self._put_back([(now, entry) for entry in not_come_for])
        due = set(self._due_in_turn()) - self._given
        self._given |= due
        self._wakes.give(due)
        self._watch_heads()

    def _pass_on(self, resting: set[int]) -> None:
        # The token of one that rests may be our own, put there for those who leave nobody out.
        # Who waits longest gets it first; when it comes back there is nobody, and it can wait.
        loop = asyncio.get_running_loop()
        self._wakes.give(resting - self._passed)
        for number in resting & self._passed:
            loop.call_later(PASS_S, self._wakes.give, (number,))
        self._passed |= resting

    def _leave_out(self, without: frozenset[int]) -> None:
        now = monotonic()
        self._put_back(self._early.leave(without))
        if not without >= self._without:
            for number in self._resting:
                self._heads[number] = now  # of those who have room again something is due there
            self._resting.clear()
            self._passed.clear()
        # A merchant comes to its share and leaves it with every answer: what was seen a moment
        # ago is not asked again each time.
        self._only = {number: seen for number, seen in self._only.items() if seen[1] > now}
        for number, (left_out, until) in self._only.items():
            if without >= left_out and number not in self._resting:
                self._heads[number] = until
                self._resting.add(number)
        self._without = without

    def _heed(self, told: set[int]) -> None:
        self._pass_on(told & self._resting)
        for number in told - self._resting:
            self._heads[number] = -inf
            self._only.pop(number, None)

    async def _take_known(self, limit: int) -> None:
        """What is due as far as we know; the tokens that nobody waits for are read with it."""
        if not self._due_in_turn():
            return
        self._looked = self._wakes.look(limit)
        try:
            await self._take_due(limit)
        finally:
            self._heed(await self._wakes.seen(self._looked))
            self._looked = []
        await self._take_due(limit)

    async def _take_due(self, limit: int) -> None:
        while (room := limit - len(self._hand)) > 0 and (due := self._due_in_turn()):
            chosen = due[:room]
            quota, extra = divmod(room, len(chosen))
            asked = [(number, quota + (i < extra)) for i, number in enumerate(chosen)]
            # Tokens may be old: of whom there is only hearsay the head is read on the same way.
            asked += [(number, 0) for number in due[room:] if self._heads[number] == -inf]
            self._turn = (IN_TURN.index(chosen[-1]) + 1) % SHARDS
            try:
                await self._ask(asked)
            except QueueUnavailableError:
                # What is in our hands is worth more than the news that Valkey went away.
                if self._hand:
                    return
                raise
            self._ripen(limit)

    def _due_in_turn(self) -> list[int]:
        now = monotonic()
        if min(self._heads) > now:
            return []
        order = IN_TURN[self._turn :] + IN_TURN[: self._turn]
        return [number for number in order if self._heads[number] <= now + SOON_S]

    async def _ask(self, shards: Asked) -> None:
        """Ask shards for so many entries each in one round trip, those of a tag by one script."""
        counts = Counter(entry.partition(b":")[0] for entry in self._recent)
        served = [merchant for merchant, count in counts.items() if count >= MERCHANT_SHARE]
        left_out = (len(self._without), *self._without)
        seen = LOOK_MAX if self._without else 0
        # Whose hands are full of what is not due leaves what comes next to others.
        ahead_ms = AHEAD_S * 1e3 if len(self._early) < sum(quota for _, quota in shards) else 0
        asked_at = monotonic()
        by_tag: dict[str, Asked] = {}
        for number, quota in shards:
            by_tag.setdefault(tag_of_shard(number), []).append((number, quota))
        asked: list[tuple[Sequence[str], Sequence[Word]]] = []
        for those in by_tag.values():
            looks = seen or look(max(quota for _, quota in those))
            words = (looks, MERCHANT_SHARE, ahead_ms, *left_out, *chain(*those), *served)
            asked.append((keys_of(self._kind, [number for number, _ in those]), words))
        # Not as tasks: each look of the loop at its sockets is a piece of being late (Q3).
        self._asked = [self._valkey.begin(_TAKE, keys, words) for keys, words in asked]
        await asyncio.wait(self._asked)
        told, self._asked = self._asked, []
        answers = [
            call.result() if call.exception() is None else await self._asked_again(*words)
            for call, words in zip(told, asked, strict=True)
        ]
        self._learn(list(by_tag.values()), answers, asked_at)

    async def _asked_again(self, keys: Sequence[str], arguments: Sequence[Word]) -> Any:
        """Once refused: a Valkey that lost its scripts, or a slot that moved."""
        try:
            return await self._valkey.run(_TAKE, keys, arguments)
        except QueueUnavailableError as error:
            return error

    def _learn(self, asked: Sequence[Asked], answers: Sequence[Any], asked_at: float) -> None:
        now = monotonic()
        taken: list[bytes] = []
        failures = [answer for answer in answers if isinstance(answer, BaseException)]
        for those, answer in zip(asked, answers, strict=True):
            if isinstance(answer, BaseException):
                for number, _ in those:
                    # Unknown until the next reading; asking again at once would be polling.
                    self._heard_of(number, inf)
                continue
            clock = self._clocks[those[0][0] % len(TAGS)]
            told_at = clock.heard(answer[0] / 1e6, asked_at, now)
            for (number, quota), told in zip(those, answer[1:], strict=True):
                taken += self._learn_one(number, quota, told, told_at, now)
        self._recent.extend(taken)
        if failures and not taken:
            self._read_at = -inf
            raise failures[0]

    def _learn_one(
        self, number: int, quota: int, told: Sequence[Any], told_at: float, now: float
    ) -> list[bytes]:
        """What one shard says of its head, and what was taken of it."""
        members = _entries(told)
        for in_s, entry in members:
            self._early.put(told_at + in_s if in_s else now, entry)
        next_in_us = told[0]
        next_in_s = next_in_us / 1e6 if next_in_us >= 0 else inf
        # What was left though there was room is not ours before it is due.
        left = len(members) < quota and next_in_s <= AHEAD_S
        self._heard_of(number, told_at + next_in_s - (0 if left else SOON_S))
        if next_in_us == 0 and quota:
            self._given.add(number)  # by the script itself
        if next_in_us == 0 and len(members) < quota:
            self._heads[number] = now + REST_S
            self._resting.add(number)
            self._only[number] = (self._without, now + REST_S)
        return [entry for _, entry in members]

    def _heard_of(self, number: int, head: float) -> None:
        self._heads[number] = head
        for known in (self._resting, self._passed, self._given):
            known.discard(number)


def look(quota: int) -> int:
    """How many due entries a take of so many looks at, from each end of a shard."""
    return min(LOOK_MAX, max(LOOK_MIN, LOOK_PER_ENTRY * quota))


def _entries(told: Sequence[Any]) -> list[tuple[float, bytes]]:
    """What `take` brings of one shard, each with the seconds until it is due."""
    return [(us / 1e6, entry) for entry, us in zip(told[1::2], told[2::2], strict=True)]
