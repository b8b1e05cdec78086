"""The one retry decision, pure: after this failure of this attempt, when again, or never (Q6)."""

from __future__ import annotations

import random

BASE_S = 1.0
FACTOR = 4.0
LONGEST_S = 300.0


def again_in_s(
    attempt: int,
    *,
    attempts_max: int,
    retry_after_s: float | None = None,
    jitter: random.Random | None = None,
) -> float | None:
    """Seconds until the next attempt, or None when this was the last one.

    Full jitter: a crowd that failed together must not come back together.

    Args:
        attempt: the attempt that just failed, 1 for the first.
        attempts_max: most attempts.
        retry_after_s: what the other side asked for; never sooner than that.
        jitter: source of chance; a test hands in a seeded one.
    """
    if attempt >= attempts_max:
        return None
    chance = jitter or random
    ceiling = min(LONGEST_S, BASE_S * FACTOR ** (attempt - 1))
    wait_s = chance.uniform(0, ceiling)
    return max(wait_s, retry_after_s or 0.0)
