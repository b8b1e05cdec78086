"""Webhooks of Instagram and Messenger: events of a thread. Pure: a world in, JSON out.

Source: PLATFORM_FACTS part 8; Meta's Messenger Platform and Instagram webhook references.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import secrets
import zlib
from collections.abc import Sequence
from typing import Any

from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.threads.platform import Platform
from hudhud.simulator.state import Message, Phone, World
from hudhud.simulator.statuses import Telling

MID_BYTES = 48
SALT_DIGITS = 4
Event = dict[str, Any]


def new_mid(platform: Platform, _wa_id: str) -> str:
    """An id as opaque and as long as Meta's."""
    return platform.mid_head + base64.urlsafe_b64encode(secrets.token_bytes(MID_BYTES)).decode()


def scoped_id(number: Number, wa_id: str) -> str:
    """The id under which this account alone knows the person."""
    salt = 1000 + zlib.crc32(number.phone_number_id.encode()) % 9000
    return f"{salt}{wa_id[::-1]}"


def person(world: World, number: Number, scoped: str) -> Phone | None:
    """The phone with that scoped id; None when this account knows no such person."""
    phone = world.phones.get(scoped[SALT_DIGITS:][::-1])
    return phone if phone and scoped_id(number, phone.wa_id) == scoped else None


def app_id(number: Number) -> int:
    """Meta's id of the account's app, as an echo names it."""
    return int.from_bytes(hashlib.sha256(number.app_secret.encode()).digest()[:6], "big")


def message_webhook(
    platform: Platform, number: Number, said: Sequence[tuple[Phone, Message]]
) -> dict[str, Any]:
    """One webhook with these events, in this order; an entry for each turn of another app."""
    runs = itertools.groupby(said, lambda pair: bool(pair[1].more.get("standby")))
    return _envelope(
        platform,
        *(
            _entry(number, [_said(platform, number, *pair) for pair in run], standby=standby)
            for standby, run in runs
        ),
    )


def status_webhook(
    platform: Platform, number: Number, phone: Phone, sent: Message, told: Telling
) -> dict[str, Any] | None:
    """What becomes of a sent message: its echo, its delivery, its reading.

    Instagram tells no delivery, neither tells a failure. Messenger names a moment until which
    everything was read.
    """
    at_ms = _ms(sent.at_ms, told.stamp_s)
    event = _framed(number, phone, at_ms)
    if told.status == "sent":
        event = _echo(platform, number, phone, sent)
    elif told.status == "read":
        event["read"] = {"mid": sent.wamid} if platform.names_reads else {"watermark": at_ms}
    elif told.status == "delivered" and not platform.names_reads:
        event["delivery"] = {"mids": [sent.wamid], "watermark": sent.at_ms}
    else:
        return None
    return _envelope(platform, _entry(number, [event]))


def _said(platform: Platform, number: Number, phone: Phone, message: Message) -> Event:
    content = _reachable(message.content, number.reached_at)
    at_ms = _ms(message.at_ms, message.stamp_s)
    inner = content.get("message")
    event = _framed(number, phone, at_ms, outward=bool(inner and inner.get("is_echo"))) | content
    if inner is not None:
        event["message"] = {"mid": message.wamid, **inner}
        if message.reply_to and "reply_to" not in inner:
            event["message"]["reply_to"] = {"mid": message.reply_to}
    if "postback" in content:
        event["postback"] = {"mid": message.wamid, **content["postback"]}
    if "read" in content and not platform.names_reads:
        event["read"] = {"watermark": at_ms}
    if ad := message.more.get("ad"):
        _came_by_ad(event, str(ad))
    return event


def _came_by_ad(event: Event, ad: str) -> None:
    referral = {"source": "ADS", "type": "OPEN_THREAD", "ad_id": ad, "ref": ad}
    for name in ("message", "postback"):
        if name in event:
            event[name]["referral"] = referral
    if "referral" in event:
        event["referral"] |= referral


def _echo(platform: Platform, number: Number, phone: Phone, sent: Message) -> Event:
    message = dict(_reachable(sent.content["message"], number.reached_at))
    if file := message.pop("attachment", None):
        message["attachments"] = [file]
    if sent.tag and platform.returns_tag:
        message["metadata"] = sent.tag
    body = {"mid": sent.wamid, "is_echo": True, "app_id": app_id(number), **message}
    return _framed(number, phone, sent.at_ms, outward=True) | {"message": body}


def _framed(number: Number, phone: Phone, at_ms: int, *, outward: bool = False) -> Event:
    own, theirs = {"id": number.phone_number_id}, {"id": scoped_id(number, phone.wa_id)}
    sides = (own, theirs) if outward else (theirs, own)
    return {"sender": sides[0], "recipient": sides[1], "timestamp": at_ms}


def _entry(number: Number, events: list[Event], *, standby: bool = False) -> dict[str, Any]:
    return {
        "id": number.phone_number_id,
        "time": events[-1]["timestamp"],
        "standby" if standby else "messaging": events,
    }


def _envelope(platform: Platform, *entries: dict[str, Any]) -> dict[str, Any]:
    return {"object": platform.object, "entry": list(entries)}


def _ms(at_ms: int, stamp_s: int) -> int:
    """The stamp in milliseconds: those of the moment itself, when it was not set back."""
    return stamp_s * 1000 + at_ms % 1000


def _reachable(content: Event, base: str) -> Event:
    """The same with whole addresses of our own files: the product fetches them from afar."""
    whole: Event = _whole(content, base)
    return whole


def _whole(value: Any, base: str) -> Any:
    if isinstance(value, dict):
        return {
            name: base + part if name == "url" and str(part).startswith("/") else _whole(part, base)
            for name, part in value.items()
        }
    return [_whole(part, base) for part in value] if isinstance(value, list) else value
