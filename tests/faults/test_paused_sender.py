"""A worker that is stopped between the record and the send starts none when it wakes (law 5)."""

from __future__ import annotations

import os
import signal
from typing import Any

import asyncpg
import pytest

from shops import Shop, ledger, until

OUTBOX = (
    "select id, state, attempt, spared, error_text from outbox"
    " where merchant_id = $1 order by id desc limit 1"
)
# A colleague's words: a send that needs no answer before it.
SAY = """with said as (
        insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind, body,
            provider_at, wakes)
        select merchant_id, id, inbox_id, 'out', 'operator', 'text', 'لحظة من فضلك', now(), false
        from conversation where merchant_id = $1 and id = $2 returning *)
    insert into outbox (merchant_id, inbox_id, conversation_id, message_id, author)
    select merchant_id, inbox_id, conversation_id, id, 'operator' from said"""
BLOCKED = "select 1 from pg_locks where $1 > 0 and not granted"
TOO_OLD = (
    "select 1 from outbox where merchant_id = $1 and state = 'sending'"
    " and sending_at < clock_timestamp() - interval '2.1 s'"
)


@pytest.mark.parametrize("declared", ["sending", "unknown"])
async def test_a_sender_that_was_stopped_after_the_record_gives_it_back_and_sends_once(
    shop: Shop, ground: Any, declared: str
) -> None:
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)
    conversation = (await shop.conversation())["id"]
    owner = await asyncpg.connect(shop.owner_url)
    worker = ground.house.worker
    try:
        # The record waits for this lock, so that the process is stopped before it hears of it.
        async with owner.transaction():
            await owner.execute(
                "select 1 from conversation where id = $1 for no key update", conversation
            )
            await shop.rows(SAY, conversation)
            await until(lambda: shop.rows(BLOCKED), "it asks")
            os.kill(worker.pid, signal.SIGSTOP)
        await until(lambda: shop.rows(TOO_OLD), "recorded, and the time to start it is over")
        if declared == "unknown":
            await owner.execute("select sweep(10, 0, 10)")
            assert (await shop.rows(OUTBOX))[0]["state"] == "unknown"
        assert len(await shop.sends()) == 1
    finally:
        os.kill(worker.pid, signal.SIGCONT)
        await owner.close()
    await shop.answered(1)
    (row,) = await shop.rows(OUTBOX)
    assert (row["state"], row["attempt"], row["spared"]) == ("accepted", 2, 1)
    tags = [send["tag"] for send in await shop.sends()]
    assert [tag for tag in tags if f".{row['id']}." in tag] == [f"{shop.merchant_id}.{row['id']}.2"]
    assert await ledger(shop) == {"accepted": 1, "lost": 0, "twice": 0}
