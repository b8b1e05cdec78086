"""What happens, told to everyone who listens: pages and scripts, over server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

LISTENERS_MAX = 64
BACKLOG_MAX = 2_000
KEEP_ALIVE_S = 15.0

Backlog = asyncio.Queue[bytes | None]
_json = msgspec.json.Encoder()


class Listeners:
    """The open event streams. A listener that cannot keep up is ended; it reads the state anew."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._backlogs: set[Backlog] = set()
        self._closed = False

    @contextmanager
    def listen(self) -> Iterator[Backlog]:
        """Receive every event from now on; None ends the stream."""
        backlog: Backlog = asyncio.Queue(BACKLOG_MAX)
        if self._closed or len(self._backlogs) >= LISTENERS_MAX:
            backlog.put_nowait(None)
        self._backlogs.add(backlog)
        try:
            yield backlog
        finally:
            self._backlogs.discard(backlog)

    def tell(self, event: str, data: Any) -> None:
        """Send one event to everyone; nobody is waited for."""
        if not self._backlogs:
            return
        line = b"event: " + event.encode() + b"\ndata: " + _json.encode(data) + b"\n\n"
        for backlog in list(self._backlogs):
            try:
                backlog.put_nowait(line)
            except asyncio.QueueFull:
                self._end(backlog)

    def close(self) -> None:
        """End every stream, so that a drain does not wait for open pages."""
        self._closed = True
        for backlog in list(self._backlogs):
            self._end(backlog)

    def _end(self, backlog: Backlog) -> None:
        self._backlogs.discard(backlog)
        while backlog.full():
            backlog.get_nowait()
        backlog.put_nowait(None)


async def events(request: Request) -> Response:
    """`GET /simulator/events`: everything that happens, as server-sent events."""
    listeners: Listeners = request.app.state.simulator.world.listeners
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(listeners), media_type="text/event-stream", headers=headers)


async def _lines(listeners: Listeners) -> AsyncIterator[bytes]:
    with listeners.listen() as backlog:
        yield b"event: hello\ndata: {}\n\n"
        while True:
            try:
                async with asyncio.timeout(KEEP_ALIVE_S):
                    line = await backlog.get()
            except TimeoutError:
                line = b": still here\n\n"
            if line is None:
                return
            yield line
