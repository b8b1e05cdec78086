from __future__ import annotations

import asyncio

from queue_until import until

from hudhud.ops.engines import ValkeyEngine
from hudhud.queue.client import Valkey, connect
from hudhud.queue.rota import Rota


async def test_of_all_processes_one_has_the_turn(client: Valkey, queue_url: str):
    other = await connect(queue_url)
    turns = await asyncio.gather(*(Rota(each).mine(60) for each in (client, other) * 4))
    assert sorted(turns) == [False] * 7 + [True]
    await other.close()


async def test_when_a_turn_is_over_the_next_one_has_it(client: Valkey):
    assert await Rota(client).mine(0.05)
    await until(lambda: Rota(client).mine(60))


async def test_who_wipes_the_hints_gives_the_turn_to_whoever_asks_next(client: Valkey):
    assert await Rota(client).mine(60)
    assert not await Rota(client).mine(60)
    await client.send("FLUSHALL")
    assert await Rota(client).mine(60)


async def test_without_valkey_it_is_everybodys_turn(own_engine: ValkeyEngine, own_client: Valkey):
    assert await Rota(own_client).mine(60)
    own_engine.kill()
    assert await Rota(own_client).mine(60)
    assert await Rota(own_client).mine(60)
