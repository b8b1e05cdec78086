"""What a batch costs does not grow with what is stored: no table is read whole, no plan changes.

Two databases of one shape, one of them ten times the other; every call of the product runs in
both, with every statement explained by PostgreSQL itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from hudhud.ops.engines import PostgresqlEngine
from hudhud.ops.growth.costs import OF_A_BATCH, Cost, costs, per_batch
from hudhud.ops.growth.filling import fill
from hudhud.ops.growth.plans import listening
from hudhud.ops.growth.shape import Shape
from hudhud.store import conversations
from hudhud.store.conversations import Finish
from shop import open_shop

ROLE = "hudhud_app"
TEMPLATE = "hudhud"
CROWD = 5_000
SMALL = Shape(6_000, 600)
LARGE = Shape(60_000, 6_000)
GROWTH_MAX = 1.3
# The fill vacuums at its end. Another one while calls are counted, in one database and not in the
# other, would be what is compared.
NO_VACUUM = """do $$ declare grown regclass; begin
    for grown in select oid from pg_class where relkind = 'r' and relowner = current_user::regrole
    loop execute format('alter table %s set (autovacuum_enabled = off)', grown); end loop;
end $$"""
# What looks for work, not for one batch.
LOOKS = ("due_replies", "due_sends", "sweep", "waiting", "inbox_counts", "count_messages")


@dataclass(frozen=True)
class Measured:
    """What every call cost in both databases."""

    small: list[Cost]
    large: list[Cost]


@pytest.fixture(scope="module")
def measured(migrated: PostgresqlEngine) -> Measured:
    return asyncio.run(_measured(migrated))


async def _measured(engine: PostgresqlEngine) -> Measured:
    return Measured(
        small=await _costs(engine, "growth_small", SMALL),
        large=await _costs(engine, "growth_large", LARGE),
    )


async def _costs(engine: PostgresqlEngine, name: str, shape: Shape) -> list[Cost]:
    admin = await asyncpg.connect(engine.admin_url)
    try:
        await admin.execute(f"create database {name} template {TEMPLATE} owner hudhud_owner")
        owner_url, app_url = (
            url.replace(f"/{TEMPLATE}?", f"/{name}?") for url in (engine.owner_url, engine.app_url)
        )
        owner = await asyncpg.connect(owner_url)
        await owner.execute(NO_VACUUM)
        await owner.close()
        await fill(owner_url, shape, lambda _: None)
        admin_url = engine.admin_url.replace("/postgres?", f"/{name}?")
        async with listening(admin_url, app_url, ROLE) as ear:
            return await costs(ear)
    finally:
        await admin.execute(f"drop database if exists {name} with (force)")
        await admin.close()


def test_nothing_that_grows_is_read_whole(measured: Measured):
    assert {
        (cost.name, table, plan.statement[:60])
        for cost in measured.large
        for plan in cost.plans
        for table in plan.whole
    } == set()


def test_a_batch_takes_as_many_pages_where_ten_times_as_much_is_stored(measured: Measured):
    assert per_batch(measured.large) <= GROWTH_MAX * per_batch(measured.small)


@pytest.mark.parametrize("name", [*OF_A_BATCH, *LOOKS])
def test_no_call_grows_with_what_is_stored(measured: Measured, name: str):
    (small,), (large,) = (
        [cost.buffers for cost in found if cost.name == name]
        for found in (measured.small, measured.large)
    )
    assert large <= GROWTH_MAX * small + 4


async def test_a_claim_reads_nobody_else_s_conversation_before_anything_was_analysed(
    migrated: PostgresqlEngine, database_url: Any
) -> None:
    # A plan made without figures once read all conversations of the inbox, for each look-up.
    admin_url = migrated.admin_url.replace("/postgres?", f"/{database_url.name}?")
    async with listening(admin_url, database_url.app_url, ROLE) as ear:
        shop = await open_shop(ear.database)
        await shop.write(
            """with crowd as (insert into contact (merchant_id, name)
                    select $1, 'زبون' from generate_series(1, $3::integer) returning id)
               insert into conversation (merchant_id, inbox_id, contact_id)
               select $1, $2, id from crowd""",
            *(shop.merchant, shop.inbox, CROWD),
        )
        for _ in range(8):  # from the sixth time on, plans are kept
            await shop.receive(*(shop.message(who=str(who)) for who in range(964_770, 964_782)))
            await shop.make_due()
            due = await shop.rows("select merchant_id, id from conversation where pending > 0")
            ear.take()
            claims = await conversations.claim(
                ear.database, [tuple(row) for row in due], holder="test", lease_s=60
            )
            wide = [plan.statement for plan in ear.take() if plan.widest >= CROWD]
            assert wide == []
            endings = [Finish(claimed=one.claimed, outcome="noted", reason="") for one in claims]
            await conversations.finish(ear.database, endings)
