"""A file that we keep leaves as its channel wants it, whoever answers with it (S2, S8, law 5)."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from worker_ground import Provider, connected_shop, delivering

from hudhud.core.app import App
from hudhud.core.media import carrying
from hudhud.core.media.disk import Disk, key_of
from hudhud.model import Media
from hudhud.store import conversations, media
from hudhud.store.conversations import Finish, Rich
from hudhud.store.media import Stored
from shop import Shop
from shops import until

DATA = b"%PDF-1.7 " + bytes(range(256)) * 40


@dataclass
class Graph:
    """Meta, as far as a file goes: takes uploads, and sends by their ids."""

    url: str = ""
    refuse: list[int] = field(default_factory=list)
    uploads: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)

    async def upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        if self.refuse:
            return web.Response(status=self.refuse.pop(0))
        file: Any = form["file"]
        name = f"up{len(self.uploads)}"
        self.uploads[name] = (str(form["type"]), file.file.read())
        return web.json_response({"id": name})

    async def send(self, request: web.Request) -> web.Response:
        self.sent.append(await request.json())
        return web.json_response({"messages": [{"id": f"wamid.{len(self.sent)}"}]})


@pytest.fixture
async def graph() -> AsyncIterator[Graph]:
    local = Graph()
    app = web.Application()
    app.router.add_post("/v23.0/{number}/media", local.upload)
    app.router.add_post("/v23.0/{number}/messages", local.send)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    local.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield local
    await runner.cleanup()


async def kept(app: App, shop: Shop, folder: Any) -> int:
    """A price list of the merchant's own, for any conversation."""
    disk, public_id = Disk(folder), uuid.uuid4()
    object.__setattr__(app, "storage", disk)
    place = disk.path(key_of(public_id))
    place.parent.mkdir(parents=True)
    place.write_bytes(DATA)
    what = Stored(mime="application/pdf", bytes=len(DATA), sha256="", key=key_of(public_id))
    async with app.database.deed(shop.merchant) as connection:
        return await media.keep(
            connection,
            public_id,
            what,
            merchant_id=shop.merchant,
            conversation_id=None,
            kind="document",
            file_name="أسعار.pdf",
        )


async def answer_with(app: App, shop: Shop, media_id: int) -> None:
    """The assistant answers the one customer with this file."""
    await shop.receive(shop.message())
    await shop.make_due()
    places = await shop.conversations()
    (claim,) = await conversations.claim(shop.database, places, holder="test", lease_s=60)
    content = Media(type="document", media_id=media_id, caption="تفضّل")
    part = Rich(kind="media", body="تفضّل", send=content)
    ending = Finish(claimed=claim.claimed, outcome="answered", parts=(part,))
    assert await conversations.finish(shop.database, [ending])
    app.hints.send(*places[0], 0)


async def state(shop: Shop, *wanted: str) -> Any:
    async def there() -> Any:
        (row,) = await shop.rows("select * from outbox")
        return row if row["state"] in wanted else None

    return await until(there, f"the send is {wanted}")


async def test_an_assistants_file_is_uploaded_and_sent_by_its_id(app: App, graph, tmp_path):
    shop = await connected_shop(app.database, Provider(url=graph.url))
    await answer_with(app, shop, await kept(app, shop, tmp_path))
    async with delivering(app):
        await state(shop, "accepted")
    assert graph.uploads == {"up0": ("application/pdf", DATA)}
    (sent,) = graph.sent
    assert sent["document"] == {"id": "up0", "caption": "تفضّل", "filename": "أسعار.pdf"}


async def test_an_upload_that_breaks_sends_nothing_and_is_made_again(app: App, graph, tmp_path):
    shop = await connected_shop(app.database, Provider(url=graph.url))
    graph.refuse = [500]
    await answer_with(app, shop, await kept(app, shop, tmp_path))
    async with delivering(app):
        row = await state(shop, "accepted")
    assert row["attempt"] - row["spared"] == 2
    assert len(graph.sent) == 1


async def test_an_upload_that_takes_too_long_is_no_send_that_nobody_knows_of(
    app: App, graph, tmp_path, monkeypatch
):
    monkeypatch.setattr(carrying, "CARRY_S", 0.0)
    object.__setattr__(app.settings, "attempts_max", 1)
    shop = await connected_shop(app.database, Provider(url=graph.url))
    await answer_with(app, shop, await kept(app, shop, tmp_path))
    async with delivering(app):
        row = await state(shop, "rejected", "unknown")
    assert (row["state"], row["error_code"]) == ("rejected", "file_slow")
    assert not graph.sent


@pytest.mark.parametrize("why", ["dropped", "lost", "another merchant's"])
async def test_a_file_that_is_not_there_is_a_dead_letter(app: App, graph, tmp_path, why):
    shop = await connected_shop(app.database, Provider(url=graph.url))
    owner = await connected_shop(app.database, Provider(url=graph.url))
    media_id = await kept(app, owner if why.startswith("another") else shop, tmp_path)
    if why == "dropped":
        await shop.write("update media set state = 'dropped'")
    if why == "lost":
        next(path for path in tmp_path.rglob("*") if path.is_file()).unlink()
    await answer_with(app, shop, media_id)
    async with delivering(app):
        row = await state(shop, "rejected")
    assert row["error_code"] == "file_gone"
    assert not graph.sent
    assert await shop.one("select kind from dead_letter") == "send"


async def test_a_large_file_is_fetched_from_us_where_meta_can(app: App, graph, tmp_path):
    object.__setattr__(app.settings, "public_url", "https://chat.example")
    shop = await connected_shop(app.database, Provider(url=graph.url))
    media_id = await kept(app, shop, tmp_path)
    await shop.write("update media set bytes = $1", carrying.GIVEN_BYTES_MAX + 1)
    await answer_with(app, shop, media_id)
    async with delivering(app):
        await state(shop, "accepted")
    link = graph.sent[0]["document"]["link"]
    assert link.startswith("https://chat.example/media/")
    assert not graph.uploads
