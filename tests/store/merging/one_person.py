"""One person whom the providers name in two ways, and what befalls both conversations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hudhud.core.contacts import merging
from hudhud.core.dead_letters import Actor
from hudhud.model import Alias, InboundMessage
from hudhud.store import conversations
from hudhud.store.conversations import Claim, Finish
from shop import Shop

PHONE, USER = Alias("phone", "964770"), Alias("wa_user", "IQ.1")
SARA = Actor(name="operator:1", operator_id=1)


def said(shop: Shop, words: str, *who: Alias, **more: Any) -> InboundMessage:
    return shop.message(words, aliases=who, **more)


async def two(shop: Shop) -> tuple[int, int]:
    """One person under two names that do not know of each other; the elder conversation first."""
    await shop.receive(said(shop, "بالهاتف", PHONE))
    await shop.receive(said(shop, "بلا هاتف", USER))
    elder, younger = [
        row["id"] for row in await shop.rows("select id from conversation order by id")
    ]
    return elder, younger


async def meet(shop: Shop, words: str = "أنا واحد") -> None:
    await shop.receive(said(shop, words, USER, PHONE))


async def merge(shop: Shop) -> int:
    return await merging.merge_wished(shop.database, None)


async def due_now(shop: Shop, *conversation_ids: int, holder: str = "w") -> list[Claim]:
    await shop.make_due()
    places = [(shop.merchant, each) for each in conversation_ids]
    return await conversations.claim(shop.database, places, holder=holder, lease_s=60)


async def answer(shop: Shop, claim: Claim, *parts: str) -> int:
    ending = Finish(claimed=claim.claimed, outcome="answered", parts=parts or ("جواب",))
    return len(await conversations.finish(shop.database, [ending]))


async def the_one(shop: Shop) -> Any:
    (row,) = await shop.rows("select * from conversation")
    return row


async def second_inbox(shop: Shop) -> Shop:
    await shop.write(
        "insert into inbox (merchant_id, key, channel, name, account, secrets)"
        " select merchant_id, key || '2', channel, name, '222', '' from inbox"
    )
    return replace(shop, inbox=await shop.one("select max(id) from inbox"), account="222")
