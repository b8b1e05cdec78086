"""The instance itself: is its phone linked, the QR code that links it, where its webhooks go."""

from __future__ import annotations

from typing import Any

import aiohttp
import msgspec

from hudhud.channels.evolution import events
from hudhud.channels.evolution.calling import call
from hudhud.channels.evolution.options import Options
from hudhud.channels.evolution.proof import SECRET_HEADER
from hudhud.channels.loose import record, words

TIMEOUT_S = 10.0
_PNG = "data:image/png;base64,"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: `open`, `connecting` or `close`; while it is not open, what links the phone.

    `qr_png` is a `data:` address of a picture, `qr_code` the text in it, `pairing_code` the letters
    to type instead.
    """

    state: str
    qr_png: str = ""
    qr_code: str = ""
    pairing_code: str = ""


async def state_of(
    http: aiohttp.ClientSession, options: Options, *, timeout_s: float = TIMEOUT_S
) -> str:
    """The connection state; errors as `call`."""
    told = record(await call(http, options, "GET", "instance/connectionState", timeout_s=timeout_s))
    return words((record(told.get("instance")) or told).get("state"))


async def link_of(http: aiohttp.ClientSession, options: Options) -> Link:
    """The connection state, and the QR code when the phone is not linked; errors as `call`."""
    state = await state_of(http, options)
    if state == "open":
        return Link(state=state)
    told = record(await call(http, options, "GET", "instance/connect", timeout_s=TIMEOUT_S))
    told = record(told.get("qrcode")) or told
    picture = words(told.get("base64"))
    return Link(
        state=state or "close",
        # Only ever shown as a picture: whatever else stands there is not one.
        qr_png=picture if picture.startswith(_PNG) else "",
        qr_code=words(told.get("code")),
        pairing_code=words(told.get("pairingCode")),
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
