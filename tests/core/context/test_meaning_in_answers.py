"""A passage that shares no word with a question is found by what it means; without it, by words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from looked_up import claimed, selling, written

from hudhud.core.breaker import Policy
from hudhud.core.context import gather
from hudhud.core.knowledge import documents
from hudhud.core.knowledge.embeddings import fused, nearer
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.session import http_session
from hudhud.model import Turn
from hudhud.settings import Settings
from hudhud.store.pool import Database
from hudhud.worker.embedding import PASSAGES_AT_ONCE, Embedding
from shop import Shop

POOL = "# المسبح\n\nالاستحمام واجب قبل النزول."
CARS = "# المواقف\n\nالوقوف تحت المبنى مجاني ثلاث ساعات."
# What our endpoint thinks that words are about.
ABOUT = {"المسبح": 0, "السباحة": 0, "المواقف": 1, "الكراج": 1}


@dataclass
class Endpoint:
    """Says what it knows of a text's words; or fails as it is told."""

    url: str = ""
    asked: list[list[str]] = field(default_factory=list)
    fails: str = ""
    late_s: float = 0.0

    async def embed(self, request: web.Request) -> web.Response:
        texts = (await request.json())["input"]
        await asyncio.sleep(self.late_s)
        self.asked.append(texts)
        if self.fails == "broken":
            return web.json_response({"data": [{"index": 0}]})
        if self.fails:
            return web.json_response({}, status=int(self.fails))
        data = [{"index": at, "embedding": vector(text)} for at, text in enumerate(texts)]
        return web.json_response({"data": data[::-1]})


def vector(text: str) -> list[float]:
    return [0.1 + sum(text.count(word) for word, at in ABOUT.items() if at == n) for n in range(2)]


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    local = Endpoint()
    app = web.Application()
    app.router.add_post("/v1/embeddings", local.embed)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    local.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield local
    await runner.cleanup()


@pytest.fixture
async def shop(database_url) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url)
    shop = await selling(database)
    for name, text in (("المسبح", POOL), ("السيارات", CARS)):
        await documents.add(database, shop.merchant, name=name, body=text.encode(), source="a.md")
    yield shop
    await database.close()


def settings(endpoint: Endpoint, **more: Any) -> Settings:
    return Settings(data_dir=Path("unused"), embeddings_url=endpoint.url, **more)


async def embed(shop: Shop, endpoint: Endpoint, **more: Any) -> int:
    @dataclass
    class Switches:
        def on(self, _name: str) -> bool:
            return False

    @dataclass
    class App:
        database: Database
        settings: Settings
        breakers: Breakers
        switches: Switches

    app: Any = App(shop.database, settings(endpoint, **more), Breakers(Policy()), Switches())
    async with http_session() as http:
        return await Embedding(app, http).look()


async def turn_of(shop: Shop, words: str) -> Turn:
    await written(shop, "964770", words=words)
    (claim,) = await claimed(shop)
    assert claim.setting is not None
    return await gather(shop.database, claim, claim.setting)


def sources(turn: Turn) -> list[str]:
    return [passage.source for passage in turn.passages]


async def test_what_shares_no_word_is_found_by_its_meaning(shop, endpoint):
    assert await embed(shop, endpoint) == 2
    assert await embed(shop, endpoint) == 0  # each once
    turn = await turn_of(shop, "أين الكراج؟")
    assert sources(turn) == []
    found = await nearer(shop.database, Breakers(Policy()), settings(endpoint), turn)
    assert sources(found)[0] == "السيارات"
    other = await selling(shop.database)
    asked = len(endpoint.asked)
    theirs = await turn_of(other, "أين الكراج؟")
    assert await nearer(other.database, Breakers(Policy()), settings(endpoint), theirs) == theirs
    assert len(endpoint.asked) == asked  # nobody is asked for whom nothing is there


async def test_what_words_found_first_stays_beside_what_meaning_finds(shop, endpoint):
    await embed(shop, endpoint)
    turn = await turn_of(shop, "الوقوف تحت المبنى بعد السباحة")
    assert sources(turn)[:1] == ["السيارات"]
    found = await nearer(shop.database, Breakers(Policy()), settings(endpoint), turn)
    assert sorted(sources(found)) == ["السيارات", "المسبح"]


@pytest.mark.parametrize("fails", ["500", "401", "broken"])
async def test_an_endpoint_that_fails_costs_an_answer_nothing_but_its_meaning(
    shop, endpoint, fails
):
    await embed(shop, endpoint)
    endpoint.fails = fails
    turn = await turn_of(shop, "الوقوف تحت المبنى")
    breakers = Breakers(Policy())
    for _ in range(8):
        assert await nearer(shop.database, breakers, settings(endpoint), turn) == turn
    assert len(endpoint.asked) == 1 + Policy().failures  # then its breaker is open


async def test_without_an_endpoint_nobody_is_asked(shop, endpoint):
    await embed(shop, endpoint)
    asked = len(endpoint.asked)
    turn = await turn_of(shop, "أين الكراج؟")
    off = Settings(data_dir=Path("unused"))
    assert await nearer(shop.database, Breakers(Policy()), off, turn) == turn
    assert len(endpoint.asked) == asked


async def test_many_passages_are_made_in_turns_and_a_replaced_one_anew(shop, endpoint):
    body = "\n\n".join(f"# قسم {n}\n\nكلام {n}" for n in range(PASSAGES_AT_ONCE + 1))
    await documents.add(
        shop.database, shop.merchant, name="كبير", body=body.encode(), source="a.md"
    )
    made = [await embed(shop, endpoint) for _ in range(3)]
    assert made == [PASSAGES_AT_ONCE, 3, 0]
    await documents.add(shop.database, shop.merchant, name="كبير", body=b"# x\n\ny", source="a.md")
    assert await embed(shop, endpoint) == 1
    assert await shop.one("select count(*) from passage_vector") == 3


async def test_passages_may_take_longer_than_an_answer_waits(shop, endpoint):
    endpoint.late_s = 0.3
    assert await embed(shop, endpoint, embeddings_timeout_s=0.05) == 2


def test_ranks_are_fused_and_not_scores():
    assert fused([1, 2, 3], [3, 4]) == [3, 1, 2, 4]
    assert fused([], [5, 6]) == [5, 6]
    assert fused([1, 2], []) == [1, 2]
