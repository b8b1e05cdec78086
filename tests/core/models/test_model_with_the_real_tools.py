"""A model sells with the real tools: over PostgreSQL, under a lease, each deed done once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from broken_model import BrokenModel, broken_model, calls, replies, says
from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.outside.breakers import Breakers
from hudhud.responders import llm
from hudhud.settings import Settings
from hudhud.store import assistants
from hudhud.store.conversations import Claim, Finish, finish
from shop import Shop
from turns import SHIRT, claimed, claimed_again, stocked

SETTINGS = Settings(data_dir=Path("/nowhere"), responder_deadline_s=20)
ONE_SHIRT = {"sku": SHIRT, "count": 1, "size": "M", "colour": "أبيض"}
ALI = {"name": "علي", "phone": "07701234567", "address": "بغداد"}


@pytest.fixture
async def model() -> AsyncIterator[BrokenModel]:
    await llm.warm()
    async with broken_model() as local:
        yield local


async def selling(shop: Shop, model: BrokenModel, **more: Any) -> None:
    await stocked(shop)
    options = {"model": "openai:m", "base_url": model.url, **more}
    async with shop.database.deed(shop.merchant) as connection:
        made = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="llm", options=options
        )
        await connection.execute("update inbox set assistant_id = $1", made)


async def answered(shop: Shop, claim: Claim, *, write: bool = True) -> Finish:
    end = await answer(
        *(shop.database, SETTINGS, claim, lambda text: (text,) if text else ()),
        checked=whatsapp.checked,
        breakers=Breakers(Policy(failures=100)),
        ai_on=True,
    )
    if write:
        await finish(shop.database, [end])
    return end


def told(model: BrokenModel) -> list[Any]:
    messages = model.asked[-1]["messages"]
    return [json.loads(m["content"]) for m in messages if m["role"] == "tool"]


async def test_from_a_question_to_a_placed_order(shop: Shop, model: BrokenModel) -> None:
    await selling(shop, model)
    model.does = [
        calls(("search_products", {"words": "قميص"}), ("check_stock", {"sku": SHIRT, "size": "M"})),
        calls(("add_to_cart", ONE_SHIRT)),
        calls(("quote", {})),
        says({"response": "قميص أبيض مقاس M بسعر ٢٥ د.ع. هل أؤكد الطلب؟"}),
    ]
    first = await answered(shop, await claimed(shop, "أريد قميص أبيض مقاس M"))
    assert first.outcome == "answered"
    assert told(model)[0][0]["price"] == "IQD 25"
    assert told(model)[-1]["total"] == "IQD 25"
    names = [call["name"] for call in first.trace["model"]["calls"]]
    assert names == ["search_products", "check_stock", "add_to_cart", "quote"]
    model.does = [calls(("place_order", ALI)), says({"response": "تم طلبك رقم 1"})]
    second = await answered(shop, await claimed(shop, "نعم أكد، علي 07701234567 بغداد"))
    assert second.outcome == "answered"
    assert "was shown to the customer" in model.asked[-1]["messages"][0]["content"]
    assert await shop.one("select count(*) from sales_order") == 1


async def test_an_answer_that_is_made_again_does_nothing_twice(
    shop: Shop, model: BrokenModel
) -> None:
    await selling(shop, model)
    script = [calls(("add_to_cart", ONE_SHIRT)), says({"response": "أضفته"})]
    model.does = list(script)
    await answered(shop, await claimed(shop, "أريد قميص"), write=False)
    model.does = list(script)
    await answered(shop, await claimed_again(shop))
    assert told(model)[0]["lines"][0]["count"] == 1


async def test_who_changed_the_cart_and_then_failed_is_followed_by_a_person(
    shop: Shop, model: BrokenModel
) -> None:
    await selling(shop, model)
    model.does = [calls(("add_to_cart", ONE_SHIRT)), replies({}, status=500)]
    end = await answered(shop, await claimed(shop, "أريد قميص"))
    assert (end.outcome, end.reason) == ("handed_over", "responder_failed")
    assert [step["responder"] for step in end.trace["asked"]] == ["llm", "llm"]


async def test_who_only_looked_and_then_failed_is_followed_by_the_next(
    shop: Shop, model: BrokenModel
) -> None:
    await selling(shop, model)
    look = calls(("search_products", {"words": "قميص"}))
    model.does = [look, replies({}, status=500), replies({}, status=500)]
    end = await answered(shop, await claimed(shop, "بكم القميص؟"))
    assert [step["responder"] for step in end.trace["asked"]] == ["llm", "llm", "catalogue"]
    assert end.outcome == "answered"


async def test_its_wish_for_a_person_has_its_words_and_its_desk(
    shop: Shop, model: BrokenModel
) -> None:
    await selling(shop, model)
    model.does = [calls(("hand_over", {"reason": "يريد استرجاع المبلغ"})), says({"response": None})]
    end = await answered(shop, await claimed(shop, "فلوسي"))
    assert (end.outcome, end.reason) == ("handed_over", "model_asked")
    assert end.brief is not None
    assert "استرجاع" in json.dumps(end.brief.summary, ensure_ascii=False)
