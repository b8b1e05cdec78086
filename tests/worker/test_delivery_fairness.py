"""A merchant with very much to send, or with a very slow provider, delays nobody else (trap 20)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from worker_ground import Provider, connected_shop, delivering, settings

from hudhud.core.app import App, opened
from hudhud.store.pool import Database
from hudhud.worker.sharing import room
from owed import owe

DEADLINE_S = 30.0


async def until(true: Callable[[], Any], what: str) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < deadline, what
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("queue", ["on", "off"])
async def test_ten_thousand_sends_of_one_merchant_delay_those_of_another_by_less_than_a_second(
    database_url: Any, queue_url: str, database: Database, provider: Provider, queue: str
):
    bulk, other = [await connected_shop(database, provider) for _ in range(2)]
    await owe(bulk, 10_000)
    chosen = settings(database_url.app_url, queue_url, switches=f"queue={queue}")
    async with opened(chosen, name="test", pool_size=6) as app, delivering(app):
        if queue == "on":
            rows = await bulk.rows("select id from conversation")
            app.sends.hint_soon([(bulk.merchant, row["id"], 0) for row in rows])
        await until(lambda: len(provider.tags(bulk)) >= 20, "the bulk is under way")
        waited_s = []
        for _ in range(5):
            before = len(provider.tags(other))
            asked = time.monotonic()
            await owe(other, 1)
            newest = await other.one("select max(id) from conversation")
            app.hints.send(other.merchant, newest, 0)
            await until(lambda: len(provider.tags(other)) > before, "it left")  # noqa: B023
            waited_s.append(time.monotonic() - asked)
        assert median(waited_s) < 1  # a busy machine may be late by itself
    tags = provider.tags(bulk)
    assert len(tags) == len(set(tags))


async def test_a_provider_that_never_answers_holds_only_its_own_share(
    app: App, database: Database, provider: Provider
):
    hanging, other = [await connected_shop(database, provider) for _ in range(2)]
    await hanging.write("update inbox set sends_per_s = 1000")
    provider.slow.add(hanging.account)
    await owe(hanging, 200)
    async with delivering(app):
        for row in await hanging.rows("select id from conversation"):
            app.hints.send(hanging.merchant, row["id"], 0)
        share = room({}, app.settings.slots)
        await until(lambda: len(provider.tags(hanging)) >= share, "its share hangs")
        await owe(other, 5)
        for row in await other.rows("select id from conversation"):
            app.hints.send(other.merchant, row["id"], 0)
        # The gate is shut: whoever stood behind what hangs would never leave.
        await until(lambda: len(provider.tags(other)) == 5, "they left")
        assert len(provider.tags(hanging)) == share
        provider.gate.set()


async def test_many_deliverers_in_direct_mode_send_everything_once(
    database_url: Any, queue_url: str, database: Database, provider: Provider
):
    shop = await connected_shop(database, provider)
    await shop.write("update inbox set sends_per_s = 5000")
    await owe(shop, 300, parts=2)
    chosen = settings(database_url.app_url, queue_url, switches="queue=off", slots=16)
    async with (
        opened(chosen, name="test", pool_size=8) as app,
        delivering(app, holder="first"),
        delivering(app, holder="second"),
        delivering(app, holder="third"),
    ):
        await until(lambda: len(provider.tags(shop)) >= 600, "everything left")
    assert len(provider.tags(shop)) == 600
    states = await shop.rows("select state, count(*) as n from outbox group by 1")
    assert {row["state"]: row["n"] for row in states} == {"accepted": 600}
    rows = [int(tag.split(".")[1]) for tag in provider.tags(shop)]
    assert len(set(rows)) == 600
    talk = {row["id"]: row["conversation_id"] for row in await shop.rows("select * from outbox")}
    for conversation in set(talk.values()):
        parts = [row for row in rows if talk[row] == conversation]
        assert parts == sorted(parts), "part two after part one"
