"""A house with engines of its own, so that every one of its parts may be killed and comes back."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

import servers
import valkeys
from hudhud.ops.engines import PostgresqlEngine, ValkeyEngine
from hudhud.store.schema.migrate import migrate
from processes import House
from shops import Shop, opened_shop


@dataclass(frozen=True)
class Ground:
    """Engines and house; `mend` brings back whatever a test left dead."""

    postgresql: PostgresqlEngine
    valkey: ValkeyEngine
    house: House

    def mend(self) -> None:
        for engine in (self.postgresql, self.valkey):
            if not engine.alive:
                engine.restart()
        for process in (self.house.simulator, self.house.web, self.house.worker):
            if not process.alive:
                process.start()
        self.house.wait()


@pytest.fixture(scope="package")
def ruins() -> Iterator[Ground]:
    folder = servers.folder()
    postgresql = servers.start(folder)
    valkey = valkeys.start(folder)
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(migrate(postgresql.owner_url, runtime_role="hudhud_app"))
    house = House(folder, postgresql.app_url, valkey.url, HUDHUD_SPOOL_BYTES_MAX=str(1024**2))
    try:
        yield Ground(postgresql, valkey, house)
    finally:
        house.stop()
        valkey.stop()
        postgresql.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def ground(ruins: Ground) -> Iterator[Ground]:
    ruins.mend()
    yield ruins
    ruins.house.end_others()


@pytest.fixture
async def shop(ground: Ground) -> AsyncIterator[Shop]:
    async with opened_shop(ground.house, ground.postgresql.owner_url) as shop:
        yield shop
