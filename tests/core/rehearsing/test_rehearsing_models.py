"""A draft that asks a model is rehearsed: several runs, their spread, their cost, and faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from stages import breakers, settings, staged

from broken_model import BrokenModel, broken_model, calls, hangs, replies, says
from hudhud.core.assistants.drafting import change_draft
from hudhud.core.assistants.publishing import publish
from hudhud.core.rehearsing.keeping import keep_script
from hudhud.core.rehearsing.rehearse import RUNS_OF_MODELS, cast, rehearse, rehearse_kept
from hudhud.core.rehearsing.result import Rehearsed
from hudhud.core.rehearsing.script import read_script
from hudhud.errors import RegressedError
from hudhud.responders import llm
from hudhud.settings import Settings
from shop import Shop

PRICE = """
name: سعر
turns:
  - says: ["بكم قميص كتان صيفي؟"]
    expects: {price_of: SH-01, handed_over: false}
"""
RIGHT = says({"response": "قميص كتان صيفي بـ ٢٨ ألف دينار."})
VAGUE = says({"response": "أهلاً بك، تفضل."})
BUSY = replies({"error": {"message": "busy"}}, status=429)
BROKEN = replies(b'{"choices": [{"mess')
DOWN = replies({"error": {"message": "down"}}, status=500)


@pytest.fixture
async def model() -> AsyncIterator[BrokenModel]:
    await llm.warm()
    async with broken_model() as local:
        yield local


async def drafted(shop: Shop, model: BrokenModel, **options: Any) -> int:
    """An offline assistant answers; its draft asks the model. Both keep one script."""
    assistant_id = await staged(shop)
    await keep_script(shop.database, shop.merchant, assistant_id, PRICE)
    told = {"model": "openai:m", **options}
    await change_draft(
        *(shop.database, local(model.url), shop.merchant, assistant_id),
        lambda one: msgspec.structs.replace(one, responder="llm", options=told),
        by="operator:1",
    )
    return assistant_id


def local(url: str, **more: Any) -> Settings:
    return settings(llm_base_url=url, responder_deadline_s=2, **more)


async def rehearsed(shop: Shop, model: BrokenModel, assistant_id: int, **more: Any) -> Rehearsed:
    own = local(model.url, **more)
    return await rehearse_kept(
        *(shop.database, own, breakers(), shop.merchant, assistant_id), by="operator:1"
    )


async def published(shop: Shop, assistant_id: int) -> int:
    return await publish(shop.database, shop.merchant, assistant_id, by="operator:1")


async def test_a_model_is_played_several_times_and_the_spread_is_told(
    shop: Shop, model: BrokenModel
) -> None:
    assistant_id = await drafted(shop, model)
    model.does = [RIGHT, VAGUE, RIGHT]
    made = await rehearsed(shop, model, assistant_id)
    (script,) = made.scripts
    assert (made.runs, len(model.asked)) == (RUNS_OF_MODELS, RUNS_OF_MODELS)
    assert (script.after.held, script.after.worst, script.after.best) == (2, 1, 2)
    assert script.before is not None
    assert (script.before.worst, script.before.best) == (2, 2)
    assert made.regressed == 0
    assert await published(shop, assistant_id) == 2


async def test_what_mostly_fails_regresses_and_blocks(shop: Shop, model: BrokenModel) -> None:
    assistant_id = await drafted(shop, model)
    model.does = [RIGHT, VAGUE, VAGUE]
    made = await rehearsed(shop, model, assistant_id)
    assert [one.what for one in made.scripts[0].expected if one.regressed] == ["price_of"]
    with pytest.raises(RegressedError, match="1 expectations"):
        await published(shop, assistant_id)
    assert await publish(
        *(shop.database, shop.merchant, assistant_id), by="operator:1", forced="نعرف"
    )


@pytest.mark.parametrize("fault", [BUSY, BROKEN, DOWN, hangs, calls(("quote", "{"))])
async def test_a_draft_whose_model_never_answers_was_not_rehearsed(
    shop: Shop, model: BrokenModel, fault: Any
) -> None:
    assistant_id = await drafted(shop, model)
    await shop.write("update assistant set responder = 'llm', options = $1", await _options(shop))
    model.does = [fault]
    async with asyncio.timeout(60):
        made = await rehearsed(shop, model, assistant_id)
    # What answers now failed as well, and that makes nothing better.
    assert [(one.before, one.after, one.lost) for one in made.scripts[0].expected] == [
        (False, False, True),
        (False, False, True),
    ]
    assert made.regressed == 2
    (exchange,) = made.scripts[0].exchanges
    assert exchange.after is not None
    assert exchange.after.reason in {"responder_failed", "responder_resting"}
    with pytest.raises(RegressedError):
        await published(shop, assistant_id)


async def _options(shop: Shop) -> Any:
    return await shop.one("select options from assistant_version where number is null")


async def test_a_fault_now_and_then_is_retried_and_costs_no_expectation(
    shop: Shop, model: BrokenModel
) -> None:
    assistant_id = await drafted(shop, model)
    model.does = [BROKEN, RIGHT, RIGHT, DOWN, RIGHT]
    assert (await rehearsed(shop, model, assistant_id)).regressed == 0


async def test_tools_are_called_in_a_rehearsal_and_a_loop_of_them_ends(
    shop: Shop, model: BrokenModel
) -> None:
    assistant_id = await drafted(shop, model)
    who = await cast(shop.database, shop.merchant, assistant_id)
    script = read_script(PRICE.replace("handed_over: false", "tools: [product_details]"))
    look = calls(("product_details", {"sku": "SH-01"}))
    model.does = [look, RIGHT]
    stage = (shop.database, local(model.url), breakers(), who, [script])
    made = await rehearse(*stage, runs=1)
    assert [one.after for one in made.scripts[0].expected] == [True, True]
    model.does = [look]
    looped = await rehearse(*stage, runs=1)
    assert not any(one.after for one in looped.scripts[0].expected if one.what == "price_of")


async def test_a_rehearsal_stops_when_the_day_is_spent_and_publishes_nothing(
    shop: Shop, model: BrokenModel
) -> None:
    assistant_id = await drafted(shop, model, price_in=1_000_000, price_out=1_000_000)
    await keep_script(
        shop.database, shop.merchant, assistant_id, PRICE.replace("سعر\n", "سعر آخر\n")
    )
    model.does = [RIGHT]
    # Each answer costs 110; the second conversation begins above the ceiling.
    made = await rehearsed(shop, model, assistant_id, spend_day_max_minor=300)
    assert (made.stopped, len(made.scripts), len(model.asked)) == ("spend_exceeded", 1, 3)
    with pytest.raises(RegressedError, match="spend"):
        await published(shop, assistant_id)


async def test_an_offline_stand_in_is_not_what_is_rehearsed(shop: Shop, model: BrokenModel) -> None:
    assistant_id = await drafted(
        shop, model, price_in=1_000_000, price_out=1_000_000, offline_last=True
    )
    model.does = [RIGHT]
    made = await rehearsed(shop, model, assistant_id, spend_day_max_minor=100)
    assert (made.stopped, made.scripts, len(model.asked)) == ("spend_exceeded", [], 1)
