"""A commit counts when the standby has it; the pool finds the server that writes (trap 13)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from hudhud.errors import NotReplicatedError, StoreUnavailableError
from hudhud.store.pool import Database
from pairs import Pair, asked, paused, running_pair
from shop import Shop, open_shop

CANCEL = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'"
DEADLINE_S = 30.0


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with running_pair() as started:
        yield started


@pytest.fixture
def own_pair() -> Iterator[Pair]:
    with running_pair() as started:
        yield started


@pytest.fixture
async def database(pair: Pair) -> AsyncIterator[Database]:
    opened = await Database.open(pair.app_url, size=3)
    yield opened
    await opened.close()


@pytest.fixture
async def shop(database: Database) -> Shop:
    return await open_shop(database)


async def cancelled(pair: Pair, waiting: asyncio.Task[Any]) -> None:
    """Cancel the server's wait for its standby, as an impatient operator does."""
    deadline = time.monotonic() + DEADLINE_S
    while not await asyncio.to_thread(asked, pair.primary.admin_url, CANCEL):
        assert time.monotonic() < deadline
        assert not waiting.done(), "it did not wait for the standby"
        await asyncio.sleep(0.01)


async def test_accepted_messages_whose_standby_wait_was_cancelled_are_not_acknowledged(
    pair: Pair, shop: Shop
):
    with pair.silent_standby():
        taking = asyncio.create_task(shop.receive(shop.message("هل وصلت؟")))
        await cancelled(pair, taking)
        with pytest.raises(NotReplicatedError):
            await taking
    assert await shop.one("select count(*) from message") == 1, "here it is, and nowhere else"


async def test_a_deed_whose_standby_wait_was_cancelled_says_that_it_is_not_done(
    pair: Pair, database: Database, shop: Shop
):
    async def deed() -> None:
        async with database.deed(shop.merchant) as connection:
            await connection.execute("update inbox set name = 'آخر' where id = $1", shop.inbox)

    with pair.silent_standby():
        doing = asyncio.create_task(deed())
        await cancelled(pair, doing)
        with pytest.raises(NotReplicatedError):
            await doing
    await deed()


async def test_a_server_that_cannot_commit_is_not_taken_for_one_that_can(
    pair: Pair, database: Database
):
    assert await database.takes_writes(timeout_s=DEADLINE_S)
    with pair.silent_standby():
        assert not await database.takes_writes(timeout_s=0.2)
    assert await database.takes_writes(timeout_s=DEADLINE_S)


async def test_a_replica_alone_is_refused_with_the_word_for_it(pair: Pair):
    with pytest.raises(StoreUnavailableError, match="replica"):
        await Database.open(pair.standby.app_url)


async def test_an_open_pool_follows_the_writing_to_the_promoted_standby(own_pair: Pair):
    database = await Database.open(own_pair.app_url, size=3)
    shop = await open_shop(database)
    await shop.receive(shop.message("قبل"))
    # A machine that hangs takes connections still, and answers none of them.
    with paused(own_pair.primary):
        await asyncio.to_thread(own_pair.promote)
        newcomer = await Database.open(own_pair.app_url, size=1)
        await newcomer.close()
        own_pair.primary.kill()
    await asyncio.to_thread(own_pair.fence)
    deadline = time.monotonic() + DEADLINE_S
    while not await database.takes_writes(timeout_s=1):
        assert time.monotonic() < deadline
    await shop.receive(shop.message("بعد"))
    assert await shop.one("select count(*) from message") == 2
    await database.close()
