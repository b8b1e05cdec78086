"""A conversation goes to a person and comes back (S7, law 6, traps 7 and 19)."""

from __future__ import annotations

from hudhud.core import handoff
from shops import Nobody, Shop, ledger, until

HINTS = Nobody()


async def test_who_asks_for_a_person_gets_one_and_the_assistant_is_silent(shop: Shop) -> None:
    await shop.say("أريد التحدث مع موظف")
    await shop.answered(1)
    row = await shop.conversation()
    assert (row["state"], row["hand_over_reason"]) == ("human", "keyword:موظف")
    assert len(await shop.sends()) == 1

    held = await shop.say("هل من أحد؟", "عندكم قميص كتان؟")
    await until(lambda: _stored(shop, 3))
    assert (await shop.conversation())["due_at"] is None

    async with shop.opened() as database:
        ours = (database, HINTS, shop.merchant_id, row["id"], shop.operator_id)
        await handoff.reply(*ours, "أهلًا، معك سارة", key="1")
    await shop.answered(2)
    assert [send["text"] for send in await shop.sends()][1:] == ["أهلًا، معك سارة"]
    assert (await shop.batches())[1] == held

    async with shop.opened() as database:
        await handoff.hand_back(database, *ours[1:])
    await shop.say("كم سعر قميص الكتان؟")
    await shop.answered(3)
    assert "٢٨٬٠٠٠" in (await shop.sends())[-1]["text"]
    assert await ledger(shop) == {"accepted": 4, "lost": 0, "twice": 0}


async def test_a_double_click_answers_once(shop: Shop) -> None:
    await shop.say("أريد التحدث مع موظف")
    await shop.answered(1)
    row = await shop.conversation()
    async with shop.opened() as database:
        for _ in range(2):
            ours = (database, HINTS, shop.merchant_id, row["id"], shop.operator_id)
            await handoff.reply(*ours, "تفضّل", key="click")
    await shop.answered()
    assert [send["text"] for send in await shop.sends()][1:] == ["تفضّل"]


async def test_handed_back_with_questions_open_the_assistant_answers_them_at_once(
    shop: Shop,
) -> None:
    await shop.say("أريد التحدث مع موظف")
    await shop.answered(1)
    row = await shop.conversation()
    async with shop.opened() as database:
        ours = (database, HINTS, shop.merchant_id, row["id"], shop.operator_id)
        await handoff.take_over(*ours)
        await shop.say("كم سعر قميص الكتان؟")
        await until(lambda: _stored(shop, 2))
        await handoff.hand_back(*ours)
    await shop.answered(2)
    assert len(await shop.sends()) == 2
    assert await ledger(shop) == {"accepted": 2, "lost": 0, "twice": 0}


async def test_what_no_row_answers_goes_to_a_person_with_a_word_to_the_customer(shop: Shop) -> None:
    await shop.say("هل تبيعون محركات طائرات نفاثة؟")
    await shop.answered(1)
    row = await shop.conversation()
    assert row["state"] == "human"
    assert row["hand_over_reason"]
    assert len(await shop.sends()) == 1


async def _stored(shop: Shop, count: int) -> bool:
    found = await shop.value(
        "select count(*) from message where merchant_id = $1 and direction = 'in'"
    )
    return bool(found == count)
