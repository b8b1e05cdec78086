"""Six servers on loopback: each part follows its slot, and the others serve on meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import replace

import pytest
from queue_until import until
from takers import WAIT_S

import valkeys
from hudhud.errors import QueueUnavailableError
from hudhud.queue.address import Address
from hudhud.queue.client import Valkey, connect
from hudhud.queue.dial import ask
from hudhud.queue.fitness import flaws
from hudhud.queue.openings import Openings, Record
from hudhud.queue.schedule import Schedule
from hudhud.queue.shards import SHARDS, TAGS, due_key, shards_of, spread_key, woken_key
from hudhud.queue.signals import Signals
from hudhud.queue.slots import MAP_S, Slots, slot
from valkeys import Cluster, Node

M = 7
FAILOVER_S_MAX = 30.0


@pytest.fixture(scope="module")
def six() -> Iterator[Cluster]:
    with valkeys.cluster() as six:
        yield six


@pytest.fixture
async def cluster(six: Cluster) -> Cluster:
    await six.mend()
    for node in await six.primaries():
        await node.asked("FLUSHALL")
    return six


@pytest.fixture
async def client(cluster: Cluster) -> AsyncIterator[Valkey]:
    valkey = await connect(cluster.url)
    assert valkey.healthy
    yield valkey
    await valkey.close()


@pytest.fixture
async def schedule(client: Valkey) -> AsyncIterator[Schedule]:
    schedule = Schedule(client, "reply")
    yield schedule
    await schedule.close()


async def served(schedule: Schedule, count: int, *, seconds: float = 20) -> list[tuple[int, int]]:
    taken: list[tuple[int, int]] = []
    async with asyncio.timeout(seconds):
        while len(taken) < count:
            taken += await schedule.take(64, wait_s=1)
    return sorted(taken)


async def moved_away(cluster: Cluster, tag: str) -> Node:
    """Where a tag's slot can be moved to."""
    source = await cluster.owner(tag)
    return next(node for node in await cluster.primaries() if node is not source)


async def test_every_shard_is_served_by_some_server(schedule: Schedule, cluster: Cluster):
    await schedule.hint([(M, n, 0) for n in range(4 * SHARDS)])
    sizes = [int(await node.asked("DBSIZE")) for node in await cluster.primaries()]
    assert sum(sizes) == SHARDS + len(TAGS)  # what is due in each, and the tokens of each tag
    assert min(sizes) >= 2 * (SHARDS // len(TAGS) + 1)
    assert await served(schedule, 4 * SHARDS) == [(M, n) for n in range(4 * SHARDS)]


@pytest.mark.usefixtures("only_by_tokens")
@pytest.mark.parametrize("tag", TAGS[:3])
async def test_a_taker_that_sleeps_is_woken_in_every_part(schedule: Schedule, tag: str):
    number = shards_of(tag)[1]
    taking = asyncio.create_task(schedule.take(1, wait_s=WAIT_S))
    await until(lambda: schedule._taker and all(p._going for p in schedule._taker._wakes._pops))
    await schedule.hint([(M, number, 0)])
    assert await taking == [(M, number)]


async def test_signals_reach_pages_through_any_server(client: Valkey):
    signals = Signals(client)
    async with aclosing(signals.listen(1)) as page:
        assert await anext(page) == {"refresh": True}
        await signals.publish(1, {"conversation": 5})
        assert await anext(page) == {"conversation": 5}
    await signals.close()


async def test_a_key_that_is_no_shards_is_served(client: Valkey):
    key = spread_key("breakers")
    await client.send("SET", key, "open")
    assert await client.send("GET", key) == b"open"
    assert client.healthy


async def test_an_opening_and_its_probers_live_in_one_part_of_a_cluster(client: Valkey):
    openings = Openings(client)
    told = Record(name="a", count=1, why="failures", left_s=0)
    assert await openings.opened("inbox/1", told) == told
    assert await openings.probe("inbox/1", "a", permit=1, permits=1, deadline_s=10) is None
    assert await openings.probe("inbox/1", "a", permit=2, permits=1, deadline_s=10)
    await openings.freed("inbox/1", 1)
    assert await openings.probe("inbox/1", "a", permit=2, permits=1, deadline_s=10) is None
    await openings.closed("inbox/1", "a")
    assert (await openings.read())["inbox/1"].closed
    assert openings.healthy


async def test_a_cluster_is_fit_and_one_server_of_it_says_what_it_belongs_to(
    client: Valkey, cluster: Cluster
):
    assert await flaws(client) == []
    owner = await cluster.owner(TAGS[0])
    alone = await connect(f"valkey://127.0.0.1:{owner.port}")
    assert [flaw.name for flaw in await flaws(alone)] == ["cluster"]
    await alone.close()


async def test_a_password_opens_every_server_and_a_wrong_one_is_named(cluster: Cluster):
    for node in cluster.nodes:
        await node.asked("CONFIG", "SET", "requirepass", "right")
    right, wrong = (cluster.url.replace("//", f"//:{word}@") for word in ("right", "wrong"))
    try:
        opened, refused = await connect(right), await connect(wrong)
        assert await flaws(opened) == []
        assert [flaw.name for flaw in await flaws(refused)] == ["password"]
        await opened.close()
        await refused.close()
    finally:
        for node in cluster.nodes:
            await ask(replace(node.at, password="right"), "CONFIG", "SET", "requirepass", "")


async def test_one_living_seed_is_enough(cluster: Cluster):
    dead = f"127.0.0.1:{valkeys.free_ports()[0]}"
    valkey = await connect(f"valkey+cluster://{dead},127.0.0.1:{cluster.nodes[4].port}")
    await until(lambda: valkey.healthy)
    await valkey.close()


async def test_a_slot_that_moved_is_followed_and_no_call_is_lost(
    client: Valkey, schedule: Schedule, cluster: Cluster
):
    tag = TAGS[0]

    async def nothing() -> None: ...

    await schedule.hint([(M, n, 60_000) for n in shards_of(tag)])
    await cluster.move(tag, await moved_away(cluster, tag), meanwhile=nothing)
    # The connection still points to the old server, which answers MOVED.
    await schedule.hint([(M, n, 0) for n in shards_of(tag)])
    assert await served(schedule, len(shards_of(tag))) == [(M, n) for n in shards_of(tag)]
    assert client.healthy


@pytest.mark.parametrize("left", [(), ("due",), ("due", "woken")])
async def test_a_slot_on_its_way_is_distrusted_until_it_has_arrived(
    client: Valkey, schedule: Schedule, cluster: Cluster, left: tuple[str, ...]
):
    """Whichever keys of a shard were still there: no server could run a script over them all."""
    tag, other = TAGS[1], TAGS[2]
    moving, resting = shards_of(tag)[0], shards_of(other)[0]
    if left:
        await schedule.hint([(M, moving, 60_000)])
    if left == ("due",):
        await client.send("DEL", woken_key("reply", tag))

    async def meanwhile() -> None:
        # The next heartbeat tells, when no call did.
        await until(lambda: not schedule.healthy, 1.5)
        assert client.part(due_key("reply", resting)).healthy
        with pytest.raises(QueueUnavailableError):
            await schedule.hint([(M, moving, 0)])
        schedule.hint_soon([(M, resting, 0), (M, moving, 0)])

    await cluster.move(tag, await moved_away(cluster, tag), meanwhile=meanwhile)
    await until(lambda: schedule.healthy)
    await schedule.hint([(M, moving, 0)])
    assert await served(schedule, 2) == sorted([(M, moving), (M, resting)])


async def test_a_killed_primary_takes_only_its_parts_away_until_its_replica_serves(
    client: Valkey, schedule: Schedule, cluster: Cluster
):
    victim = await cluster.owner(TAGS[0])
    lost = [tag for tag in TAGS if await cluster.owner(tag) is victim]
    victim.engine.kill()
    await until(lambda: not schedule.healthy)
    assert {part.tag for part in client.parts if not part.healthy} == set(lost)
    here = next(n for tag in TAGS if tag not in lost for n in shards_of(tag))
    schedule.hint_soon([(M, here, 0), (M, shards_of(lost[0])[0], 0)])
    await until(lambda: schedule.healthy, FAILOVER_S_MAX)
    taken = await served(schedule, 1)
    assert taken == [(M, here)]
    await schedule.hint([(M, n, 0) for n in range(SHARDS)])
    assert len(await served(schedule, SHARDS)) == SHARDS


async def test_a_primary_that_hung_and_was_replaced_is_not_believed_when_it_wakes(
    schedule: Schedule, cluster: Cluster
):
    victim = await cluster.owner(TAGS[0])
    os.kill(victim.engine.pid, signal.SIGSTOP)
    try:
        await until(lambda: not schedule.healthy)
        await until(lambda: schedule.healthy, FAILOVER_S_MAX)
    finally:
        os.kill(victim.engine.pid, signal.SIGCONT)
    await schedule.hint([(M, n, 0) for n in range(SHARDS)])
    assert await served(schedule, SHARDS) == [(M, n) for n in range(SHARDS)]


async def test_a_cluster_in_trouble_is_not_stormed(cluster: Cluster, monkeypatch):
    slots = Slots(node.at for node in cluster.nodes)
    asked = 0
    read = Slots._read

    async def counted(self: Slots) -> None:
        nonlocal asked
        asked += 1
        await read(self)
        await asyncio.sleep(2 * MAP_S)  # as a server in trouble takes its time

    monkeypatch.setattr(Slots, "_read", counted)
    owners = await asyncio.gather(*(slots.owner(slot(TAGS[0]), "") for _ in range(100)))
    assert len(set(owners)) == 1
    assert asked == 1


async def test_another_server_is_asked_each_time_and_one_that_left_no_more(cluster: Cluster):
    gone = Address(host="127.0.0.1", port=valkeys.free_ports()[0])
    seed, *others = (node.at for node in cluster.nodes)
    slots = Slots([seed])
    await slots._read()
    slots._known.append(gone)
    asked = set()
    for _ in range(len(cluster.nodes)):
        await slots._read()
        asked.add(slots._known[-1])
    assert asked == {seed, *others}
    assert gone not in slots._known


async def test_a_wiped_server_of_a_cluster_goes_on(schedule: Schedule, cluster: Cluster):
    await schedule.hint([(M, n, 60_000) for n in range(SHARDS)])
    for node in await cluster.primaries():
        await node.asked("FLUSHALL")
        await node.asked("SCRIPT", "FLUSH")
    await schedule.hint([(M, n, 0) for n in range(SHARDS)])
    assert len(await served(schedule, SHARDS)) == SHARDS
