"""The one door out over HTTP: closed to whatever no breaker let through (R1)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from hudhud.core.breaker import Policy
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.session import http_session
from hudhud.errors import UnguardedCallError


@pytest.fixture
async def asked() -> AsyncIterator[tuple[str, list[str]]]:
    """The address of a server, and the paths that it was asked for."""
    paths: list[str] = []

    async def take(request: web.Request) -> web.Response:
        paths.append(request.path + "".join(f"?{name}" for name in request.cookies))
        return web.Response(headers={"Set-Cookie": "whose=the-first"})

    app = web.Application()
    app.router.add_get("/{path}", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", paths
    await runner.cleanup()


async def _get(http: aiohttp.ClientSession, url: str) -> None:
    async with http.get(url):
        pass


async def test_a_request_without_a_breaker_is_refused_before_a_socket_opens(asked):
    url, paths = asked
    async with http_session() as http:
        with pytest.raises(UnguardedCallError):
            await _get(http, f"{url}/unguarded")
        async with Breakers(Policy()).calling("inbox/1", deadline_s=5):
            await _get(http, f"{url}/guarded")
        # The connection is open by now, and still nobody may use it so.
        with pytest.raises(UnguardedCallError):
            await _get(http, f"{url}/after")
    assert paths == ["/guarded"]


async def test_a_cookie_of_one_call_does_not_go_with_the_next(asked):
    url, paths = asked
    by_name = url.replace("127.0.0.1", "localhost")  # an address in figures has no cookies
    async with http_session() as http, Breakers(Policy()).calling("inbox/1", deadline_s=5):
        await _get(http, f"{by_name}/first")
        await _get(http, f"{by_name}/second")
    assert paths == ["/first", "/second"]
