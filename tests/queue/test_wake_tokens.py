"""Wake tokens: whoever sleeps hears of what is due, whoever knew of it first (trap 15)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from queue_until import until
from takers import WAIT_S, M, asleep, blocked, worker

from hudhud.queue import pop
from hudhud.queue.client import Valkey
from hudhud.queue.schedule import Schedule
from hudhud.queue.shards import SHARDS, TAGS, due_key, shards_of, woken_key
from hudhud.queue.taker import REREAD_S


@pytest.fixture
async def schedule(client: Valkey) -> AsyncIterator[Schedule]:
    schedule = Schedule(client, "reply")
    yield schedule
    await schedule.close()


async def test_a_token_popped_by_a_dead_taker_costs_a_second_at_most(
    schedule: Schedule, client: Valkey
):
    taking = await asleep(schedule)
    # An entry without its token: what is left when the one who popped it dies.
    await client.send("ZADD", due_key("reply", 3), 0, f"{M}:3")
    assert await taking == [(M, 3)]
    assert REREAD_S <= 1


@pytest.mark.usefixtures("only_by_tokens")
async def test_more_than_one_taker_has_room_for_wakes_the_next_one(queue_url: str, client: Valkey):
    hints = Schedule(client, "reply")
    async with worker(queue_url) as small, worker(queue_url) as other:
        # The longest waiting is woken first.
        first = await asleep(small, 1)
        second = await asleep(other, takers=2)
        await hints.hint([(M, 1, 0), (M, 1 + SHARDS, 0)])
        assert {*(await first), *(await second)} == {(M, 1), (M, 1 + SHARDS)}


@pytest.mark.usefixtures("only_by_tokens")
async def test_who_dies_when_it_took_less_than_was_due_has_woken_the_next_one(
    queue_url: str, client: Valkey, monkeypatch: pytest.MonkeyPatch
):
    hints = Schedule(client, "reply")
    async with worker(queue_url) as dying, worker(queue_url) as other:
        first = await asleep(dying, 1)
        monkeypatch.setattr(dying._taker, "_give_due", lambda: None)  # the dead tell nobody
        second = await asleep(other, takers=2)
        await hints.hint([(M, 1, 0), (M, 1 + SHARDS, 0)])
        assert {*(await first), *(await second)} == {(M, 1), (M, 1 + SHARDS)}


@pytest.mark.usefixtures("only_by_tokens")
async def test_who_pops_more_tokens_than_it_has_room_for_leaves_them_to_the_next(
    schedule: Schedule, queue_url: str, client: Valkey
):
    entries = [(M, number) for number in shards_of(TAGS[3])]
    async with worker(queue_url) as other:
        for taker in (schedule, other):  # each has its blocking connection
            assert await taker.take(64, wait_s=0.1) == []
        await Schedule(client, "reply").hint([(*entry, 0) for entry in entries])
        taken = await schedule.take(1, wait_s=WAIT_S)
        while len(taken) < len(entries):
            more = await other.take(64, wait_s=WAIT_S)
            assert more, "nobody woke it"
            taken += more
    assert sorted(taken) == entries


@pytest.mark.usefixtures("only_by_tokens")
async def test_tokens_of_one_tag_never_keep_those_of_another_waiting(schedule: Schedule):
    assert await schedule.take(64, wait_s=0) == []
    first, last = shards_of(TAGS[0])[0], shards_of(TAGS[-1])[0]
    await schedule.hint([(M, last, 0)])
    taken: list[tuple[int, int]] = []
    for number in range(1, 1_000):  # something is always due whose token comes before
        await schedule.hint([(M, SHARDS * number + first, 0)])
        taken += await schedule.take(64, wait_s=0.1)
        if (M, last) in taken:
            break
    assert (M, last) in taken


@pytest.mark.usefixtures("only_by_tokens")
async def test_who_alone_knows_of_an_entry_and_is_busy_when_it_is_due_tells_the_others(
    schedule: Schedule, queue_url: str
):
    async with worker(queue_url) as other:
        assert await other.take(64, wait_s=0) == []
        mine = asyncio.create_task(schedule.take(2, wait_s=1))
        await until(lambda: blocked(schedule._valkey))
        hinted_at = time.monotonic()
        await schedule.hint([(M, 1, 0), (M, 2, 300)])
        assert await mine == [(M, 1)]
        assert await other.take(64, wait_s=WAIT_S) == [(M, 2)]
        assert time.monotonic() - hinted_at >= 0.3


async def test_a_drained_taker_puts_its_wake_tokens_back(queue_url: str, client: Valkey):
    hints = Schedule(client, "reply")
    async with worker(queue_url) as leaving:
        taking = await asleep(leaving)
        await hints.hint([(M, 9, 60_000)])
        await until(lambda: leaving._taker._wakes._kept_at)
        # The token is popped and its entry is not due: only `leaving` knows of it.
        taking.cancel()
    assert await client.send("ZRANGE", woken_key("reply", TAGS[9 % len(TAGS)]), 0, -1) == [b"9"]


@pytest.mark.usefixtures("only_by_tokens")
async def test_a_token_that_arrives_after_the_take_is_put_back(
    queue_url: str, client: Valkey, monkeypatch: pytest.MonkeyPatch
):
    # A pop stays out until the other is there too, however slow the machine.
    monkeypatch.setattr(pop, "POP_S", 30)
    monkeypatch.setattr(pop, "POP_DEADLINE_S", 31.0)
    hints = Schedule(client, "reply")
    async with worker(queue_url) as busy:
        assert await busy.take(64, wait_s=0.05) == []
        # Its pop is still out, and is the longest waiting, so the token goes there first.
        async with worker(queue_url) as other:
            taking = await asleep(other, takers=2)
            await hints.hint([(M, 9, 0)])
            assert await taking == [(M, 9)]
