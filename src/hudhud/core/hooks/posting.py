"""One event is posted to one endpoint, signed as the Standard Webhooks specification says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import msgspec

from hudhud.core.outside.breakers import Breakers
from hudhud.responders.webhook.posting import post
from hudhud.responders.webhook.signing import signed
from hudhud.settings import Settings
from hudhud.store.hooks.endpoints import Event

POST_S: Final = 10.0
PING: Final = "ping"


def service(url: str) -> str:
    """The breaker of an endpoint: its host and port."""
    return f"webhook/{urlsplit(url).netloc}"


def name_of(event: Event) -> str:
    """What an event is called wherever it is posted, and however often; receivers know it by it."""
    return f"order_event_{event.id}"


def body_of(event: Event) -> bytes:
    """An event as it is posted, byte for byte the same each time; pure."""
    told = {"id": name_of(event), "type": event.kind, "at": event.at, "order": event.payload}
    return msgspec.json.encode(told)


async def send(
    breakers: Breakers,
    settings: Settings,
    url: str,
    secrets: Sequence[str],
    body: bytes,
    *,
    id_: str,
) -> None:
    """Post once; any answer of success is enough, and none of its words is read.

    Args:
        breakers: of this process.
        settings: say which origins may lie in a private network.
        url: where to.
        secrets: that sign it, the newest first.
        body: raw.
        id_: of this event; the same when it is posted again.

    Raises:
        BreakerOpenError: this host failed too often just now.
        ResponderFailedError: it was not taken.
    """
    headers = signed(secrets, body, id_=id_, now=datetime.now(UTC))
    trusted = settings.webhook_trusted.split(",")
    async with breakers.calling(service(url), deadline_s=POST_S):
        await post(url, body, headers, trusted=trusted, deadline_s=POST_S)
