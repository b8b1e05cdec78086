"""An operator sends a file through the console: the provider gets exactly those bytes (S2, S8)."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from consoles import Console as SignedIn
from instances import opened_instances

from homes import Home
from hudhud.simulator.files import FILES
from shops import Shop, opened_shop, until


class Console(SignedIn):
    """An operator's browser that sends files."""

    async def send_file(self, data: bytes, name: str, text: str = "", key: str = "") -> int:
        conversation = await self.shop.conversation()
        form = aiohttp.FormData(quote_fields=False)  # as browsers do
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


async def customer_sees(shop: Shop, kind: str) -> dict[str, Any]:
    """The part of a bubble that shows the file, once it is on the phone."""

    async def look() -> Any:
        return [
            part
            for message in await delivered(shop)
            for part in message["face"]
            if part["what"] == "media" and part["kind"] == kind
        ]

    return dict((await until(look, f"the customer sees the {kind}"))[-1])


async def bytes_at(shop: Shop, url: str) -> bytes:
    """What lies at an address that a bubble names, as the provider reads it."""
    whole = url if url.startswith("http") else shop.house.simulator_url + url
    async with shop.http.get(whole) as answer:
        assert answer.status == 200
        return await answer.read()


@pytest.mark.clause("5.4")
@pytest.mark.parametrize(
    ("kind", "name"), [("image", "خريطة المحل.png"), ("document", "أسعار.pdf"), ("audio", "a.ogg")]
)
async def test_a_file_from_the_console_reaches_the_customer_byte_for_byte(
    shop: Shop, console: Console, kind: str, name: str
) -> None:
    assert await console.send_file(FILES[kind].data, name, "تفضّل") == 303
    seen = await customer_sees(shop, kind)
    assert await bytes_at(shop, seen["url"]) == FILES[kind].data
    (row,) = await shop.rows("select * from media where merchant_id = $1")
    assert (row["state"], row["kind"], row["file_name"]) == ("stored", kind, name)

    async def said() -> bool:
        # Under a picture or a document, after a sound.
        return "تفضّل" in [part.get("text") for m in await delivered(shop) for part in m["face"]]

    await until(said, "the customer reads the words")


async def test_the_same_click_twice_sends_one_file_and_keeps_one(
    shop: Shop, console: Console
) -> None:
    key = secrets.token_hex(16)
    for _ in range(2):
        assert await console.send_file(FILES["image"].data, "a.png", key=key) == 303
    await customer_sees(shop, "image")
    assert await shop.value("select count(*) from media where merchant_id = $1") == 1
    sends = [send for send in await shop.sends() if send["kind"] == "image"]
    assert len(sends) == 1


async def test_what_the_channel_does_not_take_is_said_and_not_kept(
    shop: Shop, console: Console
) -> None:
    assert await console.send_file(b"", "empty.png") == 422
    assert await shop.value("select count(*) from media where merchant_id = $1") == 0


@pytest.mark.parametrize("channel", ["instagram", "messenger"])
async def test_meta_fetches_a_file_by_a_signed_link_that_is_good_for_this_file_alone(
    home: Home, channel: str
) -> None:
    async with opened_shop(home.house, home.owner_url, channel=channel) as shop:
        await shop.say("مرحبا")
        await shop.answered(1)
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as http:
            console = Console(shop, http)
            await console.sign_in()
            assert await console.send_file(FILES["image"].data, "a.png", "هذه هي") == 303
        link = (await customer_sees(shop, "image"))["url"]
        assert await bytes_at(shop, link) == FILES["image"].data
        for changed in (link.replace("part=file", "part=small"), link[:-1] + "_"):
            async with shop.http.get(changed) as answer:
                assert answer.status == 404


async def test_the_thread_shows_what_customer_and_operator_sent(
    shop: Shop, console: Console
) -> None:
    await shop.say(kind="image")
    conversation = await shop.conversation()

    async def kept() -> bool:
        rows = await shop.rows("select state from media where merchant_id = $1")
        return [row["state"] for row in rows] == ["stored"]

    await until(kept, "the file is fetched")
    await console.send_file(FILES["document"].data, "أسعار.pdf")
    _, page, _ = await console.get(f"/conversations/{conversation['id']}")
    links = re.findall(r'(?:src|href)="(/media/[^"]+)"', page.decode())
    assert len(links) == 3  # the picture, its thumbnail, the document
    told = {}
    for link in links:
        status, data, headers = await console.get(link.replace("&amp;", "&"))
        assert status == 200
        assert headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in headers["content-security-policy"]
        told[headers["content-type"]] = (data, headers["content-disposition"])
    assert told["image/png"] == (FILES["image"].data, "inline")
    assert told["image/webp"][1] == "inline"
    data, how = told["application/pdf"]
    assert data == FILES["document"].data
    assert how.startswith("attachment; filename*=UTF-8''%D8")


@pytest.mark.parametrize("version", ["v1", "v2"])
async def test_evolution_is_given_the_very_bytes(home: Home, version: str) -> None:
    async with opened_instances(home, version=version) as shop:
        await shop.say("مرحبا")
        await shop.answered(1)
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as http:
            console = Console(shop, http)
            await console.sign_in()
            assert await console.send_file(FILES["image"].data, "a.png", "هذه هي") == 303
            assert await console.send_file(FILES["audio"].data, "a.ogg") == 303
        for kind in ("image", "audio"):
            seen = await customer_sees(shop, kind)
            data = seen["url"].partition(";base64,")[2]
            assert base64.b64decode(data) == FILES[kind].data
