"""PostgreSQL says `sending` and dies before it said so: the row is known as never sent (law 5)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from worker_ground import Provider, connected_shop, delivering, settings

from hudhud.core.app import App, opened
from hudhud.core.switches import flip
from hudhud.ops.engines import start_postgresql
from hudhud.store.pool import Database
from hudhud.store.schema.migrate import migrate
from hudhud.worker.deliverer import START_WITHIN_S
from owed import owe
from shop import Shop

BEGIN = b"begin_sends"
SOCKET = ".s.PGSQL.5432"


class Wire:
    """Stands between a pool and PostgreSQL, and swallows the answer to one `begin_sends`."""

    def __init__(self, server: Path) -> None:
        self.server = server
        self.swallows = False
        self.swallowed = asyncio.Event()
        self._statements: set[bytes] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            to_reader, to_writer = await asyncio.open_unix_connection(str(self.server / SOCKET))
        except ConnectionError:  # PostgreSQL was busy; the pool comes again
            writer.close()
            return
        asked = asyncio.Event()
        forth = asyncio.create_task(self._forth(reader, to_writer, asked))
        try:
            while data := await to_reader.read(65536):
                # ReadyForQuery and idle: what was asked is committed.
                if asked.is_set() and data.endswith(b"Z\x00\x00\x00\x05I"):
                    self.swallows = False
                    self.swallowed.set()
                    break
                if not asked.is_set():
                    writer.write(data)
                    await writer.drain()
        except ConnectionError:
            pass
        finally:
            forth.cancel()
            for end in (writer, to_writer):
                end.close()

    async def _forth(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: asyncio.Event
    ) -> None:
        known: set[bytes] = set()
        while data := await reader.read(65536):
            if data[:1] == b"P" and BEGIN in data:
                known.add(data[5 : data.index(b"\0", 5)])
            bound = data[:1] == b"B" and any(name + b"\0" in data[5:80] for name in known)
            if self.swallows and bound:
                asked.set()
            writer.write(data)
            await writer.drain()


@asynccontextmanager
async def wired(url: str, folder: Path) -> AsyncIterator[tuple[Wire, str]]:
    """A wire to the server of this URL, and the URL that goes through it."""
    home = url.split("host=", 1)[1].split("&", 1)[0]
    wire = Wire(Path(home.replace("%2F", "/")))
    server = await asyncio.start_unix_server(wire.serve, path=str(folder / SOCKET))
    async with server:
        yield wire, url.replace(home, str(folder))


async def until(shop: Shop, state: str) -> dict[str, Any]:
    """Wait until the one send stands so, and tell how many tries it took."""
    deadline = time.monotonic() + 15
    while True:
        (row,) = await shop.rows("select state, attempt, spared from outbox")
        if row["state"] == state:
            return dict(row)
        assert time.monotonic() < deadline, dict(row)
        await asyncio.sleep(0.02)


async def settled(shop: Shop) -> dict[str, Any]:
    return await until(shop, "accepted")


async def owed_and_swallowed(app: App, shop: Shop, wire: Wire) -> None:
    """One send is owed, and PostgreSQL's word that it is `sending` never arrives."""
    wire.swallows = True
    await owe(shop, 1)
    app.hints.send(shop.merchant, await shop.one("select id from conversation"), 0)
    await asyncio.wait_for(wire.swallowed.wait(), 10)


async def test_a_begin_whose_answer_is_lost_is_given_back_and_sent_once(
    database_url: Any, queue_url: str, database: Database, provider: Provider, short_dir: Path
):
    shop = await connected_shop(database, provider)
    async with wired(database_url.app_url, short_dir) as (wire, url):
        chosen = settings(url, queue_url)
        async with opened(chosen, name="test", pool_size=4) as app, delivering(app):
            await owed_and_swallowed(app, shop, wire)
            assert await settled(shop) == {"state": "accepted", "attempt": 2, "spared": 1}
    assert [tag.rsplit(".")[-1] for tag in provider.tags(shop)] == ["2"]


async def test_postgresql_that_dies_after_the_commit_of_a_begin_costs_one_try_and_no_message(
    queue_url: str, provider: Provider, short_dir: Path
):
    engine = await asyncio.to_thread(start_postgresql, short_dir)
    (short_dir / "wire").mkdir()
    try:
        await migrate(engine.owner_url, runtime_role="hudhud_app")
        database = await Database.open(engine.app_url, size=2)
        shop = await connected_shop(database, provider)
        async with wired(engine.app_url, short_dir / "wire") as (wire, url):
            chosen = settings(url, queue_url)
            async with opened(chosen, name="test", pool_size=4) as app, delivering(app):
                await owed_and_swallowed(app, shop, wire)
                engine.kill()
                await database.close()
                await asyncio.to_thread(engine.restart)
                database = await Database.open(engine.app_url, size=2)
                shop = Shop(database, shop.merchant, shop.inbox, shop.account)
                assert await settled(shop) == {"state": "accepted", "attempt": 2, "spared": 1}
        assert len(provider.tags(shop)) == 1
        await database.close()
    finally:
        await asyncio.to_thread(engine.stop)


async def test_a_drained_deliverer_gives_back_what_it_began_without_an_answer(
    database_url: Any, queue_url: str, database: Database, provider: Provider, short_dir: Path
):
    shop = await connected_shop(database, provider)
    async with wired(database_url.app_url, short_dir) as (wire, url):
        chosen = settings(url, queue_url)
        async with opened(chosen, name="test", pool_size=4) as app:
            async with delivering(app) as deliverer:
                await owed_and_swallowed(app, shop, wire)
                deliverer.drain()
            (row,) = await shop.rows("select state, attempt, spared from outbox")
    assert dict(row) == {"state": "queued", "attempt": 1, "spared": 1}
    assert provider.tags(shop) == []


async def test_what_was_begun_without_an_answer_goes_back_while_sending_is_switched_off(
    database_url: Any, queue_url: str, database: Database, provider: Provider, short_dir: Path
):
    shop = await connected_shop(database, provider)
    async with wired(database_url.app_url, short_dir) as (wire, url):
        chosen = settings(url, queue_url)
        async with opened(chosen, name="test", pool_size=4) as app, delivering(app):
            await owed_and_swallowed(app, shop, wire)
            await flip(database, "intake_only", "on", actor="test")
            await app.switches.refresh()
            await until(shop, "queued")
            assert provider.tags(shop) == []
            await flip(database, "intake_only", "off", actor="test")
            assert await settled(shop) == {"state": "accepted", "attempt": 2, "spared": 1}


async def test_a_record_that_is_heard_of_too_late_starts_no_send(
    app: App, database: Database, provider: Provider
):
    shop = await connected_shop(database, provider)
    await owe(shop, 1)
    conversation = await shop.one("select id from conversation")
    async with delivering(app):
        async with database.deed(shop.merchant) as connection:
            await connection.execute(
                "select 1 from conversation where id = $1 for no key update", conversation
            )
            app.hints.send(shop.merchant, conversation, 0)
            while not await shop.rows("select 1 from pg_locks where not granted"):
                await asyncio.sleep(0.01)
            # Nothing to wait for but the time itself: the record must be this late.
            await asyncio.sleep(START_WITHIN_S + 0.3)
        assert await settled(shop) == {"state": "accepted", "attempt": 2, "spared": 1}
    assert [tag.rsplit(".")[-1] for tag in provider.tags(shop)] == ["2"]
