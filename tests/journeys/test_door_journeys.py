"""What comes to the webhook address, and what is answered there (Q1, Q2, S1; bad input)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from shops import Shop, ledger, opened_shop, until

EVERYTHING = (
    "select (select count(*) from journal where merchant_id = $1)"
    " + (select count(*) from message where merchant_id = $1)"
)


async def test_a_wrong_signature_and_an_unknown_inbox_are_one_answer_and_leave_nothing(
    shop: Shop,
) -> None:
    body = shop.body("wamid.forged")
    elsewhere = shop.webhook_url.replace(shop.inbox.key, "0" * 20)
    seen = []
    for url, secret in ((shop.webhook_url, "not the secret"), (elsewhere, shop.secret)):
        async with shop.http.post(
            url, data=body, headers={"X-Hub-Signature-256": f"sha256={secret}"}
        ) as answer:
            seen.append((answer.status, await answer.read()))
    assert seen[0] == seen[1]
    assert seen[0][0] == 401
    assert await shop.post(body, secret="wrong") == 401
    assert await shop.post(body, url=elsewhere) == 401
    assert await shop.value(EVERYTHING) == 0


async def test_an_unsigned_webhook_is_refused(shop: Shop) -> None:
    async with shop.http.post(shop.webhook_url, data=shop.body("wamid.bare")) as answer:
        assert answer.status == 401
    assert await shop.value(EVERYTHING) == 0


async def test_what_is_signed_but_unreadable_is_set_aside_with_its_reason(shop: Shop) -> None:
    bodies = (b"not json", b"[1, 2]", b"\xff\xfe", b"")
    for body in bodies:
        assert await shop.post(body) == 200
    rows = await shop.rows(
        "select body, reason, set_aside from journal where merchant_id = $1 order by id"
    )
    assert [row["body"] for row in rows] == list(bodies)
    assert all(row["set_aside"] and row["reason"] for row in rows)


async def test_nul_and_lone_surrogates_are_taken_and_answered(shop: Shop) -> None:
    body = shop.body("wamid.strange", "PLACE").replace(b"PLACE", b"a\\u0000b \\ud83d kam")
    assert await shop.post(body) == 200
    shop.said.append("wamid.strange")
    await shop.answered(1)
    assert len(await shop.sends()) == 1


async def test_a_body_over_the_limit_is_refused_unread(shop: Shop) -> None:
    assert await shop.post(b"x" * (3 * 1024 * 1024 + 1)) == 413
    assert await shop.value(EVERYTHING) == 0


@pytest.mark.clause("1.verification")
async def test_the_challenge_is_answered_only_with_the_right_token(shop: Shop) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "4711"}
    right = query | {"hub.verify_token": shop.inbox.options["verify_token"]}
    async with shop.http.get(shop.webhook_url, params=right) as answer:
        assert (answer.status, await answer.text()) == (200, "4711")
    for wrong in (query, query | {"hub.verify_token": "guessed"}):
        async with shop.http.get(shop.webhook_url, params=wrong) as answer:
            assert answer.status == 401
            assert "4711" not in await answer.text()


@pytest.mark.clause("1.duplicates")
async def test_twenty_copies_of_one_webhook_are_one_message_and_one_answer(shop: Shop) -> None:
    body = shop.body("wamid.again", "عندكم قميص كتان؟")
    statuses = await asyncio.gather(*(shop.post(body) for _ in range(20)))
    assert set(statuses) == {200}
    shop.said.append("wamid.again")
    await shop.answered(1)
    assert (
        await shop.value("select count(*) from message where merchant_id = $1 and direction = 'in'")
        == 1
    )
    assert len(await shop.sends()) == 1
    assert await shop.post(body) == 200
    assert len(await shop.batches()) == 1
    due = await shop.conversation()
    assert due["due_at"] is None
    assert due["pending"] == 0


async def test_an_old_webhook_that_comes_again_after_the_answer_wakes_nobody(shop: Shop) -> None:
    await shop.say("عندكم قميص كتان؟", copies=5)
    await shop.answered(1)
    assert await ledger(shop) == {"accepted": 1, "lost": 0, "twice": 0}


async def test_one_merchant_never_sees_another(home: Any, shop: Shop) -> None:
    async with opened_shop(home.house, home.owner_url) as other:
        await shop.say("سر المتجر الأول")
        await other.say("سر المتجر الثاني")
        await shop.answered(1)
        await other.answered(1)
        async with other.opened() as database, database.reading(other.merchant_id) as connection:
            for table in ("message", "conversation", "contact", "journal", "outbox", "inbox"):
                found = await connection.fetch(f"select distinct merchant_id from {table}")
                assert [row[0] for row in found] == [other.merchant_id]
        async with other.opened() as database, database.reading() as connection:
            assert await connection.fetchval("select count(*) from message") == 0


async def test_a_webhook_for_a_number_of_another_app_is_set_aside(home: Any, shop: Shop) -> None:
    async with opened_shop(home.house, home.owner_url) as other:
        body = other.body("wamid.misdirected")
        assert await shop.post(body) == 200
        assert await other.value(EVERYTHING) == 0
        rows = await shop.rows("select set_aside, reason from journal where merchant_id = $1")
        assert [row["set_aside"] for row in rows] == [True]
        assert other.number in rows[0]["reason"]
        assert await shop.value("select count(*) from message where merchant_id = $1") == 0


async def test_the_waiting_figures_tell_what_waits(home: Any) -> None:
    async with opened_shop(home.house, home.owner_url, window_ms=60_000) as shop:
        await shop.say("سؤال ينتظر")

        async def told() -> bool:
            async with shop.http.get(f"{home.house.web_url}/health/metrics") as answer:
                metrics = await answer.text()
            inbox = f'channel="whatsapp",inbox="{shop.inbox.id}",merchant="{shop.merchant_id}"'
            wanted = f'hudhud_waiting{{{inbox},state="collecting"}} 1.0'
            return wanted in metrics and 'http_requests_total{status="200"}' in metrics

        await until(told, "the metrics count the waiting message")
