"""How one process's breaker and what stands in Valkey come to agree, pure."""

from __future__ import annotations

from typing import Literal

from hudhud.core.breaker import Opening
from hudhud.queue.openings import Record

Step = Literal["nothing", "adopt", "publish", "close", "close_theirs"]


def step(mine: Opening | None, let_go: str, theirs: Record | None, now: float) -> Step:
    """Decide what to do about one service at a refresh.

    Args:
        mine: how this process sees it; None is closed.
        let_go: name of the last opening that this process closed itself.
        theirs: what stands in Valkey; None after a wipe, or when it never opened.
        now: this process's clock.
    """
    if mine is None:
        if theirs is None or theirs.closed:
            return "nothing"
        return "close_theirs" if theirs.name == let_go else "adopt"
    if theirs is None:
        return "publish"
    if theirs.name == mine.name:
        return "close" if theirs.closed else "nothing"
    # Another opening was closed. Ours is either newer, or so old that it was tried meanwhile.
    if theirs.closed and mine.until <= now:
        return "close"
    # Two opened it at once: the one that lasts longer stands, and Valkey says which.
    return "publish"
