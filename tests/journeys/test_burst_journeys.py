"""A burst comes in, one right answer goes out (Q3, Q5, laws 3 and 4)."""

from __future__ import annotations

from typing import Any

import pytest

from shops import Shop, ledger, opened_shop, until
from slow_model import slow_model

CLEAN = {"lost": 0, "twice": 0}


async def clean(shop: Shop, accepted: int) -> None:
    assert await ledger(shop) == {"accepted": accepted, **CLEAN}


@pytest.mark.parametrize("delivery", ["in_order", "one_webhook", "at_once"])
async def test_a_burst_of_five_is_one_batch_with_one_answer(shop: Shop, delivery: str) -> None:
    texts = ("السلام عليكم", "عندكم قميص كتان؟", "كم سعره", "شنو المقاسات؟", "والتوصيل؟")
    wamids = await shop.say(*texts, delivery=delivery)
    await shop.answered(1)
    assert [sorted(batch) for batch in await shop.batches()] == [sorted(wamids)]
    (send,) = await shop.sends()
    for needed in ("٢٨٬٠٠٠", "XL", "التوصيل"):
        assert needed in send["text"]
    await clean(shop, 5)


async def test_the_fifth_message_is_not_made_to_wait_for_the_window(home: Any) -> None:
    async with opened_shop(home.house, home.owner_url, window_ms=60_000) as shop:
        await shop.say("سلام", "قميص", "كم", "سعره", "؟")
        await shop.answered(1)
        await clean(shop, 5)


async def test_fewer_messages_wait_until_the_window_has_passed(shop: Shop) -> None:
    await shop.say("عندكم قميص كتان؟", "كم سعره؟")
    await shop.answered(1)
    waited_ms = await shop.value(
        """select extract(epoch from min(b.claimed_at) - min(m.accepted_at)) * 1000
           from batch b join message m on m.batch_id = b.id and m.direction = 'in'
           where b.merchant_id = $1"""
    )
    assert waited_ms >= shop.inbox.window_ms
    await clean(shop, 2)


async def test_a_later_message_belongs_to_the_next_batch(shop: Shop) -> None:
    first = await shop.say("عندكم قميص كتان؟", "كم سعره؟")
    await shop.answered(1)
    second = await shop.say("والتوصيل للبصرة؟")
    await shop.answered(2)
    assert await shop.batches() == [first, second]
    assert len(await shop.sends()) == 2
    await clean(shop, 3)


async def test_a_message_that_comes_during_the_answer_is_in_the_next_batch(home: Any) -> None:
    async with (
        slow_model() as model,
        opened_shop(home.house, home.owner_url, assistant=model.assistant) as shop,
    ):
        first = await shop.say("مرحبا")
        await model.until_asked()
        second = await shop.say("نسيت أن أسأل عن التوصيل")
        await until(lambda: _stored(shop, 2), "stored while the model thinks")
        model.gate.set()
        await shop.answered(2)
        assert await shop.batches() == [first, second]
        assert model.asked == 2
        await clean(shop, 2)


async def test_thirty_customers_at_once_get_one_answer_for_each_burst(shop: Shop) -> None:
    for customer in range(1, 31):
        await shop.say("السلام عليكم", "عندكم عباية؟", "كم سعرها؟", by=customer, delivery="at_once")
    await shop.answered(30)
    assert len(await shop.sends()) == 30
    await clean(shop, 90)


async def test_a_reaction_is_kept_and_wakes_nobody(shop: Shop) -> None:
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)
    (send,) = await shop.sends()
    await shop.say(kind="reaction", message_id=send["wamid"])
    await shop.answered()
    assert len(await shop.batches()) == 1
    rows = await shop.rows(
        "select note from message where merchant_id = $1 and not wakes and direction = 'in'"
    )
    assert [row["note"] for row in rows] == ["reaction"]
    await clean(shop, 2)


async def _stored(shop: Shop, count: int) -> bool:
    found = await shop.value(
        "select count(*) from message where merchant_id = $1 and direction = 'in'"
    )
    return bool(found == count)
