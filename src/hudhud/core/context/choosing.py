"""With the claim or side by side: the rule, of what was measured; pure (P1, P5).

Looked up with the claim, everything costs one round trip, and the look-ups come one after another
inside of it. Side by side they cost a round trip more, statements of their own, and only the time
of the slowest. Near PostgreSQL a look-up takes less than a round trip, and the claim wins;
where each takes long, being side by side does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Position = Literal["merged", "side_by_side", "one_after_another"]

# What one more group tells of the average; a cold cache is a single one.
WEIGHT = 0.1
# What side by side costs besides its round trip, with statements and connections for each; and
# so much better must it be, that noise does not turn it on and off.
SIDE_BY_SIDE_MS = 10.0
STAYS_MS = 5.0
# The claim holds its conversations' rows for as long as it looks: their customers' next messages
# wait, and those that wait 200 ms go to the spool (trap 3).
HELD_MS_MAX = 50.0


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Averages over the last groups, in ms: a round trip, all look-ups, the slowest of them.

    They begin at nothing: a process that has seen nothing looks up with the claim.
    """

    trip_ms: float = 0.0
    looked_ms: float = 0.0
    slowest_ms: float = 0.0

    def and_then(self, took_ms: Mapping[str, float], trip_ms: float | None = None) -> Seen:
        """These averages, and one group more.

        Args:
            took_ms: what PostgreSQL took for each look-up of that group; empty for a bare claim.
            trip_ms: what its round trip took besides; None where nobody measured it.
        """
        looked_ms, slowest_ms = self.looked_ms, self.slowest_ms
        if took_ms:
            looked_ms = _average(looked_ms, sum(took_ms.values()))
            slowest_ms = _average(slowest_ms, max(took_ms.values()))
        return Seen(
            trip_ms=self.trip_ms if trip_ms is None else _average(self.trip_ms, trip_ms),
            looked_ms=looked_ms,
            slowest_ms=slowest_ms,
        )


def choose(seen: Seen, now: Position) -> Position:
    """Where the next group is looked up, when this one was looked up at `now`."""
    saved_ms = seen.looked_ms - seen.slowest_ms - seen.trip_ms - SIDE_BY_SIDE_MS
    needed_ms = 0.0 if now == "side_by_side" else STAYS_MS
    better = saved_ms > needed_ms or seen.looked_ms > HELD_MS_MAX
    return "side_by_side" if better else "merged"


def _average(before: float, newest: float) -> float:
    return before + WEIGHT * (newest - before)
