"""An open app, an open pool, and a provider that is really sent to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from worker_ground import Provider, running_provider, settings

from hudhud.core.app import App, opened
from hudhud.store.pool import Database


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with running_provider() as told:
        yield told


@pytest.fixture
async def database(database_url: Any) -> AsyncIterator[Database]:
    opened_one = await Database.open(database_url.app_url, size=4)
    yield opened_one
    await opened_one.close()


@pytest.fixture
async def app(database_url: Any, queue_url: str) -> AsyncIterator[App]:
    chosen = settings(database_url.app_url, queue_url)
    async with opened(chosen, name="test", pool_size=6) as app:
        yield app
