"""The instance itself: is its phone linked, the QR code that links it, where its webhooks go."""

from __future__ import annotations

from typing import Any

import aiohttp

from hudhud.channels.contract import Link
from hudhud.channels.evolution import events
from hudhud.channels.evolution.calling import call
from hudhud.channels.evolution.options import Options
from hudhud.channels.evolution.proof import SECRET_HEADER
from hudhud.channels.loose import record, words

TIMEOUT_S = 10.0
CODE_CHARS_MAX = 1024


async def state_of(
    http: aiohttp.ClientSession, options: Options, *, timeout_s: float = TIMEOUT_S
) -> str:
    """The connection state; errors as `call`."""
    told = record(await call(http, options, "GET", "instance/connectionState", timeout_s=timeout_s))
    return words((record(told.get("instance")) or told).get("state"))


async def link_of(http: aiohttp.ClientSession, options: Options, *, timeout_s: float) -> Link:
    """Whether the phone is linked, and what links it when it is not; errors as `call`.

    Args:
        http: the shared session.
        options: of the inbox.
        timeout_s: for each of the two questions.
    """
    state = await state_of(http, options, timeout_s=timeout_s)
    if state == "open":
        return Link(linked=True)
    told = record(await call(http, options, "GET", "instance/connect", timeout_s=timeout_s))
    told = record(told.get("qrcode")) or told
    code = words(told.get("code"))
    return Link(
        linked=False,
        qr_code=code if len(code) <= CODE_CHARS_MAX else "",
        pairing_code=words(told.get("pairingCode"))[:CODE_CHARS_MAX],
    )


async def point_webhook(http: aiohttp.ClientSession, options: Options, url: str) -> None:
    """Tell the instance to send its webhooks to `url`, with our proof; errors as `call`."""
    wanted = [event.upper().replace(".", "_") for event in events.WANTED]
    if options.version == "v1":
        body: dict[str, Any] = {"enabled": True, "url": url, "events": wanted}
        body |= {"webhook_by_events": False, "webhook_base64": False}
    else:
        proof = {SECRET_HEADER: options.webhook_secret} if options.webhook_secret else {}
        proof |= {"jwt_key": options.jwt_key} if options.jwt_key else {}
        told = {"enabled": True, "url": url, "headers": proof, "events": wanted}
        body = {"webhook": {**told, "byEvents": False, "base64": False}}
    await call(http, options, "POST", "webhook/set", json=body, timeout_s=TIMEOUT_S)
