"""A whole walk in one process, with an eye on every socket: each opens behind a breaker (R1)."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import web
from worker_ground import working

from hudhud.core.app import App
from hudhud.core.outside.breakers import CALLING
from hudhud.core.secrets import Vault
from hudhud.core.setting_up import connect_inbox
from hudhud.store import assistants
from hudhud.store.pool import Database
from shop import Shop

# What connected, to where, and the service that was being called: (address, service) pairs.
Seen = list[tuple[Any, str | None]]
_eyes: list[Seen] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    # An audit hook cannot be taken away again, so it tells only whoever looks.
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        for seen in _eyes:
            seen.append((arguments[1], CALLING.get()))


sys.addaudithook(_watch)


@pytest.fixture
def seen() -> Iterator[Seen]:
    _eyes.append([])
    yield _eyes[-1]
    _eyes.pop()


class Outside:
    """Provider and model in one: takes sends, shows typing, answers every question."""

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[str] = []
        self.typing = 0

    async def take(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("status") == "read":
            self.typing += 1
            return web.json_response({"success": True})
        self.sent.append(body["text"]["body"])
        return web.json_response({"messages": [{"id": f"wamid.{len(self.sent)}"}]})

    async def complete(self, request: web.Request) -> web.Response:
        await request.read()
        message = {"role": "assistant", "content": json.dumps({"response": "أهلًا بك"})}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        head = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
        return web.json_response({**head, "choices": [choice], "usage": usage})


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    stand_in = Outside()
    app = web.Application()
    app.router.add_post("/v23.0/{number}/messages", stand_in.take)
    app.router.add_post("/v1/chat/completions", stand_in.complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand_in.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield stand_in
    await runner.cleanup()


async def shop_that_asks(app: App, outside: Outside) -> Shop:
    """A merchant whose number and whose model are both this stand-in."""
    database: Database = app.database
    rows = await database.call("select merchant_new('guarded', 'متجر', 'ar', 'IQD')")
    merchant_id = rows[0][0]
    options = {"model": "openai:m", "base_url": f"{outside.url}/v1", "api_key": "local"}
    async with database.deed(merchant_id) as connection:
        await assistants.add(connection, merchant_id, name="هدهد", responder="llm", options=options)
    inbox = await connect_inbox(
        database,
        Vault(app.settings.encryption_key_hex),
        merchant_id,
        channel="whatsapp",
        name="رقم",
        given={
            "phone_number_id": "777",
            "token": "t",
            "app_secret": "s",
            "verify_token": "v",
            "api_url": outside.url,
        },
    )
    shop = Shop(database=database, merchant=merchant_id, inbox=inbox.id, account="777")
    await shop.write("update inbox set window_ms = 0")
    return shop


async def test_from_the_message_to_the_reply_every_socket_opens_behind_a_breaker(
    app: App, outside: Outside, seen: Seen
):
    shop = await shop_that_asks(app, outside)
    async with working(app):
        await shop.receive(shop.message("مرحبا"))
        async with asyncio.timeout(20):
            while not (outside.sent and outside.typing):
                await asyncio.sleep(0.02)
    assert outside.sent == ["أهلًا بك"]
    host = outside.url.removeprefix("http://")
    wanted = {f"inbox/{shop.inbox}", f"responder/llm/{host}/openai:m"}
    assert {service for _, service in seen} == wanted


async def test_a_socket_that_opens_outside_of_a_breaker_is_seen(outside: Outside, seen: Seen):
    port = int(outside.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)):
        pass
    assert seen == [(("127.0.0.1", port), None)]
