"""An operator sends a file through the console: the provider gets exactly those bytes (S2, S8)."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from hudhud.core.access import new_token, token_hash
from hudhud.simulator.files import FILES
from hudhud.store import operators
from shops import Shop

SENT = "select kind, body, content, state from message m join outbox o on o.message_id = m.id"


class Console:
    """An operator's browser."""

    def __init__(self, shop: Shop, http: aiohttp.ClientSession) -> None:
        self.shop = shop
        self.http = http
        self.headers = {"origin": shop.house.web_url}

    async def sign_in(self) -> None:
        token = new_token()
        secret = self.shop.house.environ["SECRET_KEY"]
        async with self.shop.opened() as database, database.deed(self.shop.merchant_id) as deed:
            await operators.make_link(
                deed,
                self.shop.merchant_id,
                self.shop.operator_id,
                token_hash=token_hash(secret, token),
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
        await self.post(f"/sign-in/link/{token}")

    async def post(self, path: str, data: Any = None) -> int:
        url = self.shop.house.web_url + path
        async with self.http.post(
            url, data=data or {}, headers=self.headers, allow_redirects=False
        ) as answer:
            return answer.status

    async def get(self, path: str, **headers: str) -> tuple[int, bytes, Any]:
        async with self.http.get(self.shop.house.web_url + path, headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers

    async def send_file(self, data: bytes, name: str, text: str = "", key: str = "") -> int:
        conversation = await self.shop.conversation()
        form = aiohttp.FormData()
        form.add_field("key", key or secrets.token_hex(16))
        form.add_field("text", text)
        form.add_field("file", data, filename=name, content_type="application/octet-stream")
        return await self.post(f"/conversations/{conversation['id']}/reply", form)


@pytest.fixture
async def console(shop: Shop) -> AsyncIterator[Console]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        console = Console(shop, http)
        await shop.say("أرسلوا لي الصورة")
        await shop.answered(1)
        await console.sign_in()
        yield console


async def delivered(shop: Shop) -> list[dict[str, Any]]:
    """What the customer sees of what an operator sent: the parts of each bubble."""
    phone = await shop.ask("GET", f"/phones/{shop.customer()}")
    return [m for m in phone["messages"] if not m["mine"] and m["kind"] in (*FILES, "text")]
