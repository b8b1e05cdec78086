"""One running house for all journeys; every journey has a merchant and a number of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from homes import Home, running
from hudhud.ops.engines import PostgresqlEngine
from shops import Shop, opened_shop


@pytest.fixture(scope="package")
def home(migrated: PostgresqlEngine) -> Iterator[Home]:
    with running(migrated, "journeys") as started:
        yield started


@pytest.fixture
async def shop(home: Home) -> AsyncIterator[Shop]:
    async with opened_shop(home.house, home.owner_url) as shop:
        yield shop
