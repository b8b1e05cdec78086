"""The model responder against providers that fail in their own words, one answer at a time.

What the chain of responders makes of it: test_faulty_chain.py.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from faulty_provider import (
    CLAUDE,
    GEMINI_FAILING,
    KEY,
    OPENAI,
    SECRET,
    SHAPES,
    Shape,
    cut_off,
    options_for,
)
from llmock.pytest_plugin import LLMock
from llmock.scenarios import Reply, ToolCall

from hudhud.errors import ResponderFailedError
from hudhud.model import Answer, Refused, Said, Tool, Turn
from hudhud.ops.sample.sample import sample
from hudhud.responders import llm
from hudhud.responders.llm import talking

SHOP = sample()
SENTENCE = "القميص متوفر بسعر ٢٨ ألف والتوصيل مجاني"
WHOLE = json.dumps({"response": SENTENCE}, ensure_ascii=False)
PASSING = {408, 409, 425}

each_shape = pytest.mark.parametrize("shape", SHAPES, ids=[one.name for one in SHAPES])


class Deeds:
    """Keeps every call that came through, and does none."""

    def __init__(self) -> None:
        self.calls: list[Tool[Any]] = []

    async def call(self, wanted: Tool[Any]) -> Any:
        self.calls.append(wanted)
        return Refused(why="not_allowed")


@pytest.fixture(autouse=True)
async def _warm() -> None:
    talking._toolless.clear()
    await llm.warm("anthropic:m")


async def ask(
    llmock: LLMock,
    shape: Shape,
    *,
    deadline_s: float = 10.0,
    tools: Any = None,
    allowed: tuple[str, ...] | None = None,
) -> Answer:
    said = Said(id=1, author="contact", kind="text", text="بكم القميص؟", at=datetime.now(UTC))
    turn = Turn(
        merchant_id=1,
        merchant_name="متجر نخلة",
        conversation_id=1,
        contact_name="",
        assistant=msgspec.structs.replace(SHOP.assistants[0], tools=allowed),
        messages=(said,),
    )
    options = llm.Options(**options_for(llmock, shape))
    return await llm.answer(turn, options, deadline_s=deadline_s, tools=tools or Deeds())


async def failing(llmock: LLMock, shape: Shape, **more: Any) -> ResponderFailedError:
    with pytest.raises(ResponderFailedError) as caught:
        await ask(llmock, shape, **more)
    return caught.value


@pytest.mark.parametrize(
    "shape", [OPENAI, CLAUDE, GEMINI_FAILING], ids=["openai", "anthropic", "google"]
)
async def test_an_error_of_any_status_is_one_request_and_told_without_the_providers_words(
    llmock: LLMock, shape: Shape
) -> None:
    for status in range(400, 600):
        llmock.reset().fail(status, message=f"{SECRET} {KEY}", times=None)
        error = await failing(llmock, shape)
        assert [one.status for one in llmock.requests] == [status]
        assert SECRET not in error.sentence
        assert KEY not in error.sentence
        assert "/" not in error.detail
        down = status >= 500 or status == 408
        expected = "busy" if status == 429 else "down" if down else "well"
        assert (status, error.service) == (status, expected)
        assert error.again == ((down or status in PASSING) and error.retry_after_s is None), status


@each_shape
@pytest.mark.parametrize("status", [429, 503, 529])
async def test_a_moment_that_is_named_is_told_and_nobody_asks_the_same_before_it(
    llmock: LLMock, shape: Shape, status: int
) -> None:
    llmock.fail(status, retry_after=7.5)
    error = await failing(llmock, shape)
    assert (error.retry_after_s, error.again) == (7.5, False)


@each_shape
async def test_a_quota_that_runs_out_within_one_answer_is_a_rate_limit_and_what_was_read_is_paid(
    llmock: LLMock, shape: Shape
) -> None:
    llmock.limits(rpm=1).call_tool("quote")
    error = await failing(llmock, shape)
    assert error.service == "busy"
    assert error.retry_after_s is not None
    assert 50 < error.retry_after_s <= 60
    assert error.tokens[0] > 100


@each_shape
async def test_a_provider_that_hangs_is_left_at_the_deadline_and_its_question_is_paid(
    llmock: LLMock, shape: Shape
) -> None:
    llmock.delay(1.0)
    began = time.monotonic()
    error = await failing(llmock, shape, deadline_s=0.2)
    assert time.monotonic() - began < 0.8
    assert error.service == "down"
    assert error.tokens[0] > 100
    llmock.reply(WHOLE)
    assert (await ask(llmock, shape)).text == SENTENCE


@each_shape
@pytest.mark.parametrize("why", ["length", "content_filter"])
@pytest.mark.parametrize("text", [WHOLE[:-12], SENTENCE[:-12], "", "{", f"{WHOLE[:-12]}\n```"])
async def test_a_sentence_that_was_cut_is_shown_to_nobody_and_paid(
    llmock: LLMock, shape: Shape, why: str, text: str
) -> None:
    cut_off(llmock, text, why)
    error = await failing(llmock, shape)
    assert error.service == "well"
    assert error.tokens[0] > 100


@each_shape
async def test_what_stands_whole_before_the_cut_is_sent_and_nothing_else(
    llmock: LLMock, shape: Shape
) -> None:
    cut_off(llmock, f"{WHOLE}\nثم أضفت لك أيضًا أن")
    assert (await ask(llmock, shape)).text == SENTENCE


@each_shape
async def test_a_call_that_was_cut_is_not_carried_out(llmock: LLMock, shape: Shape) -> None:
    deeds = Deeds()
    call = ToolCall("search_products", {"words": "قميص"})
    llmock.add(Reply(tool_calls=(call,), finish_reason="length"))
    await failing(llmock, shape, tools=deeds)
    assert deeds.calls == []


@each_shape
@pytest.mark.parametrize("kind", ["malformed_arguments", "unknown_tool"])
async def test_a_broken_call_does_nothing_and_the_answer_after_it_is_sent(
    llmock: LLMock, shape: Shape, kind: str
) -> None:
    deeds = Deeds()
    llmock.break_tool_call(kind).reply(WHOLE, times=2)
    found = await ask(llmock, shape, tools=deeds, allowed=("search_products", "check_stock"))
    assert found.text == SENTENCE
    assert deeds.calls == []
    assert len(llmock.requests) == 2


@each_shape
async def test_calls_that_stay_broken_end(llmock: LLMock, shape: Shape) -> None:
    llmock.break_tool_call(times=None).reply(WHOLE, times=None)
    found = await ask(llmock, shape, allowed=("search_products", "check_stock"))
    assert found.text == SENTENCE
    assert len(llmock.requests) <= talking.ROUNDS_MAX


@each_shape
async def test_nothing_is_streamed_so_a_stream_that_breaks_breaks_nothing(
    llmock: LLMock, shape: Shape
) -> None:
    llmock.disconnect(times=None).truncate(times=None).corrupt(times=None).reply(WHOLE)
    assert (await ask(llmock, shape)).text == SENTENCE
    assert not llmock.last_request.stream
