"""What is taken a moment before it is due is on time, and nobody's who does not come for it."""

from __future__ import annotations

import time
from math import inf

import pytest
from queue_until import until
from takers import WAIT_S, M, worker

from hudhud.queue import early, taker
from hudhud.queue.client import Valkey
from hudhud.queue.early import BELIEVED_S, Early, TheirClock
from hudhud.queue.schedule import Schedule

LONG_S = 20.0


@pytest.fixture
def far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment so long that a busy machine cannot miss it."""
    monkeypatch.setattr(taker, "AHEAD_S", LONG_S)
    monkeypatch.setattr(taker, "SOON_S", LONG_S / 2)


@pytest.mark.usefixtures("far_ahead", "only_by_tokens")
async def test_what_is_taken_ahead_is_handed_out_when_it_is_due_and_not_before(queue_url: str):
    async with worker(queue_url) as schedule:
        hinted_at = time.monotonic()
        await schedule.hint([(M, 1, 0), (M, 2, 300)])
        assert await schedule.take(64, wait_s=WAIT_S) == [(M, 1)]
        assert (await schedule.depth()).hints <= 1
        assert await schedule.take(64, wait_s=WAIT_S) == [(M, 2)]
        assert time.monotonic() - hinted_at >= 0.3


@pytest.mark.usefixtures("far_ahead")
async def test_who_has_use_for_an_entry_sooner_gets_it_and_what_is_due_a_moment_after_it(
    queue_url: str, client: Valkey, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(taker, "TOGETHER_S", 3.0)
    async with worker(queue_url) as schedule:
        began = time.monotonic()
        await Schedule(client, "reply").hint([(M, 1, 8_500), (M, 2, 10_500), (M, 3, 19_000)])
        taken = await schedule.take(64, wait_s=WAIT_S, lead_s=9.0)
        assert sorted(taken) == [(M, 1), (M, 2)]
        assert time.monotonic() - began < 8.5


@pytest.mark.usefixtures("far_ahead")
async def test_what_is_due_goes_without_what_is_not(queue_url: str, client: Valkey):
    async with worker(queue_url) as schedule:
        await Schedule(client, "reply").hint([(M, 1, 0), (M, 2, 8_500)])
        assert await schedule.take(64, wait_s=WAIT_S, lead_s=9.0) == [(M, 1)]
        assert await schedule.take(64, wait_s=WAIT_S, lead_s=9.0) == [(M, 2)]


@pytest.mark.usefixtures("far_ahead", "only_by_tokens")
async def test_who_holds_an_entry_and_takes_nothing_when_it_is_due_puts_it_back(
    queue_url: str, client: Valkey
):
    async with worker(queue_url) as busy, worker(queue_url) as other:
        await Schedule(client, "reply").hint([(M, 1, 1_500)])
        assert await busy.take(64, wait_s=0) == []
        assert (await busy.depth()).hints == 0  # in its hands
        assert await other.take(64, wait_s=WAIT_S) == [(M, 1)]


@pytest.mark.usefixtures("far_ahead")
async def test_who_closes_puts_back_what_is_not_due_yet(queue_url: str, client: Valkey):
    hints = Schedule(client, "reply")
    async with worker(queue_url) as leaving:
        await hints.hint([(M, 1, 8_000)])
        assert await leaving.take(64, wait_s=0) == []
        assert (await hints.depth()).hints == 0
    await until(lambda: _all_wait(hints, 1))
    assert (await hints.depth()).due == 0  # with its time


@pytest.mark.usefixtures("far_ahead")
async def test_a_merchant_that_came_to_its_share_leaves_what_is_not_due_to_others(
    queue_url: str, client: Valkey
):
    hints = Schedule(client, "reply")
    async with worker(queue_url) as full:
        await hints.hint([(1, 1, 8_000), (2, 2, 8_000)])
        assert await full.take(64, wait_s=0) == []
        assert await full.take(64, wait_s=0, without=[1]) == []
        await until(lambda: _all_wait(hints, 1))


async def _all_wait(schedule: Schedule, hints: int) -> bool:
    return (await schedule.depth()).hints == hints


def test_entries_leave_in_the_order_of_their_time_and_no_more_than_there_is_room_for():
    held = Early()
    for at, entry in ((3.0, b"1:3"), (1.0, b"1:1"), (2.0, b"2:2")):
        held.put(at, entry)
    assert held.next_at == 1.0
    assert held.ripe(0.9, 9) == []
    assert held.ripe(2.5, 1) == [b"1:1"]
    assert held.leave([1]) == [(3.0, b"1:3")]
    assert held.ripe(2.5, 9) == [b"2:2"]
    assert held.next_at == inf
    assert not held.leave_all()


def test_the_quickest_answer_says_when_the_slow_ones_were_given():
    clock = TheirClock()
    clock.heard(1_000.0, 10.0, 10.1)  # 0.1 s on its way
    assert clock.heard(1_000.5, 10.2, 10.9) == pytest.approx(10.6)
    # Never outside of the call, whatever their clock says.
    assert clock.heard(2_000.0, 11.0, 11.2) == pytest.approx(11.2)
    assert clock.heard(0.0, 11.3, 11.4) == pytest.approx(11.3)


def test_a_clock_that_was_set_back_is_believed_again_after_a_while():
    clock = TheirClock()
    clock.heard(1_000.0, 10.0, 10.1)
    for second in range(3):
        now = 11.0 + second * (BELIEVED_S + 0.1)
        told = clock.heard(900.0 + now, now - 0.2, now - 0.1)
    assert told == pytest.approx(now - 0.1)


def test_the_moment_is_longer_than_the_way_and_shorter_than_a_reading():
    assert 0 < early.AHEAD_S < taker.REREAD_S / 10
