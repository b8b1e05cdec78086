"""A worker whose claim went unanswered, that meets suspects, and whose answer is overtaken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from worker_ground import Provider, connected_shop, settings, working

from hudhud import registry
from hudhud.core.app import App, opened
from hudhud.errors import StoreUnavailableError
from hudhud.store import assistants, conversations
from shop import Shop
from slow_model import SlowModel, slow_model

SECONDS_MAX = 20.0  # less than a lease
SUSPECTS = 4


@pytest.fixture(params=["queue=on", "queue=off"])
async def app(request: Any, database_url: Any, queue_url: str) -> AsyncIterator[App]:
    chosen = settings(
        database_url.app_url,
        queue_url,
        switches=request.param,
        responder_deadline_s=60.0,
        drain_s=2.0,
    )
    await registry.adapter("responders", "llm").warm()
    async with opened(chosen, name="test", pool_size=6) as app:
        yield app


@pytest.fixture
async def shop(app: App) -> Shop:
    return await connected_shop(app.database, Provider(url="http://127.0.0.1:9"))


async def written(shop: Shop, *customers: str) -> None:
    await shop.receive(*(shop.message(who=f"{who}.{shop.account}") for who in customers))
    await shop.make_due()


async def ended(shop: Shop, count: int) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while await shop.one("select count(*) from batch") < count:
            await asyncio.sleep(0.02)


async def asking(shop: Shop, model: SlowModel) -> None:
    async with shop.database.deed(shop.merchant) as connection:
        assistant = await assistants.add(connection, shop.merchant, name="بطيء", **model.assistant)
        await connection.execute("update inbox set assistant_id = $1", assistant)


async def test_a_claim_whose_answer_is_lost_costs_no_lease(
    app: App, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = []

    def unanswered(name: str) -> None:
        real = getattr(conversations, name)

        async def claim(*args: Any, **options: Any) -> Any:
            claims = await real(*args, **options)
            if not lost and claims:
                lost.extend(claims)
                raise StoreUnavailableError("the server died after its commit")
            return claims

        monkeypatch.setattr(conversations, name, claim)

    unanswered("claim")
    unanswered("claim_due")
    await written(shop, "a", "b", "c")
    async with working(app):
        await ended(shop, 3)
    assert lost
    assert await shop.one("select count(*) from batch") == 3
    assert await shop.one("select max(crashes) from conversation") == 0


async def test_suspects_are_answered_one_at_a_time_and_nobody_else_waits_for_them(
    app: App, shop: Shop
) -> None:
    other = await connected_shop(app.database, Provider(url="http://127.0.0.1:9"))
    await written(shop, *(f"suspect{n}" for n in range(SUSPECTS)))
    await shop.write("update conversation set crashes = 2, attempts = 2")
    async with slow_model() as model:
        await asking(shop, model)
        async with working(app):
            await model.until_asked(1)
            await written(shop, "beyond suspicion")
            await model.until_asked(2)
            await written(other, "somebody")
            await ended(other, 1)
            held = "select count(*) from conversation where lease_until is not null and crashes > 1"
            assert await shop.one(held) == 1
            assert model.asked == 2
            model.gate.set()
            await ended(shop, SUSPECTS + 1)
    assert await shop.one("select max(crashes) from conversation") == 0


async def test_an_answer_that_a_message_overtook_is_made_again_at_once_with_it(
    app: App, shop: Shop
) -> None:
    await shop.write("update inbox set absorb = true")
    async with slow_model() as model:
        await asking(shop, model)
        await written(shop, "a")
        async with working(app):
            await model.until_asked(1)
            await shop.receive(shop.message(who=f"a.{shop.account}"))
            model.gate.set()
            await ended(shop, 1)
        assert model.asked == 2
    both = "select count(*) from message m join batch b on b.id = m.batch_id where direction = 'in'"
    assert await shop.one(both) == 2
    assert await shop.one("select count(*) from outbox") == 1
