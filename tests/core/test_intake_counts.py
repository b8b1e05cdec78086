"""What intake costs, by count: one commit for a group, looks by key, hints for what is news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hudhud.core.hints import ValkeyHints
from hudhud.core.intake import accept as intakes
from hudhud.core.intake.accept import COMMITTERS, Intake
from hudhud.core.intake.record import Record
from hudhud.core.intake.replay import Replay
from hudhud.core.intake.spool import Spool
from hudhud.queue.client import connect
from hudhud.queue.schedule import Schedule
from hudhud.queue.signals import Signals
from hudhud.store import intake as store
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.pool import Database
from hudhud.store.server.wire import Wire
from shop import Shop, open_shop

MANY = 300
# Of the tables that grow, in one transaction: rows that were read, and reads of a whole table.
READS = """
select coalesce(sum(coalesce(idx_tup_fetch, 0)), 0)::integer, coalesce(sum(seq_scan), 0)::integer
from pg_stat_xact_user_tables
where relname in ('conversation', 'contact_alias', 'contact', 'message', 'outbox',
                  'delivery_status', 'journal', 'inbox') or relname like 'message_key%'"""


async def _unasked(_record: Record) -> Webhook:
    raise AssertionError("nothing was spooled")


@pytest.fixture
async def heard() -> list[Accepted]:
    return []


@pytest.fixture
async def intake(database_url: Any, tmp_path: Path, heard: list[Accepted]) -> AsyncIterator[Intake]:
    database = await Database.open(database_url.app_url, size=COMMITTERS)
    spool = Spool(tmp_path / "spool", bytes_max=10**7)
    intake = Intake(database, spool, Replay(spool, _unasked), heard.append)
    intake.start()
    yield intake
    await intake.stop()
    await database.close()


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each statement that goes to PostgreSQL from here on; outside a transaction, each commits."""
    sent: list[str] = []
    execute = Wire._execute

    async def noted(wire: Wire, query: str, *args: Any, **options: Any) -> Any:
        sent.append(query)
        return await execute(wire, query, *args, **options)

    monkeypatch.setattr(Wire, "_execute", noted)
    return sent


async def test_what_arrives_during_a_commit_goes_into_the_next_one_all_of_it(
    shop: Shop, intake: Intake, heard: list[Accepted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intakes, "PATIENCE_S", 5)
    commit, waves = intake.door.commit, [asyncio.Event(), asyncio.Event()]

    async def slow(group: Any, *, on: Any) -> Any:
        waves[0].set()
        await waves[1].wait()
        return await commit(group, on=on)

    monkeypatch.setattr(intake.door, "commit", slow)
    hooks = [shop.webhook(shop.message(str(n), who=str(n))) for n in range(101)]
    first = asyncio.create_task(intake.take(hooks[0], "whatsapp", timeout_s=5))
    await waves[0].wait()
    others = [asyncio.create_task(intake.take(h, "whatsapp", timeout_s=5)) for h in hooks[1:]]
    # No second connection takes half of them: it is free, and would have been asked before us.
    assert await intake.database.takes_writes(timeout_s=5)
    assert len(intake._line) == 100
    waves[1].set()
    await asyncio.gather(first, *others)
    assert [each.inserted for each in heard] == [1, 100]


async def test_a_group_is_one_statement_and_one_commit(
    shop: Shop, intake: Intake, heard: list[Accepted], statements: list[str]
) -> None:
    statements.clear()
    hooks = [shop.webhook(shop.message(str(n), who=str(n % 20))) for n in range(100)]
    await asyncio.gather(*(intake.take(hook, "whatsapp", timeout_s=5) for hook in hooks))
    assert statements == [store.ACCEPT] * len(heard)
    assert len(heard) <= 2


async def test_one_webhook_reads_a_few_rows_of_tables_that_hold_many(shop: Shop) -> None:
    await shop.accept(*(shop.webhook(shop.message(who=f"w{n}")) for n in range(MANY)))
    again = [shop.webhook(shop.message(who=f"w{n}")) for n in range(8)]
    for hook in again:  # as many calls as it takes until plans are kept
        await shop.accept(hook)
    rows, whole, accepted = await _cost(shop, shop.webhook(shop.message(who="w7")))
    assert accepted.inserted == 1
    assert whole == 0
    assert rows <= 10


async def test_one_status_reads_a_few_rows_of_tables_that_hold_many(shop: Shop) -> None:
    await shop.receive(shop.message())
    await shop.write(
        "insert into outbox (merchant_id, inbox_id, conversation_id, message_id, author, state,"
        " attempt, external_id, accepted_at) select $1, $2, k.id, n, 'assistant', 'accepted', 1,"
        " 'out.' || n, now() from conversation k, generate_series(1, $3::integer) n",
        shop.merchant,
        shop.inbox,
        MANY,
    )
    ids = [row["id"] for row in await shop.rows("select id from outbox order by id")]
    for place in range(1, 9):
        tag = f"{shop.merchant}.{ids[place]}.1"
        await shop.accept(shop.status(f"out.{place + 1}", "delivered", tag=tag))
    hook = shop.status("out.100", "delivered", tag=f"{shop.merchant}.{ids[99]}.1")
    rows, whole, accepted = await _cost(shop, hook)
    assert len(accepted.touched) == 1
    assert whole == 0
    assert rows <= 12


async def test_a_status_of_what_was_settled_long_ago_calls_no_engine(shop: Shop) -> None:
    await shop.receive(shop.message())
    await shop.write(
        "insert into outbox (merchant_id, inbox_id, conversation_id, message_id, author, state,"
        " attempt, external_id) select $1, $2, k.id, 1, 'assistant', 'unknown', 1, 'out.1'"
        " from conversation k",
        shop.merchant,
        shop.inbox,
    )
    settling = await shop.accept(shop.status("out.1", "sent"))
    assert len(settling.sends) == 1  # the next part may follow
    later = await shop.accept(shop.status("out.1", "delivered"), shop.status("out.1", "read"))
    assert later.sends == ()
    assert len(later.touched) == 1


async def test_only_a_due_time_that_is_news_is_hinted(
    database: Database, queue_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = await open_shop(database, batch_max=3)
    accepted = [await shop.receive(shop.message(str(n))) for n in range(5)]
    assert [due.news for each in accepted for due in each.replies] == [
        True,  # the window begins
        False,
        True,  # the batch is full: due now
        False,
        False,
    ]
    valkey = await connect(queue_url)
    hints = ValkeyHints(Schedule(valkey, "reply"), Schedule(valkey, "send"), Signals(valkey))
    given: list[Any] = []
    monkeypatch.setattr(Schedule, "hint_soon", lambda _, entries: given.extend(entries))
    for each in accepted:
        hints.accepted(each)
    assert len(given) == 2
    await valkey.close()


async def test_a_replay_that_makes_a_batch_due_sooner_is_news(shop: Shop) -> None:
    (first,) = (await shop.receive(shop.message("now"))).replies
    await shop.write("update conversation set due_at = due_at + interval '1 minute'")
    (sooner,) = (await shop.receive(shop.message("older"))).replies
    assert first.news
    assert sooner.news


async def _cost(shop: Shop, hook: Webhook) -> tuple[int, int, Accepted]:
    async with shop.database.deed(shop.merchant) as connection:
        before = await connection.fetchrow(READS)
        accepted = await store.accept(connection, [hook], timeout_s=5)
        after = await connection.fetchrow(READS)
    return after[0] - before[0], after[1] - before[1], accepted
