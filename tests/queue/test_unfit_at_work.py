"""A Valkey that is unfit costs time and no message, and is named at the start and by doctor."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

import pytest
from queue_until import until

import shop as shops
from hudhud.cli.doctor import CHECKS
from hudhud.core.app import opened
from hudhud.errors import HudhudError, StoreUnavailableError
from hudhud.ops.engines import ValkeyEngine
from hudhud.queue.client import Valkey
from hudhud.queue.rota import Rota
from hudhud.queue.shards import due_key, shard
from hudhud.settings import Settings
from hudhud.worker.sweeper import Sweeper

FILLER_BYTES = 20_000


@pytest.fixture
def chosen(database_url: Any, own_engine: ValkeyEngine, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        database_url=database_url.app_url,
        queue_url=own_engine.url,
        encryption_key_hex=secrets.token_hex(32),
    )


async def test_a_hint_that_was_evicted_is_swept_in_again(chosen: Settings, own_client: Valkey):
    async with opened(chosen, name="test", pool_size=4) as app:
        shop = await shops.open_shop(app.database, window_ms=500)
        app.hints.accepted(await shop.receive(shop.message()))
        ((merchant, conversation),) = await shop.conversations()
        hinted = due_key("reply", shard(conversation))

        async def is_hinted() -> bool:
            return bool(await own_client.send("EXISTS", hinted))

        await until(is_hinted)
        await evict(own_client, hinted)
        await Sweeper(app.database, app.hints, chosen, Rota(app.valkey)).watch()
        async with asyncio.timeout(20):
            while not (taken := await app.replies.take(8, wait_s=1)):
                pass
        assert taken == [(merchant, conversation)]


async def test_who_cannot_reach_postgresql_leaves_the_turn_to_who_can(chosen: Settings):
    async with opened(chosen, name="test", pool_size=4) as app:
        app.database.abort()
        rota = Rota(app.valkey)
        with pytest.raises(StoreUnavailableError):
            await Sweeper(app.database, app.hints, chosen, rota).watch()
        assert await rota.mine(60)


async def evict(valkey: Valkey, key: str) -> None:
    """Fill a Valkey that throws keys away until this one is gone."""
    used = (await valkey.send("INFO", "memory")).decode().partition("used_memory:")[2].split()[0]
    await valkey.send("CONFIG", "SET", "maxmemory-policy", "allkeys-random")
    await valkey.send("CONFIG", "SET", "maxmemory", int(used) + 50 * FILLER_BYTES)
    for number in range(5_000):
        await valkey.send("SET", f"filler:{number}", "x" * FILLER_BYTES)
        if not await valkey.send("EXISTS", key):
            break
    assert not await valkey.send("EXISTS", key)
    await valkey.send("CONFIG", "SET", "maxmemory-policy", "noeviction")
    await valkey.send("CONFIG", "SET", "maxmemory", 0)


async def test_the_start_of_a_process_says_what_is_wrong(
    chosen: Settings, own_client: Valkey, capsys: pytest.CaptureFixture[str]
):
    await own_client.send("CONFIG", "SET", "requirepass", "secret")
    async with opened(chosen, name="test", pool_size=4) as app:
        assert not app.replies.healthy
    said = capsys.readouterr().out
    assert "queue.unfit" in said
    assert "flaw=password" in said


async def test_doctor_says_what_is_wrong_and_what_to_do(chosen: Settings, own_client: Valkey):
    assert "takes hints" in await CHECKS["valkey"](chosen)
    await own_client.send("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
    with pytest.raises(HudhudError, match="set maxmemory-policy noeviction"):
        await CHECKS["valkey"](chosen)
