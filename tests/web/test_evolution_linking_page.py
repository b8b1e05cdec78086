"""The page that links a phone: its QR code, and what to do; the alarm that leads to it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from hudhud.core.linking.drawing import half_blocks, svg
from hudhud.core.secrets import Vault
from hudhud.core.setting_up import connect_inbox

CODE = "2@a-code-that-links-a-phone,with,commas"


class Evolution:
    """An instance that answers what a test says."""

    def __init__(self) -> None:
        self.state, self.status, self.url = "close", 200, ""
        self.asked: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        if self.status != 200:
            return web.Response(status=self.status, text="{}")
        if "connectionState" in request.path:
            told: Any = {"instance": {"instanceName": "shop", "state": self.state}}
        else:
            told = {"code": CODE, "pairingCode": "ABCD-1234", "count": 1}
        return web.Response(text=json.dumps(told), content_type="application/json")


@pytest.fixture
async def evo() -> AsyncIterator[Evolution]:
    evo = Evolution()
    app = web.Application()
    app.router.add_get("/{rest:.*}", evo.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    evo.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield evo
    await runner.cleanup()


@pytest.fixture
async def inbox(console: Any, evo: Evolution) -> Any:
    given = {"instance_name": "shop", "api_url": evo.url, "apikey": "K", "webhook_secret": "S"}
    vault = Vault("5a" * 32)
    return await connect_inbox(
        console.database,
        vault,
        console.shop.merchant_id,
        channel="evolution",
        name="هاتف المحل",
        given=given,
    )


async def test_the_page_draws_the_code_and_says_what_to_do(console: Any, inbox: Any) -> None:
    browser = await console.signed_in()
    page = await browser.get(f"/inboxes/{inbox.id}/link")
    assert page.status == 200
    assert svg(CODE) in page.text
    assert "ABCD-1234" in page.text
    assert "الأجهزة المرتبطة" in page.text
    assert 'id="linking" data-region' in page.text
    assert CODE not in page.text


async def test_it_asks_no_more_often_than_it_may(console: Any, inbox: Any, evo: Evolution) -> None:
    browser = await console.signed_in()
    for _ in range(5):
        await browser.get(f"/inboxes/{inbox.id}/link")
    assert evo.asked == ["/instance/connectionState/shop", "/instance/connect/shop"]


async def test_a_linked_phone_needs_no_code(console: Any, inbox: Any, evo: Evolution) -> None:
    evo.state = "open"
    page = (await (await console.signed_in()).get(f"/inboxes/{inbox.id}/link")).text
    assert "الهاتف مربوط" in page
    assert '<svg class="qr"' not in page


async def test_an_instance_that_does_not_answer_is_said_so(
    console: Any, inbox: Any, evo: Evolution
) -> None:
    evo.status = 500
    page = await (await console.signed_in()).get(f"/inboxes/{inbox.id}/link")
    assert page.status == 200
    assert "لم يُجب Evolution API" in page.text


async def test_who_needs_no_linking_has_no_such_page(console: Any) -> None:
    browser = await console.signed_in()
    async with console.database.reading(console.shop.merchant_id) as connection:
        other = await connection.fetchval("select id from inbox where channel = 'whatsapp' limit 1")
    assert (await browser.get(f"/inboxes/{other}/link")).status == 404
    assert (await browser.get("/inboxes/999999/link")).status == 404


async def test_a_lost_phone_stands_where_people_look_with_the_way_out(
    console: Any, inbox: Any
) -> None:
    async with console.database.deed(console.shop.merchant_id) as connection:
        await connection.execute(
            "insert into inbox_link (merchant_id, inbox_id, linked, since, told_at)"
            " values ($1, $2, false, now() - interval '5 minutes', now())",
            console.shop.merchant_id,
            inbox.id,
        )
    browser = await console.signed_in()
    for path in ("/waiting", "/services"):
        page = (await browser.get(path)).text
        assert f'href="/inboxes/{inbox.id}/link"' in page
        assert "لا يصل منه شيء" in page


def test_a_terminal_sees_every_module_of_the_code() -> None:
    lines = half_blocks(CODE).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert set("".join(lines)) <= set(" █▀▄")
