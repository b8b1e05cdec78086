"""A merchant with one inbox, and the few deeds that most tests begin with."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from hudhud.model import Alias, DeliveryStatus, InboundMessage
from hudhud.store import intake
from hudhud.store.intake import Accepted, Webhook
from hudhud.store.pool import Database

_numbers = itertools.count(1)
# When the customers of the tests wrote: a full hour of today, for a reply window is soon over.
START = (datetime.now(UTC) - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Shop:
    """One merchant and inbox in an open database."""

    database: Database
    merchant: int
    inbox: int
    account: str = "111"

    def message(
        self, words: str = "مرحبا", *, who: str = "964770", at_s: float = 0, **more: Any
    ) -> InboundMessage:
        defaults: dict[str, Any] = {
            "external_id": f"wamid.{next(_numbers)}",
            "account": self.account,
            "aliases": (Alias("phone", who),),
            "kind": "text",
            "text": words,
            "provider_at": START + timedelta(seconds=at_s),
        }
        return InboundMessage(**(defaults | more))

    def webhook(self, *messages: InboundMessage, **more: Any) -> Webhook:
        return Webhook(
            merchant_id=self.merchant,
            inbox_id=self.inbox,
            body=b"{}",
            messages=tuple((self.inbox, message) for message in messages),
            **more,
        )

    def status(self, external_id: str, status: Any, **more: Any) -> Webhook:
        one = DeliveryStatus(external_id=external_id, account=self.account, status=status, **more)
        return Webhook(
            merchant_id=self.merchant,
            inbox_id=self.inbox,
            body=b"{}",
            statuses=((self.inbox, one),),
        )

    async def accept(self, *webhooks: Webhook) -> Accepted:
        async with self.database.pool.acquire() as connection:
            return await intake.accept(connection, webhooks, timeout_s=5)

    async def receive(self, *messages: InboundMessage) -> Accepted:
        return await self.accept(self.webhook(*messages))

    async def rows(self, sql: str, *values: object) -> list[asyncpg.Record]:
        async with self.database.reading(self.merchant) as connection:
            return await connection.fetch(sql, *values)

    async def one(self, sql: str, *values: object) -> Any:
        return (await self.rows(sql, *values))[0][0]

    async def write(self, sql: str, *values: object) -> None:
        async with self.database.deed(self.merchant) as connection:
            await connection.execute(sql, *values)

    async def conversations(self) -> list[tuple[int, int]]:
        return [
            (self.merchant, row["id"]) for row in await self.rows("select id from conversation")
        ]

    async def make_due(self) -> None:
        await self.write("update conversation set due_at = now() where due_at is not null")


async def open_shop(
    database: Database, *, window_ms: int = 8000, batch_max: int = 5, account: str = "111"
) -> Shop:
    """A new merchant with one WhatsApp inbox in this database."""
    number = next(_numbers)
    rows = await database.call(
        "select merchant_new($1, $2, 'ar', 'IQD')", f"shop-{number}", f"متجر {number}"
    )
    merchant = rows[0][0]
    async with database.deed(merchant) as connection:
        inbox = await connection.fetchval(
            "insert into inbox (merchant_id, key, channel, name, account, secrets, window_ms,"
            " batch_max) values ($1, $2, 'whatsapp', 'واتساب', $3, '', $4, $5) returning id",
            merchant,
            f"key-{number}",
            account,
            window_ms,
            batch_max,
        )
    return Shop(database=database, merchant=merchant, inbox=inbox, account=account)
