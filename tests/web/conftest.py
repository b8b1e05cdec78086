"""The console over a real PostgreSQL, asked as a browser asks."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from console_seed import Shop as SeededShop
from console_seed import open_shop
from starlette.applications import Starlette
from starlette.routing import Mount

from hudhud.core import kept
from hudhud.core.access import token_hash
from hudhud.core.inboxes import Inboxes
from hudhud.core.secrets import Vault
from hudhud.settings import Settings
from hudhud.store import operators
from hudhud.store.pool import Database
from hudhud.web.api import PREFIX, api
from hudhud.web.console import Context, routes

KEY = "5a" * 32
SECRET = "a-secret-of-the-tests-that-is-long-enough"


@dataclass
class Hinted:
    """Remembers what workers were told."""

    told: list[tuple[str, int, int]] = field(default_factory=list)

    def reply(self, merchant_id: int, conversation_id: int, _due_ms: float) -> None:
        self.told.append(("reply", merchant_id, conversation_id))

    def send(self, merchant_id: int, conversation_id: int, _due_ms: float) -> None:
        self.told.append(("send", merchant_id, conversation_id))

    def changed(self, merchant_id: int, conversation_id: int) -> None:
        self.told.append(("changed", merchant_id, conversation_id))


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """Keeps cookies, sends forms as our own pages would, follows nothing by itself."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cookies: dict[str, str] = {}

    async def get(self, path: str, **headers: str) -> Answered:
        return await self.ask("GET", path, headers=headers)

    async def post(self, path: str, form: Any = None, **headers: str) -> Answered:
        sent = {"origin": "http://shop.test"} | headers
        return await self.ask("POST", path, headers=sent, body=urlencode(form or {}).encode())

    async def ask(
        self, method: str, path: str, *, headers: dict[str, str], body: bytes = b""
    ) -> Answered:
        address, _, query = path.partition("?")
        named = {"host": "shop.test", "content-length": str(len(body))} | headers
        if body:
            named["content-type"] = "application/x-www-form-urlencoded"
        if self.cookies:
            named["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "http", "path": address, "raw_path": address.encode(), "root_path": "",
            "query_string": quote(query, safe="=&%/?").encode(),
            "client": ("10.0.0.1", 5000), "server": ("shop.test", 80),
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in named.items()],
        }  # fmt: skip
        answered = Answered(0, {}, b"")
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            # The browser stays until it has the whole answer.
            if messages:
                return messages.pop()
            return await asyncio.get_running_loop().create_future()

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answered.status = message["status"]
                for key, value in message["headers"]:
                    self._keep(key.decode(), value.decode())
                    answered.headers[key.decode()] = value.decode()
            elif message["type"] == "http.response.body":
                answered.body += message.get("body", b"")

        await self.app(scope, receive, send)
        return answered

    def _keep(self, key: str, value: str) -> None:
        if key == "set-cookie" and (found := re.match(r'([^=]+)="?([^;"]*)', value)):
            name, kept = found.groups()
            self.cookies.pop(name, None)
            if kept:
                self.cookies[name] = kept


@dataclass
class Console:
    """One console, its database and two shops that must not know of each other."""

    database: Database
    app: Any
    hints: Hinted
    shop: SeededShop
    other: SeededShop
    secret: str = SECRET

    def browser(self) -> Browser:
        return Browser(self.app)

    async def link(self, shop: SeededShop, token: str, *, valid_s: float = 600) -> str:
        async with self.database.deed(shop.merchant_id) as connection:
            await operators.make_link(
                connection,
                shop.merchant_id,
                shop.operator_id,
                token_hash=token_hash(SECRET, token),
                expires_at=datetime.now(UTC) + timedelta(seconds=valid_s),
            )
        return f"/sign-in/link/{token}"

    async def signed_in(self, shop: SeededShop | None = None) -> Browser:
        shop = shop or self.shop
        browser = Browser(self.app)
        answer = await browser.post(await self.link(shop, f"in-{secrets.token_hex(8)}"))
        assert answer.status == 303
        return browser


@pytest.fixture
async def console(database_url: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Console]:
    # A busy machine must not make a strip dear, and so a moment old.
    monkeypatch.setattr(kept, "DEAR_S", 1e9)
    database = await Database.open(database_url.app_url, size=4)
    hints = Hinted()
    settings = Settings(data_dir=Path("unused"), secret_key=SECRET, encryption_key_hex=KEY)
    context = Context(
        database=database,
        hints=hints,
        settings=settings,
        inboxes=Inboxes(database, Vault(KEY)),
    )
    app = Starlette(routes=[Mount(PREFIX, app=api(context)), *routes(context)])
    shop, other = await open_shop(database, "one"), await open_shop(database, "two", language="en")
    yield Console(database, app, hints, shop, other)
    await database.close()


@pytest.fixture
def browser_of() -> type[Browser]:
    return Browser
