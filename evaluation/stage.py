"""The product's own path under the items: accept, claim, context, answer, finish; no network.

What changes when the product's functions change is in this file alone.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from evaluation.shops import assistant_for, shops
from hudhud.core.adapters import spoken
from hudhud.core.answering import answer
from hudhud.core.breaker import Policy
from hudhud.core.connecting import connect
from hudhud.core.context import gather
from hudhud.core.outside.breakers import Breakers
from hudhud.core.sales.orders import move
from hudhud.core.secrets import Vault
from hudhud.core.setting_up import add_merchant
from hudhud.model import Alias, InboundMessage, Inbox
from hudhud.ops.engines import start_postgresql
from hudhud.ops.sample.sample import Sample
from hudhud.settings import Settings
from hudhud.store import assistants, catalogue, conversations, intake
from hudhud.store.conversations import Claim, Finish
from hudhud.store.intake import Webhook
from hudhud.store.lookups.declared import COLLECTED
from hudhud.store.pool import Database
from hudhud.store.sales import orders
from hudhud.store.schema.migrate import migrate
from hudhud.text import search_terms

HOLDER = "evaluation"
LEASE_S = 60.0
ACCEPT_TIMEOUT_S = 10.0
FIRST_NUMBER = 780_000_000_000
FIRST_CUSTOMER = 964_790_000_000
FAQS_SEARCHED = 3
ORDERS_MAX = 10
RUNTIME_ROLE = "hudhud_app"
# Only thrown away: nothing here has to survive a power cut.
ENGINE = {"shared_buffers": "32MB", "fsync": "off", "full_page_writes": "off"}
Desk = tuple[str, bool]  # a shop's slug, and whether its assistant collects fields


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one burst, as the product itself says it.

    `found` and `found_faqs` are what the search gave, best first; `shown` and `told` what the
    answer was made of. `order` is that of the trace: `lines` by sku, once it is placed. `numbers`
    are those of the customer's orders as the database has them, whatever the answer says.
    """

    said: tuple[str, ...]
    text: str
    outcome: str
    reason: str = ""
    found: tuple[str, ...] = ()
    found_faqs: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    meanings: frozenset[str] = frozenset()
    collected: dict[str, str] = {}
    order: dict[str, int] = {}
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """Seeded merchants in an open database, each with a number for every one of its assistants."""

    database: Database
    settings: Settings
    desks: dict[Desk, Inbox]
    breakers: Breakers = field(default_factory=lambda: Breakers(Policy()))
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def converse(self, desk: Desk, turns: Sequence[Sequence[str]]) -> list[Reply]:
        """A new customer writes these bursts; after a person took over, nobody answers more.

        What was ordered is cancelled in the end, so that the next one finds the shop as it was.
        """
        inbox = self.desks[desk]
        customer = Alias("phone", str(FIRST_CUSTOMER + next(self.numbers)))
        replies: list[Reply] = []
        for burst in turns:
            conversation = await self._say(inbox, customer, burst)
            (claim,) = await conversations.claim(
                self.database,
                [(inbox.merchant_id, conversation)],
                holder=HOLDER,
                lease_s=LEASE_S,
            )
            if claim.verdict == "person":
                break
            if claim.verdict != "claimed":
                raise ValueError(f"a new burst is {claim.verdict}")
            replies.append(await self._reply(inbox, claim))
        for number in replies[-1].numbers if replies else ():
            await move(self.database, inbox.merchant_id, number, "cancelled", actor=HOLDER)
        return replies

    async def _say(self, inbox: Inbox, customer: Alias, burst: Sequence[str]) -> int:
        told = [
            InboundMessage(
                external_id=f"wamid.{next(self.numbers)}",
                account=inbox.account,
                aliases=(customer,),
                kind="text",
                text=words,
                provider_at=datetime.now(UTC),
            )
            for words in burst
        ]
        webhook = Webhook(
            merchant_id=inbox.merchant_id,
            inbox_id=inbox.id,
            body=b"{}",
            messages=tuple((inbox.id, message) for message in told),
        )
        async with self.database.pool.acquire() as connection:
            accepted = await intake.accept(connection, [webhook], timeout_s=ACCEPT_TIMEOUT_S)
        ((_, conversation),) = set(accepted.touched)
        return conversation

    async def _reply(self, inbox: Inbox, claim: Claim) -> Reply:
        if claim.setting is None:
            raise ValueError("a claim without its setting")
        turn = await gather(self.database, claim, claim.setting)
        speaks = spoken(inbox)
        ending = await answer(
            self.database,
            self.settings,
            claim,
            speaks.channel.parts,
            checked=speaks.channel.checked,
            breakers=self.breakers,
            ai_on=True,
        )
        await conversations.finish(self.database, [ending])
        before: dict[str, str] = claim.setting.of(COLLECTED)
        return _replied(
            claim,
            ending,
            # Without a score it is only what the shop shows to who names nothing.
            found=tuple(product.sku for product in turn.products if product.score > 0),
            found_faqs=await self._faqs(claim),
            collected={**before, **ending.collected},
            numbers=await self._numbers(claim),
        )

    async def _numbers(self, claim: Claim) -> tuple[int, ...]:
        async with self.database.reading(claim.claimed.merchant_id) as connection:
            contact = await connection.fetchval(
                "select contact_id from conversation where id = $1", claim.claimed.conversation_id
            )
            placed = await orders.of_contact(connection, contact, limit=ORDERS_MAX)
        return tuple(order.number for order in placed)

    async def _faqs(self, claim: Claim) -> tuple[str, ...]:
        said = search_terms(" ".join(message.text for message in claim.messages))
        merchant_id = claim.claimed.merchant_id
        shelf = await catalogue.shelf_of(self.database, merchant_id, (said,))
        return tuple(faq.topic for faq in shelf.faqs(said, limit=FAQS_SEARCHED))


def _replied(claim: Claim, ending: Finish, **found: Any) -> Reply:
    sources = [source.partition(":") for source in (ending.source or "").split(", ")]
    shown = ending.trace.get("products") or [row for kind, _, row in sources if kind == "product"]
    return Reply(
        said=tuple(message.text for message in claim.messages),
        text="\n".join(part if isinstance(part, str) else part.body for part in ending.parts),
        outcome=ending.outcome,
        reason=ending.reason or "",
        shown=tuple(shown),
        told=tuple(row for kind, _, row in sources if kind == "faq"),
        meanings=frozenset(ending.trace.get("meanings", ())),
        order=dict(ending.trace.get("order", {}).get("lines", {})),
        **found,
    )


@contextmanager
def engine(folder: Path) -> Iterator[tuple[str, str]]:
    """The packaged PostgreSQL in a folder; gives the owner's address and the product's."""
    postgresql = start_postgresql(folder, settings=ENGINE)
    try:
        yield postgresql.owner_url, postgresql.app_url
    finally:
        postgresql.stop()


@asynccontextmanager
async def stage(owner_url: str, app_url: str, folder: Path) -> AsyncIterator[Stage]:
    """A migrated database with all our merchants in it.

    Args:
        owner_url: of an empty database, or one that is migrated and has none of our merchants.
        app_url: the same as the runtime role.
        folder: of the settings; nothing is read there.
    """
    await migrate(owner_url, runtime_role=RUNTIME_ROLE)
    database = await Database.open(app_url, size=2, name=HOLDER)
    try:
        vault = Vault(secrets.token_hex(32))
        accounts = itertools.count(FIRST_NUMBER)
        desks: dict[Desk, Inbox] = {}
        for shop in shops().values():
            desks |= await _seeded(database, vault, shop, accounts)
        yield Stage(database, Settings(data_dir=folder), desks)
    finally:
        await database.close()


async def _seeded(
    database: Database, vault: Vault, shop: Sample, accounts: Iterator[int]
) -> dict[Desk, Inbox]:
    merchant = shop.merchant
    merchant_id = await add_merchant(
        database,
        key=merchant.slug,
        name=merchant.name_ar,
        language=merchant.language,
        currency=merchant.currency,
    )
    desks: dict[Desk, Inbox] = {}
    async with database.deed(merchant_id) as connection:
        await catalogue.add_products(connection, merchant_id, shop.products)
        await catalogue.add_faqs(connection, merchant_id, shop.faqs)
        for collects in (False, True):
            one = assistant_for(shop, collects=collects)
            assistant_id = await assistants.add(
                connection,
                merchant_id,
                name=one.name,
                responder=one.responder,
                instructions=one.instructions,
                options=one.options,
                fields=one.fields,
            )
            desks[merchant.slug, collects] = await connect(
                connection,
                vault,
                merchant_id=merchant_id,
                channel="whatsapp",
                name=one.name,
                given=_given(next(accounts)),
                assistant_id=assistant_id,
                window_ms=0,
            )
    return desks


def _given(number: int) -> dict[str, str]:
    return {
        "phone_number_id": str(number),
        "token": "token",
        "app_secret": secrets.token_hex(16),
        "verify_token": "verify",
        "api_url": "http://127.0.0.1:9",
    }
