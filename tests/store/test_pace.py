"""Pace from PostgreSQL: by number, by pair, by app; merchants in turn (traps 16 and 20)."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

import pytest

from hudhud.store import outbox, sweep
from hudhud.store.outbox import Begun, Ended, Pace
from hudhud.store.pool import Database
from owed import owe
from shop import Shop, open_shop

TEN_A_SECOND = Pace(number_per_s=10)


async def pass_time(shop: Shop, seconds: float) -> None:
    """Let this shop's gates and rows grow older by so much."""
    await shop.write(
        """update gate set free_at = free_at - make_interval(secs => $1),
               line_until = line_until - make_interval(secs => $1),
               shut_until = shut_until - make_interval(secs => $1)""",
        seconds,
    )
    await shop.write(
        "update outbox set next_at = next_at - make_interval(secs => $1),"
        " sending_at = sending_at - make_interval(secs => $1)",
        seconds,
    )


async def begin(
    shop: Shop, pace: Pace = TEN_A_SECOND, *, room: int = 1000, lost: Sequence[str] = ()
) -> list[Begun]:
    entries = await shop.conversations()
    rooms = [room] * len(entries)
    name = f"test/{time.monotonic_ns()}"
    found, _ = await outbox.begin(
        shop.database, entries, holder=name, pace=pace, room=rooms, lost=lost
    )
    return found


async def accept(shop: Shop, rows: Sequence[Begun]) -> None:
    await outbox.end(
        shop.database,
        [Ended(begun=r, outcome="accepted", external_id=f"wamid.{r.row_id}") for r in rows],
    )


@pytest.mark.clause("6.number")
@pytest.mark.parametrize("per_s", [1, 3, 10, 80])
async def test_no_second_sees_more_than_the_rate_of_a_number(shop: Shop, per_s: int):
    await owe(shop, 80)
    chance = random.Random(per_s)  # noqa: S311 - a seed, no secret
    sent_at: list[float] = []
    passed = 0.0
    for _ in range(60):
        begun = await begin(shop, Pace(number_per_s=per_s))
        clock = await shop.one("select extract(epoch from max(sending_at))::float from outbox")
        sent_at += [clock + passed] * len(begun)
        step = chance.choice([0.3, 1, 2]) / per_s
        await pass_time(shop, step)
        passed += step
    busiest = max(sum(at <= other < at + 1 for other in sent_at) for at in sent_at)
    assert busiest <= per_s
    assert len(sent_at) >= 20


async def test_a_number_is_not_held_below_its_rate(shop: Shop):
    pace = Pace(number_per_s=80)
    await owe(shop, 60)
    begun = len(await begin(shop, pace))
    assert begun >= 10, "a burst at once"
    for _ in range(8):
        await pass_time(shop, 5 / 71)
        begun += len(await begin(shop, pace))
    assert begun >= 50, "then one every 71st of a second"


async def test_each_that_waits_has_a_time_of_its_own_and_the_first_goes_first(shop: Shop):
    await owe(shop, 40)
    await begin(shop)
    waiting = await shop.rows("select id, next_at from outbox where state = 'queued' order by id")
    times = [row["next_at"] for row in waiting]
    assert times == sorted(set(times))
    for _ in range(5):
        waiting = await shop.rows("select id from outbox where state = 'queued' order by next_at")
        await pass_time(shop, 0.1)
        begun = sorted(row.row_id for row in await begin(shop))
        assert begun == [row["id"] for row in waiting][: len(begun)]
        assert begun


async def test_a_newcomer_stands_behind_those_who_wait_even_when_nobody_else_asks(shop: Shop):
    await owe(shop, 15)
    await begin(shop)
    await owe(shop, 1)
    newcomer = (await shop.conversations())[-1:]
    await pass_time(shop, 0.5)
    begun, (told,) = await outbox.begin(
        shop.database, newcomer, holder="newcomer", pace=TEN_A_SECOND
    )
    assert begun == []
    assert told.due_ms > 700
    assert len(await begin(shop)) == 1


@pytest.mark.clause("6.number")
async def test_an_inbox_may_have_a_rate_of_its_own(shop: Shop):
    await shop.write("update inbox set sends_per_s = 100")
    await owe(shop, 40)
    assert len(await begin(shop)) == 12


async def test_one_number_does_not_slow_another_down(shop: Shop, database: Database):
    other = await open_shop(database, account="222")
    await owe(shop, 40)
    await owe(other, 1)
    assert len(await begin(shop)) < 40
    assert len(await begin(other)) == 1


@pytest.mark.clause("6.pair")
async def test_one_person_gets_a_burst_borrowed_from_the_future_and_then_one_in_six_seconds(
    shop: Shop,
):
    pace = Pace(number_per_s=10_000, pair_burst=5)
    await owe(shop, 1, parts=12)
    started = time.monotonic()
    for _ in range(5):
        (row,) = await begin(shop, pace)
        await accept(shop, [row])
    assert await begin(shop, pace) == []
    (due,) = await sweep.due_sends(shop.database, limit=10)
    passed_ms = 1000 * (time.monotonic() - started)
    assert 6000 - passed_ms <= due.due_ms <= 6000
    await pass_time(shop, 6)
    assert len(await begin(shop, pace)) == 1


@pytest.mark.clause("6.app")
async def test_the_numbers_of_one_app_share_its_rate_and_those_of_another_do_not(
    shop: Shop, database: Database
):
    pace = Pace(number_per_s=1000, app_per_s=16)
    second = await _beside(shop, "second")
    third = await _beside(shop, "third")
    await shop.write(
        "update inbox set options ="
        " jsonb_build_object('app_id', case id when $1 then '2' else '1' end)",
        third.inbox,
    )
    for one in (shop, second, third):
        await owe(one, 20)
    begun = await begin(shop, pace)
    assert len([row for row in begun if row.inbox_id != third.inbox]) == 2
    assert len([row for row in begun if row.inbox_id == third.inbox]) == 2
    stranger = await open_shop(database)
    await stranger.write('update inbox set options = \'{"app_id": "1"}\'')
    await owe(stranger, 5)
    assert len(await begin(stranger, pace)) == 2, "nobody shuts another merchant's gate"


async def _beside(shop: Shop, account: str) -> Shop:
    async with shop.database.deed(shop.merchant) as connection:
        inbox = await connection.fetchval(
            "insert into inbox (merchant_id, key, channel, name, account, secrets)"
            " values ($1, $2, 'whatsapp', 'ثان', $3, '') returning id",
            shop.merchant,
            f"beside-{shop.merchant}-{account}",
            account,
        )
    return Shop(database=shop.database, merchant=shop.merchant, inbox=inbox, account=account)


@pytest.mark.parametrize(("scope", "others"), [("message", 8), ("number", 0), ("app", 0)])
async def test_a_slowed_number_waits_as_a_whole(shop: Shop, scope, others: int):
    await owe(shop, 9)
    pace = Pace(number_per_s=100)
    first, *rest = await begin(shop, pace)
    await outbox.end(
        shop.database,
        [
            Ended(begun=first, outcome="queued", retry_ms=15_000, scope=scope, spared=True),
            *(Ended(begun=row, outcome="queued", spared=True) for row in rest),
        ],
    )
    await pass_time(shop, 1)
    assert len(await begin(shop, pace)) == others
    await pass_time(shop, 14.5)
    assert first.row_id in {row.row_id for row in await begin(shop, pace)}


async def test_too_fast_to_one_person_holds_only_that_person_whoever_writes(shop: Shop):
    await owe(shop, 2, parts=2)
    pace = Pace(number_per_s=1000)
    slowed, other = await begin(shop, pace)
    ended = Ended(begun=slowed, outcome="queued", retry_ms=4000, scope="pair", spared=True)
    await outbox.end(shop.database, [ended])
    await accept(shop, [other])
    # A colleague took over, and writes to the same person.
    await shop.write("update outbox set state = 'cancelled' where id = $1", slowed.row_id)
    (begun,) = await begin(shop, pace)
    assert begun.conversation_id == other.conversation_id
    await pass_time(shop, 4.1)
    assert [row.conversation_id for row in await begin(shop, pace)] == [slowed.conversation_id]


async def test_spared_attempts_are_counted_apart(shop: Shop):
    await owe(shop, 1)
    for number in range(1, 4):
        (row,) = await begin(shop)
        assert (row.attempt, row.spared) == (number, number - 1)
        await outbox.end(shop.database, [Ended(begun=row, outcome="queued", spared=True)])
        await pass_time(shop, 1)
    (row,) = await begin(shop)
    await outbox.end(shop.database, [Ended(begun=row, outcome="queued")])
    await pass_time(shop, 1)
    assert [(row.attempt, row.spared) for row in await begin(shop)] == [(5, 3)]


async def test_many_deliverers_of_one_number_share_one_rate_and_each_row_begins_once(shop: Shop):
    await owe(shop, 64)
    started = time.monotonic()
    everyone = await asyncio.gather(*(begin(shop, Pace(number_per_s=80)) for _ in range(6)))
    rows = [row.row_id for found in everyone for row in found]
    assert len(rows) == len(set(rows))
    came_free = 80 * (time.monotonic() - started) + 1
    assert 10 <= len(rows) <= 10 + came_free


async def test_a_merchant_without_room_waits_and_keeps_nobody_else_waiting(shop: Shop):
    await owe(shop, 5)
    assert await begin(shop, room=0) == []
    later = await shop.one("select min(next_at) > now() + interval '0.2 s' from outbox")
    assert later
    await pass_time(shop, 5)
    assert len(await begin(shop, room=1)) == 1


async def test_ten_thousand_rows_of_one_merchant_do_not_hide_the_one_of_another(
    shop: Shop, database: Database
):
    await owe(shop, 10_000)
    other = await open_shop(database)
    await owe(other, 1)
    due = await sweep.due_sends(database, limit=64)
    assert len(due) == 64
    assert other.merchant in {entry.merchant_id for entry in due[:2]}


async def test_what_waits_behind_its_own_conversation_is_not_due(shop: Shop):
    await owe(shop, 1, parts=3)
    (row,) = await begin(shop)
    assert await sweep.due_sends(shop.database, limit=10) == []
    await outbox.end(shop.database, [Ended(begun=row, outcome="queued", retry_ms=60_000)])
    (due,) = await sweep.due_sends(shop.database, limit=10)
    assert due.due_ms > 50_000


async def test_a_clock_that_jumped_holds_no_send_back(shop: Shop):
    await owe(shop, 3)
    await begin(shop)
    await pass_time(shop, -86_400)
    assert len(await outbox.mend(shop.database, limit=10)) == 2
    assert len(await begin(shop)) == 1
    await owe(shop, 1)
    assert await outbox.mend(shop.database, limit=10) == []
