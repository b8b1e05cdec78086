"""Files of the dead are taken up at once, a drain waits for none, and old ones go (S8, Q9)."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from worker_ground import Provider, connected_shop

from hudhud.channels import whatsapp
from hudhud.channels.contract import Located
from hudhud.core.app import App
from hudhud.core.media.disk import Disk, key_of
from hudhud.core.media.dropping import drop_old
from hudhud.core.outside.session import http_session
from hudhud.errors import StorageUnavailableError
from hudhud.ops.burial import free_leases
from hudhud.store import media
from hudhud.worker.fetcher import Fetcher
from shop import Shop
from shops import until

FILE = """insert into media (merchant_id, inbox_id, conversation_id, message_id, kind, source)
    select merchant_id, inbox_id, conversation_id, id, 'document', 'id-1' from message"""


@pytest.fixture
async def shop(app: App, provider: Provider) -> Shop:
    made = await connected_shop(app.database, provider)
    await made.receive(made.message())
    await made.write(FILE)
    return made


async def test_what_a_dead_worker_fetched_is_due_at_once(app: App, database_url: Any, shop: Shop):
    (row,) = await media.claim(app.database, holder="dead", lease_s=180, limit=9)
    assert not await media.claim(app.database, holder="next", lease_s=180, limit=9)
    await asyncio.to_thread(free_leases, database_url.app_url, "dead", within_s=5)
    (again,) = await media.claim(app.database, holder="next", lease_s=180, limit=9)
    assert (again.attempts, again.spared) == (2, 0)
    # It was not dead after all: its word counts no more.
    async with app.database.deed(shop.merchant) as connection:
        assert not await media.failed(connection, row, "late")
    assert await media.release(app.database, "dead", crashed=True) == 0


async def test_a_drain_gives_back_what_takes_long(
    app: App, shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    asked = asyncio.Event()

    async def locate(*_: Any, **__: Any) -> Located:
        asked.set()
        await asyncio.sleep(600)
        raise AssertionError

    monkeypatch.setattr(whatsapp, "locate", locate, raising=False)
    async with http_session() as http:
        fetcher = Fetcher(app, http, holder="drained")
        running = asyncio.create_task(fetcher.run())
        await asyncio.wait_for(asked.wait(), 10)
        fetcher.drain()
        started = time.monotonic()
        await running
        assert time.monotonic() - started < app.settings.drain_s
    (row,) = await shop.rows("select *, next_at <= clock_timestamp() as due from media")
    assert (row["state"], row["holder"], row["due"]) == ("queued", None, True)
    assert row["attempts"] - row["spared"] == 0


class _Stubborn(Disk):
    """A storage that does not let go of anything until it is told to."""

    holds = True

    async def drop(self, key: str) -> None:
        if self.holds:
            raise StorageUnavailableError("full")
        await super().drop(key)


@pytest.mark.clause("5.4")
async def test_old_files_leave_storage_and_page_and_a_crash_between_loses_none(
    app: App, shop: Shop, tmp_path: Path
):
    disk = _Stubborn(tmp_path)
    object.__setattr__(app, "storage", disk)
    object.__setattr__(app.settings, "media_keep_days", 30)
    (row,) = await shop.rows("select * from media")
    key, small = key_of(row["public_id"]), key_of(row["public_id"], ".small")
    for name in (key, small):
        disk.path(name).parent.mkdir(parents=True, exist_ok=True)
        disk.path(name).write_bytes(b"x")
    await shop.write(
        """update media set state = 'stored', stored_key = $1, thumbnail_key = $2, bytes = 1,
               stored_at = now() - interval '29 days'""",
        key,
        small,
    )
    # One that belongs to no conversation is the merchant's own: it stays.
    await shop.write(
        """insert into media (merchant_id, kind, state, stored_key, stored_at)
           values ($1, 'document', 'stored', 'own', now() - interval '99 days')""",
        shop.merchant,
    )
    await drop_old(app)
    assert disk.path(key).exists()
    await shop.write("update media set stored_at = now() - interval '31 days' where bytes = 1")
    await drop_old(app)
    (row,) = await shop.rows("select * from media where bytes = 1")
    assert (row["state"], row["reason"], row["stored_key"]) == ("dropped", "30", key)
    disk.holds = False
    await drop_old(app)
    (row,) = await shop.rows("select * from media where bytes = 1")
    assert (row["stored_key"], row["thumbnail_key"]) == (None, None)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert await shop.one("select state from media where stored_key = 'own'") == "stored"


async def test_the_fetcher_drops_what_is_old_by_itself(app: App, shop: Shop, tmp_path: Path):
    object.__setattr__(app, "storage", Disk(tmp_path))
    object.__setattr__(app.settings, "media_keep_days", 1)
    await shop.write(
        """update media set state = 'stored', stored_key = 'ab/x',
               stored_at = now() - interval '2 days'"""
    )
    async with http_session() as http:
        fetcher = Fetcher(app, http, holder="drops")
        running = asyncio.create_task(fetcher.run())

        async def gone() -> bool:
            return await shop.one("select state from media") == "dropped"

        await until(gone, "the old file is dropped")
        fetcher.drain()
        await running
