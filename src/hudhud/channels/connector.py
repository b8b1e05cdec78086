"""Connections of a session that knows of each request whether it has one yet."""

from __future__ import annotations

from contextvars import ContextVar

import aiohttp
from aiohttp.tracing import Trace


class Way:
    """Of one request: whether it waits for a connection, so that nothing of it has left."""

    __slots__ = ("connecting",)

    def __init__(self) -> None:
        """Nobody was asked for a connection yet."""
        self.connecting = False


# The way of the request that is made in this task; None: nobody wants to know.
WAY: ContextVar[Way | None] = ContextVar("way", default=None)


class Connector(aiohttp.TCPConnector):
    """aiohttp's own, which tells `WAY`; its tracing would as well, for 20 to 40 us a request."""

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own parameter
    ) -> aiohttp.connector.Connection:
        """Find or make a connection, for which a request may have to wait its turn."""
        self.refuse(req)
        way = WAY.get()
        if way is not None:
            way.connecting = True
        connection = await super().connect(req, traces, timeout)
        if way is not None:
            way.connecting = False
        return connection

    def refuse(self, req: aiohttp.ClientRequest) -> None:
        """Raise for what must not leave, before anything is opened for it; here all may."""
