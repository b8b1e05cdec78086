"""An open pool as the runtime role, and a shop in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from hudhud.store import conversations
from hudhud.store.conversations import Finish
from hudhud.store.pool import Database
from shop import Shop, open_shop


@pytest.fixture
async def database(database_url: Any) -> AsyncIterator[Database]:
    opened = await Database.open(database_url.app_url, size=6)
    yield opened
    await opened.close()


@pytest.fixture
async def shop(database: Database) -> Shop:
    return await open_shop(database)


@pytest.fixture
async def answered(database: Database) -> Shop:
    """A shop whose one customer is owed an answer of two parts."""
    shop = await open_shop(database)
    await shop.receive(shop.message())
    await shop.make_due()
    places = await shop.conversations()
    (claim,) = await conversations.claim(shop.database, places, holder="test", lease_s=60)
    ending = Finish(claimed=claim.claimed, outcome="answered", parts=("١", "٢"))
    assert await conversations.finish(shop.database, [ending])
    return shop
