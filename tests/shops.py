"""One merchant with one connected number in a running house, and the ledger that judges it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import itertools
import json
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import asyncpg

from hudhud.core.connecting import connect
from hudhud.core.handoff import Hints
from hudhud.core.secrets import Vault
from hudhud.model import Inbox
from hudhud.ops.sample.sample import sample
from hudhud.store import assistants, catalogue, merchants, operators
from hudhud.store.pool import Database
from processes import House

DEADLINE_S = 40.0
SAID_MAX = 4000
LOOK_S = 0.03
SILENT = {"reaction", "edit", "revoke"}
ACCOUNT = {
    "whatsapp": "phone_number_id",
    "instagram": "instagram_id",
    "messenger": "page_id",
}
_numbers = itertools.count(int(time.time()) % 100_000 * 1000)


class Nobody(Hints):
    """Hints that get lost: whatever a deed made due must be found without them."""

    def reply(self, merchant_id: int, conversation_id: int, due_ms: float) -> None: ...

    def send(self, merchant_id: int, conversation_id: int, due_ms: float) -> None: ...

    def changed(self, merchant_id: int, conversation_id: int) -> None: ...


async def until(
    true: Callable[[], Awaitable[Any]], what: str = "", *, seconds: float = DEADLINE_S
) -> Any:
    """Ask again until it is true, with a deadline, and return what made it so."""
    deadline = time.monotonic() + seconds
    while not (found := await true()):
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not happen within {seconds:.0f} s: {what}")
        await asyncio.sleep(LOOK_S)
    return found


@dataclass
class Shop:
    """A merchant's number: what its customers say, what they read, and what is stored of it."""

    house: House
    http: aiohttp.ClientSession
    owner_url: str
    inbox: Inbox
    operator_id: int
    secret: str
    said: list[str] = field(default_factory=list)

    @property
    def merchant_id(self) -> int:
        return self.inbox.merchant_id

    @property
    def number(self) -> str:
        return self.inbox.account

    @property
    def webhook_url(self) -> str:
        return f"{self.house.web_url}/webhooks/{self.inbox.channel}/{self.inbox.key}"

    def customer(self, place: int = 1) -> str:
        """The wa_id of one of its customers; no other shop's."""
        return f"9647{int(self.number) % 1_000_000:06d}{place:03d}"

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        url = f"{self.house.simulator_url}/simulator{path}"
        async with self.http.request(method, url, json=body) as answer:
            text = await answer.text()
            assert answer.status in (200, 204), text
            return json.loads(text) if text else None

    async def say(
        self, *texts: str, by: int = 1, delivery: str = "in_order", **say: Any
    ) -> list[str]:
        """One customer writes these texts; the webhooks leave at once."""
        parts = [{"text": text, **say} for text in texts] or [say]
        asked = {"phone_number_id": self.number, "messages": parts, "delivery": delivery}
        told = await self.ask("POST", f"/phones/{self.customer(by)}/say", asked)
        self.said += told["wamids"]
        return list(told["wamids"])

    async def do(self, kind: str, *, by: int = 1, **what: Any) -> None:
        """One customer does something that has no id of its own: reads, reacts, unsends."""
        asked = {"phone_number_id": self.number, "kind": kind, **what}
        await self.ask("POST", f"/phones/{self.customer(by)}/say", asked)

    async def history(self) -> dict[str, Any]:
        """What the provider saw of this number."""
        told = await self.ask("GET", "/history?limit=20000")
        return {
            name: [one for one in rows if one["phone_number_id"] == self.number]
            for name, rows in told.items()
            if isinstance(rows, list)
        }

    async def sends(self, by: int | None = None) -> list[dict[str, Any]]:
        """What Meta took from us for this number, in order."""
        return [
            send
            for send in (await self.history())["sends"]
            if by is None or send["to"] == self.customer(by)
        ]

    async def behave(self, **behaviour: Any) -> None:
        await self.ask("PUT", "/behaviour", {"phone_number_id": self.number, **behaviour})

    async def fault(self, kind: str, **rest: Any) -> None:
        await self.ask("POST", "/faults", {"kind": kind, "phone_number_id": self.number, **rest})

    async def rows(self, sql: str, *values: Any) -> list[asyncpg.Record]:
        """Rows as the owner sees them; `$1` is this merchant."""
        # A connection for each look: in the fault tests the server dies under an open one.
        connection = await asyncpg.connect(self.owner_url)
        try:
            return list(await connection.fetch(sql, self.merchant_id, *values))
        finally:
            await connection.close()

    async def value(self, sql: str, *values: Any) -> Any:
        """The first value of the first row; None where there is none yet."""
        rows = await self.rows(sql, *values)
        return rows[0][0] if rows else None

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Database]:
        """The product's own pool, as the runtime role."""
        database = await Database.open(self.house.environ["HUDHUD_DATABASE_URL"], size=2)
        try:
            yield database
        finally:
            await database.close()

    async def conversation(self) -> asyncpg.Record:
        """The only one; what was said may still be on its way."""
        conversations = "select * from conversation where merchant_id = $1 order by id"
        rows = await until(lambda: self.rows(conversations), "its conversation")
        assert len(rows) == 1
        return rows[0]

    async def batches(self) -> list[list[str]]:
        """The wamids of every batch, in the order of the batches."""
        rows = await self.rows(
            """select b.id, array_agg(m.external_id order by m.provider_at, m.id) as wamids
               from batch b join message m on m.batch_id = b.id and m.direction = 'in'
               where b.merchant_id = $1 group by b.id order by b.id"""
        )
        return [list(row["wamids"]) for row in rows]

    async def post(self, body: bytes, *, secret: str | None = None, url: str = "") -> int:
        """A webhook written by hand, signed with the app's secret or another."""
        key = (self.secret if secret is None else secret).encode()
        signature = "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": signature, "Content-Type": "application/json"}
        async with self.http.post(
            url or self.webhook_url, data=io.BytesIO(body), headers=headers
        ) as answer:
            return answer.status

    def body(self, wamid: str, text: str = "مرحبا", by: int = 1) -> bytes:
        """A webhook with one text message."""
        message = {
            "from": self.customer(by),
            "id": wamid,
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": text},
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": self.number, "phone_number_id": self.number},
            "contacts": [{"profile": {"name": "سعاد"}, "wa_id": self.customer(by)}],
            "messages": [message],
        }
        change = {"field": "messages", "value": value}
        whole = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
        return json.dumps(whole).encode()

    async def answered(self, count: int | None = None, *, seconds: float = DEADLINE_S) -> None:
        """Wait until every message that was said is in a batch and every answer was taken."""
        try:
            await until(lambda: self._at_rest(count), "everything answered", seconds=seconds)
        except AssertionError as error:
            error.add_note(f"What is open: {await self._open()}")
            error.add_note(f"What the worker said last: {self.house.worker.said[-SAID_MAX:]}")
            raise

    async def _open(self) -> dict[str, Any]:
        (row,) = await self.rows(
            """select
            (select count(*) from message where merchant_id = $1
                and external_id = any ($2)) as stored,
            (select jsonb_agg(to_jsonb(c)) from conversation c where c.merchant_id = $1 and exists (
                select from message m where m.merchant_id = $1 and m.conversation_id = c.id
                    and m.direction = 'in' and m.wakes and m.batch_id is null)) as waiting,
            (select count(*) from batch where merchant_id = $1) as batches,
            (select jsonb_agg(to_jsonb(o)) from outbox o where o.merchant_id = $1
                and o.state in ('queued', 'sending', 'unknown')) as sends""",
            self.said,
        )
        return {"said": len(set(self.said)), **row}

    async def _at_rest(self, batches: int | None) -> bool:
        try:
            (row,) = await self.rows(
                """select
                (select count(*) from message where merchant_id = $1
                    and external_id = any ($2)) as stored,
                (select count(*) from message where merchant_id = $1 and direction = 'in' and wakes
                    and batch_id is null) as waiting,
                (select count(*) from batch where merchant_id = $1) as batches,
                (select count(*) from outbox where merchant_id = $1
                    and state in ('queued', 'sending', 'unknown')) as open""",
                self.said,
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        enough = batches is None or row["batches"] >= batches
        return (
            enough
            and row["stored"] == len(set(self.said))
            and not row["waiting"]
            and not row["open"]
        )


async def ledger(shop: Shop) -> dict[str, int]:
    """Judge by what the provider saw and by what is stored: nothing lost, nothing twice.

    Every message that got its 200 is stored once; each that wants an answer is in one batch; every
    batch was answered by one send for each part, and no send answers what nobody asked.
    """
    seen = await shop.history()
    acknowledged = [i for i in seen["inbound"] if i["http_status"] == 200]
    messages = await shop.rows(
        "select external_id, batch_id from message where merchant_id = $1 and direction = 'in'"
    )
    times = Counter(row["external_id"] for row in messages)
    batched = {row["external_id"] for row in messages if row["batch_id"] is not None}
    outbox = await shop.rows(
        "select id, batch_id, part, state, external_id from outbox where merchant_id = $1"
    )
    named = {row["external_id"]: str(row["id"]) for row in outbox}
    # Instagram brings no tag back: there a send is known by its id alone.
    sends = Counter(
        send["tag"].split(".")[1] if send["tag"] else named.get(send["wamid"], "")
        for send in seen["sends"]
    )
    waking = [i["wamid"] for i in acknowledged if i["kind"] not in SILENT]
    lost = sum(1 for i in acknowledged if not times[i["wamid"]])
    lost += sum(1 for wamid in waking if wamid not in batched)
    lost += sum(1 for row in outbox if row["state"] != "cancelled" and not sends[str(row["id"])])
    known = {str(row["id"]) for row in outbox}
    twice = sum(count - 1 for count in times.values())
    twice += sum(count - 1 for count in sends.values()) + sum(
        1 for tag in sends if tag not in known
    )
    parts = Counter((row["batch_id"], row["part"]) for row in outbox if row["batch_id"])
    twice += sum(count - 1 for count in parts.values())
    return {"accepted": len(acknowledged), "lost": lost, "twice": twice}


@asynccontextmanager
async def opened_shop(
    house: House,
    owner_url: str,
    *,
    window_ms: int = 400,
    batch_max: int = 5,
    assistant: dict[str, Any] | None = None,
    channel: str = "whatsapp",
) -> AsyncIterator[Shop]:
    """A new merchant whose account is registered at the simulator; the challenge went through."""
    number = str(100_000_000_000 + next(_numbers))
    given = {
        ACCOUNT[channel]: number,
        "token": f"token-{number}",
        "app_secret": secrets.token_hex(16),
        "verify_token": secrets.token_hex(8),
        "api_url": house.simulator_url,
    }
    database = await Database.open(house.environ["HUDHUD_DATABASE_URL"], size=1)
    try:
        async with database.deed() as connection:
            key, name = f"shop-{number}", sample().merchant.name_ar
            merchant_id = await merchants.add(connection, key=key, name=name)
            await merchants.act_for(connection, merchant_id)
            wanted = {"name": "هدهد", "responder": "catalogue", **(assistant or {})}
            assistant_id = await assistants.add(connection, merchant_id, **wanted)
            operator_id = await operators.add(
                connection, merchant_id, email=f"{key}@example.org", name="سارة", language="ar"
            )
            await catalogue.add_products(connection, merchant_id, sample().products)
            await catalogue.add_faqs(connection, merchant_id, sample().faqs)
            inbox = await connect(
                connection,
                Vault(house.key_hex),
                merchant_id=merchant_id,
                channel=channel,
                name="المحل",
                given=given,
                assistant_id=assistant_id,
                window_ms=window_ms,
                batch_max=batch_max,
            )
    finally:
        await database.close()
    async with aiohttp.ClientSession() as http:
        shop = Shop(house, http, owner_url, inbox, operator_id, given["app_secret"])
        await shop.ask("POST", "/numbers", _registration(shop, given))
        await shop.behave(retry_first_ms=50, retry_most_ms=400)
        yield shop
        await shop.ask("DELETE", f"/numbers/{number}")


def _registration(shop: Shop, given: dict[str, str]) -> dict[str, str]:
    shared = {name: given[name] for name in ("token", "app_secret", "verify_token")}
    return {
        **shared,
        "provider": shop.inbox.channel,
        "phone_number_id": shop.number,
        "display_phone_number": shop.number,
        "name": "المحل",
        "webhook_url": shop.webhook_url,
    }
