"""What becomes of an answer that left: ticks, refusals, and what nobody knows (law 5)."""

from __future__ import annotations

from typing import Any

import pytest

from shops import Shop, ledger, opened_shop, until
from slow_model import slow_model

SENDS = (
    "select state, attempt, error_code, sent_at, delivered_at, read_at, failed_at, external_id"
    " from outbox where merchant_id = $1 order by id"
)


@pytest.mark.clause("3.forward")
@pytest.mark.parametrize("script", ["normal", "out_of_order", "read_first", "twice"])
async def test_ticks_move_forward_whatever_the_order_of_the_statuses(
    shop: Shop, script: str
) -> None:
    await shop.behave(statuses=script)
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)

    async def ticked() -> bool:
        (row,) = await shop.rows(SENDS)
        return bool(row["sent_at"] and row["delivered_at"] and row["read_at"])

    await until(ticked, "sent, delivered and read")
    (row,) = await shop.rows(SENDS)
    assert row["state"] == "accepted"
    assert row["sent_at"] <= row["delivered_at"] <= row["read_at"]


@pytest.mark.clause("3.early")
async def test_a_status_may_come_before_the_answer_to_our_own_send(shop: Shop) -> None:
    await shop.behave(statuses="normal", answer_delay_ms=700)
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)

    async def read() -> bool:
        (row,) = await shop.rows(SENDS)
        return row["read_at"] is not None

    await until(read)
    (row,) = await shop.rows(SENDS)
    assert (row["state"], row["attempt"]) == ("accepted", 1)
    assert await ledger(shop) == {"accepted": 1, "lost": 0, "twice": 0}


@pytest.mark.clause("5.unknown")
async def test_a_send_taken_but_never_confirmed_is_settled_by_its_status_and_not_sent_again(
    shop: Shop,
) -> None:
    await shop.behave(statuses=[{"status": "sent", "after_ms": 1800}])
    await shop.fault("timeout_after")
    await shop.say("عندكم قميص كتان؟")
    await until(lambda: _state(shop, "unknown"), "nobody knows")
    await until(lambda: _state(shop, "accepted"), "settled by the status that carries our tag")
    assert len(await shop.sends()) == 1
    assert await ledger(shop) == {"accepted": 1, "lost": 0, "twice": 0}


@pytest.mark.clause("5.unknown")
async def test_a_bare_500_is_unknown_and_never_repeated(shop: Shop) -> None:
    await shop.behave(statuses="none")
    await shop.fault("http_500_after")
    await shop.say("عندكم قميص كتان؟")
    await until(lambda: _state(shop, "unknown"))
    await shop.say("والتوصيل؟")
    await until(lambda: _outbox(shop, 2), "the next answer waits behind the unknown one")
    states = [row["state"] for row in await shop.rows(SENDS)]
    assert states == ["unknown", "queued"]
    assert len(await shop.sends()) == 1


@pytest.mark.clause("6.closed")
async def test_a_closed_window_ends_at_a_person_as_a_dead_letter(shop: Shop) -> None:
    await shop.fault("131047")
    await shop.say("عندكم قميص كتان؟")
    await until(lambda: _state(shop, "rejected"))
    row = await shop.conversation()
    assert (row["state"], row["hand_over_reason"]) == ("human", "window_closed")
    letters = await shop.rows("select kind, reason from dead_letter where merchant_id = $1")
    assert [letter["kind"] for letter in letters] == ["send"]
    assert "131047" in letters[0]["reason"]
    assert await shop.sends() == []


@pytest.mark.clause("3.errors")
async def test_a_failed_status_after_acceptance_ends_at_a_person_too(shop: Shop) -> None:
    await shop.behave(statuses="failed")
    await shop.say("عندكم قميص كتان؟")
    await until(lambda: _state(shop, "rejected"))
    assert (await shop.conversation())["state"] == "human"
    assert await shop.value("select count(*) from dead_letter where merchant_id = $1") == 1


async def test_too_fast_for_this_person_is_tried_again_later_and_arrives_once(shop: Shop) -> None:
    await shop.fault("131056")
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)
    (row,) = await shop.rows(SENDS)
    assert (row["state"], row["attempt"]) == ("accepted", 2)
    assert await ledger(shop) == {"accepted": 1, "lost": 0, "twice": 0}


async def test_a_long_answer_leaves_in_parts_in_order_each_once(home: Any) -> None:
    async with (
        slow_model() as model,
        opened_shop(home.house, home.owner_url, assistant=model.assistant) as shop,
    ):
        model.says = "\n\n".join(f"الفقرة {n}: " + "كلام مفيد " * 60 for n in range(1, 10))
        model.gate.set()
        await shop.say("حدثني عن كل شيء")
        await shop.answered(1)
        texts = [send["text"] for send in await shop.sends()]
        assert len(texts) > 1
        assert all(len(text) <= 4096 for text in texts)
        assert " ".join(" ".join(texts).split()) == " ".join(model.says.split())
        parts = await shop.rows("select part from outbox where merchant_id = $1 order by id")
        assert [row["part"] for row in parts] == list(range(len(texts)))


async def test_a_refused_part_keeps_the_later_parts_back(home: Any) -> None:
    async with (
        slow_model() as model,
        opened_shop(home.house, home.owner_url, assistant=model.assistant) as shop,
    ):
        model.says = "كلام مفيد " * 1200
        model.gate.set()
        await shop.fault("131026")
        await shop.say("حدثني عن كل شيء")
        await until(lambda: _all_refused(shop), "the first is refused, the rest cancelled")
        assert await shop.sends() == []
        assert (await shop.conversation())["state"] == "human"


async def _all_refused(shop: Shop) -> bool:
    states = [row["state"] for row in await shop.rows(SENDS)]
    return len(states) > 1 and states == ["rejected"] + ["cancelled"] * (len(states) - 1)


async def _state(shop: Shop, state: str) -> bool:
    return [row["state"] for row in await shop.rows(SENDS)] == [state]


async def _outbox(shop: Shop, count: int) -> bool:
    return len(await shop.rows(SENDS)) == count
