"""One socket to Valkey, shared by every caller of the process.

All calls of one turn of the event loop leave in one write, and answers come back in order, so
64 callers cost little more than one (docs/decisions/0005). A call never outlives its deadline or
its socket: a future that nobody will ever resolve is how an acknowledgement hangs (trap 5).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Final, cast

import hiredis

from hudhud.errors import QueueUnavailableError

Word = str | bytes | int | float
Push = Callable[[list[Any]], None]

CALL_S = 1.0
CALLS_PENDING_MAX = 16_384
GRACE_S = 0.001
NO_SCRIPT = "NOSCRIPT"
LOST = "connection lost"
# What these refuse is one caller's; the server is as well as before.
CALLERS_OWN = (NO_SCRIPT, "NOPERM")
_INCOMPLETE: Final = object()


class _Call:
    """One call that waits for its answer, and the timer that ends the wait."""

    __slots__ = ("answer", "timer")

    def __init__(self, answer: asyncio.Future[Any]) -> None:
        self.answer = answer
        self.timer: asyncio.TimerHandle | None = None

    def settle(self, value: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
        # A caller that gave up (deadline, cancelled) leaves its place in the order behind.
        if self.answer.done():
            return
        if isinstance(value, Exception):
            self.answer.set_exception(value)
        else:
            self.answer.set_result(value)


class Link(asyncio.Protocol):
    """One connection that speaks RESP3; it opens once, is lost once, and is never reused."""

    def __init__(self, on_push: Push, on_failure: Callable[[str], None]) -> None:
        """Take the two callbacks.

        Args:
            on_push: gets what nobody asked for: a message of a subscription.
            on_failure: gets the reason whenever a call failed, so that trust can be withdrawn.
        """
        self.lost = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._on_push = on_push
        self._on_failure = on_failure
        self._calls: deque[_Call] = deque()
        self._unsent: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._reader = hiredis.Reader(notEnoughData=_INCOMPLETE)

    def call(self, *words: Word, deadline_s: float) -> asyncio.Future[Any]:
        """Send one command; the future always resolves, at `deadline_s` seconds the latest.

        The future raises QueueUnavailableError when the link is lost, when Valkey refuses the
        command, or when no answer came in time.
        """
        call = _Call(self._loop.create_future())
        if self.lost.is_set():
            call.settle(QueueUnavailableError("The connection is closed."))
        elif len(self._calls) >= CALLS_PENDING_MAX:
            call.settle(QueueUnavailableError("Too many calls are waiting for it."))
        else:
            call.timer = self._loop.call_later(deadline_s, self._late, call, deadline_s)
            self._calls.append(call)
            self.tell(*words)
        return call.answer

    def tell(self, *words: Word) -> None:
        """Send a command that has no answer of its own (in RESP3: SUBSCRIBE and UNSUBSCRIBE)."""
        if not self._unsent:
            self._loop.call_soon(self._flush)
        # The stub of hiredis declares a tuple of exactly one word.
        self._unsent.append(hiredis.pack_command(words))  # type: ignore[arg-type]

    def abort(self) -> None:
        """Close the socket at once; whatever waits fails now."""
        if self._transport is not None:
            self._transport.abort()
        self.connection_lost(None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        # A cast: uvloop's transports are not subclasses of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Give each complete answer to the call whose turn it is."""
        self._reader.feed(data)
        try:
            while (value := self._reader.gets()) is not _INCOMPLETE:
                self._answered(value)
        except (hiredis.ProtocolError, IndexError):
            # From here on answers could reach the wrong callers.
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail everything that waits, now and not at its deadline."""
        if self.lost.is_set():
            return
        self.lost.set()
        while self._calls:
            self._calls.popleft().settle(QueueUnavailableError("The connection was lost."))
        self._on_failure(f"{LOST}: {exc}" if exc else LOST)

    def _answered(self, value: Any) -> None:
        if isinstance(value, hiredis.PushNotification):
            self._on_push(value)
            return
        call = self._calls.popleft()
        if not isinstance(value, hiredis.ReplyError):
            call.settle(value)
            return
        reason = str(value)
        call.settle(QueueUnavailableError(reason))
        if not reason.startswith(CALLERS_OWN):
            self._on_failure(reason)

    def _late(self, call: _Call, deadline_s: float, *, again: bool = False) -> None:
        if call.answer.done():
            return
        if not again:
            # When this process was held up, the answer may already lie in the socket: read first.
            call.timer = self._loop.call_later(
                GRACE_S, lambda: self._late(call, deadline_s, again=True)
            )
            return
        reason = f"no answer within {deadline_s * 1000:.0f} ms"
        call.settle(QueueUnavailableError(reason))
        self._on_failure(reason)

    def _flush(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"".join(self._unsent))
        self._unsent.clear()
