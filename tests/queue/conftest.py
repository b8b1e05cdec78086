"""An open connection, and an engine of one's own for tests that hurt it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import valkeys
from hudhud.ops.engines import ValkeyEngine
from hudhud.queue import taker
from hudhud.queue.client import Valkey, connect
from hudhud.queue.schedule import Schedule


@pytest.fixture
async def client(queue_url: str) -> AsyncIterator[Valkey]:
    valkey = await connect(queue_url)
    yield valkey
    await valkey.close()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hint is a moment's matter for an acknowledgement; a test on a busy machine has longer."""
    monkeypatch.setitem(Schedule.hint.__kwdefaults__, "deadline_s", 10.0)


@pytest.fixture
def only_by_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The heads are never read again: whoever sleeps hears by a wake token, or not at all."""
    monkeypatch.setattr(taker, "REREAD_S", 3600.0)


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
