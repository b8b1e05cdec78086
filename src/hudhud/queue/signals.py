"""Signals for live pages: "this changed, look again", by publish and subscribe.

A signal carries no truth: a page that gets one, or `{"refresh": true}`, reads PostgreSQL again.
So signals may be lost, and whoever may have missed one is told to refresh.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

import msgspec

from hudhud.errors import QueueUnavailableError
from hudhud.queue.client import HINT_S, Valkey

Signal = dict[str, Any]

SIGNAL_BYTES_MAX: Final = 4096
SIGNALS_WAITING_MAX: Final = 64
REFRESH_S: Final = 2.0
_PREFIX: Final = b"hudhud:live:"


def _refresh() -> Signal:
    return {"refresh": True}


class Signals:
    """All signals of one process: one subscriber connection, fanned out to local listeners."""

    def __init__(self, valkey: Valkey, *, refresh_s: float = REFRESH_S) -> None:
        """Use an open connection to publish; the subscriber opens with the first listener.

        Args:
            valkey: shared with the schedules.
            refresh_s: seconds between two refreshes of a listener while Valkey is away.
        """
        self._valkey = valkey
        self._subscriber = valkey.sibling(on_push=self._arrived, on_open=self._opened)
        self._refresh_s = refresh_s
        self._listeners: defaultdict[int, set[_Listener]] = defaultdict(set)

    async def publish(self, merchant_id: int, event: Mapping[str, Any]) -> None:
        """Tell every page of a merchant; best effort: never raises, waits 50 ms at most.

        Args:
            merchant_id: whose pages; no other merchant's page can see it.
            event: small and JSON-like; one larger than 4096 bytes becomes a refresh.
        """
        body = msgspec.json.encode(event)
        if len(body) > SIGNAL_BYTES_MAX:
            body = msgspec.json.encode(_refresh())
        with contextlib.suppress(QueueUnavailableError):
            await self._valkey.send("PUBLISH", _channel(merchant_id), body, deadline_s=HINT_S)

    async def listen(self, merchant_id: int) -> AsyncGenerator[Signal]:
        """Yield a merchant's signals, for ever; close the generator to stop (`aclosing`).

        The first one is a refresh, once the subscription stands: what changed between the page's
        reading and that moment is not missed. While Valkey is away a refresh comes every
        `refresh_s`; a listener too slow for its 64 places finds one refresh in their stead.
        """
        await self._subscriber.start()
        listener = _Listener()
        first = not self._listeners[merchant_id]
        self._listeners[merchant_id].add(listener)
        if first:
            self._subscriber.tell("SUBSCRIBE", _channel(merchant_id))
        else:
            listener.put(_refresh())
        try:
            while True:
                signal = await listener.get(self._refresh_s)
                if signal is not None:
                    yield signal
                elif not self._subscriber.healthy:
                    yield _refresh()
        finally:
            self._left(merchant_id, listener)

    async def close(self) -> None:
        """Close the subscriber; listeners go on with refreshes until they are closed."""
        await self._subscriber.close()

    def _left(self, merchant_id: int, listener: _Listener) -> None:
        self._listeners[merchant_id].discard(listener)
        if not self._listeners[merchant_id]:
            del self._listeners[merchant_id]
            self._subscriber.tell("UNSUBSCRIBE", _channel(merchant_id))

    def _opened(self) -> None:
        for merchant_id in self._listeners:
            self._subscriber.tell("SUBSCRIBE", _channel(merchant_id))

    def _arrived(self, push: list[Any]) -> None:
        kind, channel, body = push
        if kind == b"subscribe":
            signal = _refresh()
        elif kind == b"message":
            signal = _read(body)
        else:
            return
        for listener in self._listeners.get(int(channel.removeprefix(_PREFIX)), ()):
            listener.put(signal)


class _Listener:
    """One page's place: a bounded row of signals."""

    def __init__(self) -> None:
        self._row: deque[Signal] = deque()
        self._some = asyncio.Event()

    def put(self, signal: Signal) -> None:
        if len(self._row) >= SIGNALS_WAITING_MAX:
            self._row.clear()
            signal = _refresh()
        self._row.append(signal)
        self._some.set()

    async def get(self, timeout_s: float) -> Signal | None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._some.wait()
        if not self._row:
            return None
        signal = self._row.popleft()
        if not self._row:
            self._some.clear()
        return signal


def _channel(merchant_id: int) -> bytes:
    return _PREFIX + str(merchant_id).encode()


def _read(body: bytes) -> Signal:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        # Another release's or another program's; the page can still read again.
        return _refresh()
