"""Counts attempts by key in a sliding window; bounded, in memory, one for each process."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime

KEYS_MAX = 10_000


class Attempts:
    """At most so many attempts by one key within so many seconds."""

    def __init__(self, limit: int, window_s: float, *, keys_max: int = KEYS_MAX) -> None:
        """Start empty.

        Args:
            limit: attempts that one key has.
            window_s: seconds after which an attempt no longer counts.
            keys_max: keys remembered; the one that was quiet longest is forgotten first.
        """
        self._limit = limit
        self._window_s = window_s
        self._keys_max = keys_max
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, key: str, now: datetime) -> float:
        """Count one attempt; seconds to wait before the next is heard, 0 when this one is."""
        at = now.timestamp()
        row = self._seen.setdefault(key, deque(maxlen=self._limit))
        self._seen.move_to_end(key)
        self._drop_old(row, at)
        if len(row) >= self._limit:
            return row[0] + self._window_s - at
        row.append(at)
        while len(self._seen) > self._keys_max:
            self._seen.popitem(last=False)
        return 0.0

    def full(self, key: str, now: datetime) -> bool:
        """Whether a key has no attempt left; counts nothing."""
        row = self._seen.get(key)
        if row is None:
            return False
        self._drop_old(row, now.timestamp())
        return len(row) >= self._limit

    def forget(self, key: str) -> None:
        """Forgive a key: it proved to be who it said."""
        self._seen.pop(key, None)

    def _drop_old(self, row: deque[float], at: float) -> None:
        while row and row[0] <= at - self._window_s:
            row.popleft()
