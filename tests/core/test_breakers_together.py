"""Breakers of several processes: one opening for all, one prober, and each alone if need be."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from hudhud.core.breaker import Opening, Policy
from hudhud.core.outside import breakers as outside
from hudhud.core.outside import forcing
from hudhud.core.outside.breakers import Breakers
from hudhud.core.outside.together import step
from hudhud.errors import BadInputError, BreakerOpenError, NotFoundError, SendNotMadeError
from hudhud.ops.engines import ValkeyEngine, start_valkey
from hudhud.queue.client import Valkey, connect
from hudhud.queue.openings import Openings, Record
from hudhud.store.pool import Database
from shop import Shop

SERVICE = "responder/llm/host:1/model"
POLICY = Policy(failures=2, open_s=0.3)


@asynccontextmanager
async def process(url: str, policy: Policy = POLICY) -> AsyncIterator[tuple[Breakers, Valkey]]:
    """What one process has: a connection and breakers of its own."""
    valkey = await connect(url)
    breakers = Breakers(policy, openings=Openings(valkey))
    yield breakers, valkey
    await breakers.close()
    await valkey.close()


@pytest.fixture
async def two(queue_url: str) -> AsyncIterator[tuple[Breakers, Breakers]]:
    async with process(queue_url) as (one, _), process(queue_url) as (other, _):
        yield one, other


async def call(breakers: Breakers, error: Exception | None = None) -> bool:
    """One call; whether it was let through."""
    try:
        async with breakers.calling(SERVICE, deadline_s=1):
            if error is not None:
                raise error
    except BreakerOpenError:
        return False
    except SendNotMadeError:
        pass
    return True


async def broken(breakers: Breakers) -> None:
    for _ in range(POLICY.failures):
        await call(breakers, SendNotMadeError())
    await breakers.close()  # what is told has arrived


def phase(breakers: Breakers) -> str:
    return breakers.get(SERVICE).phase(breakers._clock())


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await true():
            await asyncio.sleep(0.02)


async def half_open(*all_of_them: Breakers) -> None:
    async def over() -> bool:
        return all(phase(one) == "half_open" for one in all_of_them)

    await until(over)


async def test_what_one_process_opened_is_open_in_the_other_and_closed_there_too(two):
    one, other = two
    await broken(one)
    await other.refresh()
    assert not await call(other)
    (stands,) = other.standing()
    assert (stands.phase, stands.count, stands.why) == ("open", 1, "failures")
    await half_open(one, other)
    assert await call(other)
    await other.close()
    await one.refresh()
    assert phase(one) == phase(other) == "closed"


async def test_two_processes_together_send_one_prober(two):
    one, other = two
    await broken(one)
    await other.refresh()
    await half_open(one, other)
    reached = 0

    async def probe(breakers: Breakers) -> None:
        nonlocal reached
        try:
            async with breakers.calling(SERVICE, deadline_s=1):
                reached += 1
                await asyncio.sleep(0.05)
                raise SendNotMadeError  # noqa: TRY301 - it is what the call comes to
        except (BreakerOpenError, SendNotMadeError):
            return

    await asyncio.gather(*(probe(breakers) for breakers in two for _ in range(50)))
    assert reached == 1


async def test_a_prober_whose_process_died_gives_its_permit_back_to_the_others(two, queue_url):
    one, other = two
    await broken(one)
    await other.refresh()
    await half_open(one, other)
    dying = await connect(queue_url)
    taken = await Openings(dying).probe(
        SERVICE, one.get(SERVICE).opening.name, permit=1, permits=1, deadline_s=-0.7
    )
    await dying.close()
    assert taken is None
    assert not await call(other)
    assert not await call(one)

    async def let_through() -> bool:
        return await call(other)

    await until(let_through)
    await other.close()
    await one.refresh()
    assert phase(one) == "closed"


async def test_a_cancelled_prober_frees_its_permit_for_every_process(two):
    one, other = two
    await broken(one)
    await other.refresh()
    await half_open(one, other)
    inside = asyncio.Event()

    async def hang() -> None:
        async with one.calling(SERVICE, deadline_s=60):
            inside.set()
            await asyncio.sleep(60)

    prober = asyncio.create_task(hang())
    await inside.wait()
    assert not await call(other)
    prober.cancel()
    await asyncio.gather(prober, return_exceptions=True)
    await one.close()
    assert await call(other)


@pytest.mark.parametrize("cut", [False, True])
async def test_a_permit_that_came_too_late_is_given_back_at_once(two, monkeypatch, cut):
    one, other = two
    await broken(one)
    await other.refresh()
    await half_open(one, other)
    ask = one._together._openings.probe

    async def slow(*args, **more) -> float | None:
        granted = await ask(*args, **more)
        if cut:
            raise asyncio.CancelledError
        one.get(SERVICE).adopt(Opening(name="newer", count=1, until=0, why="failures"))
        monkeypatch.undo()
        return granted

    monkeypatch.setattr(one._together._openings, "probe", slow)
    asking = asyncio.create_task(call(one))
    await asyncio.wait([asking])
    monkeypatch.undo()
    await one.close()
    assert one.get(SERVICE)._probes == {}
    assert await call(other)


async def test_another_process_with_its_own_memory_hears_of_an_opening(two, queue_url):
    one, _ = two
    told = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import asyncio, sys\n"
        "from hudhud.core.breaker import Policy\n"
        "from hudhud.core.outside.breakers import Breakers\n"
        "from hudhud.queue.client import connect\n"
        "from hudhud.queue.openings import Openings\n"
        "async def main():\n"
        "    valkey = await connect(sys.argv[1])\n"
        "    breakers = Breakers(Policy(failures=1), openings=Openings(valkey))\n"
        "    try:\n"
        "        async with breakers.calling(sys.argv[2], deadline_s=1):\n"
        "            raise TimeoutError\n"
        "    except TimeoutError:\n"
        "        await breakers.close()\n"
        "    await valkey.close()\n"
        "asyncio.run(main())\n",
        queue_url,
        SERVICE,
    )
    assert await told.wait() == 0
    await one.refresh()
    assert not await call(one)


async def test_a_flushed_valkey_closes_no_breaker_and_is_told_again(two, queue_url):
    one, other = two
    await broken(one)
    valkey = await connect(queue_url)
    await valkey.send("FLUSHALL")
    await valkey.close()
    await one.refresh()
    assert phase(one) != "closed"
    await other.refresh()
    assert phase(other) != "closed"


async def test_without_valkey_each_process_decides_alone_and_they_agree_when_it_is_back(short_dir):
    engine: ValkeyEngine = start_valkey(short_dir)
    try:
        async with process(engine.url) as (one, valkey), process(engine.url) as (other, _):
            engine.kill()
            await broken(one)
            assert not await call(one)
            assert await call(other)
            await half_open(one)
            assert await call(one, SendNotMadeError())  # its own permit is enough
            assert phase(one) == "open"
            engine.restart()

            async def agreed() -> bool:
                await one.refresh()
                await other.refresh()
                return valkey.healthy and phase(other) != "closed"

            await until(agreed)
    finally:
        engine.stop()


NOW = 100.0
OURS = Opening(name="a", count=1, until=NOW + 5, why="failures")
OVER = Opening(name="a", count=1, until=NOW, why="failures")


def theirs(name: str, *, closed: bool = False) -> Record:
    return Record(name=name, count=1, why="probe", left_s=3, closed=closed)


@pytest.mark.parametrize(
    ("mine", "let_go", "stands", "wanted"),
    [
        (None, "", None, "nothing"),
        (None, "", theirs("a", closed=True), "nothing"),
        (None, "", theirs("a"), "adopt"),
        (None, "a", theirs("a"), "close_theirs"),
        (None, "b", theirs("a"), "adopt"),
        (OURS, "", None, "publish"),
        (OURS, "", theirs("a"), "nothing"),
        (OURS, "", theirs("a", closed=True), "close"),
        (OURS, "", theirs("b"), "publish"),
        (OURS, "", theirs("b", closed=True), "publish"),
        (OVER, "", theirs("b", closed=True), "close"),
    ],
)
def test_how_a_process_and_valkey_come_to_agree(mine, let_go, stands, wanted):
    assert step(mine, let_go, stands, NOW) == wanted


async def test_of_two_openings_the_longer_stands_and_a_late_closing_of_another_does_nothing(client):
    openings = Openings(client)
    long = Record(name="long", count=2, why="probe", left_s=50)
    assert await openings.opened(SERVICE, long) == long
    short = Record(name="short", count=1, why="failures", left_s=5)
    assert (await openings.opened(SERVICE, short)).name == "long"
    await openings.closed(SERVICE, "short")
    assert not (await openings.read())[SERVICE].closed
    assert await openings.probe(SERVICE, "long", permit=1, permits=1, deadline_s=1) > 49
    await openings.closed(SERVICE, "long")
    assert (await openings.read())[SERVICE].closed
    assert (await openings.opened(SERVICE, short)).name == "short"


@pytest.fixture
async def client(queue_url: str) -> AsyncIterator[Valkey]:
    valkey = await connect(queue_url)
    yield valkey
    await valkey.close()


async def test_an_operators_word_is_in_force_in_a_running_process_and_in_the_audit(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outside, "REFRESH_S", 0.02)
    breakers = Breakers(POLICY, database=database)
    running = asyncio.create_task(breakers.run())
    await forcing.force(database, SERVICE, "open", actor="cli:me")

    async def refused() -> bool:
        return not await call(breakers)

    await until(refused)
    (stands,) = breakers.standing()
    assert (stands.phase, stands.forced and stands.forced.forced_by) == ("open", "cli:me")
    await forcing.force(database, SERVICE, "closed", actor="cli:me")

    async def let_through() -> bool:
        return await call(breakers)

    await until(let_through)
    for _ in range(9):
        assert await call(breakers, SendNotMadeError())
    await forcing.release(database, SERVICE, actor="cli:me")

    async def released() -> bool:
        return not breakers.standing()

    await until(released)
    running.cancel()
    async with database.reading() as connection:
        rows = await connection.fetch("select action, detail from audit order by id")
    assert [row["action"] for row in rows] == ["breaker.forced"] * 2 + ["breaker.released"]
    assert rows[0]["detail"] == {"service": SERVICE, "position": "open"}
    with pytest.raises(NotFoundError):
        await forcing.release(database, SERVICE, actor="cli:me")
    with pytest.raises(BadInputError):
        await forcing.force(database, "", "open", actor="cli:me")


async def test_an_operators_last_word_holds_while_postgresql_is_away(database: Database):
    breakers = Breakers(POLICY, database=database)
    await forcing.force(database, SERVICE, "open", actor="cli:me")
    await breakers.refresh()
    await database.close()
    await breakers.refresh()
    assert not await call(breakers)


async def test_a_merchant_holds_its_own_inboxes_only(shop: Shop, database: Database):
    await forcing.hold_inbox(database, shop.merchant, shop.inbox, 7, "open")
    await forcing.hold_inbox(database, shop.merchant, shop.inbox, 7, None)
    await forcing.hold_inbox(database, shop.merchant, shop.inbox, 7, None)
    actions = await shop.rows("select actor, action from audit where merchant_id is not null")
    assert [tuple(row) for row in actions] == [
        ("operator:7", "breaker.forced"),
        ("operator:7", "breaker.released"),
    ]
    with pytest.raises(NotFoundError):
        await forcing.hold_inbox(database, shop.merchant + 1, shop.inbox, 7, "open")
