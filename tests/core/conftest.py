"""An open pool as the runtime role, and a shop in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

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
