"""A document reaches an answer, and the answer names it, through the product's own path."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from looked_up import claimed, selling, written

from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.context import gather
from hudhud.core.knowledge import documents
from hudhud.core.outside.breakers import Breakers
from hudhud.core.tools import Toolbox
from hudhud.model import SearchKnowledge
from hudhud.settings import Settings
from hudhud.store import conversations
from hudhud.store.conversations import Finish
from hudhud.store.pool import Database
from shop import Shop

GUIDE = "# التقويم\n\nمدة التقويم بين ١٢ و٢٤ شهرًا بحسب الحالة. المراجعة كل أربعة أسابيع."


@pytest.fixture
async def shop(database_url) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url)
    shop = await selling(database)
    await documents.add(
        database, shop.merchant, name="دليل المراجعين", body=GUIDE.encode(), source="a.md"
    )
    yield shop
    await database.close()


async def ended(shop: Shop, words: str) -> Finish:
    await written(shop, "964770", words=words)
    (claim,) = await claimed(shop)
    return await answer(
        shop.database,
        Settings(data_dir=Path("unused")),
        claim,
        lambda text: (text,) if text else (),
        checked=lambda _: "",
        breakers=Breakers(Policy()),
        ai_on=True,
    )


async def test_what_a_document_tells_is_answered_and_its_name_is_kept(shop):
    finish = await ended(shop, "كم مدة التقويم عندكم؟")
    assert finish.outcome == "answered"
    passage = await shop.one("select id from passage")
    assert finish.source == f"passage:{passage}"
    (said,) = finish.parts
    assert "مدة التقويم بين ١٢ و٢٤ شهرًا بحسب الحالة." in str(said)
    assert "دليل المراجعين" in str(said)
    await conversations.finish(shop.database, [finish])
    ((source, trace),) = await shop.rows("select source, trace from batch")
    assert source == f"passage:{passage}"
    assert trace["documents"] == {str(passage): "دليل المراجعين"}


async def test_what_no_document_tells_goes_to_a_person(shop):
    assert (await ended(shop, "عندكم زراعة شعر بالليزر؟")).outcome == "handed_over"


async def test_the_tool_searches_only_the_documents_of_its_merchant(shop):
    other = await selling(shop.database)
    found = []
    for one in (shop, other):
        await written(one, "964770", words="مرحبا")
        (claim,) = await claimed(one)
        tools = Toolbox(one.database, claim, await gather(one.database, claim, claim.setting))
        found.append(await tools.call(SearchKnowledge(words="التقويم كم يستغرق")))
    assert [passage.source for passage in found[0]] == ["دليل المراجعين"]
    assert found[1] == ()
