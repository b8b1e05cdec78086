"""How often one visitor and one address may ask; in the memory of one process, and bounded."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

HOLDERS_MAX = 20_000
SEATS_MAX = 5000
SEATS_OF_VISITOR_MAX = 6


class Rate(NamedTuple):
    """So many at once, and so many a second from then on."""

    name: str
    burst: float
    per_s: float


POSTS_OF_VISITOR = Rate("posts", burst=20, per_s=1)
READS_OF_VISITOR = Rate("reads", burst=60, per_s=4)
FILES_OF_VISITOR = Rate("files", burst=10, per_s=0.2)
# That somebody types, and how far they have read: lost ones cost nothing.
NOTICES_OF_VISITOR = Rate("notices", burst=20, per_s=1)
# Many visitors may share an address: a school, a mobile network.
ASKS_OF_ADDRESS = Rate("asks", burst=400, per_s=40)
FILES_OF_ADDRESS = Rate("files of address", burst=40, per_s=0.2)
SESSIONS_OF_ADDRESS = Rate("sessions", burst=60, per_s=0.5)


class Pace:
    """Token buckets of everybody who came lately; whoever is forgotten begins with a full one."""

    def __init__(self, *, holders_max: int = HOLDERS_MAX) -> None:
        """Start without anybody."""
        self._holders_max = holders_max
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def wait_s(self, rate: Rate, holder: str, now_s: float) -> float:
        """0 and one token taken, or the seconds until there is one.

        Args:
            rate: of which kind of asking.
            holder: a visitor or an address.
            now_s: of a monotonic clock, in seconds.
        """
        left, since = self._left.pop((rate.name, holder), (rate.burst, now_s))
        left = min(rate.burst, left + (now_s - since) * rate.per_s)
        wait = 0.0 if left >= 1 else (1 - left) / rate.per_s
        self._left[rate.name, holder] = (left if wait else left - 1, now_s)
        if len(self._left) > self._holders_max:
            self._left.popitem(last=False)
        return wait


class Seats:
    """Whose question is open for long: so many of a process, and of one visitor's browsers."""

    def __init__(self, *, seats_max: int = SEATS_MAX) -> None:
        """Start empty."""
        self._seats_max = seats_max
        self._taken: Counter[str] = Counter()

    def full(self, holder: str) -> bool:
        """Whether one more is too many."""
        everybody = self._taken.total() >= self._seats_max
        return everybody or self._taken[holder] >= SEATS_OF_VISITOR_MAX

    @contextmanager
    def taken(self, holder: str) -> Iterator[None]:
        """Hold one."""
        self._taken[holder] += 1
        try:
            yield
        finally:
            self._taken[holder] -= 1
            self._taken += Counter()
