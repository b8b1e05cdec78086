"""What is looked up for an answer: by name, apart from each other, and required or not (P1, P2)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from looked_up import (
    POSITIONS,
    answered,
    broken,
    canonical,
    claimed,
    defined,
    given_back,
    looking,
    selling,
    turns,
    written,
)

from hudhud.core.context import gather, lanes
from hudhud.errors import LookUpFailedError
from hudhud.events import EVENTS
from hudhud.store.lookups import declared
from hudhud.store.pool import Database
from shop import Shop

# One row of one conversation that nobody can read: its neighbours must not suffer for it (trap 8).
POISON = """create or replace function lookup_{name}(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language plpgsql stable as $$
begin
    if (select min(id) from conversation) = any (p_conversation) then
        raise exception 'this row cannot be read';
    end if;
    return query select c.id, '{{"told": "yes"}}'::jsonb from unnest(p_conversation) c(id);
end $$"""
SLOW = """create or replace function lookup_{name}(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language plpgsql stable as $$
begin
    perform pg_sleep(0.06);
end $$"""
HANGS = """create or replace function lookup_{name}(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language plpgsql volatile as $$
begin
    perform pg_sleep(60);
end $$"""


@pytest.fixture
async def shop(database_url: Any) -> AsyncIterator[Shop]:
    database = await Database.open(database_url.app_url, size=6)
    yield await selling(database)
    await database.close()


async def test_every_declared_look_up_is_one_that_postgresql_knows(shop: Shop) -> None:
    await written(shop, "1")
    (claim,) = await claimed(shop)
    assert claim.setting is not None
    assert claim.setting.failed == {}
    assert set(claim.setting.took_ms) == set(declared.NAMES)
    for look_up in declared.LOOKUPS:
        claim.setting.of(look_up)


async def test_a_turn_knows_whose_numbers_it_reads_and_which_the_contact_writes_from(
    shop: Shop,
) -> None:
    await written(shop, "9647909998877")
    for change, country in (
        ("currency = 'IQD'", "IQ"),
        ("currency = 'JOD'", "JO"),
        ("currency = 'USD', timezone = 'Asia/Beirut'", "LB"),
        ("currency = 'USD', timezone = 'UTC'", "IQ"),
        ("country = 'EG'", "EG"),
    ):
        await shop.write(f"update merchant set {change} where id = {shop.merchant}")
        (claim,) = await claimed(shop)
        assert claim.setting is not None
        inbox = claim.setting.of(declared.INBOX)
        assert (inbox.country, inbox.writes_from) == (country, "+9647909998877")
        await given_back(shop, [claim])


def test_all_look_ups_of_a_group_have_a_connection_at_once() -> None:
    assert len(declared.LOOKUPS) <= lanes.LOOK_UPS_AT_ONCE_MAX


async def test_a_name_that_nobody_declared_fails_alone(shop: Shop) -> None:
    await written(shop, "1")
    (claim,) = await claimed(shop, ("inbox", "weather"))
    assert claim.setting is not None
    assert set(claim.setting.found) == {"inbox"}
    assert set(claim.setting.failed) == {"weather"}


async def test_every_position_finds_the_same_byte_for_byte(shop: Shop, tmp_path: Path) -> None:
    await written(shop, "1", words="أول")
    claims = await claimed(shop)
    await answered(shop, claims, "أهلًا")
    await shop.write("update contact set name = 'علي'")
    await shop.write(
        """insert into collected_field (merchant_id, contact_id, name, value)
           select merchant_id, contact_id, n, 'x' from conversation, unnest(array['b', 'a']) n"""
    )
    await written(shop, "1", "2", "3", words="بكم القميص؟")
    found: dict[str, list[bytes]] = {}
    for position in POSITIONS:
        look = looking(shop.database, tmp_path, position)
        assert look.position == position
        made = await turns(shop, look)
        found[position] = sorted(canonical(turn) for turn in made)
        await look.close()
    assert len(found["merged"]) == 3
    assert any(b"\xd8\xb9\xd9\x84\xd9\x8a" in one for one in found["merged"])
    assert found["merged"] == found["side_by_side"] == found["one_after_another"]


@pytest.mark.parametrize("position", POSITIONS)
async def test_an_optional_look_up_that_fails_gives_its_default_and_a_line_that_names_it(
    shop: Shop, database_url: Any, tmp_path: Path, position: str
) -> None:
    await broken(database_url.owner_url, "contact", "recent_by_person")
    counted = EVENTS.labels("context.look_up_failed")
    before = counted._value.get()
    await written(shop, "1")
    (turn,) = await turns(shop, looking(shop.database, tmp_path, position))
    assert (turn.contact_name, turn.by_person) == ("", ())
    assert turn.merchant_name
    assert counted._value.get() - before == 2


@pytest.mark.parametrize("position", POSITIONS)
async def test_a_required_look_up_that_fails_fails_the_batch(
    shop: Shop, database_url: Any, tmp_path: Path, position: str
) -> None:
    await broken(database_url.owner_url, "collected")
    await written(shop, "1")
    with pytest.raises(LookUpFailedError, match="collected"):
        await turns(shop, looking(shop.database, tmp_path, position))


@pytest.mark.parametrize("position", POSITIONS)
async def test_what_cannot_be_read_of_one_conversation_is_not_its_neighbours_loss(
    shop: Shop, database_url: Any, tmp_path: Path, position: str
) -> None:
    await broken(database_url.owner_url, "collected", by=POISON)
    await written(shop, "1", "2", "3")
    look = looking(shop.database, tmp_path, position)
    claims = await claimed(shop, look.with_claim)
    looked = look.begin(claims, claim_s=0.001)
    told = []
    for claim in claims:
        whole = await look.complete(claim, looked)
        assert whole.setting is not None
        try:
            told.append((await gather(shop.database, whole, whole.setting)).collected)
        except LookUpFailedError:
            told.append({})
    assert sorted(map(len, told)) == [0, 1, 1]
    await given_back(shop, claims)


@pytest.mark.parametrize("position", ["side_by_side", "one_after_another"])
async def test_an_optional_look_up_that_hangs_ends_at_its_deadline_with_its_default(
    shop: Shop,
    database_url: Any,
    tmp_path: Path,
    position: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lanes, "LOOK_UP_TIMEOUT_S", 0.3)
    await broken(database_url.owner_url, "contact", by=HANGS)
    await written(shop, "1")
    async with asyncio.timeout(10):
        (turn,) = await turns(shop, looking(shop.database, tmp_path, position))
    assert turn.contact_name == ""
    assert turn.assistant.name == "هدهد"


async def test_all_slots_may_look_up_at_once_through_a_small_pool(
    database_url: Any, tmp_path: Path
) -> None:
    database = await Database.open(database_url.app_url, size=4)
    shop = await selling(database)
    customers = [str(n) for n in range(100, 164)]
    await written(shop, *customers)
    look = looking(database, tmp_path, "side_by_side")
    claims = await claimed(shop, ())
    assert len(claims) == len(customers)
    # Each batch a group of its own: all of them ask for every look-up at the same moment.
    groups = [(claim, look.begin([claim], claim_s=0.001)) for claim in claims]
    async with asyncio.timeout(30):
        whole = await asyncio.gather(*(look.complete(claim, group) for claim, group in groups))
    assert all(claim.setting is not None and claim.setting.failed == {} for claim in whole)
    assert {len(claim.setting.found) for claim in whole if claim.setting} == {
        len(whole[0].setting.found) if whole[0].setting else 0
    }
    await look.close()
    await database.close()


async def test_a_switch_that_is_turned_between_claim_and_look_up_leaves_nothing_out(
    shop: Shop, tmp_path: Path
) -> None:
    await written(shop, "1")
    look = looking(shop.database, tmp_path, "merged")
    claims = await claimed(shop, ())  # claimed while it stood side by side
    looked = look.begin(claims, claim_s=0.001)
    whole = await look.complete(claims[0], looked)
    assert whole.setting is not None
    assert set(whole.setting.took_ms) == set(declared.NAMES)
    await look.close()


async def test_a_worker_whose_look_ups_become_slow_leaves_the_claim_and_comes_back(
    shop: Shop, database_url: Any, tmp_path: Path
) -> None:
    slow = ("contact", "recent_by_person", "shelf", "escalation")
    quick = [await defined(database_url.owner_url, name) for name in slow]
    look = looking(shop.database, tmp_path, "auto")
    await written(shop, "1")
    await turns(shop, look)
    assert look.position == "merged"
    await broken(database_url.owner_url, *slow, by=SLOW)
    async with asyncio.timeout(20):
        while look.position == "merged":
            await turns(shop, look)
        await broken(database_url.owner_url, *quick, by="{name}")
        while look.position == "side_by_side":
            await turns(shop, look)
    await look.close()
