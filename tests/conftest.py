"""The real engines, once per test process, and a fresh migrated database for every test.

- `postgresql`, `valkey`: the packaged engines (session). A test that kills one ends with
  `.restart()`, or takes its own in `short_dir`.
- `database_url`: an object with `.owner_url` and `.app_url` of a database of this test alone.
- `queue_url`: an empty Valkey.
- `short_dir`: a folder whose path is short enough for Unix sockets.

HUDHUD_TEST_POSTGRESQL_BIN (servers.py) and HUDHUD_TEST_REDIS (valkeys.py) name other servers to
run on, as `.ci/run` does with the distribution's.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import itertools
import shutil
import tempfile
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import servers
import valkeys
from hudhud.ops.engines import PostgresqlEngine, ValkeyEngine

RUNTIME_ROLE = "hudhud_app"
TEMPLATE = "hudhud"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Database:
    """A database of one test: the owner's URL and the runtime role's."""

    name: str
    owner_url: str
    app_url: str


def run(deed: Coroutine[Any, Any, Any]) -> Any:
    """Finish a coroutine without touching the event loop of the test."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(deed)


@pytest.fixture
def short_dir() -> Iterator[Path]:
    yield from _short_dir()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlEngine]:
    for folder in _short_dir(servers.folder()):
        engine = servers.start(folder)
        yield engine
        engine.stop()


@pytest.fixture(scope="session")
def valkey() -> Iterator[ValkeyEngine]:
    for folder in _short_dir():
        engine = valkeys.start(folder)
        yield engine
        engine.stop()


@pytest.fixture(scope="session")
def migrated(postgresql: PostgresqlEngine) -> PostgresqlEngine:
    """Migrate the template once; every test's database is a copy of it."""
    if importlib.util.find_spec("hudhud.store.schema.migrate") is not None:
        migrate = importlib.import_module("hudhud.store.schema.migrate").migrate
        run(migrate(postgresql.owner_url, runtime_role=RUNTIME_ROLE))
    return postgresql


@pytest.fixture
def database_url(migrated: PostgresqlEngine) -> Iterator[Database]:
    name = f"test_{next(_numbers)}"
    run(_admin(migrated, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER hudhud_owner"))
    owner_url, app_url = (
        url.replace(f"/{TEMPLATE}?", f"/{name}?") for url in (migrated.owner_url, migrated.app_url)
    )
    yield Database(name, owner_url, app_url)
    run(_admin(migrated, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def queue_url(valkey: ValkeyEngine) -> str:
    run(_flush(valkey.url))
    return valkey.url


def _short_dir(folder: Path | None = None) -> Iterator[Path]:
    folder = folder or Path(tempfile.mkdtemp(prefix="hudhud-", dir="/tmp"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


async def _admin(engine: PostgresqlEngine, statement: str) -> None:
    connection = await asyncpg.connect(engine.admin_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _flush(url: str) -> None:
    reader, writer = await asyncio.open_unix_connection(url.removeprefix("unix://"))
    writer.write(b"FLUSHALL\r\nSCRIPT FLUSH\r\n")
    for _ in range(2):
        assert await reader.readline() == b"+OK\r\n"
    writer.close()
    await writer.wait_closed()
