"""A deliverer in an open app, and a provider that it really sends to, over HTTP."""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import web

from hudhud.core.app import App
from hudhud.core.connecting import connect
from hudhud.core.outside.session import http_session
from hudhud.core.secrets import Vault
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.worker.deliverer import Deliverer
from hudhud.worker.run import work
from shop import Shop

KEY_HEX = secrets.token_hex(32)
_numbers = itertools.count(700)


class Arrival(NamedTuple):
    """One send as the provider saw it: from which number, with which tag, when."""

    number: str
    tag: str
    at_s: float


@dataclass
class Provider:
    """Takes every send; a number in `slow` gets its answers only when `gate` opens."""

    url: str = ""
    arrivals: list[Arrival] = field(default_factory=list)
    slow: set[str] = field(default_factory=set)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        body = await request.json()
        tag = body["biz_opaque_callback_data"]
        self.arrivals.append(Arrival(number, tag, time.monotonic()))
        if number in self.slow:
            await self.gate.wait()
        return web.json_response({"messages": [{"id": f"wamid.{len(self.arrivals)}"}]})

    def tags(self, shop: Shop) -> list[str]:
        return [a.tag for a in self.arrivals if a.number == shop.account]


@asynccontextmanager
async def running_provider() -> AsyncIterator[Provider]:
    """A provider that listens."""
    told = Provider()
    app = web.Application()
    app.router.add_post("/v23.0/{number}/messages", told.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield told
    told.gate.set()
    await runner.cleanup()


def settings(database_url: str, queue_url: str, **more: Any) -> Settings:
    return Settings(
        data_dir=Path("/nowhere"),
        database_url=database_url,
        queue_url=queue_url,
        encryption_key_hex=KEY_HEX,
        secret_key=secrets.token_hex(32),
        **more,
    )


async def connected_shop(database: Database, provider: Provider) -> Shop:
    """A new merchant whose one number sends to this provider."""
    number = next(_numbers)
    rows = await database.call(
        "select merchant_new($1, $2, 'ar', 'IQD')", f"sender-{number}", f"متجر {number}"
    )
    given = {
        "phone_number_id": str(number),
        "token": "t",
        "app_secret": "s",
        "verify_token": "v",
        "api_url": provider.url,
    }
    async with database.deed(rows[0][0]) as connection:
        inbox = await connect(
            connection,
            Vault(KEY_HEX),
            merchant_id=rows[0][0],
            channel="whatsapp",
            name="رقم",
            given=given,
        )
    return Shop(database=database, merchant=inbox.merchant_id, inbox=inbox.id, account=str(number))


@asynccontextmanager
async def delivering(app: App, *, holder: str = "test") -> AsyncIterator[Deliverer]:
    """A running deliverer, drained at the end."""
    async with http_session() as http:
        deliverer = Deliverer(app, http, holder=holder)
        running = asyncio.create_task(deliverer.run())
        try:
            yield deliverer
        finally:
            deliverer.drain()
            await running


@asynccontextmanager
async def working(app: App) -> AsyncIterator[None]:
    """A worker, drained at the end."""
    stop = asyncio.Event()
    running = asyncio.create_task(work(app, stop, holder="test"))
    try:
        yield
    finally:
        stop.set()
        await running
