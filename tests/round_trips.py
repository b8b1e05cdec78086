"""Round trips to PostgreSQL, counted: which statements go out, and which of them wait for others.

Nobody's answer comes before all that could ask had asked, as if PostgreSQL were far away: so what
is asked side by side is one round trip, what waits for an answer is the next one, at any load.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from hudhud.store.server.wire import Wire

# A transaction's ends, else a function, else what is done to which table.
DEEDS = (
    r"^(begin|commit|rollback)",
    r"\bfrom (\w+)\(",
    r"^select (\w+)\(",
    r"\b(?:from|into|update) (\w+)",
)
# So often the loop goes round before nobody is left who would ask by himself.
TURNS = 40


def named(statement: str) -> str:
    """What a statement is called in a count."""
    for deed in DEEDS:
        if found := re.search(deed, statement, re.IGNORECASE):
            return found[1].lower()
    return statement


class RoundTrips:
    """What was asked since it began, a list for each round trip."""

    def __init__(self) -> None:
        self.made: list[list[str]] = []
        self._waiting: list[tuple[str, asyncio.Event, asyncio.Event]] = []
        self._going: asyncio.Task[None] | None = None

    @property
    def statements(self) -> int:
        return sum(map(len, self.made))

    @asynccontextmanager
    async def one(self, name: str) -> AsyncIterator[None]:
        """Ask in the next round trip; whatever else waits asks with it."""
        leave, answered = asyncio.Event(), asyncio.Event()
        self._waiting.append((name, leave, answered))
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._go())
        try:
            await leave.wait()
            yield
        finally:
            answered.set()

    async def _go(self) -> None:
        while True:
            for _ in range(TURNS):
                await asyncio.sleep(0)
            if not self._waiting:
                return
            group, self._waiting = self._waiting, []
            self.made.append(sorted(name for name, _, _ in group))
            for _, leave, _ in group:
                leave.set()
            for _, _, answered in group:
                await answered.wait()


def counted(monkeypatch: pytest.MonkeyPatch) -> RoundTrips:
    """Everything that is asked from now on, until the patch ends."""
    trips = RoundTrips()
    execute, execute_with = Wire.execute, Wire._execute

    async def plain(self: Wire, query: str, *args: Any, **options: Any) -> str:
        if args:  # it goes on to the other
            return await execute(self, query, *args, **options)
        async with trips.one(named(query)):
            return await execute(self, query, **options)

    async def prepared(self: Wire, query: str, *args: Any, **options: Any) -> Any:
        async with trips.one(named(query)):
            return await execute_with(self, query, *args, **options)

    monkeypatch.setattr(Wire, "execute", plain)
    monkeypatch.setattr(Wire, "_execute", prepared)
    return trips
