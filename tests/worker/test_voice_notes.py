"""A voice note becomes words, and is answered with its batch; else a person hears it (S8)."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiohttp import web
from worker_ground import Provider, connected_shop, settings, working

from hudhud.channels import whatsapp
from hudhud.channels.contract import Located
from hudhud.channels.once import Answered
from hudhud.core import dead_letters
from hudhud.core.app import App, opened
from hudhud.core.dead_letters import Actor
from hudhud.core.media.hearing import heard_of
from hudhud.errors import HearingFailedError
from hudhud.model import Attachment
from hudhud.simulator.files import FILES
from hudhud.store import assistants
from shop import Shop
from shops import until

VOICE = Attachment(kind="audio", source="77", mime="audio/ogg", voice=True)
WORDS = "السلام عليكم"


@dataclass
class Ears:
    """An endpoint that transcribes; it refuses with these statuses first."""

    url: str = ""
    refuse: list[int] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def transcribe(self, request: web.Request) -> web.Response:
        form = await request.post()
        sent: Any = form["file"]
        self.asked.append(
            {
                "data": sent.file.read(),
                "name": sent.filename,
                "model": form["model"],
                "form": form["response_format"],
                "key": request.headers.get("authorization"),
            }
        )
        await self.gate.wait()
        if self.refuse:
            return web.Response(status=self.refuse.pop(0))
        told = {"text": f" {WORDS}\0 ", "segments": [{"avg_logprob": math.log(0.8)}]}
        return web.json_response(told)


@pytest.fixture
async def ears() -> AsyncIterator[Ears]:
    local = Ears()
    local.gate.set()
    app = web.Application()
    app.router.add_post("/v1/audio/transcriptions", local.transcribe)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    local.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield local
    local.gate.set()
    await runner.cleanup()


@asynccontextmanager
async def listening(
    database_url: Any, queue_url: str, provider: Provider, tmp_path: Any, **chosen: Any
) -> AsyncIterator[tuple[App, Shop]]:
    """A worker that hears as the settings say, and a shop that its catalogue answers for."""
    told = settings(database_url.app_url, queue_url, sweep_s=0.3, attempts_max=2, **chosen)
    told = replace(told, data_dir=tmp_path)
    async with opened(told, name="test", pool_size=6) as app:
        shop = await connected_shop(app.database, provider)
        async with app.database.deed(shop.merchant) as connection:
            assistant = await assistants.add(
                connection, shop.merchant, name="هدهد", responder="catalogue"
            )
            await connection.execute("update inbox set assistant_id = $1, window_ms = 0", assistant)
        async with working(app):
            yield app, shop


@pytest.fixture(autouse=True)
def _located(monkeypatch: pytest.MonkeyPatch) -> None:
    async def locate(*_: Any, **__: Any) -> Located:
        return Located(data=FILES["audio"].data)

    monkeypatch.setattr(whatsapp, "locate", locate, raising=False)


async def batch(shop: Shop) -> Any:
    async def closed() -> Any:
        return await shop.rows("select * from batch")

    return (await until(closed, "the batch is closed"))[0]


@pytest.mark.clause("5.4")
async def test_a_voice_note_is_answered_by_its_words_and_its_sound_is_kept(
    database_url, queue_url, provider, tmp_path, ears
):
    chosen = {"hearing_url": ears.url, "hearing_api_key": "k", "hearing_model": "m"}
    async with listening(database_url, queue_url, provider, tmp_path, **chosen) as (_, shop):
        await shop.receive(shop.message("", kind="audio", attachments=(VOICE,)))
        closed = await batch(shop)
        assert (closed["outcome"], closed["reason"]) == ("answered", None)
        (row,) = await shop.rows("select * from media")
        assert (row["state"], row["hearing"], row["transcript"]) == ("stored", "heard", WORDS)
        assert row["confidence"] == pytest.approx(0.8)
        assert await shop.one("select body from message where direction = 'in'") == WORDS
        (asked,) = ears.asked
        assert asked == {
            "data": FILES["audio"].data, "name": "voice.ogg", "model": "m",
            "form": "verbose_json", "key": "Bearer k",
        }  # fmt: skip


@pytest.mark.clause("5.4")
async def test_without_an_endpoint_a_voice_note_lands_with_a_person(
    database_url, queue_url, provider, tmp_path
):
    async with listening(database_url, queue_url, provider, tmp_path) as (_, shop):
        await shop.receive(
            shop.message("مرحبا", at_s=0),
            shop.message("", kind="audio", at_s=1, attachments=(VOICE,)),
        )
        closed = await batch(shop)
        assert (closed["outcome"], closed["reason"]) == ("handed_over", "voice_note")


async def test_a_batch_waits_for_the_words_no_longer_than_its_limit(
    database_url, queue_url, provider, tmp_path, ears
):
    ears.gate.clear()
    chosen = {"hearing_url": ears.url, "hearing_wait_s": 1.0}
    async with listening(database_url, queue_url, provider, tmp_path, **chosen) as (_, shop):
        await shop.receive(shop.message("", kind="audio", attachments=(VOICE,)))
        closed = await batch(shop)
        assert (closed["outcome"], closed["reason"]) == ("handed_over", "voice_note")
        # The words come all the same, for the person who holds it.
        ears.gate.set()

        async def heard() -> bool:
            return await shop.one("select body from message where direction = 'in'") == WORDS

        await until(heard, "the words are there")


async def test_what_cannot_be_heard_is_a_dead_letter_that_can_be_tried_again(
    database_url, queue_url, provider, tmp_path, ears
):
    chosen = {"hearing_url": ears.url}
    async with listening(database_url, queue_url, provider, tmp_path, **chosen) as (app, shop):
        ears.refuse = [503, 503]
        await shop.receive(shop.message("", kind="audio", attachments=(VOICE,)))
        closed = await batch(shop)
        assert closed["reason"] == "voice_note"
        (letter,) = await shop.rows("select * from dead_letter")
        assert (letter["kind"], letter["settled_at"]) == ("media", None)
        assert "503" in letter["reason"]
        told = await dead_letters.read(app.database, shop.merchant, letter["id"])
        assert [row["outcome"] for row in told["history"]] == ["retry", "dead"]
        assert (await shop.rows("select state from media"))[0]["state"] == "stored"
        actor = Actor(name="test")
        await dead_letters.settle(app.database, None, shop.merchant, [letter["id"]], "retry", actor)

        async def heard() -> bool:
            return await shop.one("select hearing from media") == "heard"

        await until(heard, "it is heard")


async def test_a_model_that_knows_the_plain_form_only_is_asked_for_that(
    database_url, queue_url, provider, tmp_path, ears
):
    ears.refuse = [400]
    chosen = {"hearing_url": ears.url}
    async with listening(database_url, queue_url, provider, tmp_path, **chosen) as (_, shop):
        await shop.receive(shop.message("", kind="audio", attachments=(VOICE,)))
        assert (await batch(shop))["outcome"] == "answered"
        assert [one["form"] for one in ears.asked] == ["verbose_json", "json"]


@pytest.mark.parametrize(
    ("status", "told", "service"),
    [
        (500, None, "down"),
        (401, {"text": "x"}, "well"),
        (429, None, "busy"),
        (200, {"text": "  "}, "well"),
        (200, {"text": 7}, "well"),
        (200, ["x"], "well"),
    ],
)
def test_an_answer_without_words_is_no_transcript(status, told, service):
    with pytest.raises(HearingFailedError) as refused:
        heard_of(Answered(status, told, "5" if status == 429 else ""))
    assert refused.value.service == service
    assert refused.value.retry_after_s == (5 if status == 429 else None)


@pytest.mark.parametrize(
    ("told", "confidence"),
    [
        ({}, None),
        ({"segments": []}, None),
        ({"segments": [{"avg_logprob": "x"}, 7]}, None),
        ({"segments": [{"avg_logprob": 0.4}]}, 1.0),
        ({"confidence": 0.25, "segments": [{"avg_logprob": -1}]}, 0.25),
        ({"confidence": 7}, 1.0),
    ],
)
def test_how_sure_it_is_is_told_where_the_endpoint_says_it(told, confidence):
    assert heard_of(Answered(200, {"text": "x", **told}, "")).confidence == confidence
