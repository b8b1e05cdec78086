"""A way to PostgreSQL that takes time: a process that passes bytes on, each half a trip later.

`python -m bench.context.distance PORT SOCKET TRIP_MS` listens on loopback. Bytes keep their order
and their pace; only the distance grows.
"""

from __future__ import annotations

import asyncio
import sys
from typing import cast

import uvloop


class _Pipe(asyncio.Protocol):
    """One end of a connection; what it hears goes out at the other end, later."""

    def __init__(self, late_s: float) -> None:
        self._late_s = late_s
        self._loop = asyncio.get_running_loop()
        self.other: _Pipe | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._late_s:
            self._loop.call_later(self._late_s, self._pass_on, data)
        else:
            self._pass_on(data)

    def connection_lost(self, _error: Exception | None) -> None:
        if self.other and self.other.transport:
            self._loop.call_later(self._late_s, self.other.transport.close)

    def _pass_on(self, data: bytes) -> None:
        if self.other and self.other.transport and not self.other.transport.is_closing():
            self.other.transport.write(data)


class _Near(_Pipe):
    """The client's end; it opens the server's before it passes anything on."""

    def __init__(self, late_s: float, socket: str) -> None:
        super().__init__(late_s)
        self._socket = socket
        self._early: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._opening = asyncio.ensure_future(self._open())

    def _pass_on(self, data: bytes) -> None:
        if self.other is None:
            self._early.append(data)
        else:
            super()._pass_on(data)

    async def _open(self) -> None:
        far = _Pipe(self._late_s)
        far.other = self
        await self._loop.create_unix_connection(lambda: far, self._socket)
        self.other = far
        for data in self._early:
            super()._pass_on(data)


async def serve(port: int, socket: str, trip_ms: float) -> None:
    """Pass on for ever."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Near(trip_ms / 2000, socket), "127.0.0.1", port)
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1]), sys.argv[2], float(sys.argv[3])))
