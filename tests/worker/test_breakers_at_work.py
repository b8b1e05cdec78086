"""A provider that is away: the outbox waits, no attempt counts, nothing becomes unknown (R1)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from free_ports import free_port
from hudhud.core.app import App, opened
from hudhud.core.outside import breakers, forcing
from hudhud.core.secrets import Vault
from hudhud.core.setting_up import connect_inbox
from hudhud.settings import Settings
from hudhud.worker import deliverer
from hudhud.worker.run import work
from shop import Shop

CUSTOMERS = 12


class Provider:
    """Meta at a port of its own, where at first nobody listens."""

    def __init__(self) -> None:
        self.port = free_port()
        self.tags: list[str] = []
        self._runner: web.AppRunner | None = None

    async def take(self, request: web.Request) -> web.Response:
        body = await request.json()
        if "biz_opaque_callback_data" in body:
            self.tags.append(body["biz_opaque_callback_data"])
        return web.json_response({"messages": [{"id": f"wamid.{len(self.tags)}"}]})

    async def come(self) -> None:
        app = web.Application()
        app.router.add_post("/v23.0/{number}/messages", self.take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def go(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    stand_in = Provider()
    yield stand_in
    await stand_in.go()


@pytest.fixture
async def app(
    database_url: Any, queue_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[App]:
    monkeypatch.setattr(deliverer, "BREAKER_PAUSE_S", 0.2)
    monkeypatch.setattr(breakers, "REFRESH_S", 0.1)
    chosen = Settings(
        data_dir=tmp_path,
        database_url=database_url.app_url,
        queue_url=queue_url,
        encryption_key_hex="00112233445566778899aabbccddeeff" * 2,
        breaker="failures=5,open_s=1",
        attempts_max=10,
        sweep_s=1,
    )
    async with opened(chosen, name="test", pool_size=6) as app:
        stop = asyncio.Event()
        running = asyncio.create_task(work(app, stop, holder="test"))
        yield app
        stop.set()
        await running


async def shop_of(app: App, provider: Provider) -> Shop:
    rows = await app.database.call("select merchant_new('away', 'متجر', 'ar', 'IQD')")
    inbox = await connect_inbox(
        app.database,
        Vault(app.settings.encryption_key_hex),
        rows[0][0],
        channel="whatsapp",
        name="رقم",
        given={
            "phone_number_id": "888",
            "token": "t",
            "app_secret": "s",
            "verify_token": "v",
            "api_url": f"http://127.0.0.1:{provider.port}",
        },
    )
    shop = Shop(database=app.database, merchant=inbox.merchant_id, inbox=inbox.id, account="888")
    # Without an assistant each batch goes to a person, with a word to the customer: one send each.
    await shop.write("update inbox set window_ms = 0")
    return shop


async def until(true: Any, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.05)


async def test_the_outbox_waits_while_the_breaker_is_open_and_everything_leaves_once(
    app: App, provider: Provider
):
    shop = await shop_of(app, provider)
    for customer in range(CUSTOMERS):
        await shop.receive(shop.message(who=f"96477000{customer:02d}"))
    service = f"inbox/{shop.inbox}"

    async def waits() -> bool:
        held = await shop.one(
            "select count(*) from outbox where error_text like '%failed too often%'"
        )
        written = await shop.one("select count(*) from outbox") == CUSTOMERS
        return written and bool(held) and app.breakers.get(service).opening is not None

    await until(waits)
    rows = await shop.rows("select state, attempt, spared from outbox")
    assert {row["state"] for row in rows} <= {"queued", "sending"}
    # Those that met the closed door, and perhaps a prober: no attempt of anybody else counts.
    assert sum(row["attempt"] - row["spared"] for row in rows if row["state"] == "queued") <= 7
    await provider.come()

    async def left() -> bool:
        return bool(await shop.one("select bool_and(state = 'accepted') from outbox"))

    await until(left)
    assert len(provider.tags) == len(set(provider.tags)) == CUSTOMERS
    assert app.breakers.get(service).opening is None
    assert await shop.one("select count(*) from dead_letter") == 0


async def test_an_operator_holds_a_provider_and_lets_it_go_without_a_loss(
    app: App, provider: Provider
):
    shop = await shop_of(app, provider)
    await provider.come()
    await forcing.hold_inbox(app.database, shop.merchant, shop.inbox, 1, "open")

    async def held() -> bool:
        return app.breakers.get(f"inbox/{shop.inbox}").forced == "open"

    await until(held, 2)
    await shop.receive(shop.message())

    async def waits() -> bool:
        return bool(await shop.one("select count(*) from outbox where spared > 0"))

    await until(waits)
    assert provider.tags == []
    await forcing.hold_inbox(app.database, shop.merchant, shop.inbox, 1, None)

    async def left() -> bool:
        return len(provider.tags) == 1

    await until(left)
