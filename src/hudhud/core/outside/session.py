"""The one door out over HTTP: a session that refuses what no breaker let through (R1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import aiohttp

from hudhud.addresses import guarded_socket
from hudhud.channels.once import connecting
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
    connector = aiohttp.TCPConnector(limit=CONNECTIONS_MAX, keepalive_timeout=KEEPALIVE_S)
    async with aiohttp.ClientSession(connector=connector, trace_configs=_traces()) as http:
        yield http


@asynccontextmanager
async def download_session() -> AsyncIterator[aiohttp.ClientSession]:
    """Open a session for addresses that others name: it connects to public ones only (S8).

    No connection is used twice: one that was made for a trusted host is nobody else's.
    """
    connector = aiohttp.TCPConnector(
        limit=CONNECTIONS_MAX, force_close=True, use_dns_cache=False, socket_factory=guarded_socket
    )
    async with aiohttp.ClientSession(
        connector=connector,
        trace_configs=_traces(),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    ) as http:
        yield http


def _traces() -> list[aiohttp.TraceConfig]:
    guard = aiohttp.TraceConfig()
    guard.on_request_start.append(_refuse_unguarded)
    return [guard, connecting()]


async def _refuse_unguarded(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    asked: aiohttp.TraceRequestStartParams,
) -> None:
    if CALLING.get() is None:
        raise UnguardedCallError(asked.url.host or "")
