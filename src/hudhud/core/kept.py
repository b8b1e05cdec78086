"""Answers kept for a moment, for longer while PostgreSQL is away, or because they were dear."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from hudhud.errors import StoreUnavailableError
from hudhud.events import emit

FRESH_S = 1.0
LIFE_S = 2.0
STALE_WAIT_S = 0.25
AWAY_PAUSE_S = 1.0
KNOWN_MAX = 10_000
# Apart from the known, so that guessing keys cannot push a real answer out.
UNKNOWN_MAX = 1_000
# A reading that took longer than this is not repeated before so many times its own length: at
# most a tenth of one connection goes into the same question, whatever the backlog.
DEAR_S = 0.1
DEAR_TIMES = 10

Value = TypeVar("Value")
Key = TypeVar("Key")


@dataclass
class Kept(Generic[Key, Value]):
    """Answers of one question. `known` says which are worth a place of their own.

    An entry is served at once while it is fresh; past half of its life it is read again behind
    the answer; past all of it the reader waits a moment for the new one.
    """

    read: Callable[[Key], Awaitable[Value]]
    known: Callable[[Value], bool]
    _known: OrderedDict[Key, _Entry[Value]] = field(default_factory=OrderedDict)
    _unknown: OrderedDict[Key, _Entry[Value]] = field(default_factory=OrderedDict)
    _reading: dict[Key, asyncio.Task[Value]] = field(default_factory=dict)
    _away_until: float = 0.0

    def at_hand(self, key: Key) -> Value | None:
        """The answer where `get` would give it without waiting and it is a known one; else None."""
        entry = self._known.get(key)
        return entry.value if entry is not None and self._serves(key, entry) else None

    async def get(self, key: Key) -> Value:
        """The answer, at most `LIFE_S` old unless PostgreSQL is away.

        Raises:
            StoreUnavailableError: there is no earlier answer and PostgreSQL is away.
        """
        entry = self._known.get(key) or self._unknown.get(key)
        if entry is None:
            return await asyncio.shield(self._read(key))
        if self._serves(key, entry):
            return entry.value
        try:
            return await asyncio.wait_for(asyncio.shield(self._read(key)), STALE_WAIT_S)
        except (TimeoutError, StoreUnavailableError):
            now = time.monotonic()
            if now >= self._away_until:  # many may have waited for this one; it is told once
                emit("cache.served_stale", "warning")
            self._away_until = now + AWAY_PAUSE_S
            return entry.value

    def _serves(self, key: Key, entry: _Entry[Value]) -> bool:
        now = time.monotonic()
        age_s = now - entry.read_at
        if age_s < FRESH_S or now < self._away_until:
            return True
        self._read(key)
        return age_s < LIFE_S

    def _read(self, key: Key) -> asyncio.Task[Value]:
        # One reader for each key: a burst after a pause is one query.
        if key not in self._reading:
            task = asyncio.ensure_future(self._fetch(key))
            self._reading[key] = task
            task.add_done_callback(lambda done: self._done(key, done))
        return self._reading[key]

    async def _fetch(self, key: Key) -> Value:
        value = await self.read(key)
        self._known.pop(key, None)
        self._unknown.pop(key, None)
        shelf, most = (
            (self._known, KNOWN_MAX) if self.known(value) else (self._unknown, UNKNOWN_MAX)
        )
        shelf[key] = _Entry(value, time.monotonic())
        if len(shelf) > most:
            shelf.popitem(last=False)
        return value

    def _done(self, key: Key, task: asyncio.Task[Value]) -> None:
        self._reading.pop(key, None)
        if not task.cancelled():
            task.exception()  # whoever waited has it; nobody may have waited


@dataclass
class _Entry(Generic[Value]):
    value: Value
    read_at: float


class Dear(Generic[Key, Value]):
    """Answers that are read anew each time while that is cheap, and kept when it was dear."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._kept: OrderedDict[Key, tuple[float, Value]] = OrderedDict()

    async def get(self, key: Key, read: Callable[[], Awaitable[Value]]) -> Value:
        """What `read` says now, or said a moment ago when that took longer than `DEAR_S`."""
        started = time.monotonic()
        until, value = self._kept.get(key, (0.0, None))
        if value is not None and started < until:
            return value
        value = await read()
        ended = time.monotonic()
        self._kept.pop(key, None)
        if ended - started > DEAR_S:
            self._kept[key] = (ended + DEAR_TIMES * (ended - started), value)
        if len(self._kept) > UNKNOWN_MAX:
            self._kept.popitem(last=False)
        return value
