"""A shop with a little of everything that is looked up, and the turns that are made of it."""

from __future__ import annotations

from typing import Any

import asyncpg
import msgspec

from hudhud.core.context import Looking, gather
from hudhud.core.switches import Switches
from hudhud.model import Turn
from hudhud.settings import Settings
from hudhud.store import assistants, conversations
from hudhud.store.conversations import Claim, Finish
from hudhud.store.pool import Database
from shop import START, Shop, open_shop

POSITIONS = ("merged", "side_by_side", "one_after_another")
BROKEN = """create or replace function lookup_{name}(p_conversation bigint[], p_closed bigint[])
returns table (conversation bigint, value jsonb) language plpgsql stable as $$
begin
    return query select p_conversation[1], '"half"'::jsonb;
    raise exception 'broken on purpose';
end $$"""


async def selling(database: Database) -> Shop:
    """A shop whose assistant answers out of its catalogue."""
    shop = await open_shop(database)
    async with database.deed(shop.merchant) as connection:
        assistant = await assistants.add(
            connection, shop.merchant, name="هدهد", responder="catalogue"
        )
        await connection.execute("update inbox set assistant_id = $1", assistant)
    return shop


async def broken(owner_url: str, *names: str, by: str = BROKEN) -> None:
    """From now on these look-ups tell half of it, and fail."""
    owner = await asyncpg.connect(owner_url)
    for name in names:
        await owner.execute(by.format(name=name))
    await owner.close()


async def defined(owner_url: str, name: str) -> str:
    """The statement that makes a look-up what it is now."""
    owner = await asyncpg.connect(owner_url)
    found = f"select pg_get_functiondef('lookup_{name}(bigint[], bigint[])'::regprocedure)"
    statement: str = await owner.fetchval(found)
    await owner.close()
    return statement


async def written(shop: Shop, *customers: str, words: str = "مرحبا") -> None:
    """These write, and their batches are due."""
    await shop.receive(*(shop.message(words, who=who) for who in customers))
    await shop.make_due()


async def claimed(shop: Shop, names: tuple[str, ...] | None = None) -> list[Claim]:
    """Claim whatever is due."""
    chosen = {} if names is None else {"names": names}
    claims = await conversations.claim(
        shop.database, await shop.conversations(), holder="test", lease_s=60, **chosen
    )
    return [claim for claim in claims if claim.verdict == "claimed"]


async def answered(shop: Shop, claims: list[Claim], words: str) -> None:
    """These batches are answered."""
    endings = [Finish(claimed=one.claimed, outcome="answered", parts=(words,)) for one in claims]
    assert len(await conversations.finish(shop.database, endings)) == len(claims)


async def given_back(shop: Shop, claims: list[Claim]) -> None:
    """As a drain does it: they are due again as they were."""
    endings = [Finish(claimed=claim.claimed, outcome="released") for claim in claims]
    assert len(await conversations.finish(shop.database, endings)) == len(claims)


def looking(database: Database, folder: Any, position: str) -> Looking:
    """A worker's look-ups, held at one position."""
    off = position == "one_after_another"
    settings = Settings(
        data_dir=folder,
        context="merged" if off else position,  # the switch is stronger
        switches="parallel_context=off" if off else "",
    )
    return Looking(database, Switches(database, settings), settings)


async def turns(shop: Shop, look: Looking) -> list[Turn]:
    """Claim what is due, look it up in this position, and make the turns."""
    claims = await claimed(shop, look.with_claim)
    looked = look.begin(claims, claim_s=0.001)
    made = []
    for claim in claims:
        whole = await look.complete(claim, looked)
        assert whole.setting is not None
        made.append(await gather(shop.database, whole, whole.setting))
    await given_back(shop, claims)
    return made


def canonical(turn: Turn) -> bytes:
    """One encoding of a turn, without the moment at which it was claimed."""
    timeless = msgspec.structs.replace(turn, now=START)
    return msgspec.json.encode(timeless, order="deterministic")
