"""Several claims of one worker may be under way; a suspect is tried by one of them alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
from worker_ground import Provider, connected_shop, settings, working

from hudhud.core.app import App, opened
from hudhud.store import conversations
from shop import Shop

SECONDS_MAX = 20.0

Claiming = Callable[..., Any]


@pytest.fixture
async def app(database_url: Any, queue_url: str) -> AsyncIterator[App]:
    async with opened(settings(database_url.app_url, queue_url), name="test", pool_size=6) as app:
        yield app


@pytest.fixture
async def shop(app: App) -> Shop:
    return await connected_shop(app.database, Provider(url="http://127.0.0.1:9"))


async def due(app: App, shop: Shop, who: str) -> int:
    """Somebody wrote, and a hint says that it is their turn."""
    await shop.receive(shop.message(who=f"{who}.{shop.account}"))
    await shop.make_due()
    found = await shop.one("select max(id) from conversation")
    await app.replies.hint([(shop.merchant, found, 0)])
    return int(found)


async def reached(true: Callable[[], Any]) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while not true():
            await asyncio.sleep(0.01)


async def answered(shop: Shop, count: int) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while await shop.one("select count(*) from batch") < count:
            await asyncio.sleep(0.02)


async def test_what_becomes_due_while_a_claim_waits_is_claimed_beside_it(
    app: App, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, gate, asked = conversations.claim, asyncio.Event(), []

    async def claim(database: Any, entries: Sequence[tuple[int, int]], **options: Any) -> Any:
        asked.append(list(entries))
        if len(asked) == 1:
            await gate.wait()
        return await real(database, entries, **options)

    monkeypatch.setattr(conversations, "claim", claim)
    async with working(app):
        await due(app, shop, "first")
        await reached(lambda: asked)
        await due(app, shop, "second")
        await answered(shop, 1)
        gate.set()
        await answered(shop, 2)


async def test_two_claims_that_meet_suspects_try_one_of_them(
    app: App, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, both = conversations.claim, asyncio.Event()
    met, alone, most = 0, 0, 0

    async def claim(database: Any, entries: Sequence[tuple[int, int]], **options: Any) -> Any:
        nonlocal met, alone, most
        if options["alone"]:
            alone += 1
            most = max(most, alone)
            await asyncio.sleep(0)  # a step in which the other one could come too
            claims = await real(database, entries, **options)
            alone -= 1
            return claims
        claims = await real(database, entries, **options)
        met += 1
        if met > 1:
            both.set()
        await both.wait()
        return claims

    monkeypatch.setattr(conversations, "claim", claim)
    suspects = [await due(app, shop, who) for who in ("first", "second")]
    await app.replies.forget([(shop.merchant, one) for one in suspects])
    await shop.write("update conversation set crashes = 2, attempts = 2")
    async with working(app):
        for one in suspects:
            before = met
            await app.replies.hint([(shop.merchant, one, 0)])
            await reached(lambda before=before: met > before)
        await answered(shop, len(suspects))
    assert most == 1
