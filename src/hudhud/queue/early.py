"""What a take removed a moment before it is due: it waits here, and is on time (Q3)."""

from __future__ import annotations

import heapq
from collections.abc import Collection
from math import inf
from typing import Final

from hudhud.queue.shards import read_member

# So much sooner than it is due an entry is asked for: longer than a group of answers keeps the
# loop of a busy worker from its sockets, and nothing beside the second after which the entries of
# one who died are found anew.
AHEAD_S: Final = 0.03
# Whoever says how long before its time an entry is of use gets with the first one those that
# are due so soon after it: one question for them all, and the first is late by no more, or by as
# much as whoever takes came late.
TOGETHER_S: Final = 0.004
# So long the quickest way of an answer is believed to be the quickest there is.
BELIEVED_S: Final = 1.0


class Early:
    """Entries that are in our hands and not due yet, the next one first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: list[tuple[float, bytes]] = []

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    @property
    def next_at(self) -> float:
        """When the next one is due, in seconds of the taker's clock; inf: none waits."""
        return self._waiting[0][0] if self._waiting else inf

    def put(self, due_at: float, entry: bytes) -> None:
        """Keep one until it is due."""
        heapq.heappush(self._waiting, (due_at, entry))

    def ripe(self, now: float, most: int) -> list[bytes]:
        """Those that are due by now, at most so many."""
        due: list[bytes] = []
        while len(due) < most and self.next_at <= now:
            due.append(heapq.heappop(self._waiting)[1])
        return due

    def leave(self, merchants: Collection[int]) -> list[tuple[float, bytes]]:
        """Take out those of some merchants, with the time at which each is due."""
        left = [one for one in self._waiting if merchants and read_member(one[1])[0] in merchants]
        if left:
            self._waiting = sorted(set(self._waiting).difference(left))
        return left

    def leave_all(self) -> list[tuple[float, bytes]]:
        """Take out all of them, with the time at which each is due."""
        left, self._waiting = self._waiting, []
        return left


class TheirClock:
    """When a moment of the server's clock was by ours.

    An answer is heard later than it was given, never sooner, so the least difference of late is
    the truest. Both clocks may jump: what it says is never outside of the call that asked.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._apart_s = self._least_s = inf
        self._since = -inf

    def heard(self, their_s: float, asked_at: float, now: float) -> float:
        """Learn from one answer, and say when it was given.

        Args:
            their_s: what the server's clock said.
            asked_at: when we asked, by our clock.
            now: our clock.
        """
        if now - self._since > BELIEVED_S:
            self._apart_s, self._least_s, self._since = self._least_s, inf, now
        self._least_s = min(self._least_s, now - their_s)
        self._apart_s = min(self._apart_s, self._least_s)
        return max(asked_at, min(now, their_s + self._apart_s))
