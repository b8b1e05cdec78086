"""Retention drops what is old in small steps, and no key of a message that may come again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from hudhud.errors import SettingsWrongError
from hudhud.settings import load
from hudhud.store import sweep
from hudhud.store.intake import Webhook
from shop import Shop

OLD = datetime.now(UTC) - timedelta(days=40)
KEPT = ("journal", "delivery_status", "message_key", "message")


def old(webhook: Webhook, **more: Any) -> Webhook:
    return msgspec.structs.replace(webhook, accepted_at=OLD, **more)


async def drop(shop: Shop, *, limit: int = 100) -> int:
    return await sweep.drop_old(shop.database, keep_days=30, limit=limit)


async def drop_all(shop: Shop) -> int:
    dropped = 0
    while found := await drop(shop):
        dropped += found
    return dropped


async def left(shop: Shop) -> tuple[int, ...]:
    return tuple([await shop.one(f"select count(*) from {table}") for table in KEPT])


async def test_what_is_old_goes_and_what_was_said_stays(shop: Shop):
    await shop.accept(old(shop.webhook(shop.message(), shop.message())))
    await shop.accept(old(shop.status("wamid.out.1", "delivered")))
    await shop.write("update delivery_status set accepted_at = $1", OLD)
    await shop.accept(shop.webhook(shop.message()))
    await shop.accept(shop.status("wamid.out.2", "delivered"))
    assert await left(shop) == (4, 2, 3, 3)
    assert await drop_all(shop) == 5
    assert await left(shop) == (2, 1, 1, 3)


async def test_a_key_stays_as_long_as_its_raw_webhook(shop: Shop):
    webhook = old(shop.webhook(shop.message()), reason="half of it", set_aside=True)
    await shop.accept(webhook)
    assert await drop_all(shop) == 0
    (journal_id,) = await shop.rows("select id from journal")
    again = msgspec.structs.replace(webhook, journal_id=journal_id["id"], set_aside=False)
    assert (await shop.accept(again)).duplicates == 1


async def test_no_key_goes_before_the_journal_has_come_to_its_webhook(shop: Shop):
    await shop.accept(old(shop.status("wamid.out.1", "sent")))
    await shop.accept(old(shop.webhook(shop.message())))
    assert await drop(shop, limit=1) == 1
    assert await left(shop) == (1, 1, 1, 1)
    assert await drop_all(shop) == 2
    assert await left(shop) == (0, 1, 0, 1)


async def test_one_step_looks_at_no_more_rows_than_it_may(shop: Shop):
    for _ in range(5):
        await shop.accept(old(shop.webhook(shop.message())))
    before = await left(shop)
    await drop(shop, limit=2)
    now = await left(shop)
    assert (before[0] - now[0], before[2] - now[2]) == (2, 2)
    assert await drop_all(shop) == 6


async def test_many_processes_drop_together_what_one_would_drop(shop: Shop):
    for _ in range(20):
        await shop.accept(old(shop.webhook(shop.message())))
    await shop.accept(shop.webhook(shop.message()))
    dropped = 0
    while (await left(shop))[2] > 1:
        dropped += sum(await asyncio.gather(*(drop(shop, limit=3) for _ in range(5))))
    assert dropped == 40
    assert await left(shop) == (1, 0, 1, 21)


@pytest.mark.parametrize("days", ["7", "-1", "many"])
def test_fewer_than_thirty_days_are_refused(days: str):
    with pytest.raises(SettingsWrongError):
        load({"HUDHUD_KEEP_DAYS": days})


@pytest.mark.parametrize("days", ["0", "30", "365"])
def test_none_or_enough_days_are_taken(days: str):
    assert load({"HUDHUD_KEEP_DAYS": days}).keep_days == int(days)
