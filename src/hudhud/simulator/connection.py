"""Connections that end badly on purpose: held open without an answer, or cut."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, cast

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

CUT = "hudhud.cut"


class CuttableProtocol(HttpToolsProtocol):
    """uvicorn's own protocol, that lends each request the means to cut its connection."""

    def on_message_begin(self) -> None:
        """Begin a request as always, and put the transport's abort into its scope."""
        super().on_message_begin()
        # ASGI lets a server add keys of its own.
        cast("dict[str, Any]", self.scope)[CUT] = self.transport.abort


class Cut(Response):
    """No answer: the connection is closed at once (TCP reset)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Cut, then wait until uvicorn knows, else it would write a 500 of its own."""
        cut = scope.get(CUT)
        if cut is not None:
            cut()
        await _gone(receive)


class Held(Response):
    """No answer: the connection stays open until the caller gives up or `hold_ms` are over."""

    def __init__(self, hold_ms: int) -> None:
        """Hold for at most this long."""
        super().__init__()
        self._hold_s = hold_ms / 1000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait for the caller to leave; cut in the end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._hold_s):
                await _gone(receive)
                return
        await Cut()(scope, receive, send)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
