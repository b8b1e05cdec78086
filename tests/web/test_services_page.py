"""The page of services outside: how each stands, and what a person may do about it (R1)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hudhud.core.breaker import Verdict
from hudhud.core.outside.services import inbox_service
from hudhud.store import assistants
from hudhud.web.console.context import Context


@pytest.fixture
def context(console: Any) -> Context:
    found: Context = console.app.routes[0].app.state.context
    found.breakers._database = console.database
    return found


async def inbox_of(console: Any, shop: Any) -> int:
    async with console.database.reading(shop.merchant_id) as connection:
        return int(await connection.fetchval("select min(id) from inbox"))


def card(page: str, number: int) -> str:
    found = re.search(rf'id="service-{number}".*?</li>', page, re.DOTALL)
    assert found
    return found.group()


async def test_a_provider_that_failed_too_often_says_why_and_when_it_is_tried(console, context):
    browser = await console.signed_in()
    page = (await browser.get("/services")).text
    assert "كلها تجيب" in page
    breaker = context.breakers.get(inbox_service(await inbox_of(console, console.shop)))
    for _ in range(5):
        permit = breaker.ask(context.breakers._clock(), deadline_s=1)
        breaker.tell(permit, Verdict("failed"), context.breakers._clock())
    page = (await browser.get("/services")).text
    assert "كلها تجيب" not in page
    assert "تعثّرت نداءات متتالية كثيرة" in card(page, 1)
    assert re.search(r"تُجرَّب ثانيةً بعد \S*٥٩ ث", card(page, 1))
    other = await console.signed_in(console.other)
    assert "All of them answer" in (await other.get("/services")).text


async def test_a_person_holds_a_number_and_lets_it_go_and_only_their_own(console, context):
    browser = await console.signed_in()
    inbox_id = await inbox_of(console, console.shop)
    path = f"/services/inboxes/{inbox_id}"
    assert (await browser.post(path, {"position": "open"})).status == 303
    held = card((await browser.get("/services")).text, 1)
    assert "أوقفها زميل" in held
    assert 'value="release"' in held
    assert context.breakers.get(inbox_service(inbox_id)).forced == "open"
    assert (await browser.post(path, {"position": "release"})).status == 303
    assert "أوقفها زميل" not in (await browser.get("/services")).text
    theirs = f"/services/inboxes/{await inbox_of(console, console.other)}"
    assert (await browser.post(theirs, {"position": "open"})).status == 404
    assert (await browser.post(path, {"position": "broken"})).status == 404
    elsewhere = await browser.post(path, {"position": "open"}, origin="http://evil.test")
    assert elsewhere.status == 403
    await context.breakers.refresh()
    assert context.breakers.standing() == []


async def test_a_model_is_named_by_its_endpoint_and_never_by_its_key(console):
    async with console.database.deed(console.shop.merchant_id) as connection:
        await assistants.add(
            connection,
            console.shop.merchant_id,
            name="نموذج",
            responder="llm",
            options={
                "model": "openai:m",
                "base_url": "http://user:canary@host.test:8000/v1",
                "api_key": "canary",
            },
            second_responder="catalogue",
        )
    page = (await (await console.signed_in()).get("/services")).text
    assert "host.test:8000/openai:m" in page
    assert "canary" not in page
