"""A worker dies, or is asked to go: nothing lost, nothing answered twice (Q4, Q9, law 3)."""

from __future__ import annotations

import asyncio
from typing import Any

from shops import Shop, ledger, opened_shop, until
from slow_model import slow_model

QUESTIONS = ("السلام عليكم", "عندكم قميص كتان؟", "كم سعره؟")


async def test_a_worker_killed_in_the_middle_of_an_answer_loses_and_repeats_nothing(
    ground: Any,
) -> None:
    async with (
        slow_model() as model,
        opened_shop(ground.house, ground.postgresql.owner_url, assistant=model.assistant) as shop,
    ):
        for customer in (1, 2, 3):
            await shop.say(*QUESTIONS, by=customer)
        await model.until_asked(3)
        ground.house.worker.kill()
        model.gate.set()
        ground.house.restart(ground.house.worker)
        await shop.answered(3)
        assert len(await shop.sends()) == 3
        assert await ledger(shop) == {"accepted": 9, "lost": 0, "twice": 0}
        crashes = await shop.rows("select crashes from conversation where merchant_id = $1")
        assert [row["crashes"] for row in crashes] == [0, 0, 0]


async def test_a_worker_killed_while_it_sends_does_not_send_again(shop: Shop, ground: Any) -> None:
    await shop.behave(statuses=[{"status": "sent", "after_ms": 1500}], answer_delay_ms=900)
    await shop.say(*QUESTIONS)
    await until(shop.sends, "the provider has it, and we do not know yet")
    ground.house.worker.kill()
    ground.house.restart(ground.house.worker)
    await shop.answered(1)
    assert len(await shop.sends()) == 1
    assert await ledger(shop) == {"accepted": 3, "lost": 0, "twice": 0}


async def test_a_drained_worker_finishes_what_it_began_and_leaves_the_rest(ground: Any) -> None:
    async with (
        slow_model() as model,
        opened_shop(ground.house, ground.postgresql.owner_url, assistant=model.assistant) as shop,
    ):
        await shop.say(*QUESTIONS, by=1)
        await model.until_asked()
        ground.house.worker.ask_to_stop()
        ground.house.worker.until(lambda: "worker.draining" in ground.house.worker.said)
        await shop.say(*QUESTIONS, by=2)
        model.gate.set()
        assert await asyncio.to_thread(ground.house.worker.stop) == 0
        outcomes = await shop.rows("select outcome from batch where merchant_id = $1")
        assert [row["outcome"] for row in outcomes] == ["answered"]
        ground.house.restart(ground.house.worker)
        await shop.answered(2)
        assert len(await shop.sends()) == 2
        assert await ledger(shop) == {"accepted": 6, "lost": 0, "twice": 0}


async def test_a_drain_that_runs_out_of_time_hands_its_batches_back(ground: Any) -> None:
    slow_to_end = ground.house.process("worker", HUDHUD_DRAIN_S="0.5")
    ground.house.worker.stop()
    async with (
        slow_model() as model,
        opened_shop(ground.house, ground.postgresql.owner_url, assistant=model.assistant) as shop,
    ):
        slow_to_end.start()
        await shop.say(*QUESTIONS)
        await model.until_asked()
        assert slow_to_end.stop() == 0
        row = await shop.conversation()
        assert row["lease_until"] is None
        assert row["due_at"] is not None
        model.gate.set()
        ground.house.restart(ground.house.worker)
        await shop.answered(1)
        assert len(await shop.sends()) == 1
        assert await ledger(shop) == {"accepted": 3, "lost": 0, "twice": 0}


async def test_a_message_that_kills_every_worker_ends_as_a_dead_letter_with_a_person(
    ground: Any,
) -> None:
    house = ground.house
    house.worker.stop()
    async with (
        slow_model() as model,
        opened_shop(ground.house, ground.postgresql.owner_url, assistant=model.assistant) as shop,
    ):
        await shop.say(*QUESTIONS)
        for asked in (1, 2, 3):
            victim = house.process("worker", HUDHUD_LEASE_S="1")
            victim.start()
            await model.until_asked(asked)
            victim.kill()
        model.gate.set()
        house.restart(house.worker)
        await until(lambda: _dead(shop), "a dead letter")
        assert (await shop.conversation())["state"] == "human"
        assert len(await shop.sends()) == 0
        assert await ledger(shop) == {"accepted": 3, "lost": 0, "twice": 0}


async def _dead(shop: Shop) -> bool:
    kinds = await shop.rows("select kind from dead_letter where merchant_id = $1")
    return [row["kind"] for row in kinds] == ["batch"]


async def test_two_workers_share_the_work_and_answer_each_burst_once(
    shop: Shop, ground: Any
) -> None:
    second = ground.house.process("worker")
    second.start()
    try:
        second.until(lambda: "worker.started" in second.said)
        for customer in range(1, 21):
            await shop.say(*QUESTIONS, by=customer, delivery="at_once")
        await shop.answered(20)
        assert len(await shop.sends()) == 20
        assert await ledger(shop) == {"accepted": 60, "lost": 0, "twice": 0}
    finally:
        assert second.stop() == 0
