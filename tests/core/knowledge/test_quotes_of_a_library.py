"""What is quoted from the sample library answers what was asked; nothing else is quoted."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from knowledge_items import BEYOND, DOCUMENTS, LIBRARY, QUESTIONS

from hudhud.core.knowledge import documents
from hudhud.responders.lexicon import understood
from hudhud.responders.quoting import Excerpt, quoted
from hudhud.store.pool import Database
from hudhud.text import language
from shop import Shop, open_shop

QUOTED_MIN = 0.4


@pytest.fixture
async def library(database_url) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url)
    shop = await open_shop(database)
    for name, source in DOCUMENTS:
        body = (LIBRARY / source).read_bytes()
        await documents.add(database, shop.merchant, name=name, body=body, source=source)
    yield shop
    await database.close()


async def answer(shop: Shop, asked: str) -> Excerpt | None:
    found = await documents.search(shop.database, shop.merchant, asked, limit=4)
    told = understood(asked)
    return quoted(found, told.said, "ar" if told.latin else language(asked))


async def test_what_is_quoted_answers_and_stands_in_the_document(library):
    right, wrong = [], []
    for asked, told in QUESTIONS:
        quote = await answer(library, asked)
        if quote is None:
            continue
        assert all(line in quote.passage.text for line in quote.text.split("\n"))
        (right if told in quote.passage.text else wrong).append((asked, quote.text))
    share = len(right) / len(QUESTIONS)
    # `pytest -s` shows the figure.
    print(f"\nquotes: {share:.3f} right of {len(QUESTIONS)}, wrong:", wrong)  # noqa: T201 - so
    assert wrong == []
    assert share >= QUOTED_MIN


@pytest.mark.parametrize("asked", BEYOND)
async def test_what_no_document_tells_is_not_quoted(library, asked):
    assert await answer(library, asked) is None
