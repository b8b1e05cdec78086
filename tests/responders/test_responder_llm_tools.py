"""A model that calls tools, or breaks in the ways that models break, against a server on a socket.

The tools are a small double here; the real ones have their own tests.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from broken_model import (
    BrokenModel,
    broken_model,
    calls,
    drips,
    hangs,
    repeats,
    replies,
    says,
)
from hudhud.errors import LeaseLostError, ResponderFailedError
from hudhud.model import (
    TOOLS,
    Answer,
    Cart,
    Line,
    Refused,
    Said,
    SearchProducts,
    Tool,
    Turn,
)
from hudhud.ops.sample.sample import sample
from hudhud.responders import llm
from hudhud.responders.llm import talking
from hudhud.responders.llm.calling import CALLS_MAX
from hudhud.responders.llm.talking import ROUNDS_MAX

SHOP = sample()
SHIRT = SHOP.products[0]
FINAL = says({"response": "تم"})
PAYLOADS = Path(
    os.environ.get("HUDHUD_TEST_PAYLOADS") or Path(__file__).parents[3] / "shared/payloads"
)


class Double:
    """Says what it is told for each kind of call, and keeps the calls."""

    def __init__(self, **results: Any) -> None:
        self.results = results
        self.calls: list[Tool[Any]] = []
        self.at_once = self.most_at_once = 0

    async def call(self, wanted: Tool[Any]) -> Any:
        self.calls.append(wanted)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        result = self.results.get(type(wanted).__name__, Refused(why="not_allowed"))
        if isinstance(result, Exception):
            raise result
        return result


@pytest.fixture
async def model() -> AsyncIterator[BrokenModel]:
    await llm.warm()
    talking._toolless.clear()
    async with broken_model() as local:
        yield local


async def ask(
    model: BrokenModel,
    tools: Double,
    *,
    allowed: tuple[str, ...] | None = None,
    deadline_s: float = 10.0,
    name: str = "openai:m",
) -> Answer:
    now = datetime.now(UTC)
    assistant = msgspec.structs.replace(SHOP.assistants[0], tools=allowed)
    turn = Turn(
        merchant_id=1,
        merchant_name="متجر نخلة",
        conversation_id=1,
        contact_name="",
        assistant=assistant,
        messages=(Said(id=1, author="contact", kind="text", text="بكم القميص؟", at=now),),
    )
    options = llm.Options(model=name, base_url=model.url)
    return await llm.answer(turn, options, deadline_s=deadline_s, tools=tools)


def results_told(model: BrokenModel, request: int = -1) -> list[str]:
    return [m["content"] for m in model.asked[request]["messages"] if m["role"] == "tool"]


async def test_what_a_tool_found_is_told_and_the_sentence_after_it_is_sent(
    model: BrokenModel,
) -> None:
    model.does = [calls(("search_products", {"words": "قميص"})), FINAL]
    tools = Double(SearchProducts=(SHIRT,))
    found = await ask(model, tools)
    assert found.text == "تم"
    assert tools.calls == [SearchProducts(words="قميص")]
    (result,) = results_told(model)
    assert json.loads(result)[0]["price"] == "IQD 28,000"
    assert '"id"' not in result
    told = found.trace["model"]
    assert (told["rounds"], [c["name"] for c in told["calls"]]) == (2, ["search_products"])
    assert told["tokens"] == {"tokens_in": 200, "tokens_out": 20, "guessed": False}
    assert "بكم القميص؟" in told["prompt"]
    assert found.usage is not None
    assert found.usage.tokens_in == 200


async def test_only_allowed_tools_are_offered_and_no_other_is_called(model: BrokenModel) -> None:
    model.does = [
        calls(("place_order", {"name": "x", "phone": "1"}), ("drop_tables", {}), ("quote", {})),
        FINAL,
    ]
    tools = Double(PlaceOrder="done", Quote=Cart())
    await ask(model, tools, allowed=("search_products", "quote"))
    assert [t["function"]["name"] for t in model.asked[0]["tools"]] == ["search_products", "quote"]
    assert [type(call).__name__ for call in tools.calls] == ["Quote"]
    refused = json.dumps({"refused": "not_allowed"}).replace(" ", "")
    assert results_told(model)[:2] == [refused, refused]


async def test_every_tool_is_offered_with_its_arguments_and_its_docstring(
    model: BrokenModel,
) -> None:
    await ask(model, Double())
    offered = {t["function"]["name"]: t["function"] for t in model.asked[0]["tools"]}
    assert len(offered) == len(TOOLS)
    assert offered["add_to_cart"]["parameters"]["required"] == ["sku"]
    assert "type" not in offered["add_to_cart"]["parameters"]["properties"]
    assert all(one["description"] for one in offered.values())


async def test_reads_are_made_side_by_side_and_a_change_waits_for_them(model: BrokenModel) -> None:
    model.does = [
        calls(
            ("search_products", {"words": "a"}),
            ("check_stock", {"sku": "s"}),
            ("add_to_cart", {"sku": "s"}),
            ("add_to_cart", {"sku": "t"}),
        ),
        FINAL,
    ]
    tools = Double(SearchProducts=(), CheckStock=3, AddToCart=Cart())
    await ask(model, tools)
    assert tools.most_at_once == 2
    assert [getattr(call, "sku", "-") for call in tools.calls] == ["-", "s", "s", "t"]


async def test_a_refusal_is_told_with_what_there_is_instead(model: BrokenModel) -> None:
    model.does = [calls(("add_to_cart", {"sku": "s", "count": "9"})), FINAL]
    tools = Double(AddToCart=Refused(why="out_of_stock", told={"stock": 2}))
    assert (await ask(model, tools)).text == "تم"
    assert json.loads(results_told(model)[0]) == {"refused": "out_of_stock", "stock": 2}
    assert tools.calls[0].count == 9  # type: ignore[attr-defined] # it is an AddToCart


@pytest.mark.parametrize("given", ["{", "[]", "7", '{"sku": 5, "count": {}}', '{"skuu": "x"}'])
async def test_wrong_arguments_are_told_once_and_mended(model: BrokenModel, given: str) -> None:
    model.does = [calls(("check_stock", given)), calls(("check_stock", {"sku": "s"})), FINAL]
    tools = Double(CheckStock=4)
    assert (await ask(model, tools)).text == "تم"
    assert "wrong_arguments" in results_told(model, 1)[0]
    assert len(tools.calls) == 1


async def test_a_model_that_goes_on_being_wrong_is_asked_for_its_answer(
    model: BrokenModel,
) -> None:
    wrong = calls(("check_stock", "{"))
    model.does = [wrong, wrong, FINAL]
    assert (await ask(model, Double())).text == "تم"
    assert model.asked[-1]["tool_choice"] == "none"
    assert len(model.asked) == 3


async def test_rounds_and_calls_end(model: BrokenModel) -> None:
    model.does = [calls(*[("check_stock", {"sku": str(n)}) for n in range(CALLS_MAX + 3)])]
    tools = Double(CheckStock=1)
    with pytest.raises(ResponderFailedError):
        await ask(model, tools)
    assert len(tools.calls) == CALLS_MAX
    assert len(model.asked) == 2
    model.does, model.asked = [calls(("check_stock", {"sku": "s"}))], []
    with pytest.raises(ResponderFailedError):
        await ask(model, tools)
    assert len(model.asked) == ROUNDS_MAX


async def test_the_deadline_is_of_all_rounds_together(model: BrokenModel) -> None:
    model.does = [calls(("check_stock", {"sku": "s"})), hangs]
    began = time.monotonic()
    with pytest.raises(ResponderFailedError) as failed:
        await ask(model, Double(CheckStock=1), deadline_s=0.5)
    assert time.monotonic() - began < 3
    # The first round was billed, and the second read its question.
    assert failed.value.tokens[0] > 100


async def test_a_lost_lease_goes_up_as_it_is(model: BrokenModel) -> None:
    model.does = [calls(("quote", {})), FINAL]
    with pytest.raises(LeaseLostError):
        await ask(model, Double(Quote=LeaseLostError()))


async def test_the_models_wish_for_a_person_is_kept_with_its_words(model: BrokenModel) -> None:
    model.does = [calls(("hand_over", {"reason": "angry"})), says({"response": "زميلي معك"})]
    found = await ask(model, Double(HandOver="people"))
    assert (found.text, found.hand_over) == ("زميلي معك", "model_asked")
    model.does = [calls(("hand_over", {"reason": "angry"})), says({"response": None})]
    found = await ask(model, Double(HandOver="people"))
    assert (found.text, found.hand_over) == ("", "model_asked")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "registry/library/tiny does not support tools"),
        (500, "tools param requires --jinja flag"),
        (400, '"auto" tool choice requires --enable-auto-tool-choice'),
    ],
)
async def test_an_endpoint_without_tools_is_asked_without_them_and_remembered(
    model: BrokenModel, status: int, words: str
) -> None:
    model.does = [replies({"error": {"message": words}}, status=status), FINAL]
    assert (await ask(model, Double())).text == "تم"
    assert (await ask(model, Double())).text == "تم"
    assert ["tools" in asked for asked in model.asked] == [True, False, False]
    assert "Use the tools" not in model.asked[2]["messages"][0]["content"]


async def test_anthropic_calls_tools_in_its_own_shape(model: BrokenModel) -> None:
    head = {"id": "m1", "type": "message", "role": "assistant", "model": "m", "stop_sequence": None}
    usage = {"input_tokens": 50, "output_tokens": 5}
    call = {"type": "tool_use", "id": "t1", "name": "check_stock", "input": {"sku": "s"}}
    text = {"type": "text", "text": json.dumps({"response": "تم"})}
    model.does = [
        replies({**head, "content": [call], "stop_reason": "tool_use", "usage": usage}),
        replies({**head, "content": [text], "stop_reason": "end_turn", "usage": usage}),
    ]
    tools = Double(CheckStock=3)
    found = await ask(model, tools, name="anthropic:claude-test")
    assert (found.text, len(tools.calls)) == ("تم", 1)
    assert found.usage is not None
    assert (found.usage.tokens_in, found.usage.tokens_out) == (100, 10)
    assert "tool_result" in json.dumps(model.asked[1]["messages"])


async def test_gemini_is_asked_at_googles_compatible_address(model: BrokenModel) -> None:
    assert (await ask(model, Double(), name="google:gemini-test")).text == "أهلًا بك"
    assert model.asked[0]["model"] == "gemini-test"
    assert llm.service(llm.Options(model="google:gemini-test")) == "google/gemini-test"


async def test_what_a_provider_wants_back_between_rounds_is_given_back(model: BrokenModel) -> None:
    """Gemini refuses a second round without the thought signature of the first."""
    signature = {"google": {"thought_signature": "sig"}}
    function = {"name": "check_stock", "arguments": '{"sku": "s"}'}
    called = {"id": "c1", "type": "function", "function": function, "extra_content": signature}
    message = {"role": "assistant", "content": None, "tool_calls": [called]}
    choice = {"index": 0, "finish_reason": "tool_calls", "message": message}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    model.does = [replies(body), FINAL]
    await ask(model, Double(CheckStock=3), name="google:gemini-test")
    assert "sig" in json.dumps(model.asked[1]["messages"])


async def test_carts_are_told_with_their_total(model: BrokenModel) -> None:
    line = Line(sku="s", name_ar="قميص", name_en="Shirt", count=2, price_minor=28_000_000)
    model.does = [calls(("quote", {})), FINAL]
    await ask(model, Double(Quote=Cart(lines=(line,), currency="IQD", version=3)))
    told = json.loads(results_told(model)[0])
    assert (told["total"], told["lines"][0]["price"]) == ("IQD 56,000", "IQD 28,000")
    assert "version" not in told


@pytest.mark.parametrize("count", [40, 4000])
async def test_a_result_that_is_too_long_is_cut_to_whole_entries(
    model: BrokenModel, count: int
) -> None:
    model.does = [calls(("search_products", {"words": "a"})), FINAL]
    await ask(model, Double(SearchProducts=(SHIRT,) * count))
    (told,) = results_told(model)
    assert len(told) <= 4000
    assert json.loads(told)[0]["sku"] == SHIRT.sku


FAULTS = {
    "busy": (replies({}, status=429, headers={"Retry-After": "7"}), "busy"),
    "broken": (replies({}, status=500), "down"),
    "garbage": (replies(b"\x00\xff garbage"), "down"),
    "no choices": (replies({"choices": []}), "down"),
    "a list": (replies([1]), "down"),
    "cut": (replies({"id": "x" * 500}, cut=100), "down"),
    "refused": (replies({"error": "no"}, status=401), "well"),
    "a page": (replies(b"<html>hello</html>", headers={"Content-Type": "text/html"}), "down"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_is_one_error_that_says_how_the_model_is(
    model: BrokenModel, fault: str
) -> None:
    act, service = FAULTS[fault]
    model.does = [act]
    with pytest.raises(ResponderFailedError) as failed:
        await ask(model, Double())
    assert failed.value.service == service
    assert failed.value.retry_after_s == (7 if fault == "busy" else None)
    assert len(model.asked) == 1


async def test_bytes_that_drip_are_waited_for_until_the_deadline(model: BrokenModel) -> None:
    model.does = [drips({"response": "ببطء"}, 0.001)]
    assert (await ask(model, Double())).text == "ببطء"
    model.does = [drips({"response": "ببطء"}, 0.2)]
    with pytest.raises(ResponderFailedError, match="within"):
        await ask(model, Double(), deadline_s=0.5)


@pytest.mark.skipif(not (PAYLOADS / "llm_http").is_dir(), reason="no captured payloads here")
async def test_recorded_answers_of_a_real_server_end_as_a_sentence_or_as_one_error(
    model: BrokenModel,
) -> None:
    shown = 0
    for path in sorted((PAYLOADS / "llm_http").glob("*.http")):
        head, _, body = path.read_bytes().partition(b"\r\n\r\n")
        # A name was taken out of the recorded bodies, and their length stayed what it was.
        head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(body), head)
        model.does = [repeats(head + b"\r\n\r\n" + body)]
        try:
            found = await ask(model, Double(), deadline_s=5)
        except ResponderFailedError:
            continue
        shown += 1
        assert "{" not in found.text, path.name
        assert found.usage is not None
        assert found.usage.tokens_in > 0, path.name
    assert shown
