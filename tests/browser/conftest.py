"""One running house for all browser tests; every test has a merchant and a number of its own."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from hudhud.ops.engines import PostgresqlEngine, ValkeyEngine
from processes import House
from shops import Shop, opened_shop

DATABASE = "browser"


@dataclass(frozen=True)
class Home:
    """A running house and the owner's way into its database."""

    house: House
    owner_url: str
    queue_url: str


@pytest.fixture(scope="package")
def home(migrated: PostgresqlEngine, valkey: ValkeyEngine) -> Iterator[Home]:
    _administer(migrated, f"create database {DATABASE} template hudhud owner hudhud_owner")
    owner_url, app_url = (
        url.replace("/hudhud?", f"/{DATABASE}?") for url in (migrated.owner_url, migrated.app_url)
    )
    folder = Path(tempfile.mkdtemp(prefix="hudhud-", dir="/tmp"))
    house = House(folder, app_url, valkey.url)
    try:
        house.start()
        yield Home(house, owner_url, valkey.url)
    finally:
        house.stop()
        shutil.rmtree(folder, ignore_errors=True)
        _administer(migrated, f"drop database {DATABASE} with (force)")


@pytest.fixture
async def shop(home: Home) -> AsyncIterator[Shop]:
    async with opened_shop(home.house, home.owner_url) as shop:
        yield shop


def _administer(engine: PostgresqlEngine, statement: str) -> None:
    async def deed() -> None:
        connection = await asyncpg.connect(engine.admin_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(deed())
