"""The work that everybody gets – we, the ceiling and each peer – and what comes out of it.

Customers write in bursts of signed WhatsApp webhooks, one message in each; each burst wants one
answer. A batch is due when `burst` messages wait, or `window_ms` after its first message.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from bench import saying

FIRST_CUSTOMER = 964_000_000_000
BETWEEN = 128


@dataclass(frozen=True, slots=True)
class Signed:
    """One webhook: its body, and the headers that prove it."""

    body: bytes
    headers: Mapping[str, str]

    def request(self, path: str) -> bytes:
        """The bytes of the whole HTTP/1.1 request, as they go over the wire."""
        lines = [f"POST {path} HTTP/1.1", "host: bench", f"content-length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One run of one contender.

    `webhooks` are sent in this order, `in_flight` at a time, to `http://127.0.0.1:{port}{path}`,
    which proves them with `app_secret`. Without SQL a peer stores nothing but its own jobs, and
    its outbox is whatever it has; with SQL every message, batch and answer is a row behind
    `database_url`. Both addresses lead to fresh engines: the database is empty and belongs to
    the role of the address, Valkey writes its log every second, as queues are run.
    `kill` and `late` ask for the slower parts too; what was not asked for is None in the outcome.
    """

    webhooks: Sequence[Signed]
    conversations: int
    burst: int
    with_sql: bool
    app_secret: str
    database_url: str
    valkey_url: str
    port: int
    path: str = "/webhook"
    window_ms: int = 1000
    in_flight: int = 64
    workers: int = 1
    kill: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one contender did with its work.

    `enqueued_per_s` counts webhooks answered 200, `messages_per_s` messages from the first webhook
    to the last answer in the outbox; `p50_ms` and `p99_ms` are a webhook's wait for its 200.
    `late_ms` is (p50, p99) from due to the start of the answer. `after_kill_s` is the time from a
    kill -9 of the worker until the last batch is done; infinite when some never were.
    `memory_bytes` is what the engine grew by while everything waited, per 10 000 messages.
    `user_lines` counts the lines that a user of it has to write; `versions` names what ran.
    `lost` messages were in no answer, `twice` counts answers to a message beyond its first, and
    `disordered` those answered before an earlier one of their customer, in the whole run.
    """

    enqueued_per_s: float
    messages_per_s: float
    p50_ms: float
    p99_ms: float
    late_ms: tuple[float, float] | None = None
    after_kill_s: float | None = None
    memory_bytes: int | None = None
    user_lines: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    lost: int = 0
    twice: int = 0
    disordered: int = 0


def signed(
    count: int,
    *,
    account: str,
    secret: str,
    conversations: int,
    burst: int = 1,
    first: int = 0,
    first_customer: int = 0,
    in_step: int = BETWEEN,
) -> list[Signed]:
    """Webhooks in the order in which they are sent: of each customer a burst, many side by side.

    Between two messages of one customer those of `BETWEEN` others are sent, so that no two of one
    customer are under way at once. Every burst is whole when `burst` divides `count`.

    Args:
        count: how many.
        account: the number that is written to.
        secret: what signs them.
        conversations: how many customers write; they come back as often as it takes.
        burst: messages that a customer writes one after another.
        first: number of the first message, in its id.
        first_customer: number of the first customer.
        in_step: so many customers begin at once and go on together, which makes their bursts due
            at once; 1 lets everybody begin for himself (the first few are less far apart then).
    """
    between, in_step = min(BETWEEN, conversations), min(in_step, conversations)
    order = sorted(
        (number // in_step * in_step * burst + place * between, number)
        for number in range(-(-count // burst))
        for place in range(burst)
    )
    return [
        _signed(first + sent, first_customer + number % conversations, account, secret)
        for sent, (_, number) in enumerate(order[:count])
    ]


def write_requests(path: Path, webhooks: Sequence[Signed], to: str) -> None:
    """Keep requests for the client's process: each with its length before it."""
    with path.open("wb") as file:
        for webhook in webhooks:
            request = webhook.request(to)
            file.write(len(request).to_bytes(4, "little") + request)


def read_requests(path: Path) -> list[bytes]:
    """What `write_requests` kept."""
    kept, at, found = path.read_bytes(), 0, []
    while at < len(kept):
        length = int.from_bytes(kept[at : at + 4], "little")
        found.append(kept[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def _signed(number: int, customer: int, account: str, secret: str) -> Signed:
    who = str(FIRST_CUSTOMER + customer)
    message = {
        "from": who,
        "id": f"wamid.bench.{number}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": saying.text(number)},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "9647700000000", "phone_number_id": account},
        "contacts": [{"profile": {"name": "زبون"}, "wa_id": who}],
        "messages": [message],
    }
    entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
    body = msgspec.json.encode({"object": "whatsapp_business_account", "entry": [entry]})
    signature = hmac.digest(secret.encode(), body, "sha256").hex()
    headers = {
        "content-type": "application/json",
        "x-hub-signature-256": f"sha256={signature}",
    }
    return Signed(body, headers)
