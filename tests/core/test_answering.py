"""A failing responder is asked once more, then a person takes over: never silence (S4, law 6)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.outside.breakers import Breakers
from hudhud.core.spending import set_limit
from hudhud.model import Claimed, Said
from hudhud.settings import Settings
from hudhud.store.conversations import Claim, Finish
from hudhud.store.lookups import Setting
from hudhud.store.spending import spend
from shop import Shop

HANGS_S = 60.0
STATUSES: dict[str, tuple[int, dict[str, str]]] = {
    "fail": (500, {}),
    "refuse": (401, {}),
    "busy": (429, {"Retry-After": "30"}),
}


class Model:
    """A local model that does what it is told, in order, and the last of it for ever."""

    def __init__(self) -> None:
        self.url = ""
        self.asked = 0
        self.does: list[str] = ["answer"]

    async def complete(self, request: web.Request) -> web.Response:
        await request.read()
        self.asked += 1
        does = self.does.pop(0) if len(self.does) > 1 else self.does[0]
        if does == "hang":
            await asyncio.sleep(HANGS_S)
        if does in STATUSES:
            status, headers = STATUSES[does]
            return web.json_response({"error": {"message": does}}, status=status, headers=headers)
        told = {"answer": {"response": "أهلًا بك"}, "person": {"response": None}}
        said = json.dumps(told.get(does, {"thought": 1}))
        message = {"role": "assistant", "content": said}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        head = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        return web.json_response({**head, "choices": [choice], "usage": usage})


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    local = Model()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", local.complete)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    local.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    yield local
    await runner.cleanup()


async def ending(
    shop: Shop,
    model: Model,
    *,
    attempt: int = 1,
    ai_on: bool = True,
    breakers: Breakers | None = None,
    second: str | None = None,
    deadline_s: float = 20,
    offline_last: bool = False,
    price_in: float = 0.0,
) -> Finish:
    said = Said(id=1, author="contact", kind="text", text="مرحبا", at=datetime.now(UTC))
    options = {
        "model": "openai:m",
        "base_url": model.url,
        "api_key": "local",
        "offline_last": offline_last,
        "price_in": price_in,
    }
    assistant: dict[str, Any] = {
        "id": 1,
        "merchant_id": shop.merchant,
        "name": "هدهد",
        "responder": "llm",
        "instructions": "",
        "options": options,
        "fields": [],
        "second_responder": second,
        "second_options": options if second == "llm" else {},
    }
    found = {
        "inbox": {"merchant_name": "متجر"},
        "contact": "علي",
        "assistant": assistant,
        "collected": {},
        "history": [],
        "catalogue": 0,
    }
    claim = Claim(
        verdict="claimed",
        claimed=Claimed(
            merchant_id=shop.merchant,
            conversation_id=1,
            inbox_id=shop.inbox,
            fence=1,
            closed_id=1,
            attempt=attempt,
        ),
        crashes=attempt - 1,
        wait_ms=0,
        messages=(said,),
        last_external_id=None,
        setting=Setting(found=found),
    )
    settings = Settings(data_dir=Path("/nowhere"), responder_deadline_s=deadline_s)
    return await answer(
        *(shop.database, settings, claim, lambda text: (text,) if text else ()),
        checked=whatsapp.checked,
        breakers=breakers or Breakers(Policy()),
        ai_on=ai_on,
    )


async def test_a_model_that_fails_once_is_asked_again_and_its_answer_is_sent(
    shop: Shop, model: Model
):
    model.does = ["fail", "answer"]
    end = await ending(shop, model)
    assert (end.outcome, end.parts, model.asked) == ("answered", ("أهلًا بك",), 2)


@pytest.mark.parametrize("does", ["fail", "nothing"])
async def test_a_model_that_fails_twice_ends_with_a_person_and_a_word_to_the_customer(
    shop: Shop, model: Model, does: str
):
    model.does = [does]
    end = await ending(shop, model)
    assert (end.outcome, end.reason, model.asked) == ("handed_over", "responder_failed", 2)
    assert end.parts


async def test_a_model_that_asks_for_a_person_gets_one_and_is_not_asked_again(
    shop: Shop, model: Model
):
    model.does = ["person"]
    end = await ending(shop, model, offline_last=True)
    assert (end.outcome, end.reason, model.asked) == ("handed_over", "model_asked", 1)


async def test_with_the_ai_switched_off_the_model_is_not_asked(shop: Shop, model: Model):
    end = await ending(shop, model, ai_on=False)
    assert (end.outcome, end.reason, model.asked) == ("handed_over", "ai_off", 0)


async def test_a_batch_that_killed_its_workers_is_a_dead_letter_and_asks_nobody(
    shop: Shop, model: Model
):
    end = await ending(shop, model, attempt=4)
    assert (end.outcome, model.asked) == ("dead", 0)
    assert end.reason


async def test_five_failures_in_a_row_and_the_model_is_not_asked_again_but_a_person_is(
    shop: Shop, model: Model
):
    model.does = ["fail"]
    breakers = Breakers(Policy())
    reasons = [(await ending(shop, model, breakers=breakers)).reason for _ in range(4)]
    assert model.asked == 5
    assert reasons == ["responder_failed"] * 2 + ["responder_resting"] * 2
    model.does = ["answer"]
    assert (await ending(shop, model, breakers=breakers)).outcome == "handed_over"
    assert model.asked == 5


async def test_meanwhile_the_second_responder_answers_when_the_assistant_names_one(
    shop: Shop, model: Model
):
    model.does = ["fail"]
    breakers = Breakers(Policy(failures=1))
    first = await ending(shop, model, breakers=breakers, second="catalogue")
    later = await ending(shop, model, breakers=breakers, second="catalogue")
    assert model.asked == 1
    assert [first.outcome, later.outcome] == ["answered", "answered"]
    assert "متجر" in later.parts[0]


async def test_a_model_that_hangs_leaves_the_second_responder_its_moment(shop: Shop, model: Model):
    model.does = ["hang"]
    end = await ending(shop, model, second="catalogue", deadline_s=0.4)
    assert end.outcome == "answered"


@pytest.mark.parametrize(
    ("does", "asked"), [("refuse", 6), ("nothing", 12), ("busy", 1), ("fail", 5)]
)
async def test_what_a_model_says_counts_by_what_it_means(
    shop: Shop, model: Model, does: str, asked: int
):
    model.does = [does]
    breakers = Breakers(Policy())
    for _ in range(6):
        assert (await ending(shop, model, breakers=breakers)).outcome == "handed_over"
    assert model.asked == asked
    (stands,) = breakers.standing() or [None]
    assert (stands.why if stands else None) == {"busy": "busy", "fail": "failures"}.get(does)
    if stands and does == "busy":
        assert 29 < stands.left_s <= 30


async def test_by_default_the_offline_responder_answers_before_a_person_is_asked(
    shop: Shop, model: Model
):
    model.does = ["fail"]
    end = await ending(shop, model, offline_last=True)
    assert (end.outcome, model.asked) == ("answered", 2)
    assert [step["responder"] for step in end.trace["asked"]] == ["llm", "llm", "catalogue"]
    assert [step.get("failed") for step in end.trace["asked"]] == ["ResponderFailed"] * 2 + [None]


async def test_a_second_model_stands_between_the_first_and_the_offline_one(
    shop: Shop, model: Model
):
    model.does = ["fail", "fail", "answer"]
    end = await ending(shop, model, second="llm", offline_last=True)
    assert [step["responder"] for step in end.trace["asked"]] == ["llm"] * 3


async def test_a_person_reads_who_was_asked_in_vain(shop: Shop, model: Model):
    model.does = ["fail"]
    end = await ending(shop, model)
    assert [step["failed"] for step in end.trace["asked"]] == ["ResponderFailed"] * 2


async def test_every_call_is_paid_also_one_of_which_nothing_came(shop: Shop, model: Model):
    model.does = ["nothing", "answer"]
    end = await ending(shop, model, price_in=3_000_000.0)
    assert end.trace["model"]["cost_minor"] == 3
    async with shop.database.reading(shop.merchant) as connection:
        found = await spend.by_day(connection, shop.merchant, days=1)
    assert [(one.model, one.calls, one.tokens_in, one.micro) for one in found] == [
        ("openai:m", 2, 2, 6_000_000)
    ]


async def test_above_the_ceiling_of_the_day_no_model_is_asked_and_the_next_one_answers(
    shop: Shop, model: Model
):
    await set_limit(shop.database, shop.merchant, 2, actor="test")
    first = [await ending(shop, model, price_in=1_000_000.0) for _ in range(2)]
    assert [end.outcome for end in first] == ["answered"] * 2
    end = await ending(shop, model, price_in=1_000_000.0, offline_last=True)
    assert (end.outcome, end.trace["asked"][0]["failed"]) == ("answered", "SpendExceeded")
    alone = await ending(shop, model, price_in=1_000_000.0)
    assert (alone.outcome, alone.reason) == ("handed_over", "spend_exceeded")
    assert model.asked == 2
    assert (await ending(shop, model)).outcome == "answered"  # one that costs nothing
