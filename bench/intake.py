"""Signed webhooks over real HTTP, 64 in flight, each answered after its commit (law 2)."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import time
from collections.abc import Iterator

import msgspec

from bench.figures import Figure, percentile
from bench.ground import Ground
from hudhud.model import Inbox

IN_FLIGHT = 64
CONTACTS = 500
OK = b"HTTP/1.1 200"
_numbers = itertools.count(1)


async def measure(on: Ground, *, rounds: int, webhooks: int) -> list[Figure]:
    """Webhooks a second, and how long one waits for its 200, at 64 in flight and at one.

    Raises:
        RuntimeError: an answer was not 200, or a message is not in the database.
    """
    await _round(on, IN_FLIGHT, webhooks // 4)  # plans and connections become warm
    many = [await _round(on, IN_FLIGHT, webhooks) for _ in range(rounds)]
    one = [await _round(on, 1, webhooks // 20) for _ in range(rounds)]
    return [
        Figure("intake, 64 in flight", "webhooks/s", [rate for rate, _ in many]),
        Figure("intake, 64 in flight, p50", "ms", [percentile(ms, 0.5) for _, ms in many]),
        Figure("intake, 64 in flight, p99", "ms", [percentile(ms, 0.99) for _, ms in many]),
        Figure("intake, 1 in flight", "webhooks/s", [rate for rate, _ in one]),
        Figure("intake, 1 in flight, p50", "ms", [percentile(ms, 0.5) for _, ms in one]),
    ]


async def _round(on: Ground, in_flight: int, webhooks: int) -> tuple[float, list[float]]:
    requests = [_request(on.inbox) for _ in range(webhooks)]
    before = await _stored(on)
    waiting = iter(requests)
    started = time.perf_counter()
    waits = await asyncio.gather(*(_customer(on.port, waiting) for _ in range(in_flight)))
    seconds = time.perf_counter() - started
    if await _stored(on) - before != webhooks:
        raise RuntimeError("a 200 was given for a message that is not in the database")
    return webhooks / seconds, [wait for one in waits for wait in one]


async def _customer(port: int, requests: Iterator[bytes]) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waits = []
    for request in requests:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(OK):
            raise RuntimeError(head.split(b"\r\n", 1)[0].decode())
        await reader.readexactly(int(head.lower().split(b"content-length:")[1].split()[0]))
        waits.append((time.perf_counter() - started) * 1000)
    writer.close()
    await writer.wait_closed()
    return waits


def _request(inbox: Inbox) -> bytes:
    body = _body(inbox, next(_numbers))
    key = str(inbox.options["app_secret"]).encode()
    signature = hmac.new(key, body, hashlib.sha256).hexdigest()
    head = (
        f"POST /webhooks/whatsapp/{inbox.key} HTTP/1.1\r\nhost: bench\r\n"
        f"content-type: application/json\r\nx-hub-signature-256: sha256={signature}\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _body(inbox: Inbox, number: int) -> bytes:
    who = str(964_770_000_000 + number % CONTACTS)
    message = {
        "from": who,
        "id": f"wamid.bench.{number}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": "السلام عليكم، بكم القميص؟"},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "1", "phone_number_id": inbox.account},
        "contacts": [{"profile": {"name": "زبون"}, "wa_id": who}],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    entry = {"id": "1", "changes": [change]}
    return msgspec.json.encode({"object": "whatsapp_business_account", "entry": [entry]})


async def _stored(on: Ground) -> int:
    async with on.database.reading(on.inbox.merchant_id) as connection:
        return int(await connection.fetchval("select count(*) from message"))
