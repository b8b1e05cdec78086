"""An open connection, and an engine of one's own for tests that hurt it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import valkeys
from hudhud.ops.engines import ValkeyEngine
from hudhud.queue.client import Valkey, connect


@pytest.fixture
async def client(queue_url: str) -> AsyncIterator[Valkey]:
    valkey = await connect(queue_url)
    yield valkey
    await valkey.close()


@pytest.fixture
def own_engine(short_dir: Path) -> Iterator[ValkeyEngine]:
    engine = valkeys.start(short_dir)
    yield engine
    engine.stop()


@pytest.fixture
async def own_client(own_engine: ValkeyEngine) -> AsyncIterator[Valkey]:
    valkey = await connect(own_engine.url)
    yield valkey
    await valkey.close()
