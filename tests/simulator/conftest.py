"""A running simulator, with and without a verified number, and the endpoint it writes to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from simulated import DEADLINE_S, Simulated, Sink, Wait, running

from hudhud.settings import Settings


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    sink = Sink()
    app = web.Application()
    app.router.add_get("/webhooks/whatsapp/key", sink.challenge)
    app.router.add_post("/webhooks/whatsapp/key", sink.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    sink.url = f"http://{host}:{port}/webhooks/whatsapp/key"
    yield sink
    await runner.cleanup()


@pytest.fixture
async def simulator(data_dir: Path) -> AsyncIterator[Simulated]:
    async with (
        running(Settings(data_dir=data_dir)) as url,
        aiohttp.ClientSession() as http,
    ):
        yield Simulated(http, url)


@pytest.fixture
async def shop(simulator: Simulated, sink: Sink) -> Simulated:
    """The simulator with one verified number and quick retries."""
    assert (await simulator.register(sink))["verified"]
    await simulator.behave(retry_first_ms=10, retry_most_ms=20)
    return simulator


@pytest.fixture
def eventually() -> Wait:
    """Ask again until it is true, with a deadline: for what only a GET can show."""

    async def wait(true: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(DEADLINE_S):
            while not await true():
                await asyncio.sleep(0.01)

    return wait
