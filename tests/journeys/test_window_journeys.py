"""Outside the reply window nothing free leaves, and what was written is not lost (S8)."""

from __future__ import annotations

import json
import time

import pytest

from hudhud.core import handoff
from hudhud.errors import WindowClosedError
from shops import Nobody, Shop, until

HOUR_S = 3600


async def _late(shop: Shop, hours: float) -> None:
    body = json.loads(shop.body(f"wamid.late-{hours}", "عندكم قميص كتان؟"))
    message = body["entry"][0]["changes"][0]["value"]["messages"][0]
    message["timestamp"] = str(int(time.time() - hours * HOUR_S))
    assert await shop.post(json.dumps(body).encode()) == 200


async def _sends(shop: Shop) -> list[tuple[str, str | None]]:
    rows = await shop.rows(
        "select state, error_code from outbox where merchant_id = $1 order by id"
    )
    return [(row["state"], row["error_code"]) for row in rows]


@pytest.mark.clause("10.7")
async def test_a_webhook_twenty_hours_late_is_answered(shop: Shop) -> None:
    await _late(shop, 20)
    await until(lambda: _said(shop, "accepted"))


@pytest.mark.clause("7.refused")
@pytest.mark.clause("10.7")
async def test_an_answer_outside_the_window_does_not_leave_and_ends_at_a_person(
    shop: Shop,
) -> None:
    await _late(shop, 25)
    await until(lambda: _said(shop, "rejected"))
    row = await shop.conversation()
    assert (row["state"], row["hand_over_reason"]) == ("human", "window_closed")
    assert (await _sends(shop))[0] == ("rejected", "window_closed")
    assert await shop.sends() == []
    async with shop.opened() as database:
        with pytest.raises(WindowClosedError):
            await handoff.reply(
                *(database, Nobody(), shop.merchant_id, row["id"], shop.operator_id, "أهلاً"),
                key="late",
            )
    # A refused reply leaves nothing behind: neither a message, nor the conversation taken.
    assert len(await _sends(shop)) == 1
    assert (await shop.conversation())["operator_id"] is None


@pytest.mark.clause("5.quote")
async def test_a_quoted_reply_names_the_message_at_the_provider(shop: Shop) -> None:
    wamids = await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)
    row = await shop.conversation()
    quoted = await shop.value(
        "select id from message where merchant_id = $1 and direction = 'in' order by id limit 1"
    )
    async with shop.opened() as database:
        await handoff.reply(
            *(database, Nobody(), shop.merchant_id, row["id"], shop.operator_id, "نعم"),
            key="quoting",
            reply_to=quoted,
        )
    await shop.answered(1)
    told = await shop.rows("select reply_to from message where merchant_id = $1 and body = 'نعم'")
    assert told[0]["reply_to"] == wamids[0]


async def _said(shop: Shop, state: str) -> bool:
    return any(one[0] == state for one in await _sends(shop))
