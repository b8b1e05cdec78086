"""What became of sends is recorded in groups, never early, never twice (law 5)."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest
from calls import recorded
from worker_ground import Provider, connected_shop, delivering, settings

from hudhud.core.app import App, opened
from hudhud.core.outside.session import http_session
from hudhud.ops.engines import start_postgresql
from hudhud.store import outbox, sweep
from hudhud.store.outbox import Begun, Ended, Pace
from hudhud.store.pool import Database
from hudhud.store.schema.migrate import migrate
from hudhud.worker.deliverer import Deliverer
from hudhud.worker.records import Records
from owed import owe
from shop import Shop

TOGETHER = 9
SECONDS_MAX = 30.0
AT_ONCE = Pace(number_per_s=10_000)


async def begun(shop: Shop, *, parts: int = 1) -> list[Begun]:
    await owe(shop, TOGETHER, parts=parts)
    found, _ = await outbox.begin(shop.database, await shop.conversations(), holder="test")
    assert len(found) == TOGETHER
    return found


def accepted(row: Begun) -> Ended:
    return Ended(begun=row, outcome="accepted", external_id=f"wamid.{row.row_id}")


async def until(shop: Shop, sql: str, wanted: Any) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while (found := await shop.one(sql)) != wanted:
            assert found is not None
            await asyncio.sleep(0.02)


async def test_endings_that_come_while_a_group_is_written_go_into_the_next_commit(
    app: App, database: Database, provider: Provider, monkeypatch: pytest.MonkeyPatch
):
    shop = await connected_shop(database, provider)
    first, *others = await begun(shop, parts=2)
    calls = recorded(monkeypatch)
    records = Records(app.database, app.hints)
    async with database.deed(shop.merchant) as connection:
        await connection.execute(
            "select 1 from conversation where id = $1 for no key update", first.conversation_id
        )
        adding = [asyncio.create_task(records.add(accepted(first)))]
        await until(shop, "select count(*) from pg_locks where not granted", 1)
        adding += [asyncio.create_task(records.add(accepted(row))) for row in others]
        places = [(row.merchant_id, row.conversation_id) for row in others]
        # Their second parts wait for the record, however long it takes.
        assert await outbox.begin(database, places, holder="early") == ([], [])
        assert not any(task.done() for task in adding)
    async with asyncio.timeout(SECONDS_MAX):
        await asyncio.gather(*adding)
    assert calls.count("end_sends") == 2
    assert await shop.one("select count(*) from outbox where state = 'accepted'") == TOGETHER
    places = await shop.conversations()
    again, _ = await outbox.begin(database, places, holder="then", pace=AT_ONCE)
    assert len(again) == TOGETHER


async def test_sends_that_end_together_are_recorded_in_few_commits(
    app: App, database: Database, provider: Provider, monkeypatch: pytest.MonkeyPatch
):
    shop = await connected_shop(database, provider)
    provider.slow.add(shop.account)
    await owe(shop, TOGETHER)
    calls = recorded(monkeypatch)
    async with delivering(app):
        await app.sends.hint([(*place, 0) for place in await shop.conversations()])
        async with asyncio.timeout(SECONDS_MAX):
            while len(provider.arrivals) < TOGETHER:
                await asyncio.sleep(0.01)
        provider.gate.set()
        await until(shop, "select count(*) from outbox where state <> 'accepted'", 0)
    assert calls.count("end_sends") < TOGETHER / 2
    assert len(set(provider.tags(shop))) == len(provider.arrivals) == TOGETHER


async def test_a_record_that_cannot_be_stored_takes_no_neighbour_with_it(
    app: App, database: Database, provider: Provider
):
    shop = await connected_shop(database, provider)
    broken, *others = await begun(shop)
    records = Records(app.database, app.hints)
    unstorable = Ended(begun=broken, outcome="unknown", error_text="\0")
    async with asyncio.timeout(SECONDS_MAX):
        await asyncio.gather(*(records.add(e) for e in [*map(accepted, others), unstorable]))
    states = await shop.rows("select state, count(*) from outbox group by 1 order by 1")
    assert [tuple(row) for row in states] == [("accepted", TOGETHER - 1), ("sending", 1)]


@pytest.mark.parametrize("sender", ["lives", "dies"])
async def test_postgresql_that_dies_between_send_and_record_makes_no_second_send(
    sender: str, queue_url: str, provider: Provider, short_dir: Path
):
    engine = await asyncio.to_thread(start_postgresql, short_dir)
    try:
        await migrate(engine.owner_url, runtime_role="hudhud_app")
        chosen = settings(engine.app_url, queue_url)
        async with opened(chosen, name="test", pool_size=4) as app, http_session() as http:
            shop = await connected_shop(app.database, provider)
            provider.slow.add(shop.account)
            deliverer = Deliverer(app, http, holder="first")
            running = asyncio.create_task(deliverer.run())
            await owe(shop, 1)
            await app.sends.hint([(*place, 0) for place in await shop.conversations()])
            async with asyncio.timeout(SECONDS_MAX):
                while not provider.arrivals:
                    await asyncio.sleep(0.01)
            engine.kill()
            if sender == "dies":
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running
            provider.gate.set()
            await asyncio.to_thread(engine.restart)
            if sender == "lives":
                await until_away_is_over(shop, "accepted")
                deliverer.drain()
                await running
            else:
                await until_away_is_over(shop, "sending")
                await sweep.sweep(app.database, lease_s=10, send_s=0, limit=10)
                async with delivering(app, holder="second"):
                    await app.sends.hint([(*p, 0) for p in await shop.conversations()])
                    await until_away_is_over(shop, "unknown")
                assert await outbox.begin(
                    app.database, await shop.conversations(), holder="third"
                ) == ([], [])
        assert len(provider.arrivals) == 1
    finally:
        await asyncio.to_thread(engine.stop)


async def until_away_is_over(shop: Shop, state: str) -> None:
    """Wait until PostgreSQL answers, and the one send stands so."""
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            with contextlib.suppress(Exception):
                if await shop.one("select state from outbox") == state:
                    return
            await asyncio.sleep(0.05)
