"""A webhook's short way through HTTP: no task, no scope, no messages of ASGI.

They cost as much as everything else that happens to a plain webhook. uvicorn reads and keeps the
connections as ever; a webhook whose length is announced and small is held until it is whole, and
offered to the door. What the door does not take at once, and every other request, goes through
ASGI as if nobody had looked.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from hudhud.web.webhooks import PREFIX, Heads, Webhooks

# uvicorn stops reading from a connection that is this far ahead of its reader.
BODY_BYTES_MAX = 65_536
_PLACE = PREFIX.encode()
# It asks whether it may come, or comes in pieces, or tells two lengths.
_UNPLAIN = frozenset({b"expect", b"transfer-encoding", b"content-length"})


class Doorway(HttpToolsProtocol):
    """One connection; `partial(Doorway, door)` is what uvicorn makes them with."""

    _dated: ClassVar[tuple[Any, bytes]] = ((), b"")

    def __init__(self, door: Webhooks, **given: Any) -> None:
        """Stand before a door; all else is uvicorn's own."""
        super().__init__(**given)
        self._door = door
        self._body_bytes_max = min(door.body_bytes_max, BODY_BYTES_MAX)
        self._held: list[bytes] | None = None

    def on_message_begin(self) -> None:
        """A request begins; what ASGI wants of it is made when it is known to go there."""
        self.url, self.headers, self._held = b"", [], None

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Hold it, or let it go on."""
        if self._is_plain():
            self._held = []
        else:
            self._go_on()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        if self._held is None:
            super().on_body(body)
        else:
            self._held.append(body)

    def on_message_complete(self) -> None:
        """Offer it, or let it go on."""
        if self._held is not None:
            held, self._held = b"".join(self._held), None
            if self._offer(held):
                return
            self._go_on()
            super().on_body(held)
        super().on_message_complete()

    def _is_plain(self) -> bool:
        parser = self.parser
        if not self.url.startswith(_PLACE) or parser.get_method() != b"POST":
            return False
        if b"%" in self.url or b"?" in self.url or parser.get_http_version() != "1.1":
            return False
        if parser.should_upgrade() or not parser.should_keep_alive():
            return False
        # Whoever does not wait for his answers gets them in order, and that is uvicorn's.
        if self.cycle is not None and not self.cycle.response_complete:
            return False
        told = b""
        for name, value in self.headers:
            if name == b"content-length" and not told:
                told = value
            elif name in _UNPLAIN:
                return False
        return told.isdigit() and int(told) <= self._body_bytes_max

    def _go_on(self) -> None:
        url, headers = self.url, self.headers
        super().on_message_begin()
        super().on_url(url)
        for name, value in headers:
            super().on_header(name, value)
        super().on_headers_complete()

    def _offer(self, body: bytes) -> bool:
        post, taken = _Post(), False
        answering = partial(self._answer, post)
        with suppress(Exception):  # it is asked again through ASGI, which says what is wrong
            taken = self._door.at_once(self.url.decode("ascii"), self.headers, body, answering)
        if taken:
            self.cycle = post  # type: ignore[assignment]  # as much of one as uvicorn looks at
        return taken

    def _answer(self, post: _Post, status: int, heads: Heads, body: bytes) -> None:
        post.response_complete = True
        if self.transport.is_closing():
            return
        close = b"" if post.keep_alive else b"connection: close\r\n"
        self.transport.write(
            b"%b%b%b%b\r\n%b" % (STATUS_LINE[status], self._date(), _lines(heads), close, body)
        )
        if close:
            self.transport.close()
        self.on_response_complete()

    def _date(self) -> bytes:
        # A list that uvicorn makes anew each second.
        heads = self.server_state.default_headers
        if Doorway._dated[0] is not heads:
            Doorway._dated = (heads, _lines(tuple(heads)))
        return Doorway._dated[1]


class _Post:
    """A webhook that was taken: what uvicorn asks of the request that a connection works on."""

    __slots__ = ("disconnected", "keep_alive", "response_complete")
    message_event: ClassVar[asyncio.Event] = asyncio.Event()  # nobody waits for it

    def __init__(self) -> None:
        self.response_complete = False
        self.disconnected = False
        self.keep_alive = True


@lru_cache(16)
def _lines(heads: Heads) -> bytes:
    return b"".join([b"%b: %b\r\n" % head for head in heads])
