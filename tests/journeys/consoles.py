"""An operator's browser in a running house."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import aiohttp
from yarl import URL

from hudhud.core.access import new_token, token_hash
from hudhud.store import sessions
from hudhud.web.sessions import PLAIN_COOKIE
from shops import Shop


class Console:
    """An operator's browser."""

    def __init__(self, shop: Shop, http: aiohttp.ClientSession) -> None:
        self.shop = shop
        self.http = http
        self.headers = {"origin": shop.house.web_url}

    async def sign_in(self) -> None:
        # As a link would, without its limit: all tests come from one address.
        token, secret = new_token(), self.shop.house.environ["SECRET_KEY"]
        async with self.shop.opened() as database, database.deed(self.shop.merchant_id) as deed:
            await sessions.start(
                deed,
                self.shop.merchant_id,
                self.shop.operator_id,
                token_hash=token_hash(secret, token),
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
        self.http.cookie_jar.update_cookies({PLAIN_COOKIE: token}, URL(self.shop.house.web_url))

    async def post(self, path: str, data: Any = None) -> int:
        url = self.shop.house.web_url + path
        async with self.http.post(
            url, data=data or {}, headers=self.headers, allow_redirects=False
        ) as answer:
            return answer.status

    async def get(self, path: str, **headers: str) -> tuple[int, bytes, Any]:
        async with self.http.get(self.shop.house.web_url + path, headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers

    @classmethod
    @asynccontextmanager
    async def opened(cls, shop: Shop) -> AsyncIterator[Self]:
        """A browser in which the shop's operator is signed in."""
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as http:
            console = cls(shop, http)
            await console.sign_in()
            yield console

    async def page(self, path: str) -> str:
        """The words of a page."""
        status, body, _ = await self.get(path)
        assert status == 200, path
        return body.decode()
