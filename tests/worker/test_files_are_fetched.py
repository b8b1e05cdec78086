"""Files of messages are fetched beside all other work; one that cannot be is a dead letter."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from typing import Any

import pytest
from worker_ground import connected_shop

from hudhud.channels import whatsapp
from hudhud.channels.contract import Located
from hudhud.core import dead_letters
from hudhud.core.dead_letters import Actor
from hudhud.core.media.disk import Disk
from hudhud.core.outside.session import http_session
from hudhud.errors import SendUnknownError
from hudhud.worker.fetcher import Fetcher

FILE = b"%PDF-1.7 " + b"x" * 1000


@pytest.fixture
def found(monkeypatch) -> dict[str, Any]:
    told: dict[str, Any] = {"located": Located(data=FILE)}

    async def locate(*_: Any, **__: Any) -> Located:
        located: Located = told["located"]
        return located

    monkeypatch.setattr(whatsapp, "locate", locate, raising=False)
    return told


async def _queued(shop: Any) -> None:
    await shop.receive(shop.message())
    await shop.write(
        """insert into media (merchant_id, inbox_id,
               conversation_id, message_id, kind, source, mime)
           select merchant_id, inbox_id, conversation_id, id, 'document', 'id-1', 'application/pdf'
           from message where conversation_id in (select id from conversation)"""
    )


@contextlib.asynccontextmanager
async def _fetching(app: Any, tmp_path: Any) -> Any:
    async with http_session() as http:
        fetcher = Fetcher(app, http, holder="test")
        fetcher.storage = Disk(tmp_path)
        running = asyncio.create_task(fetcher.run())
        try:
            yield fetcher
        finally:
            fetcher.drain()
            await running


async def _until(shop: Any, state: str) -> Any:
    ends = time.monotonic() + 15
    while time.monotonic() < ends:
        (row,) = await shop.rows("select * from media")
        if row["state"] == state:
            return row
        await asyncio.sleep(0.05)
    raise AssertionError(dict(row))


async def test_a_queued_file_is_stored(app, provider, found, tmp_path):
    assert found
    shop = await connected_shop(app.database, provider)
    await _queued(shop)
    async with _fetching(app, tmp_path) as fetcher:
        row = await _until(shop, "stored")
        assert row["sha256"] == hashlib.sha256(FILE).hexdigest()
        assert fetcher.storage.path(row["stored_key"]).read_bytes() == FILE


async def test_a_worker_that_died_is_followed_by_another(app, provider, found, tmp_path):
    assert found
    shop = await connected_shop(app.database, provider)
    await _queued(shop)
    await shop.write("update media set state = 'fetching', attempts = 1, next_at = now()")
    async with _fetching(app, tmp_path):
        assert (await _until(shop, "stored"))["attempts"] == 2


async def test_a_file_that_is_refused_is_a_dead_letter_and_can_be_retried(
    app, provider, found, tmp_path
):
    shop = await connected_shop(app.database, provider)
    await _queued(shop)
    found["located"] = Located(data=b"<script>")
    async with _fetching(app, tmp_path):
        await _until(shop, "failed")
        (letter,) = await shop.rows("select * from dead_letter")
        assert (letter["kind"], letter["settled_at"]) == ("media", None)
        told = await dead_letters.read(app.database, shop.merchant, letter["id"])
        assert [row["outcome"] for row in told["history"]] == ["dead"]
        found["located"] = Located(data=FILE)
        actor = Actor(name="test")
        await dead_letters.settle(app.database, None, shop.merchant, [letter["id"]], "retry", actor)
        await _until(shop, "stored")


async def test_a_question_that_was_cut_is_asked_again(app, provider, monkeypatch, tmp_path):
    asked = []

    async def locate(*_: Any, **__: Any) -> Located:
        asked.append(1)
        if len(asked) == 1:
            raise SendUnknownError("TimeoutError")
        return Located(data=FILE)

    monkeypatch.setattr(whatsapp, "locate", locate, raising=False)
    shop = await connected_shop(app.database, provider)
    await _queued(shop)
    async with _fetching(app, tmp_path):
        row = await _until(shop, "stored")
    assert (row["attempts"], row["reason"]) == (2, None)
    assert not await shop.rows("select 1 from dead_letter")
