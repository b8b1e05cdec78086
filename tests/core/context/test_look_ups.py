"""What is looked up for an answer: by name, apart from each other, and required or not (P1, P2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from hudhud.core.context import gather
from hudhud.errors import LookUpFailedError
from hudhud.events import EVENTS
from hudhud.store import assistants, conversations
from hudhud.store.conversations import Claim
from hudhud.store.lookups import declared
from hudhud.store.pool import Database
from shop import Shop, open_shop

BROKEN = """create or replace function lookup_{name}(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language plpgsql stable as $$
begin
    return query select p_conversation[1], '"half"'::jsonb;
    raise exception 'broken on purpose';
end $$"""


@pytest.fixture
async def shop(database_url: Any) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url, size=6)
    shop = await open_shop(database)
    async with database.deed(shop.merchant) as connection:
        assistant = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="catalogue"
        )
        await connection.execute("update inbox set assistant_id = $1", assistant)
    yield shop
    await database.close()


async def broken(database_url: Any, *names: str) -> None:
    owner = await asyncpg.connect(database_url.owner_url)
    for name in names:
        await owner.execute(f"drop function lookup_{name}(bigint[], bigint[])")
        await owner.execute(BROKEN.format(name=name))
        await owner.execute(
            f"grant execute on function lookup_{name}(bigint[], bigint[]) to hudhud_app"
        )
    await owner.close()


async def claimed(shop: Shop, *words: str) -> Claim:
    await shop.receive(*(shop.message(said) for said in words))
    await shop.make_due()
    (claim,) = await conversations.claim(
        shop.database, await shop.conversations(), holder="test", lease_s=60
    )
    return claim


async def test_every_declared_look_up_is_one_that_postgresql_knows(shop: Shop) -> None:
    claim = await claimed(shop, "مرحبا")
    assert claim.setting is not None
    assert claim.setting.failed == {}
    assert set(claim.setting.took_ms) == set(declared.NAMES)
    for look_up in declared.LOOKUPS:
        claim.setting.of(look_up)


async def test_a_name_that_nobody_declared_fails_alone(shop: Shop) -> None:
    await shop.receive(shop.message("مرحبا"))
    await shop.make_due()
    (claim,) = await conversations.claim(
        shop.database,
        await shop.conversations(),
        holder="test",
        lease_s=60,
        names=["inbox", "weather"],
    )
    assert claim.setting is not None
    assert set(claim.setting.found) == {"inbox"}
    assert set(claim.setting.failed) == {"weather"}


async def test_an_optional_look_up_that_fails_gives_its_default_and_a_line_that_names_it(
    shop: Shop, database_url: Any
) -> None:
    await broken(database_url, "contact", "recent_by_person")
    counted = EVENTS.labels("context.look_up_failed")
    before = counted._value.get()
    claim = await claimed(shop, "مرحبا")
    assert claim.setting is not None
    turn = await gather(shop.database, claim, claim.setting)
    assert (turn.contact_name, turn.by_person) == ("", ())
    assert turn.merchant_name
    assert counted._value.get() - before == 2


async def test_a_required_look_up_that_fails_fails_the_batch(shop: Shop, database_url: Any) -> None:
    await broken(database_url, "collected")
    claim = await claimed(shop, "مرحبا")
    assert claim.setting is not None
    with pytest.raises(LookUpFailedError, match="collected"):
        await gather(shop.database, claim, claim.setting)
