"""What no longer fits beside a batch is summed up after the answer, out of what was said alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from broken_model import BrokenModel, broken_model, replies, says
from hudhud.channels import whatsapp
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.context.window import within_tokens
from hudhud.core.outside.breakers import Breakers
from hudhud.core.summaries import make
from hudhud.model import Said
from hudhud.responders import llm
from hudhud.settings import Settings
from hudhud.store import assistants
from hudhud.store.conversations import Finish, finish
from hudhud.store.spending import spend
from hudhud.store.summaries import rows
from hudhud.worker.summarising import Summarising
from shop import Shop
from turns import claimed

if TYPE_CHECKING:
    from hudhud.core.app import App

SETTINGS = Settings(data_dir=Path("/nowhere"), history_tokens=100)
LONG = "أريد القميص الأبيض مقاس لارج والتوصيل إلى الكرادة قرب الساحة، ورقمي 07701234567 " * 2


@pytest.fixture
async def model() -> AsyncIterator[BrokenModel]:
    await llm.warm()
    async with broken_model() as local:
        yield local


async def with_model(shop: Shop, model: BrokenModel) -> None:
    options = {"model": "openai:m", "base_url": model.url, "price_in": 1e6}
    async with shop.database.deed(shop.merchant) as connection:
        made = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="llm", options=options
        )
        await connection.execute("update inbox set assistant_id = $1", made)


async def answered(shop: Shop, words: str = LONG) -> Finish:
    claim = await claimed(shop, words)
    end = await answer(
        *(shop.database, SETTINGS, claim, lambda text: (text,) if text else ()),
        checked=whatsapp.checked,
        breakers=Breakers(Policy()),
        ai_on=True,
    )
    assert end.outcome == "answered"
    await finish(shop.database, [end])
    return end


async def taken(shop: Shop) -> list[rows.Wanted]:
    return await rows.take(shop.database, limit=9, lease_s=60, tries=4)


async def made(shop: Shop, *, settings: Settings = SETTINGS) -> list[bool]:
    breakers = Breakers(Policy())
    return [await make(shop.database, settings, breakers, one) for one in await taken(shop)]


async def test_a_conversation_that_outgrows_its_window_is_summed_up_and_the_next_answer_reads_it(
    shop: Shop, model: BrokenModel
) -> None:
    await with_model(shop, model)
    await answered(shop)
    assert await taken(shop) == []
    for _ in range(3):
        await answered(shop)
    model.asked.clear()
    model.does = [says("يريد قميصًا أبيض، ورقمه 0770 123 4567"), says({"response": "تم"})]
    assert await made(shop) == [True]
    told = model.asked[0]["messages"][1]["content"]
    assert "07701234567" in told
    assert "tools" not in model.asked[0]
    await answered(shop, "وكم السعر؟")
    assert "يريد قميصًا أبيض" in model.asked[-1]["messages"][1]["content"]
    assert await shop.one("select upto > 0 and wanted_at is null from conversation_summary")


async def test_a_summary_with_a_figure_that_nobody_said_is_thrown_away(
    shop: Shop, model: BrokenModel
) -> None:
    await with_model(shop, model)
    for _ in range(4):
        await answered(shop)
    model.does = [says("اتفقا على ٢٥٬٠٠٠ دينار")]
    assert await made(shop) == [False]
    assert await shop.one("select body from conversation_summary") == ""


@pytest.mark.parametrize("act", [replies({}, status=500), says("  ")])
async def test_one_that_cannot_be_made_comes_again_later_and_not_for_ever(
    shop: Shop, model: BrokenModel, act: object
) -> None:
    await with_model(shop, model)
    for _ in range(4):
        await answered(shop)
    model.does = [act]  # type: ignore[list-item] # an act
    tries = 0
    while await made(shop) == [False]:
        tries += 1
        assert await taken(shop) == []
        await shop.write(
            "update conversation_summary set wanted_at = now() where wanted_at > now()"
        )
    assert tries == 4


async def test_it_is_paid_as_every_call_is(shop: Shop, model: BrokenModel) -> None:
    await with_model(shop, model)
    for _ in range(4):
        await answered(shop)
    async with shop.database.reading(shop.merchant) as connection:
        before = (await spend.today(connection, shop.merchant)).micro
    model.does = [says("يريد قميصًا")]
    await made(shop)
    async with shop.database.reading(shop.merchant) as connection:
        after = (await spend.today(connection, shop.merchant)).micro
    assert after - before == 100 * 1_000_000


async def test_a_worker_makes_what_is_wanted_of_any_merchant(
    shop: Shop, model: BrokenModel
) -> None:
    await with_model(shop, model)
    for _ in range(4):
        await answered(shop)
    model.does = [says("يريد قميصًا")]
    app = SimpleNamespace(
        database=shop.database, settings=SETTINGS, breakers=Breakers(Policy()), switches=None
    )
    await Summarising(cast("App", app)).look()
    assert await shop.one("select body from conversation_summary") == "يريد قميصًا"


def test_what_no_summary_holds_stays_half_a_window_longer() -> None:
    now = datetime.now(UTC)
    said = tuple(
        Said(id=n, author="contact", kind="text", text="x" * 27, at=now) for n in range(1, 41)
    )
    assert [s.id for s in within_tokens(said, 100)] == list(range(31, 41))
    assert [s.id for s in within_tokens(said, 100, upto=20)] == list(range(26, 41))
    assert [s.id for s in within_tokens(said, 100, upto=28)] == list(range(29, 41))
    assert [s.id for s in within_tokens(said, 100, upto=38)] == list(range(31, 41))
