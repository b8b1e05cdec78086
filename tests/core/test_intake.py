"""Intake: durable or 503; one bad webhook or one locked row harms nobody else (laws 1 and 2)."""

from __future__ import annotations

import asyncio
import errno
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hudhud.core.intake.accept import COMMITTERS, LOCK_TIMEOUT_MS, Intake
from hudhud.core.intake.record import Record
from hudhud.core.intake.replay import Replay
from hudhud.core.intake.spool import Spool, report
from hudhud.errors import SpoolUnavailableError, StoreUnavailableError
from hudhud.events import EVENTS
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.pool import Database
from shop import Shop


class Bench:
    """One intake on a real database; what is spooled is found again by its body."""

    def __init__(self, intake: Intake, known: dict[bytes, Webhook], heard: list[Accepted]) -> None:
        self.intake = intake
        self.known = known
        self.heard = heard

    async def take(self, webhook: Webhook, *, timeout_s: float = 5) -> None:
        self.known[webhook.body] = webhook
        await self.intake.take(webhook, "whatsapp", timeout_s=timeout_s)


@pytest.fixture
async def bench(database_url: Any, tmp_path: Path) -> AsyncIterator[Bench]:
    database = await Database.open(
        database_url.app_url, size=COMMITTERS, lock_timeout_ms=LOCK_TIMEOUT_MS
    )
    known: dict[bytes, Webhook] = {}
    heard: list[Accepted] = []

    async def route(record: Record) -> Webhook:
        found = known[record.body]
        return Webhook(
            merchant_id=record.merchant_id,
            inbox_id=record.inbox_id,
            body=record.body,
            messages=found.messages,
            accepted_at=record.accepted_at,
        )

    spool = Spool(tmp_path / "spool", bytes_max=10**7)
    intake = Intake(database, spool, Replay(spool, route), heard.append)
    intake.start()
    yield Bench(intake, known, heard)
    await intake.stop()
    await database.close()


def webhook(shop: Shop, number: int, **more: Any) -> Webhook:
    one = shop.webhook(shop.message(str(number), **more))
    return Webhook(
        merchant_id=one.merchant_id,
        inbox_id=one.inbox_id,
        body=f"{{{number}}}".encode(),
        messages=one.messages,
    )


async def stored(shop: Shop, count: int) -> None:
    async with asyncio.timeout(10):
        while await shop.one("select count(*) from message") < count:
            await asyncio.sleep(0.02)


async def test_concurrent_webhooks_share_commits(shop: Shop, bench: Bench):
    await asyncio.gather(*(bench.take(webhook(shop, n)) for n in range(100)))
    assert await shop.one("select count(*) from message") == 100
    assert len(bench.heard) < 20


async def test_a_poisoned_webhook_is_set_aside_and_its_neighbours_go_in(shop: Shop, bench: Bench):
    good = [webhook(shop, n) for n in range(20)]
    bad = webhook(shop, 99, kind="nul\x00")
    await asyncio.gather(*(bench.take(w) for w in [*good, bad]))
    assert await shop.one("select count(*) from message") == 20
    aside = await shop.rows("select body, reason from journal where set_aside")
    assert [row["body"] for row in aside] == [b"{99}"]
    assert aside[0]["reason"]


async def test_a_locked_conversation_delays_only_itself(
    shop: Shop, bench: Bench, database: Database
):
    await bench.take(webhook(shop, 1, who="held"))
    async with database.deed(shop.merchant) as connection:
        await connection.execute("select 1 from conversation for update")
        others = [webhook(shop, n, who=f"free{n}") for n in range(2, 12)]
        held = webhook(shop, 12, who="held")
        async with asyncio.timeout(20):
            await asyncio.gather(*(bench.take(w) for w in [*others, held]))
        assert await shop.one("select count(*) from message where body <> '12'") == 11
        assert not bench.intake.spool.empty
    await stored(shop, 12)


async def test_a_slow_postgresql_costs_its_limit_once_and_then_the_spool_takes_over(
    shop: Shop, bench: Bench
):
    await bench.take(webhook(shop, 1), timeout_s=0.000001)
    assert not bench.intake.trusted
    await bench.take(webhook(shop, 2))
    await stored(shop, 2)
    async with asyncio.timeout(20):
        while not (bench.intake.trusted and bench.intake.spool.empty):
            await asyncio.sleep(0.02)
    assert await shop.one("select count(*) from message") == 2


async def test_while_the_spool_is_not_empty_newer_webhooks_queue_behind_it(
    shop: Shop, bench: Bench
):
    bench.intake.breaker.forced = "open"
    for number in range(5):
        await bench.take(webhook(shop, number))
    bench.intake.breaker.forced = None
    for number in range(5, 10):
        await bench.take(webhook(shop, number))
    await stored(shop, 10)
    bodies = [row["body"] for row in await shop.rows("select body from message order by id")]
    assert bodies == [str(n) for n in range(10)]


async def test_who_comes_in_the_turn_of_the_loop_in_which_another_was_spooled_queues_behind_it(
    shop: Shop, bench: Bench
):
    first = asyncio.create_task(bench.take(webhook(shop, 1)))
    await asyncio.sleep(0)  # it found everything well, and whoever comes in this turn hears that
    bench.intake._distrust()
    await bench.take(webhook(shop, 2))
    assert len(bench.intake.spool.names()) == 1
    await first
    await stored(shop, 2)


async def test_newer_webhooks_queue_behind_the_spool_of_a_process_that_died(
    shop: Shop, bench: Bench
):
    dead = Spool(bench.intake.spool.folder.path, bytes_max=10**7)
    older = webhook(shop, 1)
    bench.known[older.body] = older
    await dead.append(
        Record(
            merchant_id=older.merchant_id,
            inbox_id=older.inbox_id,
            channel="whatsapp",
            accepted_at=datetime.now(UTC),
            body=older.body,
        )
    )
    dead.close()
    held = dead.folder.lock_whole()  # another process reads it back, slowly
    assert held is not None
    await bench.take(webhook(shop, 2))
    assert await shop.one("select count(*) from message") == 0
    dead.folder.close_whole(held)
    await stored(shop, 2)
    bodies = [row["body"] for row in await shop.rows("select body from message order by id")]
    assert bodies == ["1", "2"]


async def test_under_steady_traffic_the_spool_becomes_empty_and_stays_so(shop: Shop, bench: Bench):
    bench.intake.breaker.forced = "open"
    await bench.take(webhook(shop, 0))
    bench.intake.breaker.forced = None
    for number in range(1, 200):
        await bench.take(webhook(shop, number))
    assert bench.intake.spool.empty
    before = bench.intake.spool._latest
    await asyncio.gather(*(bench.take(webhook(shop, n)) for n in range(200, 250)))
    assert bench.intake.spool._latest == before
    assert await shop.one("select count(*) from message") == 250


async def test_a_disk_without_room_is_503_and_an_alarm_and_never_a_false_200(
    shop: Shop, bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    alarms = EVENTS.labels("spool.failed")._value.get()
    monkeypatch.setattr(bench.intake.spool.folder, "write", full)
    bench.intake._distrust()
    with pytest.raises(SpoolUnavailableError, match="No space left"):
        await bench.take(webhook(shop, 1))
    assert EVENTS.labels("spool.failed")._value.get() == alarms + 1
    monkeypatch.undo()
    bench.intake._distrust()
    await bench.take(webhook(shop, 2))
    await stored(shop, 1)


async def test_a_stop_reads_back_what_it_can_and_leaves_the_rest_on_the_disk(
    shop: Shop, bench: Bench
):
    bench.intake.breaker.forced = "open"
    await bench.take(webhook(shop, 1))
    bench.intake.breaker.forced = None
    await bench.intake.stop()
    assert bench.intake.spool.empty
    assert await shop.one("select count(*) from message") == 1
    bench.intake.breaker.forced = "open"
    await bench.take(webhook(shop, 2))
    await bench.intake.stop()
    assert report(bench.intake.spool.folder.path, time.time())["records"] == 1


async def test_what_was_spooled_keeps_the_moment_at_which_it_became_durable(
    shop: Shop, bench: Bench
):
    bench.intake._distrust()
    await bench.take(webhook(shop, 1))
    await stored(shop, 1)
    assert await shop.one("select accepted_at < now() from message")


@pytest.mark.clause("1.retries")
async def test_when_neither_can_take_it_the_provider_is_asked_to_come_again(
    shop: Shop, bench: Bench
):
    bench.intake.breaker.forced = "open"
    bench.intake.spool.bytes_max = 0
    with pytest.raises(SpoolUnavailableError):
        await bench.take(webhook(shop, 1))
    bench.intake.breaker.forced = None
    await bench.take(webhook(shop, 2))
    assert await shop.one("select count(*) from message") == 1


async def test_a_postgresql_that_is_gone_is_distrusted_and_nothing_is_lost(
    shop: Shop, bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailableError

    pool = bench.intake.database.pool

    class Away:
        def acquire(self, **_: object) -> Any:
            raise ConnectionRefusedError

    monkeypatch.setattr(bench.intake.database, "pool", Away())
    monkeypatch.setattr(bench.intake.database, "call", gone)
    await asyncio.gather(*(bench.take(webhook(shop, n)) for n in range(10)))
    assert not bench.intake.trusted
    monkeypatch.setattr(bench.intake.database, "pool", pool)
    monkeypatch.undo()
    await stored(shop, 10)


async def test_while_an_operator_holds_postgresql_everything_waits_in_the_spool_in_order(
    shop: Shop, bench: Bench
):
    bench.intake.breaker.forced = "open"
    for number in range(3):
        async with asyncio.timeout(2):
            await bench.take(webhook(shop, number))
    assert await shop.one("select count(*) from message") == 0
    bench.intake.breaker.forced = None
    await stored(shop, 3)
    bodies = [row["body"] for row in await shop.rows("select body from message order by id")]
    assert bodies == ["0", "1", "2"]
