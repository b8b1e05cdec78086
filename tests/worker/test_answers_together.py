"""Batches that are due together are claimed, loaded, answered and written together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from math import inf
from typing import Any

import msgspec
import pytest
from calls import VALKEY, recorded
from worker_ground import Provider, connected_shop, settings

from hudhud.core.app import App, opened
from hudhud.core.outside.session import http_session
from hudhud.model import Product
from hudhud.queue.schedule import Schedule
from hudhud.store import assistants, catalogue
from hudhud.worker.replier import Replier
from hudhud.worker.typing import Typing
from shop import Shop

VALKEY_CALLS_MAX = 2
TOGETHER = 12
SECONDS_MAX = 30.0
CLAIMS = {"on": "claim", "off": "claim_due"}
SHIRT = Product(
    id=0,
    sku="قميص-١",
    name_ar="قميص أزرق",
    name_en="Blue shirt",
    description_ar="قطن",
    description_en="Cotton",
    category_ar="قمصان",
    category_en="Shirts",
    sizes=("M",),
    colours_ar=("أزرق",),
    colours_en=("Blue",),
    price_minor=28_000,
    currency="IQD",
    stock=3,
)


@pytest.fixture(params=list(CLAIMS))
def queue(request: pytest.FixtureRequest) -> Iterator[str]:
    return request.param


@pytest.fixture
async def app(queue: str, database_url: Any, queue_url: str) -> AsyncIterator[App]:
    chosen = settings(database_url.app_url, queue_url, switches=f"queue={queue}", context="merged")
    async with opened(chosen, name="test", pool_size=4) as app:
        yield app


@asynccontextmanager
async def replying(app: App) -> AsyncIterator[None]:
    async with http_session() as http:
        typing = Typing(app, http)
        replier = Replier(app, typing, holder="test")
        running = asyncio.create_task(replier.run())
        try:
            yield
        finally:
            replier.drain()
            await running
            await typing.close()


async def asked(app: App, shop: Shop, customers: range) -> None:
    """These customers ask the same at once, and are told to be due."""
    await shop.receive(*(shop.message("بكم القميص الأزرق", who=f"9{n}") for n in customers))
    await shop.make_due()
    due = await shop.rows("select id from conversation where due_at is not null")
    await app.replies.hint([(shop.merchant, row["id"], 0) for row in due])


async def answered(shop: Shop, count: int) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while await shop.one("select count(*) from batch where outcome = 'answered'") < count:
            await asyncio.sleep(0.05)


async def selling(app: App) -> Shop:
    """A shop that sells one shirt, and answers out of its catalogue."""
    shop = await connected_shop(app.database, Provider(url="http://127.0.0.1:9"))
    async with shop.database.deed(shop.merchant) as connection:
        assistant = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="catalogue"
        )
        await connection.execute("update inbox set assistant_id = $1", assistant)
        await catalogue.add_products(connection, shop.merchant, [SHIRT])
    return shop


async def test_a_group_of_batches_costs_two_round_trips_from_claim_to_commit(
    app: App, queue: str, monkeypatch: pytest.MonkeyPatch
):
    shop = await selling(app)
    await asked(app, shop, range(1))
    async with replying(app):  # the first asking fills the shelf, and finds the inbox
        await answered(shop, 1)
    # A worker that waited before, and looks into all shards now, as each does once a second.
    fresh = replace(app, replies=Schedule(app.valkey, "reply"))
    await fresh.replies.take(1, wait_s=0.01)
    fresh.replies._taker._read_at = -inf
    calls = recorded(monkeypatch)
    await asked(app, shop, range(1, 1 + TOGETHER))
    async with replying(fresh):
        await answered(shop, 1 + TOGETHER)
    await fresh.replies.close()
    # Claimed with all that was needed, and written: nothing else was asked on the way.
    claim = CLAIMS[queue]
    store = [call for call in calls if call != VALKEY]
    assert set(store) == {claim, "finish"}
    if queue == "on":  # direct mode claims where nothing is due, too
        assert store.count("finish") == store.count(claim)
    for place in (place for place, call in enumerate(calls) if call == claim):
        way = calls[place : calls.index("finish", place)] if "finish" in calls[place:] else []
        assert way.count(VALKEY) <= VALKEY_CALLS_MAX


async def test_an_answer_waits_for_no_reading_of_its_inbox(
    app: App, monkeypatch: pytest.MonkeyPatch
):
    shop = await selling(app)
    await asked(app, shop, range(1))

    async def hangs(*_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(app.inboxes, "by_id", hangs)
    async with replying(app):
        await answered(shop, 1)


async def test_a_price_that_changed_is_told_by_the_very_next_answer(app: App):
    shop = await selling(app)
    await asked(app, shop, range(1))
    async with replying(app):
        await answered(shop, 1)
        async with shop.database.deed(shop.merchant) as connection:
            dearer = msgspec.structs.replace(SHIRT, price_minor=31_000)
            await catalogue.add_products(connection, shop.merchant, [dearer])
        await asked(app, shop, range(1, 2))
        await answered(shop, 2)
    told = await shop.rows("select body from message where direction = 'out' order by id")
    assert ["٣١" in row["body"] for row in told] == [False, True]
