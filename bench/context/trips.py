"""Round trips of one walk that waited for each other, counted statement by statement."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hudhud.store.server.wire import Wire

Span = tuple[float, float]


@contextmanager
def spans() -> Iterator[list[Span]]:
    """From when to when each statement was under way that this process asks meanwhile."""
    made: list[Span] = []
    executed, plain = Wire._execute, Wire.execute  # noqa: SLF001 - what all of asyncpg's go through

    def timed(ask: Callable[..., Any]) -> Callable[..., Any]:
        async def asked(self: Wire, *args: Any, **options: Any) -> Any:
            began = time.perf_counter()
            try:
                return await ask(self, *args, **options)
            finally:
                made.append((began, time.perf_counter()))

        return asked

    setattr(Wire, "_execute", timed(executed))  # noqa: B010 - the same
    Wire.execute = timed(plain)  # type: ignore[method-assign]
    try:
        yield made
    finally:
        setattr(Wire, "_execute", executed)  # noqa: B010 - the same
        Wire.execute = plain  # type: ignore[method-assign]


def one_after_another(made: list[Span]) -> int:
    """The most statements of which each began after the one before had ended; pure.

    As far away as `bench-context` measures it, whatever is asked side by side overlaps.
    """
    trips, free_at = 0, 0.0
    for began, ended in sorted(made, key=lambda span: span[1]):
        if began >= free_at:
            trips, free_at = trips + 1, ended
    return trips
