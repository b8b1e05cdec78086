"""What models cost, seen by whoever pays: a day, its limit, each conversation (issue 6)."""

from __future__ import annotations

from typing import Any

import pytest

from hudhud.model import Usage
from hudhud.store.spending import spend


async def paid(console: Any, merchant_id: int, *, micro: int) -> int:
    """One call to a model in a new conversation; its id."""
    async with console.database.deed(merchant_id) as connection:
        contact = await connection.fetchval(
            "insert into contact (merchant_id, name) values ($1, 'سارة') returning id", merchant_id
        )
        conversation: int = await connection.fetchval(
            "insert into conversation (merchant_id, inbox_id, contact_id)"
            " select $1, min(id), $2 from inbox returning id",
            *(merchant_id, contact),
        )
        usage = Usage(tokens_in=1200, tokens_out=34)
        await spend.add(
            connection, merchant_id, conversation, model="openai:m", usage=usage, micro=micro
        )
    return conversation


async def test_a_person_reads_what_was_spent_and_sets_the_limit_of_a_day(console: Any) -> None:
    browser = await console.signed_in()
    assert "لم يُسأل نموذج" in (await browser.get("/spend")).text
    conversation = await paid(console, console.shop.merchant_id, micro=250_000_000)
    page = (await browser.get("/spend")).text
    assert "openai:m" in page
    assert "٢٫٥٠ $" in page
    assert "بلا حدّ" in page
    answer = await browser.post("/spend", {"limit": "٢٫٥"})
    assert (answer.status, answer.headers["location"]) == (303, "/spend?saved")
    page = (await browser.get("/spend?saved")).text
    assert "بلغ صرف اليوم حدّه" in page
    assert 'value="2.5"' in page
    assert "بلغ صرف اليوم حدّه" in (await browser.get("/services")).text
    side = (await browser.get(f"/conversations/{conversation}")).text
    assert "كلفة النماذج" in side
    assert (await browser.post("/spend", {"limit": ""})).status == 303
    assert "بلا حدّ" in (await browser.get("/spend")).text


@pytest.mark.parametrize("typed", ["-1", "x", "1e30"])
async def test_a_limit_that_cannot_be_changes_nothing_and_stays_typed(
    console: Any, typed: str
) -> None:
    browser = await console.signed_in()
    answer = await browser.post("/spend", {"limit": typed})
    assert answer.status == 422
    assert f'value="{typed}"' in answer.text
    assert "لم يُحفظ شيء" in answer.text


async def test_another_merchants_spend_is_not_there(console: Any) -> None:
    await paid(console, console.other.merchant_id, micro=1)
    assert "openai:m" not in (await (await console.signed_in()).get("/spend")).text


async def test_a_person_sets_the_url_that_answers_and_reads_its_secret_once(console: Any) -> None:
    browser = await console.signed_in()
    async with console.database.reading(console.shop.merchant_id) as connection:
        inbox = await connection.fetchval("select min(id) from inbox")
    path = f"/inboxes/{inbox}/own-url"
    assert path in (await browser.get(f"/inboxes/{inbox}")).text
    refused = await browser.post(path, {"url": "https://10.0.0.1/x"})
    assert refused.status == 422
    assert 'value="https://10.0.0.1/x"' in refused.text
    made = await browser.post(path, {"url": "https://flows.example/x"})
    assert (made.status, made.text.count("whsec_")) == (200, 1)
    assert "whsec_" not in (await browser.get(path)).text
    newer = (await browser.post(f"{path}/secret", {"secret": "new"})).text
    assert "whsec_" in newer
    assert "اكتفِ بالسرّ الجديد" in newer
    dropped = (await browser.post(f"{path}/secret", {"secret": "drop"})).text
    assert "whsec_" not in dropped
    assert (await browser.post(path, {"url": ""})).status == 303
    assert "flows.example/x" not in (await browser.get(path)).text


async def test_another_merchants_inbox_has_no_url_to_set(console: Any) -> None:
    async with console.database.reading(console.other.merchant_id) as connection:
        inbox = await connection.fetchval("select min(id) from inbox")
    browser = await console.signed_in()
    assert (await browser.get(f"/inboxes/{inbox}/own-url")).status == 404
    form = {"url": "https://flows.example/x"}
    assert (await browser.post(f"/inboxes/{inbox}/own-url", form)).status == 404
    assert (await browser.post(f"/inboxes/{inbox}/own-url/secret", {})).status == 404
