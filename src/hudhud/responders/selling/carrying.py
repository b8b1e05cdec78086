"""Carries out what an order decides: the only part of selling that does anything."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

from hudhud.model import Tool, Tools

Done = TypeVar("Done")


async def carried_out(steps: Generator[Tool[Any], Any, Done], tools: Tools) -> Done:
    """Make each call that is yielded, send back what came of it, and return the end.

    Raises:
        StoreUnavailableError: PostgreSQL stayed away.
        LeaseLostError: this turn is not ours any more.
    """
    result: Any = None
    while True:
        try:
            wanted = steps.send(result)
        except StopIteration as end:
            done: Done = end.value
            return done
        result = await tools.call(wanted)
