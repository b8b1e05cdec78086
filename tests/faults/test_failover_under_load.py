"""The primary is restarted, hangs, is lost: its synchronous standby goes on without a gap."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from hudhud.ops.engines import start_valkey
from pairs import Pair, paused, running_pair
from processes import House
from shops import Shop, ledger, opened_shop, until

QUESTIONS = ("السلام عليكم", "عندكم قميص كتان؟", "كم سعره؟")
LOOK_S = 0.02
DEADLINE_S = 60.0
CANCEL = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'"


@dataclass(frozen=True)
class Twins:
    """A running house on two servers."""

    pair: Pair
    house: House


@pytest.fixture
def twins() -> Iterator[Twins]:
    folder = Path(tempfile.mkdtemp(prefix="hudhud-", dir="/tmp"))
    with running_pair() as pair:
        valkey = start_valkey(folder)
        house = House(folder, pair.app_url, valkey.url)
        try:
            house.start()
            yield Twins(pair, house)
        finally:
            house.stop()
            valkey.stop()
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def shop(twins: Twins) -> AsyncIterator[Shop]:
    async with opened_shop(twins.house, twins.pair.owner_url) as shop:
        yield shop


async def test_a_restart_a_hang_and_a_failover_under_load_lose_repeat_and_reorder_nothing(
    twins: Twins, shop: Shop
) -> None:
    pair, said = twins.pair, list[list[str]]()

    async def customers() -> None:
        for customer in range(1, 31):
            said.append(await shop.say(*QUESTIONS, by=customer))
            await asyncio.sleep(0.1)  # customers type; the servers change among them

    talking = asyncio.create_task(customers())
    await until(lambda: acknowledged(shop, 6), "the first messages are in")
    await asyncio.to_thread(pair.primary.restart)
    await until(lambda: acknowledged(shop, 24), "they go on")
    with paused(pair.primary):
        await until(lambda: acknowledged(shop, 40), "200 from the spool while it hangs")
        pair.primary.kill()
    await asyncio.to_thread(pair.fence)
    await asyncio.to_thread(pair.promote)
    await talking
    await shop.answered(30, seconds=DEADLINE_S)
    assert await ledger(shop) == {"accepted": 90, "lost": 0, "twice": 0}
    assert await stored(shop) == said
    assert [i["attempts"] for i in (await shop.history())["inbound"]] == [1] * 90


async def test_what_only_the_lost_primary_had_was_answered_200_by_the_spool(
    twins: Twins, shop: Shop
) -> None:
    pair, said = twins.pair, list[list[str]]()
    with pair.silent_standby():
        impatience = asyncio.create_task(cancel_every_wait(pair))
        for customer in range(1, 6):
            said.append(await shop.say(*QUESTIONS, by=customer))
        await until(lambda: acknowledged(shop, 15), "200 although no standby is there")
        impatience.cancel()
        await asyncio.gather(impatience, return_exceptions=True)
        await asyncio.to_thread(pair.fence)
    await asyncio.to_thread(pair.promote)
    await shop.answered(5, seconds=DEADLINE_S)
    assert await ledger(shop) == {"accepted": 15, "lost": 0, "twice": 0}
    assert await stored(shop) == said


async def cancel_every_wait(pair: Pair) -> None:
    """Cancel whatever waits for the standby, as soon as it does."""
    connection = await asyncpg.connect(pair.primary.admin_url)
    try:
        while True:
            await connection.execute(CANCEL)
            await asyncio.sleep(LOOK_S)
    finally:
        connection.terminate()


async def acknowledged(shop: Shop, count: int) -> bool:
    inbound = (await shop.history())["inbound"]
    return sum(one["http_status"] == 200 for one in inbound) >= count


async def stored(shop: Shop) -> list[list[str]]:
    """The wamids of each customer in the order in which they were stored."""
    rows = await shop.rows(
        """select array_agg(m.external_id order by m.id) as wamids
           from message m join contact_alias a using (merchant_id)
               join conversation k on k.id = m.conversation_id and k.contact_id = a.contact_id
           where m.merchant_id = $1 and m.direction = 'in' and a.kind = 'phone'
           group by a.value order by a.value"""
    )
    return [list(row["wamids"]) for row in rows]
