"""Web chats of a running shop: a new inbox, what its visitor asks, what a person answers."""

from __future__ import annotations

import secrets
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from hudhud.core import handoff
from hudhud.core.connecting import connect
from hudhud.core.secrets import Vault
from hudhud.model import Content, Inbox
from shops import Nobody, Shop

SITE = "https://shop.example"
# What a careful site allows: our script, what it asks of us, and nothing that stands in the page.
POLICY = (
    "default-src 'none'; script-src {house}; connect-src {house}; img-src {house} blob:; "
    "base-uri 'none'; require-trusted-types-for 'script'"
)
PAGE = """<!doctype html><html lang="{language}" dir="{dir}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>متجر</title><body>
<h1>{title}</h1><p><a href="#">{title}</a></p>
<script src="{script}" async {attributes}></script></body></html>"""
WORDS = {"ar": ("rtl", "متجر الكتان"), "en": ("ltr", "Linen shop")}


async def connected(shop: Shop, **given: str) -> Inbox:
    """A new web chat of this shop, which the shop's assistant answers."""
    async with shop.opened() as database, database.deed(shop.merchant_id) as connection:
        return await connect(
            connection,
            Vault(shop.house.key_hex),
            merchant_id=shop.merchant_id,
            channel="webchat",
            name="متجر الكتان",
            given={"origins": SITE, **given},
            assistant_id=shop.inbox.assistant_id,
            window_ms=400,
        )


def address(shop: Shop, inbox: Inbox) -> str:
    return f"{shop.house.web_url}/chat/{inbox.key}"


async def answer(shop: Shop, inbox: Inbox, text: str, content: Content | None = None) -> None:
    """The shop's operator answers the one visitor of this chat."""
    (row,) = await shop.rows(
        "select id from conversation where merchant_id = $1 and inbox_id = $2", inbox.id
    )
    async with shop.opened() as database:
        await handoff.reply(
            database,
            Nobody(),
            shop.merchant_id,
            row["id"],
            shop.operator_id,
            text,
            key=secrets.token_hex(16),
            content=content,
        )


class Site:
    """Somebody else's site on this machine; its origin is not ours."""

    def __init__(self, shop: Shop) -> None:
        self.house_url = shop.house.web_url
        self.origin = ""
        self.script = ""
        self.attributes = ""

    async def page(self, request: web.Request) -> web.Response:
        language = request.query.get("language", "ar")
        direction, title = WORDS[language]
        words = PAGE.format(
            language=language,
            dir=direction,
            title=title,
            script=self.script,
            attributes=self.attributes,
        )
        policy = POLICY.format(house=self.house_url)
        return web.Response(
            text=words, content_type="text/html", headers={"content-security-policy": policy}
        )


@asynccontextmanager
async def opened_site(shop: Shop) -> Any:
    """Serve a site on another host and another port than Hudhud."""
    site = Site(shop)
    application = web.Application()
    application.router.add_get("/", site.page)
    runner = web.AppRunner(application)
    await runner.setup()
    served = web.TCPSite(runner, "127.0.0.1", 0)
    await served.start()
    site.origin = f"http://localhost:{runner.addresses[0][1]}"
    try:
        yield site
    finally:
        await runner.cleanup()
