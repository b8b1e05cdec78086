"""An open pool as the runtime role."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from hudhud.store.pool import Database


@pytest.fixture
async def database(database_url: Any) -> AsyncIterator[Database]:
    opened = await Database.open(database_url.app_url, size=2)
    yield opened
    await opened.close()
