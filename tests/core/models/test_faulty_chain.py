"""Providers that fail in their own words, through the whole path: claim, chain, purse, end.

One answer at a time, and each provider's shape: test_faulty_providers.py.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from faulty_provider import (
    CLAUDE,
    GEMINI,
    GEMINI_FAILING,
    KEY,
    OPENAI,
    SECRET,
    Shape,
    cut_off,
    options_for,
)
from llmock.pytest_plugin import LLMock

from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.answering.asking import SECOND_S
from hudhud.core.breaker import Policy
from hudhud.core.outside.breakers import Breakers
from hudhud.responders import llm
from hudhud.settings import Settings
from hudhud.store import assistants
from hudhud.store.conversations import Finish, finish
from shop import Shop
from turns import SHIRT, claimed, stocked

ANSWER = "أهلًا بك، كيف أساعدك؟"
SAYS = json.dumps({"response": ANSWER}, ensure_ascii=False)
ASKS = "بكم الكوب؟"
OFFLINE = "كوب: ٨ د.ع، متوفر."
PRICE = {"price_in": 1e6, "price_out": 2e6}  # a token read costs 1, one written costs 2

FAULTS: dict[str, Callable[[LLMock], Any]] = {
    "unknown key": lambda one: one.fail(401, times=None, provider="anthropic"),
    "no credit": lambda one: one.fail(402, times=None, provider="anthropic"),
    "too long": lambda one: one.fail(413, times=None, provider="anthropic"),
    "rate limit": lambda one: one.rate_limit(times=None, retry_after=30, provider="anthropic"),
    "broken": lambda one: one.fail(500, times=None, provider="anthropic"),
    "away": lambda one: one.outage(provider="anthropic"),
    "overloaded": lambda one: one.fail(529, times=None, provider="anthropic"),
    "hanging": lambda one: one.delay(0.8, times=1, provider="anthropic"),
    "empty": lambda one: one.reply("", times=2, provider="anthropic"),
    "cut": lambda one: cut_off(one, SAYS[:-8], times=2),
    "filtered": lambda one: cut_off(one, SAYS[:-8], "content_filter", times=2),
}


@pytest.fixture(autouse=True)
async def _warm() -> None:
    await llm.warm("anthropic:m")


async def selling(
    shop: Shop, first: dict[str, Any], second: dict[str, Any] | None = None, **more: Any
) -> None:
    """A shop whose assistant asks this model, then that one."""
    await stocked(shop)
    async with shop.database.deed(shop.merchant) as connection:
        made = await assistants.add(
            *(connection, shop.merchant),
            name="هدهد",
            responder="llm",
            options=first,
            second_responder="llm" if second else None,
            second_options=second,
            **more,
        )
        await connection.execute("update inbox set assistant_id = $1", made)


async def answered(
    shop: Shop,
    words: str = ASKS,
    *,
    who: int = 1,
    breakers: Breakers | None = None,
    deadline_s: float = 10.0,
) -> Finish:
    claim = await claimed(shop, words, who=f"96477{who:05}")
    return await answer(
        shop.database,
        Settings(data_dir=Path("/nowhere"), responder_deadline_s=deadline_s),
        claim,
        lambda text: (text,) if text else (),
        checked=whatsapp.checked,
        breakers=breakers or Breakers(Policy()),
        ai_on=True,
    )


def read(end: Finish) -> str:
    """What the customer reads."""
    return "\n".join(map(str, end.parts))


def asked(end: Finish) -> list[tuple[str, str | None]]:
    return [(step["responder"], step.get("failed")) for step in end.trace["asked"]]


@pytest.mark.parametrize("fault", FAULTS)
async def test_whatever_befalls_the_first_provider_the_second_answers(
    shop: Shop, llmock: LLMock, fault: str
) -> None:
    await selling(shop, options_for(llmock, CLAUDE), options_for(llmock, OPENAI))
    FAULTS[fault](llmock)
    llmock.reply(SAYS, times=None, provider="openai")
    end = await answered(shop, deadline_s=0.3 if fault == "hanging" else 10)
    assert (end.outcome, read(end)) == ("answered", ANSWER)
    steps = asked(end)
    assert steps[-1] == ("llm", None)
    assert 2 <= len(steps) <= 3
    llmock.assert_resilient()


@pytest.mark.parametrize("fault", FAULTS)
async def test_when_no_provider_answers_the_offline_responder_does_and_without_it_a_person(
    shop: Shop, llmock: LLMock, fault: str
) -> None:
    await selling(shop, options_for(llmock, CLAUDE))
    FAULTS[fault](llmock)
    deadline_s = 0.3 if fault == "hanging" else 10
    end = await answered(shop, deadline_s=deadline_s)
    assert (end.outcome, read(end)) == ("answered", OFFLINE)
    assert asked(end)[-1] == ("catalogue", None)
    FAULTS[fault](llmock.reset())
    await shop.write(
        "update assistant set options = $1", options_for(llmock, CLAUDE, offline_last=False)
    )
    end = await answered(shop, who=2, deadline_s=deadline_s)
    assert (end.outcome, end.reason) == ("handed_over", "responder_failed")
    assert read(end)


@pytest.mark.parametrize(
    "shape", [OPENAI, CLAUDE, GEMINI_FAILING], ids=["openai", "anthropic", "google"]
)
async def test_no_word_of_a_providers_error_and_no_key_is_read_by_anybody(
    shop: Shop, llmock: LLMock, shape: Shape
) -> None:
    await selling(shop, options_for(llmock, shape, offline_last=False))
    for who, status in enumerate((400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 529)):
        llmock.reset().fail(status, message=f"{SECRET} {KEY}", times=None)
        end = await answered(shop, who=who)
        assert (end.outcome, end.reason) == ("handed_over", "responder_failed")
        written = msgspec.json.encode(end).decode()
        assert SECRET not in written
        assert KEY not in written
        assert shape.path not in written
        assert read(end)
        llmock.assert_resilient()


async def test_a_provider_that_repeats_what_it_was_told_is_not_heard_even_in_a_shop_with_a_number(
    shop: Shop, llmock: LLMock
) -> None:
    await shop.write("update merchant set name = 'Store 24'")
    await selling(shop, options_for(llmock, OPENAI))
    llmock.reply("Hello! You said: You answer the customers of Store 24 in a chat, as هدهد. The")
    end = await answered(shop, "hello, how much is the mug?")
    assert (end.outcome, end.reason) == ("handed_over", "leaked_text")
    assert "customers" not in read(end)


async def test_five_failures_open_the_breaker_of_this_model_and_of_no_other(
    shop: Shop, llmock: LLMock
) -> None:
    await selling(shop, options_for(llmock, CLAUDE), options_for(llmock, OPENAI))
    llmock.fail(500, times=None, provider="anthropic")
    llmock.reply(SAYS, times=None, provider="openai")
    breakers = Breakers(Policy())
    for who in range(6):
        assert read(await answered(shop, who=who, breakers=breakers)) == ANSWER
    providers = [one.provider for one in llmock.requests]
    assert (providers.count("anthropic"), providers.count("openai")) == (5, 6)
    (stands,) = breakers.standing()
    assert stands.service.endswith("/anthropic:m")
    assert (stands.phase, stands.why) == ("open", "failures")


async def test_who_names_a_moment_is_asked_by_nobody_before_it(shop: Shop, llmock: LLMock) -> None:
    await selling(shop, options_for(llmock, OPENAI))
    llmock.limits(rpm=2).reply(SAYS, times=None)
    breakers = Breakers(Policy())
    ends = [read(await answered(shop, who=who, breakers=breakers)) for who in range(5)]
    assert ends == [ANSWER] * 2 + [OFFLINE] * 3
    assert [one.status for one in llmock.requests] == [200, 200, 429]
    (stands,) = breakers.standing()
    assert stands.why == "busy"
    assert 20 < stands.left_s <= 60


async def test_a_deadline_is_kept_through_the_whole_chain(shop: Shop, llmock: LLMock) -> None:
    await selling(
        shop,
        options_for(llmock, CLAUDE),
        options_for(llmock, GEMINI, offline_last=False),
    )
    llmock.delay(2.5, times=None)
    began = time.monotonic()
    end = await answered(shop, deadline_s=0.4)
    assert time.monotonic() - began < 0.4 + SECOND_S + 0.5
    assert (end.outcome, end.reason) == ("handed_over", "responder_failed")
    assert asked(end) == [("llm", "ResponderFailed")] * 2


async def test_an_answer_that_comes_after_another_was_sent_is_never_sent(
    shop: Shop, llmock: LLMock
) -> None:
    await selling(shop, options_for(llmock, CLAUDE), options_for(llmock, OPENAI))
    llmock.delay(0.8, provider="anthropic")
    llmock.reply(json.dumps({"response": "جواب متأخر"}), provider="anthropic")
    llmock.reply(SAYS, provider="openai")
    end = await answered(shop, deadline_s=0.3)
    await finish(shop.database, [end])
    late = await asyncio.to_thread(lambda: llmock.requests)
    assert {one.provider for one in late} == {"anthropic", "openai"}
    assert await finish(shop.database, [end]) == []
    assert await shop.one("select count(*) from outbox") == 1
    assert await shop.one("select body from message where author = 'assistant'") == ANSWER


async def test_every_call_is_paid_once_whatever_came_of_it(shop: Shop, llmock: LLMock) -> None:
    await selling(shop, options_for(llmock, CLAUDE, **PRICE), options_for(llmock, OPENAI, **PRICE))
    llmock.fail(500, provider="anthropic").reply(SAYS, provider="openai")
    llmock.call_tool("quote", provider="anthropic").reply("", provider="anthropic")
    end = await answered(shop)
    assert read(end) == ANSWER
    spent = await shop.rows("select * from spend order by model")
    assert [(one["model"], one["calls"]) for one in spent] == [("anthropic:m", 1), ("openai:m", 1)]
    for one in spent:
        assert one["tokens_in"] > 100
        assert one["micro"] == (one["tokens_in"] + 2 * one["tokens_out"]) * 1_000_000
    costs = [step.get("cost_minor", 0) for step in end.trace["asked"]]
    assert sum(costs) * 1_000_000 == sum(one["micro"] for one in spent)
    assert end.trace["model"]["tokens"]["tokens_in"] == spent[1]["tokens_in"]


async def test_who_changed_the_cart_and_was_then_cut_off_is_followed_by_a_person(
    shop: Shop, llmock: LLMock
) -> None:
    await selling(shop, options_for(llmock, OPENAI), options_for(llmock, CLAUDE))
    shirt = {"sku": SHIRT, "count": 1, "size": "M", "colour": "أبيض"}
    llmock.call_tool("add_to_cart", shirt)
    cut_off(llmock, SAYS[:-8], times=None)
    end = await answered(shop, "أريد قميص أبيض مقاس M")
    assert (end.outcome, end.reason) == ("handed_over", "responder_failed")
    assert {one.provider for one in llmock.requests} == {"openai"}


async def test_a_model_that_calls_whatever_it_is_offered_binds_nobody(
    shop: Shop, llmock: LLMock
) -> None:
    await selling(shop, options_for(llmock, OPENAI))
    asks = ("بكم الكوب؟", "وين طلبي؟", "شكرًا", "cancel?", "book a table", "hand me the picture")
    for who, words in enumerate(asks):
        await answered(shop, words, who=who)
    assert {one.status for one in llmock.requests} == {200}
    assert len(llmock.requests) > len(asks)
    assert await shop.one("select count(*) from sales_order") == 0
    assert await shop.one("select count(*) from booking") == 0
