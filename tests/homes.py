"""A running house for a whole package of tests: web, worker and simulator on engines of its own.

Its own, because a worker takes every hint that it finds: on the shared Valkey it would take those
of tests that run beside it.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

import valkeys
from hudhud.ops.engines import PostgresqlEngine
from processes import House


@dataclass(frozen=True)
class Home:
    """A running house and the owner's way into its database."""

    house: House
    owner_url: str
    queue_url: str


@contextmanager
def running(migrated: PostgresqlEngine, database: str) -> Iterator[Home]:
    """Start a house with a fresh database of this name and a Valkey that nobody else uses."""
    _administer(migrated, f"create database {database} template hudhud owner hudhud_owner")
    owner_url, app_url = (
        url.replace("/hudhud?", f"/{database}?") for url in (migrated.owner_url, migrated.app_url)
    )
    folder = Path(tempfile.mkdtemp(prefix="hudhud-", dir="/tmp"))
    valkey = valkeys.start(folder)
    house = House(folder, app_url, valkey.url)
    try:
        house.start()
        yield Home(house, owner_url, valkey.url)
    finally:
        house.stop()
        valkey.stop()
        shutil.rmtree(folder, ignore_errors=True)
        _administer(migrated, f"drop database {database} with (force)")


def _administer(engine: PostgresqlEngine, statement: str) -> None:
    async def deed() -> None:
        connection = await asyncpg.connect(engine.admin_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(deed())
