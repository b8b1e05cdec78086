"""The one door out over HTTP: a session that refuses what no breaker let through (R1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import msgspec

from hudhud.addresses import guarded_socket
from hudhud.channels.connector import Connector
from hudhud.core.outside.breakers import CALLING
from hudhud.errors import UnguardedCallError

CONNECTIONS_MAX = 256
# Who asks lets go first: a request on a connection that the other side is just closing has no
# answer, and a send `unknown`. Node, on which Evolution runs, closes idle ones after 5 seconds.
KEEPALIVE_S = 4.0


@asynccontextmanager
async def http_session() -> AsyncIterator[aiohttp.ClientSession]:
    """Open the process's HTTP session; every request has to stand inside `Breakers.calling`.

    A request outside of one raises UnguardedCallError and opens no socket: whoever adds a client
    finds out at the first try, not in the first outage.
    """
    connector = _Guarded(limit=CONNECTIONS_MAX, keepalive_timeout=KEEPALIVE_S)
    # A provider's cookie would come back with the next merchant's call.
    cookies = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=cookies,
        # 15 us less than the standard library's, and Arabic in a third of its bytes.
        json_serialize_bytes=msgspec.json.encode,
    ) as http:
        yield http


@asynccontextmanager
async def download_session() -> AsyncIterator[aiohttp.ClientSession]:
    """Open a session for addresses that others name: it connects to public ones only (S8).

    No connection is used twice: one that was made for a trusted host is nobody else's.
    """
    connector = _Guarded(
        limit=CONNECTIONS_MAX, force_close=True, use_dns_cache=False, socket_factory=guarded_socket
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    ) as http:
        yield http


class _Guarded(Connector):
    """Makes no connection for a request that no breaker let through."""

    def refuse(self, req: aiohttp.ClientRequest) -> None:
        if CALLING.get() is None:
            raise UnguardedCallError(req.url.host or "")
