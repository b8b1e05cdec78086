"""Round trips of one walk that waited for each other, counted statement by statement."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from hudhud.store.server.wire import Wire

Span = tuple[float, float]
_made: ContextVar[list[Span] | None] = ContextVar("spans of a walk", default=None)


@contextmanager
def spans() -> Iterator[list[Span]]:
    """From when to when each statement was under way that this task, and what it began, asks."""
    made: list[Span] = []
    before = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(before)


def one_after_another(made: list[Span]) -> int:
    """The most statements of which each began after the one before had ended; pure.

    As far away as `bench-context` counts them, whatever is asked side by side overlaps.
    """
    trips, free_at = 0, 0.0
    for began, ended in sorted(made, key=lambda span: span[1]):
        if began >= free_at:
            trips, free_at = trips + 1, ended
    return trips


def _timed(ask: Callable[..., Any]) -> Callable[..., Any]:
    async def asked(self: Wire, *args: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return await ask(self, *args, **options)
        finally:
            if (made := _made.get()) is not None:
                made.append((began, time.perf_counter()))

    return asked


# What every statement of ours goes through, in this process and for as long as it lives.
setattr(Wire, "_execute", _timed(Wire._execute))  # noqa: B010, SLF001 - asyncpg has no other door
Wire.execute = _timed(Wire.execute)  # type: ignore[method-assign]
