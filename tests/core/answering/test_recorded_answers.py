"""Real answers of models, broken as they were, through the whole path: claim, tools, checks, end.

They were captured elsewhere and lie outside of the repository; each is the model's last text after
a call of a real tool, and the arguments of a call as well.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from broken_model import BrokenModel, broken_model, calls, repeats, says
from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.outside.breakers import Breakers
from hudhud.responders import llm
from hudhud.settings import Settings
from hudhud.store import assistants
from hudhud.store.conversations import Finish
from shop import Shop
from turns import MUG, claimed, stocked

PAYLOADS = Path(
    os.environ.get("HUDHUD_TEST_PAYLOADS") or Path(__file__).parents[4] / "shared/payloads"
)
EVERY = 12  # of the texts; all of them go through the contract in tests/contracts
OURS = re.compile(r"needsDataCollection|requestedFields|\"response\"\s*:|```|\{\s*\"\w+\"\s*:")
SETTINGS = Settings(data_dir=Path("/nowhere"), responder_deadline_s=10)
pytestmark = pytest.mark.skipif(
    not (PAYLOADS / "llm_json").is_dir(), reason="no captured payloads here"
)


@pytest.fixture
async def model() -> AsyncIterator[BrokenModel]:
    await llm.warm()
    async with broken_model() as local:
        yield local


@pytest.fixture
async def shop(shop: Shop, model: BrokenModel) -> Shop:
    await stocked(shop)
    options = {"model": "openai:m", "base_url": model.url, "offline_last": False}
    async with shop.database.deed(shop.merchant) as connection:
        assistant_id = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="llm", options=options
        )
        await connection.execute("update inbox set assistant_id = $1", assistant_id)
    return shop


async def asked(shop: Shop, who: int) -> Finish:
    claim = await claimed(shop, "بكم الكوب؟", who=f"96477{who}")
    return await answer(
        *(shop.database, SETTINGS, claim, lambda text: (text,) if text else ()),
        checked=whatsapp.checked,
        breakers=Breakers(Policy()),
        ai_on=True,
    )


def texts() -> Iterator[str]:
    found = [
        one
        for path in sorted((PAYLOADS / "llm_json").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        for one in _strings(json.loads(line)["input"])
    ]
    yield from found[::EVERY]
    yield (PAYLOADS / "llm_json" / "json_repair_invalid.json").read_text("utf-8")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value or ():
            yield from _strings(item)


def shown(made: Finish) -> str:
    assert made.outcome in {"answered", "handed_over", "noted"}, (made.outcome, made.reason)
    assert made.outcome != "answered" or made.parts
    return "\n".join(part for part in made.parts if isinstance(part, str))


async def test_whatever_the_model_wrote_a_sentence_leaves_or_a_person_answers(
    shop: Shop, model: BrokenModel
) -> None:
    look = calls(("product_details", {"sku": MUG}))
    for number, text in enumerate(texts()):
        model.does = [look, says(text)]
        made = await asked(shop, number)
        assert not OURS.search(shown(made)), text
        if model.asked[-1]["messages"][-1]["role"] == "tool":
            assert "IQD" in model.asked[-1]["messages"][-1]["content"]
    assert number > 40


async def test_no_broken_arguments_of_a_call_do_anything(shop: Shop, model: BrokenModel) -> None:
    for number, text in enumerate(texts()):
        if number % 4:
            continue
        model.does = [
            calls(("add_to_cart", text), ("place_order", text), (text[:40] or "x", "{}")),
            says({"response": "الكوب بـ ٨ آلاف دينار."}),
        ]
        made = await asked(shop, number)
        assert shown(made), text
    assert await shop.one("select count(*) from cart where content::text like '%sku%'") == 0
    assert await shop.one("select count(*) from sales_order") == 0


@pytest.mark.skipif(not (PAYLOADS / "llm_http").is_dir(), reason="no captured payloads here")
async def test_recorded_bytes_of_a_real_server_end_in_one_of_the_ways(
    shop: Shop, model: BrokenModel
) -> None:
    for number, path in enumerate(sorted((PAYLOADS / "llm_http").glob("*.http"))):
        head, _, body = path.read_bytes().partition(b"\r\n\r\n")
        # A name was taken out of the recorded bodies, and their length stayed what it was.
        head = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(body), head)
        model.does = [calls(("check_stock", {"sku": MUG})), repeats(head + b"\r\n\r\n" + body)]
        made = await asked(shop, number)
        assert not OURS.search(shown(made)), path.name

        assert "create_order" not in shown(made), path.name
    assert number > 5
