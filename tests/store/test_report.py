"""The report of what waits: every message in one state, counters that are derived (law 6, Q7)."""

from __future__ import annotations

import asyncpg
import pytest
from test_laws_in_the_database import claimed_one, finish

from hudhud.errors import NotFoundError
from hudhud.store import report
from hudhud.store.pool import Database
from shop import Shop, open_shop


async def states(shop: Shop) -> dict[str, int]:
    async with shop.database.reading(shop.merchant) as connection:
        depths = await report.depths(connection, shop.merchant)
    assert {d.merchant_id for d in depths} <= {shop.merchant}
    assert {(d.inbox_id, d.channel) for d in depths} <= {(shop.inbox, "whatsapp")}
    return {d.state: d.count for d in depths}


async def counts(shop: Shop) -> tuple[int, int]:
    async with shop.database.reading(shop.merchant) as connection:
        (found,) = await report.counts(connection, shop.merchant)
    return found.total, found.processed


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("due_at = now() + interval '5 s'", "collecting"),
        ("due_at = now()", "due"),
        ("due_at = null", "orphan"),
        ("due_at = null, closed_id = last_id, lease_until = now() + interval '9 s'", "answering"),
        ("due_at = null, closed_id = last_id, lease_until = now() - interval '9 s'", "expired"),
        ("due_at = now(), closed_id = last_id, attempts = 1", "retrying"),
        ("due_at = null, state = 'human'", "person"),
    ],
)
async def test_a_waiting_conversation_is_in_one_state(shop: Shop, change: str, state: str):
    await shop.receive(shop.message("أول"), shop.message("ثان"))
    await shop.write(f"update conversation set {change}")
    assert await states(shop) == {state: 1}


async def test_newer_messages_than_those_being_answered_are_counted_beside_them(shop: Shop):
    await shop.receive(shop.message())
    claimed = await claimed_one(shop)
    await shop.receive(shop.message())
    assert await states(shop) == {"answering": 1, "collecting": 1}
    await finish(shop, claimed, "answered", parts=("نعم",))
    assert await states(shop) == {"collecting": 1, "to_send": 1}


async def test_every_merchant_sees_its_own_and_the_installation_sees_all(
    shop: Shop, database: Database
):
    other = await open_shop(database)
    await shop.receive(shop.message())
    await other.receive(other.message(), other.message(who="965"))
    assert await states(shop) == {"collecting": 1}
    async with database.reading(shop.merchant) as connection:
        assert await report.depths(connection, other.merchant) == []
    everywhere = await report.depths_everywhere(database)
    assert {d.merchant_id: d.count for d in everywhere} == {shop.merchant: 1, other.merchant: 2}
    assert len(await report.counts_everywhere(database)) == 2


async def test_counters_are_right_before_and_after_they_are_counted_together(shop: Shop):
    await shop.receive(shop.message(), shop.message(wakes=False, note="reaction"))
    assert await counts(shop) == (2, 1)
    while not await report.count_messages(shop.database, limit=10):
        pass
    assert await shop.one("select total from message_count") == 2
    await finish(shop, await claimed_one(shop), "answered", parts=("نعم",))
    await shop.receive(shop.message(who="965"))
    assert await counts(shop) == (3, 2)


async def test_a_message_that_commits_after_a_larger_id_is_counted_all_the_same(
    shop: Shop, database_url
):
    await shop.receive(shop.message())
    slow = await asyncpg.connect(database_url.owner_url)
    held = slow.transaction()
    await held.start()
    await slow.execute(
        """insert into message (merchant_id, conversation_id, inbox_id, direction, author, kind,
               body, provider_at, wakes)
           select merchant_id, conversation_id, inbox_id, 'in', 'contact', 'text', 'بطيئة', now(),
               false from message limit 1"""
    )
    await shop.receive(shop.message(who="965"))
    for _ in range(3):
        assert await report.count_messages(shop.database, limit=10) == 0
    await held.commit()
    await slow.close()
    assert await report.count_messages(shop.database, limit=10) > 0
    assert await shop.one("select total from message_count") == 3
    assert (await counts(shop))[0] == 3


async def test_the_mark_moves_by_its_limit(shop: Shop):
    await shop.receive(*(shop.message() for _ in range(5)))
    moved = [await report.count_messages(shop.database, limit=2) for _ in range(8)]
    assert [move for move in moved if move] == [2, 2, 1]
    assert await counts(shop) == (5, 0)


async def test_a_conversation_has_counters_of_its_own(shop: Shop, database: Database):
    await shop.receive(shop.message(), shop.message())
    await finish(shop, await claimed_one(shop), "answered", parts=("نعم",))
    await shop.receive(shop.message())
    ((_, conversation),) = await shop.conversations()
    async with database.reading(shop.merchant) as connection:
        found = await report.conversation_counts(connection, conversation)
    assert (found.total, found.processed, found.batches) == (3, 2, 1)
    stranger = await open_shop(database)
    async with database.reading(stranger.merchant) as connection:
        with pytest.raises(NotFoundError):
            await report.conversation_counts(connection, conversation)
