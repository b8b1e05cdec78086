"""Server-sent events: "look again", nothing more; the page reads itself again."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, Literal, Protocol

# A page that hears nothing looks again this often, so it stays true while Valkey is away.
LOOK_AGAIN_S = 5.0
CLIENTS_PER_OPERATOR_MAX = 8
CLIENTS_MAX = 1000
RETRY_MS = 2000


class _Listening(Protocol):
    def listen(self, merchant_id: int) -> AsyncGenerator[dict[str, Any]]: ...


class _Publishing(Protocol):
    async def publish(self, merchant_id: int, event: Mapping[str, Any]) -> None: ...


async def typed(
    signals: _Publishing,
    merchant_id: int,
    conversation_id: int,
    *,
    by: Literal["visitor", "operator"],
) -> None:
    """Tell every open page that somebody types in this conversation; best effort, never stored."""
    await signals.publish(merchant_id, {"typing": [conversation_id, by]})


class Live:
    """The open event streams of one process."""

    def __init__(
        self,
        signals: _Listening | None,
        closing: asyncio.Event,
        *,
        look_again_s: float = LOOK_AGAIN_S,
    ) -> None:
        """Start without clients.

        Args:
            signals: where changes are heard; None, and the timer alone speaks.
            closing: set when the process drains; every stream ends.
            look_again_s: seconds of silence after which a stream speaks anyway.
        """
        self._signals = signals
        self._look_again_s = look_again_s
        self._open: Counter[int] = Counter()
        self._closing = closing

    def full(self, operator_id: int) -> bool:
        """Whether one more stream is too many."""
        per_operator = self._open[operator_id] >= CLIENTS_PER_OPERATOR_MAX
        return per_operator or self._open.total() >= CLIENTS_MAX

    async def stream(self, merchant_id: int, operator_id: int) -> AsyncIterator[bytes]:
        """The bytes of one stream, until the browser leaves or the process drains."""
        self._open[operator_id] += 1
        changes: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=1)
        listener = asyncio.create_task(self._listen(merchant_id, changes))
        try:
            yield f"retry: {RETRY_MS}\n\n".encode()
            while (change := await self._next(changes)) is not None:
                yield f"data: {json.dumps(change)}\n\n".encode()
        finally:
            listener.cancel()
            self._open[operator_id] -= 1
            self._open += Counter()

    async def _next(self, changes: asyncio.Queue[dict[str, Any]]) -> dict[str, Any] | None:
        heard = asyncio.ensure_future(changes.get())
        ended = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait(
                (heard, ended),
                timeout=self._look_again_s,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if self._closing.is_set():
                return None
            return heard.result() if heard.done() else {"again": True}
        finally:
            heard.cancel()
            ended.cancel()

    async def _listen(self, merchant_id: int, changes: asyncio.Queue[dict[str, Any]]) -> None:
        if self._signals is None:
            return
        async with aclosing(self._signals.listen(merchant_id)) as heard:
            async for signal in heard:
                changes.put_nowait(
                    _both(changes.get_nowait(), signal) if changes.full() else signal
                )


def _both(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    # A slow browser gets one "look at everything", never a backlog; who types is told beside it,
    # for nobody stores it and no later look would show it.
    typing = later.get("typing") or earlier.get("typing")
    return {"refresh": True, "typing": typing} if typing else {"refresh": True}
