"""A file by its link: what a browser may do with it, and a kind page where there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount

from hudhud.core.media.disk import Disk, key_of
from hudhud.store import media
from hudhud.store.media import Stored
from hudhud.web.console.context import Context
from hudhud.web.media import disposition, files, served_type, span

DATA = bytes(range(200))


@pytest.fixture
def served(console: Any, tmp_path: Path) -> Any:
    """The context, a browser of nobody, and a way to keep a file."""
    settings = console.app.routes[-1].app.state.context.settings
    now = [datetime.now(UTC)]
    disk = Disk(tmp_path)
    context = Context(
        database=console.database,
        hints=console.hints,
        settings=settings,
        storage=disk,
        clock=lambda: now[0],
    )
    browser = type(console.browser())(Starlette(routes=[Mount("/media", app=files(context))]))

    async def keep(mime: str, kind: str = "document", name: str = "ملف.bin", **more: Any) -> UUID:
        public_id = UUID(int=len(list(tmp_path.rglob("*"))) + 1)
        place = disk.path(key_of(public_id))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(DATA)
        what = Stored(mime=mime, bytes=len(DATA), sha256="", key=key_of(public_id), **more)
        async with console.database.deed(console.shop.merchant_id) as connection:
            await media.keep(
                connection,
                public_id,
                what,
                merchant_id=console.shop.merchant_id,
                conversation_id=None,
                kind=kind,
                file_name=name,
            )
        return public_id

    class Served(msgspec.Struct):
        keep: Any
        get: Any
        link: Any
        console: Any
        now: Any

    def link(public_id: UUID, **more: Any) -> str:
        merchant_id = more.pop("merchant_id", console.shop.merchant_id)
        return context.links.to(merchant_id, public_id, now[0], **more)

    return Served(keep, browser.get, link, console, now)


@pytest.mark.clause("5.4")
@pytest.mark.parametrize(
    ("mime", "type_", "how"),
    [
        ("image/png", "image/png", "inline"),
        ("audio/ogg", "audio/ogg", "inline"),
        ("application/pdf", "application/pdf", "attachment"),
        ("text/html", "application/octet-stream", "attachment"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("text/javascript", "application/octet-stream", "attachment"),
    ],
)
async def test_nothing_that_could_run_is_shown(served, mime, type_, how):
    answer = await served.get(served.link(await served.keep(mime)))
    assert (answer.status, answer.body) == (200, DATA)
    assert answer.headers["content-type"] == type_
    assert (
        answer.headers["content-disposition"] == f"{how}; filename*=UTF-8''%D9%85%D9%84%D9%81.bin"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script" not in policy


async def test_a_player_gets_the_span_that_it_asks_for(served):
    link = served.link(await served.keep("video/mp4", kind="video"))
    answer = await served.get(link, range="bytes=10-19")
    assert (answer.status, answer.body) == (206, DATA[10:20])
    assert answer.headers["content-range"] == "bytes 10-19/200"
    assert (await served.get(link, range="bytes=-5")).body == DATA[-5:]
    assert (await served.get(link, range="bytes=150-")).body == DATA[150:]
    answer = await served.get(link, range="bytes=200-")
    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */200")
    for odd in ("bytes=1-2,4-5", "lines=1-2", "bytes=-", "words"):
        assert (await served.get(link, range=odd)).status == 200


async def test_a_link_that_is_over_says_so_kindly(served):
    link = served.link(await served.keep("image/png"))
    served.now[0] += timedelta(hours=3)
    answer = await served.get(link)
    assert answer.status == 410
    assert "انتهت مدة الرابط" in answer.text


async def test_what_retention_took_is_gone_and_what_never_was_is_not_there(served):
    public_id = await served.keep("image/png")
    link = served.link(public_id)
    assert (await served.get(link.replace("proof=", "proof=x"))).status == 404
    assert (await served.get(served.link(public_id, part="small"))).status == 404
    other = served.console.other.merchant_id
    assert (await served.get(served.link(public_id, merchant_id=other))).status == 404
    async with served.console.database.deed(served.console.shop.merchant_id) as connection:
        await connection.execute("update media set state = 'dropped'")
    assert (await served.get(link)).status == 410


async def test_a_file_that_the_disk_lost_is_not_a_broken_whole(served, tmp_path):
    public_id = await served.keep("image/png")
    Disk(tmp_path).path(key_of(public_id)).unlink()
    assert (await served.get(served.link(public_id))).status == 404


def test_a_name_cannot_leave_its_header():
    assert (
        disposition("image/png", 'a"b\r\nx: y/../z')
        == "inline; filename*=UTF-8''a%22b__x%3A%20y_.._z"
    )
    assert disposition("text/html", "") == "attachment"
    assert served_type("text/html") == "application/octet-stream"


def test_a_span_is_one_and_inside():
    assert span({"range": "bytes=0-0"}, 10) == (0, 1)
    assert span({"range": "bytes=0-99"}, 10) == (0, 10)
    assert span({"range": "bytes=0-1", "if-range": "x"}, 10) is None
    for none in ("bytes=9-3", "bytes=10-", "bytes=-0"):
        with pytest.raises(HTTPException):
            span({"range": none}, 10)
