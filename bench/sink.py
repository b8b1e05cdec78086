"""A provider that takes every message at once: a process of its own, as small as one can be.

`POST` anything answers as Meta's Graph API does; `GET /count` says how many messages came, and
`GET /seen` when (by the machine's monotonic clock) and under which tags.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from typing import cast
from urllib.request import urlopen

import httptools
import msgspec
import uvloop

TAG = b'"biz_opaque_callback_data"'


class Sent(msgspec.Struct):
    """The one field of a send that is looked at."""

    biz_opaque_callback_data: str


class Seen(msgspec.Struct):
    """What came: one moment and one tag for each message."""

    moments: list[float] = []
    tags: list[str] = []


class Sink(asyncio.Protocol):
    """One connection of whoever sends."""

    def __init__(self, seen: Seen) -> None:
        """Write what comes into `seen`."""
        self._seen = seen
        self._parser = httptools.HttpRequestParser(self)
        self._url, self._body = b"", b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        # uvloop's own does not derive from asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which calls the `on_` methods."""
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        """A request begins."""
        self._url, self._body = url, b""

    def on_body(self, body: bytes) -> None:
        """A part of its body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Answer; only what carries a tag is a message (typing indicators carry none)."""
        if self._url == b"/count":
            answer = str(len(self._seen.moments)).encode()
        elif self._url == b"/seen":
            answer = msgspec.json.encode(self._seen)
        else:
            answer = b'{"messages":[{"id":"wamid.sink.%d"}]}' % len(self._seen.moments)
            if TAG in self._body:
                self._seen.moments.append(time.monotonic())
                sent = msgspec.json.decode(self._body, type=Sent)
                self._seen.tags.append(sent.biz_opaque_callback_data)
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        self._transport.write(head % len(answer) + answer)


def count(port: int) -> int:
    """Messages that have come so far."""
    return int(_ask(port, "count"))


def seen(port: int) -> Seen:
    """All that came."""
    return msgspec.json.decode(_ask(port, "seen"), type=Seen)


def _ask(port: int, what: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{port}/{what}", timeout=10) as answer:
        read: bytes = answer.read()
    return read


async def serve(port: int) -> None:
    """Serve until the process is ended."""
    everything = Seen()
    make: Callable[[], Sink] = lambda: Sink(everything)  # noqa: E731 - asyncio asks for a factory
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1])))
