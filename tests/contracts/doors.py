"""The real door with real engines, and how each provider that posts to it makes a webhook."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg

from hudhud.core.connecting import connect
from hudhud.core.inboxes import Inboxes
from hudhud.core.intake.accept import COMMITTERS, LOCK_TIMEOUT_MS, Intake
from hudhud.core.intake.replay import Replay
from hudhud.core.intake.routing import from_record
from hudhud.core.intake.spool import Spool
from hudhud.core.secrets import Vault
from hudhud.store import merchants
from hudhud.store.pool import Database
from hudhud.web.webhooks import Webhooks

BODY_BYTES_MAX = 3 * 1024 * 1024
AT_ONCE = 64
STAMP_S = 1_763_700_000
SECRET = "a-secret-of-the-app"
_ids = itertools.count(1)


@dataclass(frozen=True)
class Posting:
    """One provider: what connects an account of it, and how its webhooks are made.

    `good` makes one text message from an id and its words, `item` makes a message of any captured
    document, `around` makes a webhook of messages.
    """

    channel: str
    folders: tuple[str, ...]
    given: dict[str, str]
    good: Callable[[str, str], Any]
    items: Callable[[Any], list[Any]]
    around: Callable[[Sequence[Any]], dict[str, Any]]


def _signed(body: bytes) -> dict[str, str]:
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"x-hub-signature-256": f"sha256={digest}", "x-hudhud-secret": SECRET}


_GRAPH = {"token": "t", "app_secret": SECRET, "verify_token": "v"}


def _whatsapp_good(id_: str, text: str) -> Any:
    message = {"from": "9647701112233", "id": id_, "timestamp": str(STAMP_S), "type": "text"}
    return _whatsapp_value({"messages": [{**message, "text": {"body": text}}]})


def _whatsapp_value(value: Any) -> Any:
    about = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "777"}}
    whole = {**value, **about} if isinstance(value, dict) else value
    return {"id": "1", "changes": [{"field": "messages", "value": whole}]}


def _whatsapp_items(document: Any) -> list[Any]:
    if isinstance(document, dict) and isinstance(document.get("entry"), list):
        return [_ours(entry) for entry in document["entry"]]
    return [_whatsapp_value(document)]


def _ours(value: Any) -> Any:
    """The same document as if it were written to our account."""
    if isinstance(value, list):
        return [_ours(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {k: "777" if k == "phone_number_id" else _ours(v) for k, v in value.items()}


def _thread_good(id_: str, text: str) -> Any:
    event = {"sender": {"id": "42"}, "recipient": {"id": "777"}, "timestamp": STAMP_S * 1000}
    return {"id": "777", "time": 1, "messaging": [{**event, "message": {"mid": id_, "text": text}}]}


def _thread_items(document: Any) -> list[Any]:
    if isinstance(document, dict) and isinstance(document.get("entry"), list):
        return [
            {**entry, "id": "777"} if isinstance(entry, dict) else entry
            for entry in document["entry"]
        ]
    return [{"id": "777", "time": 1, "messaging": [document]}]


def _evolution_good(id_: str, text: str) -> Any:
    key = {"remoteJid": "9647701112233@s.whatsapp.net", "fromMe": False, "id": id_}
    return {"key": key, "message": {"conversation": text}, "messageTimestamp": STAMP_S}


def _evolution_items(document: Any) -> list[Any]:
    data = document.get("data", document) if isinstance(document, dict) else document
    return data if isinstance(data, list) else [data]


def _entries(items: Sequence[Any]) -> dict[str, Any]:
    return {"object": "any", "entry": list(items)}


def _upsert(items: Sequence[Any]) -> dict[str, Any]:
    return {"event": "messages.upsert", "instance": "777", "data": list(items)}


POSTINGS = {
    posting.channel: posting
    for posting in (
        Posting(
            *("whatsapp", ("whatsapp",), {**_GRAPH, "phone_number_id": "777"}),
            *(_whatsapp_good, _whatsapp_items, _entries),
        ),
        Posting(
            *("instagram", ("instagram",), {**_GRAPH, "instagram_id": "777"}),
            *(_thread_good, _thread_items, _entries),
        ),
        Posting(
            *("messenger", ("messenger",), {**_GRAPH, "page_id": "777"}),
            *(_thread_good, _thread_items, _entries),
        ),
        Posting(
            *("evolution", ("evolution", "baileys")),
            {
                "instance_name": "777",
                "api_url": "http://127.0.0.1:9",
                "apikey": "k",
                "webhook_secret": SECRET,
            },
            *(_evolution_good, _evolution_items, _upsert),
        ),
    )
}


@dataclass
class Door:
    """Posts to one inbox; `promised` are the ids of good messages that got their 200."""

    webhooks: Webhooks
    posting: Posting
    key: str
    owner_url: str
    promised: list[str] = field(default_factory=list)

    def good(self, text: str = "مرحبا") -> Any:
        """One good message, whose id is new."""
        self.promised.append(f"{self.posting.channel}.{next(_ids)}")
        return self.posting.good(self.promised[-1], text)

    async def post(self, body: bytes) -> int:
        """One POST of these very bytes, truly signed: its status."""
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            sent.append(message)

        headers = [(name.encode(), value.encode()) for name, value in _signed(body).items()]
        path = f"/webhooks/{self.posting.channel}/{self.key}"
        scope = {"type": "http", "method": "POST", "path": path, "query_string": b""}
        await self.webhooks({**scope, "headers": headers}, receive, send)
        return int(sent[0]["status"])

    async def post_all(self, bodies: Sequence[bytes]) -> Counter[int]:
        """All of them, many at a time: how often each status was answered."""
        seen: Counter[int] = Counter()
        for at in range(0, len(bodies), AT_ONCE):
            seen.update(await asyncio.gather(*map(self.post, bodies[at : at + AT_ONCE])))
        return seen

    async def rows(self, sql: str) -> list[asyncpg.Record]:
        """What is stored, as the owner sees it."""
        connection = await asyncpg.connect(self.owner_url)
        try:
            return list(await connection.fetch(sql))
        finally:
            await connection.close()

    async def lost(self) -> set[str]:
        """The good messages that got their 200 and are not stored."""
        rows = await self.rows("select external_id from message")
        return set(self.promised) - {row["external_id"] for row in rows}


@asynccontextmanager
async def opened(posting: Posting, database_url: Any, folder: Path) -> AsyncIterator[Door]:
    """The door of one inbox, over a database and a spool of its own."""
    vault = Vault("0" * 63 + "1")
    database = await Database.open(database_url.app_url, size=4)
    intake_database = await Database.open(
        database_url.app_url, size=COMMITTERS, lock_timeout_ms=LOCK_TIMEOUT_MS
    )
    async with database.deed() as connection:
        merchant_id = await merchants.add(connection, key="shop", name="متجر")
        await merchants.act_for(connection, merchant_id)
        inbox = await connect(
            connection,
            vault,
            merchant_id=merchant_id,
            channel=posting.channel,
            name="inbox",
            given=posting.given,
        )
    inboxes = Inboxes(database, vault)
    spool = Spool(folder / "spool", bytes_max=10**9)
    intake = Intake(
        intake_database, spool, Replay(spool, partial(from_record, inboxes)), lambda _: None
    )
    intake.start()
    webhooks = Webhooks(inboxes, intake, body_bytes_max=BODY_BYTES_MAX, accept_timeout_s=30)
    yield Door(webhooks, posting, inbox.key, database_url.owner_url)
    await intake.stop()
    await intake_database.close()
    await database.close()


def encoded(document: Any) -> bytes:
    """The document as bytes; what no encoder takes otherwise is escaped."""
    return json.dumps(document).encode()
