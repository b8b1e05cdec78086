"""Assistants in the console: drafted, rehearsed, published by people, and brought back."""

from __future__ import annotations

import asyncio
from importlib.resources import files
from typing import Any

import pytest

from hudhud.core.assistants.keys import keys_of
from hudhud.ops.sample.sample import sample
from hudhud.store import assistants, catalogue

SCRIPT = (files("hudhud.ops.sample") / "rehearsals" / "prices.yaml").read_text("utf-8")
DIGITS = """
name: أرقام
turns:
  - says: ["بكم قميص كتان صيفي؟"]
    expects: {matches: "[٠-٩]{2}"}
"""


@pytest.fixture
async def path(console: Any) -> str:
    merchant_id = console.shop.merchant_id
    async with console.database.deed(merchant_id) as connection:
        await catalogue.add_products(connection, merchant_id, sample().products)
        await catalogue.add_faqs(connection, merchant_id, sample().faqs)
        made = await assistants.add(connection, merchant_id, name="هدهد", responder="catalogue")
        await connection.execute("update inbox set assistant_id = $1", made)
    return f"/assistants/{made}"


async def one(console: Any, sql: str, *values: object) -> Any:
    async with console.database.reading(console.shop.merchant_id) as connection:
        return await connection.fetchval(sql, *values)


def form(**more: str) -> dict[str, str]:
    plain = {"instructions": "كن لطيفاً", "responder": "catalogue", "second": "", "tools": "all"}
    return plain | {"first.catalogue": "1", "first.catalogue.digits": "arabic"} | more


async def played(console: Any) -> None:
    async with asyncio.timeout(20):
        while await one(console, "select count(*) from rehearsal where done_at is null"):
            await asyncio.sleep(0.02)


async def test_a_draft_is_made_by_a_form_compared_and_published(console: Any, path: str) -> None:
    browser = await console.signed_in()
    assert "هدهد" in (await browser.get("/assistants")).text
    page = (await browser.get(path)).text
    assert "لا مسودة الآن" in page
    assert "يسجّل الطلب بعد موافقة العميل" in page
    fields = {
        "field.0.name": "city", "field.0.kind": "choice", "field.0.label_ar": "المدينة",
        "field.0.label_en": "City", "field.0.question_ar": "مدينتك؟",
        "field.0.choices": "بغداد: بغدد، baghdad\nالبصرة", "field.0.place": "٢",
        "field.1.name": "name", "field.1.kind": "name", "field.1.place": "١",
    }  # fmt: skip
    answer = await browser.post(path, form(**fields) | {"first.catalogue.low_stock": "٣"})
    assert (answer.status, answer.headers["location"]) == (303, f"{path}?saved")
    page = (await browser.get(path)).text
    assert "كن لطيفاً" in page
    assert "البصرة" in page
    assert (await one(console, "select instructions from assistant")) == ""
    assert (await browser.post(f"{path}/publish")).status == 303
    row = await one(console, "select to_jsonb(a) from assistant a")
    assert (row["version"], row["options"]) == (2, {"digits": "arabic", "low_stock": 3})
    assert [field["name"] for field in row["fields"]] == ["name", "city"]
    assert row["fields"][1]["choices"] == {"بغداد": ["بغدد", "baghdad"], "البصرة": []}
    assert (await browser.post(f"{path}/back", {"number": "1"})).status == 303
    assert await one(console, "select version from assistant") == 1


async def test_what_became_worse_is_shown_and_published_only_with_a_reason(
    console: Any, path: str
) -> None:
    browser = await console.signed_in()
    for script in (SCRIPT, DIGITS):
        assert (await browser.post(f"{path}/scripts", {"body": script})).status == 303
    await browser.post(path, form() | {"first.catalogue.digits": "latin"})
    refused = await browser.post(f"{path}/publish")
    assert (refused.status, "لم تُنشر" in refused.text) == (409, True)
    assert (await browser.post(f"{path}/rehearsal")).status == 303
    async with asyncio.timeout(20):
        while not await one(console, "select count(*) from rehearsal"):
            await asyncio.sleep(0.02)
    await played(console)
    page = (await browser.get(f"{path}/rehearsal")).text
    assert "توقّع واحد صار أسوأ" in page
    assert "28,000" in page
    assert (await browser.post(f"{path}/publish")).status == 409
    forced = await browser.post(f"{path}/publish", {"forced": "يريدونها كذا"})
    assert forced.status == 303
    assert "يريدونها كذا" in (await browser.get(path)).text


async def test_a_key_is_sealed_and_never_shown_again(console: Any, path: str) -> None:
    browser = await console.signed_in()
    typed = form(responder="llm") | {
        "first.llm": "1", "first.llm.model": "openai:m", "first.llm.api_key": "sk-canary-key",
        "first.llm.temperature": "٠٫٥",
    }  # fmt: skip
    assert (await browser.post(path, typed)).status == 303
    page = (await browser.get(path)).text
    assert "openai:m" in page
    assert "sk-canary" not in page
    assert "assistants.secret" not in page
    context = console.app.routes[-1].app.state.context
    async with console.database.reading(console.shop.merchant_id) as connection:
        (found,) = await assistants.listed(connection, console.shop.merchant_id)
    assert keys_of(context.settings, found) == {"llm": {"api_key": "sk-canary-key"}}
    await browser.post(path, typed | {"first.llm.api_key": ""})
    async with console.database.reading(console.shop.merchant_id) as connection:
        (found,) = await assistants.listed(connection, console.shop.merchant_id)
    assert keys_of(context.settings, found) == {"llm": {"api_key": "sk-canary-key"}}


async def test_what_cannot_be_says_why_and_keeps_what_was_typed(console: Any, path: str) -> None:
    browser = await console.signed_in()
    wrong = form(instructions="نص جديد") | {"field.0.name": "a b", "field.0.kind": "text"}
    answer = await browser.post(path, wrong)
    assert (answer.status, "لم يُحفظ شيء" in answer.text) == (422, True)
    assert "نص جديد" in answer.text
    assert await one(console, "select count(*) from assistant_version where number is null") == 0
    script = await browser.post(f"{path}/scripts", {"body": "name: [oops"})
    assert (script.status, "name: [oops" in script.text) == (422, True)


async def test_another_merchants_assistant_is_not_there(console: Any, path: str) -> None:
    browser = await console.signed_in(console.other)
    assert (await browser.get(path)).status == 404
    assert (await browser.get(f"{path}/rehearsal")).status == 404
    for deed in ("", "/publish", "/drop", "/back", "/rehearsal", "/scripts", "/scripts/1/drop"):
        sent = form() | {"body": SCRIPT, "number": "1"}
        assert (await browser.post(path + deed, sent)).status == 404, deed
