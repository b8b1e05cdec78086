"""PostgreSQL dies during intake: 200 through the spool, or an honest 503 (law 2)."""

from __future__ import annotations

import asyncio
import fcntl
from pathlib import Path
from typing import Any

from shops import Shop, ledger, until

QUESTIONS = ("السلام عليكم", "عندكم قميص كتان؟", "كم سعره؟")
CUSTOMERS = 12


async def test_a_database_killed_and_restarted_during_intake_loses_no_message(
    shop: Shop, ground: Any
) -> None:
    async def customers() -> None:
        for customer in range(1, CUSTOMERS + 1):
            await shop.say(*QUESTIONS, by=customer)
            await asyncio.sleep(0.15)  # customers type; the engine dies among them

    talking = asyncio.create_task(customers())
    await until(lambda: _inbound(shop, 4), "the first messages are in")
    ground.postgresql.kill()
    await talking
    await until(lambda: _inbound(shop, 3 * CUSTOMERS), "200 for every webhook, without a database")
    await asyncio.to_thread(ground.postgresql.restart)
    await shop.answered(CUSTOMERS)
    tries = [i["attempts"] for i in (await shop.history())["inbound"]]
    assert tries == [1] * (3 * CUSTOMERS)
    assert await ledger(shop) == {"accepted": 3 * CUSTOMERS, "lost": 0, "twice": 0}
    await until(lambda: _spool_is_empty(ground), "the spool was replayed by itself")


async def test_order_survives_the_spool(shop: Shop, ground: Any) -> None:
    ground.postgresql.kill()
    wamids = await shop.say("واحد", "اثنان", "ثلاثة", "أربعة")
    await until(lambda: _inbound(shop, 4))
    await asyncio.to_thread(ground.postgresql.restart)
    await shop.answered(1)
    stored = await shop.rows(
        "select external_id from message where merchant_id = $1 and direction = 'in' order by id"
    )
    assert [row["external_id"] for row in stored] == wamids


async def test_a_web_process_killed_with_a_full_spool_leaves_it_to_the_next(
    shop: Shop, ground: Any
) -> None:
    ground.postgresql.kill()
    await shop.say(*QUESTIONS)
    await until(lambda: _inbound(shop, 3))
    ground.house.web.kill()
    await asyncio.to_thread(ground.postgresql.restart)
    ground.house.restart(ground.house.web)
    await shop.answered(1)
    assert await ledger(shop) == {"accepted": 3, "lost": 0, "twice": 0}


async def test_a_database_killed_while_answers_are_made_turns_none_of_them_into_a_shrug(
    shop: Shop, ground: Any
) -> None:
    worker = ground.house.worker
    for round_ in range(3):
        for customer in range(1, CUSTOMERS + 1):
            await shop.say(
                "عندكم قميص كتان؟", "كم سعره؟", by=20 * round_ + customer, delivery="one_webhook"
            )
        await until(lambda: _claimed(shop), "answers are being made")
        ground.postgresql.kill()
        await asyncio.to_thread(ground.postgresql.restart)
    await shop.answered(3 * CUSTOMERS)
    assert worker.alive
    assert {send["text"] for send in await shop.sends()} == {"قميص كتان صيفي: ٢٨٬٠٠٠ د.ع، متوفر."}
    assert await ledger(shop) == {"accepted": 6 * CUSTOMERS, "lost": 0, "twice": 0}


async def test_a_web_process_that_drains_with_a_full_spool_says_so_and_the_next_reads_it(
    shop: Shop, ground: Any
) -> None:
    ground.postgresql.kill()
    await shop.say(*QUESTIONS)
    await until(lambda: _inbound(shop, 3))
    web = ground.house.web
    assert await asyncio.to_thread(web.stop) == 1
    assert "web.stopped_with_spool" in web.said
    await asyncio.to_thread(ground.postgresql.restart)
    ground.house.restart(web)
    await shop.answered(1)
    assert await ledger(shop) == {"accepted": 3, "lost": 0, "twice": 0}
    await until(lambda: _spool_is_empty(ground), "the next process read it back")
    assert await asyncio.to_thread(web.stop) == 0


async def test_without_database_and_spool_the_provider_is_asked_to_come_again(
    shop: Shop, ground: Any
) -> None:
    ground.postgresql.kill()
    full = Path(ground.house.folder) / "spool" / "99999999999999.000000-0-1.spool"
    full.write_bytes(b"x" * 1024**2)
    with full.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # as its writer would; else it is read and set aside
        assert await shop.post(shop.body("wamid.refused")) == 503
        await shop.say(*QUESTIONS)
        await until(lambda: _refused(shop), "503 for the customers too")
        full.unlink()
    await asyncio.to_thread(ground.postgresql.restart)
    await shop.answered(1)
    assert await ledger(shop) == {"accepted": 3, "lost": 0, "twice": 0}
    never = "select count(*) from message where merchant_id = $1 and external_id = 'wamid.refused'"
    assert await shop.value(never) == 0


async def test_an_inbox_never_seen_before_gets_503_while_the_database_is_away(
    shop: Shop, ground: Any
) -> None:
    ground.postgresql.kill()
    elsewhere = shop.webhook_url.replace(shop.inbox.key, "f" * 20)

    async def refused() -> bool:
        return await shop.post(shop.body("wamid.stranger"), url=elsewhere) == 503

    # A busy backend outlives its server by a moment, and still says that there is no such inbox.
    await until(refused, "nobody is told 401 for want of a database")


async def _inbound(shop: Shop, count: int) -> bool:
    inbound = (await shop.history())["inbound"]
    return sum(one["http_status"] == 200 for one in inbound) >= count


async def _refused(shop: Shop) -> bool:
    return any(one["http_status"] == 503 for one in (await shop.history())["inbound"])


async def _spool_is_empty(ground: Any) -> bool:
    return not list((Path(ground.house.folder) / "spool").glob("*.spool"))


async def _claimed(shop: Shop) -> bool:
    sql = "select exists (select 1 from conversation where merchant_id = $1 and fence > 0)"
    held = " and (lease_until is not null or exists (select 1 from batch where merchant_id = $1)))"
    return bool(await shop.value(sql[:-1] + held))
