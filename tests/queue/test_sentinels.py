"""A primary that sentinels watch: found, and found again after it died or was demoted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from queue_until import until

import valkeys
from hudhud.errors import QueueUnavailableError
from hudhud.queue.address import Address, SentinelAddress
from hudhud.queue.client import Valkey, connect
from hudhud.queue.schedule import Schedule
from hudhud.queue.sentinels import Sentinels
from valkeys import Watched

FAILOVER_S_MAX = 30.0


@pytest.fixture(scope="module")
def trio() -> Iterator[Watched]:
    with valkeys.watched() as trio:
        yield trio


@pytest.fixture
async def client(trio: Watched) -> AsyncIterator[Valkey]:
    valkey = await connect(trio.url)
    yield valkey
    await valkey.close()


async def test_an_unknown_name_and_dead_sentinels_are_told(trio: Watched):
    dead = Address(port=valkeys.free_ports()[0])
    alive = Address(port=trio.sentinels[0])
    with pytest.raises(QueueUnavailableError, match="no sentinel knows owls"):
        await Sentinels(SentinelAddress((alive,), "owls", Address())).primary("")
    with pytest.raises(QueueUnavailableError, match="no sentinel answers"):
        await Sentinels(SentinelAddress((dead,), valkeys.NAME, Address())).primary("")


async def test_one_living_sentinel_is_enough(trio: Watched):
    dead = Address(port=valkeys.free_ports()[0])
    sentinels = (dead, Address(port=trio.sentinels[1]), dead)
    asked = Sentinels(SentinelAddress(sentinels, valkeys.NAME, Address(user="me")))
    found = await asked.primary("")
    assert (found.port, found.user) == ((await trio.primary()).port, "me")


async def test_a_killed_primary_is_left_for_the_one_that_was_promoted(
    client: Valkey, trio: Watched
):
    schedule = Schedule(client, "reply")
    assert schedule.healthy
    old = await trio.primary()
    old.engine.kill()
    await until(lambda: not schedule.healthy)
    await until(lambda: schedule.healthy, FAILOVER_S_MAX)

    async def promoted() -> bool:
        return await trio.primary() is not old

    await until(promoted)  # the sentinel that is asked may hear of it a moment later
    await schedule.hint([(1, 1, 0)])
    assert await schedule.take(1, wait_s=1) == [(1, 1)]
    await asyncio.to_thread(old.engine.restart)
    await schedule.close()
