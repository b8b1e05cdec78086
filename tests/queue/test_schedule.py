from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from math import inf
from statistics import quantiles

import pytest
from queue_until import until
from takers import WAIT_S, M, asleep, worker

from hudhud.errors import QueueUnavailableError
from hudhud.ops.engines import ValkeyEngine
from hudhud.queue import taker
from hudhud.queue.client import HINT_S, Valkey, connect
from hudhud.queue.connection import Connection
from hudhud.queue.link import Link
from hudhud.queue.schedule import Schedule
from hudhud.queue.shards import SHARDS, TAGS, due_key, shards_of, woken_key
from hudhud.queue.taker import MERCHANT_SHARE, REST_S, Taker


@pytest.fixture
async def schedule(client: Valkey) -> AsyncIterator[Schedule]:
    schedule = Schedule(client, "reply")
    yield schedule
    await schedule.close()


async def test_an_entry_is_taken_when_it_is_due_and_never_before(schedule: Schedule):
    hinted_at = time.monotonic()
    await schedule.hint([(M, n, 20 * n) for n in range(1, 11)])
    due_at = {}
    while len(due_at) < 10:
        for merchant_id, n in await schedule.take(64, wait_s=1):
            assert merchant_id == M
            due_at[n] = time.monotonic() - hinted_at
    assert all(at >= 0.02 * n for n, at in due_at.items())
    assert await schedule.take(64, wait_s=0) == []


async def test_an_entry_only_ever_moves_sooner(schedule: Schedule, client: Valkey):
    await schedule.hint([(M, 1, 5_000)])
    await schedule.hint([(M, 1, 60_000)])
    await schedule.restore([(M, 1, 60_000)])
    later = float(await client.send("ZSCORE", due_key("reply", 1), f"{M}:1"))
    await schedule.hint([(M, 1, 1_000)])
    sooner = float(await client.send("ZSCORE", due_key("reply", 1), f"{M}:1"))
    assert 0 < later - sooner <= 4_000


@pytest.mark.usefixtures("only_by_tokens")
async def test_a_sooner_entry_behind_a_later_head_wakes(schedule: Schedule):
    await schedule.hint([(M, 1, 60_000)])
    taking = await asleep(schedule)
    await schedule.hint([(M, 1 + SHARDS, 0)])
    assert await taking == [(M, 1 + SHARDS)]


@pytest.mark.usefixtures("only_by_tokens")
async def test_an_entry_that_moves_sooner_wakes(schedule: Schedule):
    await schedule.hint([(M, 1, 60_000)])
    taking = await asleep(schedule)
    await schedule.hint([(M, 1, 0)])
    assert await taking == [(M, 1)]


async def test_tokens_of_busy_shards_do_not_put_off_the_reading_of_the_others(
    schedule: Schedule, client: Valkey
):
    await client.send("ZADD", due_key("reply", 3), 0, f"{M}:3")
    taken = await schedule.take(64, wait_s=0)
    await client.send("ZADD", due_key("reply", 4), 0, f"{M}:4")
    async with asyncio.timeout(20):  # they could put it off for ever
        while (M, 4) not in taken:
            await schedule.hint([(M, 5, 0)])
            taken += await schedule.take(64, wait_s=1)


@pytest.mark.usefixtures("only_by_tokens")
async def test_no_entry_is_taken_twice_or_lost_between_takers(queue_url: str, client: Valkey):
    hints = Schedule(client, "reply")
    entries = [(n % 13, n, n % 200) for n in range(2_000)]
    taken: list[tuple[int, int]] = []

    async def work(takes: Schedule) -> None:
        while len(taken) < len(entries):
            taken.extend(await takes.take(16, wait_s=0.1))

    async with worker(queue_url) as one, worker(queue_url) as two, worker(queue_url) as three:
        working = [asyncio.create_task(work(takes)) for takes in (one, two, three)]
        await hints.hint(entries)
        async with asyncio.timeout(30):
            await asyncio.gather(*working)
    assert sorted(taken) == sorted((m, n) for m, n, _ in entries)


async def test_a_hot_merchant_does_not_keep_the_others_waiting(schedule: Schedule):
    hot = [(1, SHARDS * n, -10_000) for n in range(1_000)]
    await schedule.hint(hot)
    await schedule.hint([(2, SHARDS * 5_000, -1)])
    served = []
    while (2, SHARDS * 5_000) not in served:
        served += await schedule.take(1, wait_s=0)
    assert len(served) <= 6


async def test_who_has_a_share_leaves_the_next_place_to_who_wrote_later(schedule: Schedule):
    await schedule.hint([(1, SHARDS * n, -1000) for n in range(10)])
    await schedule.hint([(M, SHARDS * 11, -1)])
    taken = await schedule.take(MERCHANT_SHARE + 1, wait_s=0)
    assert [merchant for merchant, _ in taken] == [1] * MERCHANT_SHARE + [M]


async def test_who_is_left_out_stays_for_a_taker_that_has_room(schedule: Schedule, queue_url: str):
    await schedule.hint([(1, n, -1) for n in range(40)] + [(2, 40, -1)])
    async with worker(queue_url) as other:
        assert await schedule.take(64, wait_s=0, without=[1]) == [(2, 40)]
        taken = await other.take(16, wait_s=1)
        resting = asyncio.create_task(schedule.take(64, wait_s=2 * REST_S, without=[1]))
        assert await resting == []
        taken += await schedule.take(64, wait_s=0, without=[2])
    assert sorted(taken) == [(1, n) for n in range(40)]


async def test_a_taker_that_leaves_somebody_out_does_not_ask_for_him_all_the_time(
    schedule: Schedule, client: Valkey
):
    await schedule.hint([(1, n, -1) for n in range(SHARDS)])
    assert await schedule.take(64, wait_s=0, without=[1]) == []
    before = await calls(client)
    assert await schedule.take(64, wait_s=3 * REST_S, without=[1]) == []
    # Each shard once for each rest, and the tokens that these left.
    assert await calls(client) - before <= 3 * 3 * SHARDS


async def test_a_merchant_that_comes_to_its_share_and_leaves_it_is_not_asked_for_each_time(
    schedule: Schedule, client: Valkey, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(taker, "REST_S", 60.0)
    await schedule.hint([(1, n, -1) for n in range(2 * SHARDS)])
    assert await schedule.take(64, wait_s=0, without=[1]) == []
    before = await calls(client)
    for _ in range(10):
        assert await schedule.take(1, wait_s=0)
        assert await schedule.take(64, wait_s=0, without=[1]) == []
    assert await calls(client) - before <= 2 * SHARDS  # and not ten times as many


async def calls(valkey: Valkey) -> int:
    stats = (await valkey.send("INFO", "commandstats")).decode()
    return sum(
        int(line.split("calls=")[1].split(",")[0])
        for line in stats.split()
        if line.startswith(("cmdstat_evalsha:", "cmdstat_bzmpop:"))
    )


async def test_an_idle_worker_takes_all_of_one_merchant(schedule: Schedule):
    await schedule.hint([(1, n, 0) for n in range(100)])
    await asyncio.sleep(0.002)
    taken = []
    while some := await schedule.take(40, wait_s=0):
        assert len(some) <= 40
        taken += some
    assert len(taken) == 100


async def test_shards_take_turns(schedule: Schedule):
    # Shard 0 holds ten times more; with one slot the others must not wait for it to empty.
    await schedule.hint([(1, SHARDS * n, -5_000) for n in range(100)])
    await schedule.hint([(1, n, -1) for n in range(1, 10)])
    taken = []
    for _ in range(12):
        taken += await schedule.take(1, wait_s=0)
    assert {n for _, n in taken} >= set(range(1, 10))


async def test_a_flushed_server_goes_on_with_what_is_hinted_next(
    schedule: Schedule, client: Valkey
):
    await schedule.hint([(M, 1, 0), (M, 1, 60_000)])
    assert await schedule.take(64, wait_s=1) == [(M, 1)]
    await client.send("FLUSHALL")
    await client.send("SCRIPT", "FLUSH")
    await schedule.hint([(M, 2, 0)])
    assert await schedule.take(64, wait_s=2) == [(M, 2)]


async def test_a_killed_server_ends_a_take_at_once_and_a_restarted_one_serves_again(
    own_engine: ValkeyEngine, own_client: Valkey
):
    schedule = Schedule(own_client, "send")
    taking = await asleep(schedule)
    own_engine.kill()
    killed_at = time.monotonic()
    with pytest.raises(QueueUnavailableError):
        await taking
    assert time.monotonic() - killed_at < WAIT_S / 2  # not when the wait is over
    schedule.hint_soon([(M, 1, 0)])
    with pytest.raises(QueueUnavailableError):
        await schedule.restore([(M, 1, 0)])
    await asyncio.to_thread(own_engine.restart)
    await until(lambda: schedule.healthy)
    await schedule.hint([(M, 2, 0)])
    assert await schedule.take(64, wait_s=2) == [(M, 2)]
    await schedule.close()


async def test_a_paused_server_does_not_hold_up_an_acknowledgement(
    own_engine: ValkeyEngine, monkeypatch: pytest.MonkeyPatch
):
    # It is distrusted by the hints themselves, long before a heartbeat would tell.
    monkeypatch.setitem(Connection.__init__.__kwdefaults__, "heartbeat_s", 3600.0)
    monkeypatch.setitem(Schedule.hint.__kwdefaults__, "deadline_s", HINT_S)
    own_client = await connect(own_engine.url)
    schedule = Schedule(own_client, "reply")
    await own_client.send("CLIENT", "PAUSE", 3_000, "ALL")
    asked_at = time.monotonic()
    for n in range(1_000):
        schedule.hint_soon([(M, n, 0)])
    assert time.monotonic() - asked_at < 2
    await until(lambda: not schedule.healthy)
    # Distrusted: not even a task is made any more.
    going = set(schedule._going)
    schedule.hint_soon([(M, 1, 0)])
    assert schedule._going == going
    await until(lambda: schedule.healthy)
    await schedule.close()
    await own_client.close()


async def test_a_cancelled_take_gives_back_what_it_removed(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
):
    removed, seen = asyncio.Event(), asyncio.Event()
    learn = Taker._learn

    def stopped_in_between(taker, shards, answers, asked_at):
        learn(taker, shards, answers, asked_at)
        if taker._early:
            removed.set()

    monkeypatch.setattr(Taker, "_learn", stopped_in_between)
    await schedule.hint([(M, 1, 0)])
    taking = asyncio.create_task(schedule.take(64, wait_s=5))
    removed_by = asyncio.create_task(removed.wait())
    removed_by.add_done_callback(lambda _: (taking.cancel(), seen.set()))
    await seen.wait()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert await schedule.take(64, wait_s=1) == [(M, 1)]


async def test_what_is_forgotten_is_not_taken(schedule: Schedule):
    await schedule.hint([(M, 1, 0), (M, 2, 0)])
    await schedule.forget([(M, 1), (M, 3)])
    assert await schedule.take(64, wait_s=1) == [(M, 2)]


async def test_the_depth_counts_all_and_due_and_says_how_late(schedule: Schedule):
    await schedule.hint([(M, 1, -3_000), (M, 2, 60_000), (M, 3, 60_000)])
    depth = await schedule.depth()
    assert (depth.hints, depth.due) == (3, 1)
    assert 2_900 <= depth.late_ms < 5_000


async def test_the_two_schedules_share_nothing(schedule: Schedule, client: Valkey):
    await Schedule(client, "send").hint([(M, 1, 0)])
    assert (await schedule.depth()).hints == 0


async def test_figures_of_hints_and_lateness(schedule: Schedule, capsys):
    entries = [(n % 50, n, 300 + n // 100) for n in range(10_000)]
    began = time.monotonic()
    for start in range(0, len(entries), 500):
        await schedule.hint(entries[start : start + 500])
    rate = len(entries) / (time.monotonic() - began)
    assert (await schedule.depth()).hints == 10_000
    while await schedule.take(1_000, wait_s=0.5):
        pass
    late_ms = []
    for n in range(40):
        hinted_at = time.monotonic()
        await schedule.hint([(M, n, 15)])
        assert await schedule.take(8, wait_s=1) == [(M, n)]
        late_ms.append((time.monotonic() - hinted_at) * 1000 - 15)
    cuts = quantiles(late_ms, n=100)
    with capsys.disabled():
        print(f"\nhints {rate:,.0f}/s; late p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms")  # noqa: T201 - the figures are the point


@pytest.mark.parametrize(("waiting", "bytes_max"), [(10_000, 2_000_000), (100_000, 50_000_000)])
async def test_what_waits_takes_little_memory(
    schedule: Schedule, client: Valkey, waiting: int, bytes_max: int
):
    async def used() -> int:
        info = bytes(await client.send("INFO", "memory")).decode()
        return int(info.partition("used_memory:")[2].split()[0])

    before = await used()
    merchant, first = 10**6, 10**9  # ids as long as they ever get
    for start in range(0, waiting, 2_000):
        entries = [(merchant, first + start + n, 10**6 + n) for n in range(2_000)]
        await schedule.hint(entries, deadline_s=5)
    assert (await schedule.depth()).hints == waiting
    assert await used() - before <= bytes_max


async def test_a_group_travels_in_one_write_a_script_for_each_tag(schedule: Schedule, monkeypatch):
    writes, flush = [], Link._flush

    def counted(link: Link) -> None:
        writes.append(sum(b"EVALSHA" in words for words in link._unsent))
        flush(link)

    await schedule.hint([(M, n, 0) for n in range(4 * SHARDS)])
    while await schedule.take(SHARDS, wait_s=0):
        pass  # the server knows both scripts, and the heads were read a moment ago
    monkeypatch.setattr(Link, "_flush", counted)
    await schedule.hint([(M, n, 0) for n in range(4 * SHARDS)])
    assert [calls for calls in writes if calls] == [len(TAGS)]
    writes.clear()
    schedule._taker._heads = [-inf] * SHARDS  # as if every shard's token had come
    assert len(await schedule.take(2 * SHARDS, wait_s=0)) == 2 * SHARDS
    assert [calls for calls in writes if calls] == [len(TAGS)]


async def test_what_one_shard_of_a_tag_has_more_is_told_of_that_shard(
    schedule: Schedule, client: Valkey
):
    other, full = shards_of(TAGS[0])[:2]
    await schedule.hint([(M, full + n * SHARDS, 0) for n in range(3)] + [(M, other, 0)])
    await client.send("DEL", woken_key("reply", TAGS[0]))
    assert len(await schedule.take(2, wait_s=1)) == 2  # one of each
    left = await client.send("ZRANGE", woken_key("reply", TAGS[0]), 0, -1)
    assert left == [str(full).encode()]
