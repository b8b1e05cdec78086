"""Who is who, and how often: customers without a phone, a thousand at once, the same again."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import asyncpg
import pytest

from hudhud.core.connecting import connect
from hudhud.core.secrets import Vault
from shops import Shop, ledger, until

UPDATES = 1000
ROWS = "select count(*) from {} where merchant_id = $1"


async def quiet_second_inbox(shop: Shop) -> str:
    """A second number of the same app; nobody answers there, nor in the first any more."""
    number = f"{shop.number}9"
    options = {name: shop.inbox.options[name] for name in ("token", "app_secret", "verify_token")}
    async with shop.opened() as database, database.deed(shop.merchant_id) as connection:
        await connect(
            connection,
            Vault(shop.house.key_hex),
            merchant_id=shop.merchant_id,
            channel="whatsapp",
            name="الفرع",
            given={**options, "phone_number_id": number, "api_url": shop.house.simulator_url},
            assistant_id=None,
            window_ms=600_000,
            batch_max=1000,
        )
        await connection.execute("update inbox set window_ms = 600000, batch_max = 1000")
    return number


def change(number: str, **value: Any) -> dict[str, Any]:
    of = {"display_phone_number": number, "phone_number_id": number}
    told = {"messaging_product": "whatsapp", "metadata": of, **value}
    return {"field": "messages", "value": told}


def thousand(shop: Shop, numbers: tuple[str, str]) -> bytes:
    """Ten entries with ten changes each, of two numbers in turn; each brings messages and statuses.

    Half of it are messages of a hundred customers, some in both numbers, half statuses.
    """
    at, places = str(int(time.time())), iter(range(UPDATES))
    entries = []
    for entry in range(10):
        changes = []
        for turn in range(10):
            mine = [next(places) for _ in range(UPDATES // 100)]
            messages = [
                {
                    "from": shop.customer(n % 100),
                    "id": f"wamid.{shop.number}.{n}",
                    "timestamp": at,
                    "type": "text",
                    "text": {"body": str(n)},
                }
                for n in mine[::2]
            ]
            statuses = [
                {
                    "id": f"out.{shop.number}.{n}",
                    "status": ("sent", "delivered", "read", "failed")[n // 2 % 4],
                    "timestamp": at,
                    "recipient_id": shop.customer(n % 100),
                }
                for n in mine[1::2]
            ]
            number = numbers[turn % 2]
            changes.append(change(number, messages=messages, statuses=statuses))
        entries.append({"id": str(entry), "time": 1, "changes": changes})
    return json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode()


@pytest.mark.clause("10.1")
async def test_a_thousand_updates_in_one_webhook_are_a_thousand_rows_and_one_200(
    shop: Shop,
) -> None:
    body = thousand(shop, (shop.number, await quiet_second_inbox(shop)))
    assert await shop.post(body) == 200
    assert await shop.value(ROWS.format("message")) == UPDATES // 2
    assert await shop.value(ROWS.format("delivery_status")) == UPDATES // 2
    by_inbox = await shop.rows(
        "select inbox_id, count(*), count(distinct external_id), bool_and(body = any ("
        " select right(external_id, length(body)))) from message where merchant_id = $1 group by 1"
    )
    assert sorted(tuple(row)[1:] for row in by_inbox) == [(250, 250, True), (250, 250, True)]
    assert await shop.value(f"{ROWS.format('journal')} and set_aside") == 0
    assert await shop.post(body) == 200
    assert await shop.value(ROWS.format("message")) == UPDATES // 2
    assert await shop.value(ROWS.format("delivery_status")) == UPDATES // 2


@pytest.mark.clause("10.2")
async def test_the_same_webhook_fifty_times_and_a_week_later_is_one_message_and_one_answer(
    shop: Shop,
) -> None:
    body = shop.body("wamid.fifty", "عندكم قميص كتان؟")
    assert set(await asyncio.gather(*(shop.post(body) for _ in range(50)))) == {200}
    shop.said.append("wamid.fifty")
    await shop.answered(1)
    await a_week_passes(shop)
    assert set(await asyncio.gather(*(shop.post(body) for _ in range(5)))) == {200}
    await shop.answered(1)
    inbound = "select count(*) from message where merchant_id = $1 and direction = 'in'"
    assert await shop.value(inbound) == 1
    assert (await shop.conversation())["due_at"] is None
    assert len(await shop.sends()) == len(await shop.batches()) == 1


async def a_week_passes(shop: Shop) -> None:
    connection = await asyncpg.connect(shop.owner_url)
    for table, column in (
        *(("message", "accepted_at"), ("journal", "accepted_at"), ("message_key", "seen_at")),
        *(("outbox", "created_at"), ("batch", "finished_at"), ("conversation", "last_at")),
    ):
        await connection.execute(
            f"update {table} set {column} = {column} - interval '7 days' where merchant_id = $1",
            shop.merchant_id,
        )
    await connection.close()


async def hides(shop: Shop, *, phone: bool) -> None:
    await shop.ask("POST", "/phones", {"wa_id": shop.customer(), "hides_phone": phone})


@pytest.mark.clause("10.4")
async def test_a_message_without_a_phone_is_answered_to_its_recipient(shop: Shop) -> None:
    await hides(shop, phone=True)
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)
    (send,) = await shop.sends()
    user_id = await shop.value("select value from contact_alias where merchant_id = $1")
    assert (send["to"], send["outcome"]) == (user_id, "accepted")
    assert not user_id.isdigit()
    assert await ledger(shop) == {"accepted": 1, "lost": 0, "twice": 0}


@pytest.mark.clause("10.4")
async def test_who_wrote_under_two_names_is_one_thread_once_both_are_known(shop: Shop) -> None:
    await hides(shop, phone=True)
    await shop.say("عندكم قميص كتان؟")
    await shop.answered(1)
    assert await shop.post(shop.body("wamid.by-phone", "كم التوصيل؟")) == 200
    shop.said.append("wamid.by-phone")
    await shop.answered(2)
    assert await shop.value(ROWS.format("contact")) == 2
    await hides(shop, phone=False)
    await shop.say("شكرا")
    await until(lambda: _one_contact(shop), "both contacts are one")
    await shop.answered(3)
    row = await shop.conversation()
    seen = "select count(*) from message where merchant_id = $1 and conversation_id = $2"
    assert await shop.value(f"{seen} and direction = 'in'", row["id"]) == 3
    assert len(await shop.sends()) == await shop.value(ROWS.format("outbox"))
    assert (await ledger(shop))["twice"] == 0


async def _one_contact(shop: Shop) -> bool:
    return bool(await shop.value(ROWS.format("contact")) == 1)
