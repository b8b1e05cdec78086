"""A customer asks to see a product, and sees it: over every channel, in order, once."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from consoles import Console
from instances import opened_instances
from test_webchat_journeys import ask, chat, visitor

from homes import Home
from hudhud.core.goods import picturing
from hudhud.core.media.disk import Disk
from hudhud.core.media.replying import Upload
from hudhud.simulator.files import FILES
from shops import Shop, ledger, opened_shop, until

IMAGE = FILES["image"].data
ASKED = "ابعتلي صورة قميص الكتان"
BELOW = "قميص كتان صيفي: ٢٨"


async def pictured(shop: Shop) -> None:
    """Give the linen shirt a picture."""

    async def chunks() -> AsyncIterator[bytes]:
        yield IMAGE

    product = await shop.value(
        "select id from product where merchant_id = $1 and sku = $2", "SH-01"
    )
    disk = Disk(Path(shop.house.environ["HUDHUD_DATA_DIR"]) / "media")
    upload = Upload("a.png", "image/png", chunks())
    async with shop.opened() as database:
        await picturing.add(database, disk, shop.merchant_id, product, upload)


async def read(shop: Shop) -> list[tuple[str, str]]:
    """The kind and words of each part that the customer reads of what came, in order."""
    phone = await shop.ask("GET", f"/phones/{shop.customer()}")
    return [
        (part.get("kind") or part["what"], part.get("text", ""))
        for message in phone["messages"]
        if not message["mine"]
        for part in message["face"]
    ]


async def seen(shop: Shop) -> dict[str, Any]:
    """The part that shows the picture, once it is on the phone."""

    async def look() -> Any:
        phone = await shop.ask("GET", f"/phones/{shop.customer()}")
        faces = [m["face"] for m in phone["messages"] if not m["mine"]]
        return [p for face in faces for p in face if p.get("kind") == "image"]

    return dict((await until(look, "the customer sees the picture"))[0])


async def bytes_at(shop: Shop, url: str) -> bytes:
    whole = url if url.startswith("http") else shop.house.simulator_url + url
    async with shop.http.get(whole) as answer:
        assert answer.status == 200
        return await answer.read()


async def test_whatsapp_shows_the_picture_with_name_and_price_below_it_once(shop: Shop) -> None:
    await pictured(shop)
    await shop.say(ASKED)
    assert await bytes_at(shop, (await seen(shop))["url"]) == IMAGE
    await shop.answered(1)
    text, picture, below = await read(shop)
    assert text[1] == "تفضّل، هذه صورة قميص كتان صيفي."
    assert [picture[0], below[0]] == ["image", "text"]
    assert below[1].startswith(BELOW)
    found = await ledger(shop)
    assert (found["lost"], found["twice"]) == (0, 0)


@pytest.mark.parametrize("fault", ["130429", "cut_after"])
async def test_what_fails_on_the_way_leaves_the_order_and_no_picture_comes_twice(
    shop: Shop, fault: str
) -> None:
    await pictured(shop)
    await shop.say("السلام عليكم")
    await shop.answered(1)
    await shop.fault(fault)
    await shop.say(ASKED)
    await seen(shop)
    await shop.answered(2)
    kinds = [kind for kind, _ in await read(shop)]
    assert kinds == ["text", "text", "image", "text"]
    assert (await ledger(shop))["twice"] == 0


async def test_instagram_fetches_the_picture_and_the_words_follow_it(home: Home) -> None:
    async with opened_shop(home.house, home.owner_url, channel="instagram") as shop:
        await pictured(shop)
        await shop.say(ASKED)
        assert await bytes_at(shop, (await seen(shop))["url"]) == IMAGE
        await shop.answered(1)
        parts = await read(shop)
        assert [kind for kind, _ in parts] == ["text", "image", "text"]
        assert parts[-1][1].startswith(BELOW)


async def test_evolution_is_given_the_picture_with_its_words(home: Home) -> None:
    async with opened_instances(home) as shop:
        await pictured(shop)
        await shop.say(ASKED)
        data = (await seen(shop))["url"].partition(";base64,")[2]
        assert base64.b64decode(data) == IMAGE
        await shop.answered(1)
        assert any(text.startswith(BELOW) for _, text in await read(shop))


async def test_a_visitor_of_the_web_chat_sees_it(shop: Shop) -> None:
    await pictured(shop)
    url = await chat(shop)
    token = await visitor(shop, url)
    messages = [{"id": "message-1", "text": ASKED}]
    status, _, _ = await ask(shop, f"{url}/messages", {"messages": messages}, token=token)
    assert status == 200

    async def look() -> Any:
        _, told, _ = await ask(shop, f"{url}/messages?after=0", token=token)
        return [one for one in told["messages"] if one.get("files")]

    (message,) = await until(look, "the visitor sees the picture")
    assert message["text"].startswith(BELOW)
    link = message["files"][0]["link"]
    whole = link if link.startswith("http") else shop.house.web_url + link
    assert await bytes_at(shop, whole) == IMAGE


async def test_the_thread_of_the_console_shows_what_was_sent(shop: Shop) -> None:
    await pictured(shop)
    await shop.say(ASKED)
    await seen(shop)
    await shop.answered(1)
    conversation = await shop.conversation()
    async with Console.opened(shop) as console:
        _, page, _ = await console.get(f"/conversations/{conversation['id']}")
    assert 'class="picture image"' in page.decode()
    assert "قميص كتان صيفي" in page.decode()


async def test_without_a_picture_the_words_alone_leave(shop: Shop) -> None:
    await pictured(shop)
    await shop.say("ممكن صورة تيشيرت البولو؟")
    await shop.answered(1)
    ((kind, text),) = await read(shop)
    assert kind == "text"
    assert "لا صورة عندي" in text
    assert "٢٠٬٠٠٠" in text
