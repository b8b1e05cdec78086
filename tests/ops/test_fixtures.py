from __future__ import annotations

import asyncpg
import pytest


@pytest.mark.parametrize("turn", [1, 2])
async def test_every_test_has_a_database_of_its_own(database_url, turn):
    owner = await asyncpg.connect(database_url.owner_url)
    await owner.execute(f"CREATE TABLE only_here (turn int DEFAULT {turn})")
    app = await asyncpg.connect(database_url.app_url)
    assert await app.fetchval("SELECT current_database()") == database_url.name
    await app.close()
    await owner.close()


def test_the_queue_is_there(queue_url):
    assert queue_url.startswith("unix:///")
