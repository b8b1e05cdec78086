"""Webhooks in Evolution API's own shape, v1 and v2. Pure but for the moment of a token."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from hudhud.errors import BadInputError
from hudhud.simulator.files import FILES
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.evolution.kinds import KINDS
from hudhud.simulator.providers.evolution.manner import manner_of
from hudhud.simulator.state import Message, Phone
from hudhud.simulator.statuses import Telling

TOKEN_S = 600
UPSERT, SENT = "messages.upsert", "send.message"
STATUSES = {"sent": "SERVER_ACK", "delivered": "DELIVERY_ACK", "read": "READ", "failed": "ERROR"}


def new_wamid(_wa_id: str) -> str:
    """An id as a phone makes them."""
    return "3A" + secrets.token_hex(9).upper()


def message_webhook(number: Number, said: Sequence[tuple[Phone, Message]]) -> dict[str, Any]:
    """One webhook with these things, in this order.

    Raises:
        BadInputError: they belong to different events.
    """
    events = {KINDS[message.kind].place or UPSERT for _, message in said}
    if len(events) > 1:
        raise BadInputError("One webhook tells of one event.")
    items = [_item(number, phone, message) for phone, message in said]
    return envelope(number, events.pop(), items[0] if len(items) == 1 else items)


def status_webhook(number: Number, phone: Phone, sent: Message, told: Telling) -> dict[str, Any]:
    """One webhook with one status of one sent message; the releases name the same differently."""
    shared = {"remoteJid": jid_of(phone), "fromMe": True, "status": STATUSES[told.status]}
    if manner_of(number).version == "v1":
        return envelope(number, "messages.update", {**shared, "id": sent.wamid})
    row = {"messageId": secrets.token_hex(12), "keyId": sent.wamid, "instanceId": "an-instance"}
    return envelope(number, "messages.update", {**shared, **row})


def sent_webhook(number: Number, phone: Phone, sent: Message) -> dict[str, Any]:
    """One webhook that tells what left through the interface."""
    return envelope(number, SENT, told_of(number, phone, sent))


def told_of(number: Number, phone: Phone, sent: Message) -> dict[str, Any]:
    """What was sent, as answers and webhooks tell it."""
    return {
        "key": {"remoteJid": jid_of(phone), "fromMe": True, "id": sent.wamid},
        "pushName": number.name,
        "status": "PENDING",
        **sent.content,
        "messageType": next(iter(sent.content["message"]), "unknown"),
        "messageTimestamp": sent.stamp_s,
        "instanceId": "an-instance",
        "source": "web",
    }


def letter(number: Number, raw: bytes) -> tuple[str, dict[str, str]]:
    """The address and the headers with which Evolution posts these bytes."""
    manner, address = manner_of(number), number.webhook_url
    if manner.by_events and (event := _event_in(raw)):
        address += "/" + event.replace(".", "-").replace("_", "-").lower()
    headers = {"Content-Type": "application/json", "User-Agent": "axios/1.7.9"} | manner.headers
    if key := headers.pop("jwt_key", ""):
        headers["Authorization"] = f"Bearer {_token(key)}"
    return address, headers


def jid_of(phone: Phone) -> str:
    """The phone's address inside WhatsApp."""
    return f"{phone.wa_id}@s.whatsapp.net"


def lid_of(phone: Phone) -> str:
    """Its hidden id."""
    return f"1{phone.wa_id[::-1]}@lid"


def envelope(number: Number, event: str, data: Any) -> dict[str, Any]:
    """An event with all that Evolution writes around it, its own key too."""
    spelled = event.upper().replace(".", "_") if manner_of(number).upper else event
    digits = "".join(filter(str.isdigit, number.display_phone_number))
    return {
        "event": spelled,
        "instance": number.phone_number_id,
        "data": data,
        "destination": number.webhook_url,
        "date_time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "sender": f"{digits}@s.whatsapp.net",
        "server_url": "http://admin:server-password@evolution.invalid",
        "apikey": number.tokens[0],
    }


def _item(number: Number, phone: Phone, message: Message) -> Any:
    content = message.content
    if "data" in content:
        return content["data"]
    key = _key(phone, message)
    if "about" in content:
        key["id"] = content["about"]
        rest = {name: part for name, part in content.items() if name != "about"}
        return {"key": key, **rest, "timestampMs": str(message.stamp_s * 1000)}
    body = dict(content["message"])
    if manner_of(number).base64 and message.kind in FILES:
        body["base64"] = base64.b64encode(FILES[message.kind].data).decode()
    quoted = {"contextInfo": {"stanzaId": message.reply_to}} if message.reply_to else {}
    return {
        "key": key,
        "pushName": phone.name,
        "status": "DELIVERY_ACK",
        "message": body,
        **quoted,
        "messageType": next(iter(body), "unknown"),
        "messageTimestamp": message.stamp_s,
        "instanceId": "an-instance",
        "source": "android",
    }


def _key(phone: Phone, message: Message) -> dict[str, Any]:
    key: dict[str, Any] = {"fromMe": bool(message.content.get("fromMe")), "id": message.wamid}
    seen = message.more.get("ids") or ("lid" if phone.hides_phone else "")
    hidden, plain = lid_of(phone), jid_of(phone)
    if crowd := message.content.get("jid") or message.more.get("group"):
        jid = crowd if "@" in str(crowd) else f"{crowd}@g.us"
        return {**key, "remoteJid": jid, "participant": plain}
    return key | {
        "": {"remoteJid": plain},
        "lid": {"remoteJid": hidden},
        "lid_and_phone": {"remoteJid": hidden, "remoteJidAlt": plain},
        "phone_and_lid": {"remoteJid": plain, "senderLid": hidden},
    }.get(str(seen), {"remoteJid": plain})


def _event_in(raw: bytes) -> str:
    try:
        read = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return ""
    return str(read.get("event") or "") if isinstance(read, dict) else ""


def _token(key: str) -> str:
    def part(value: Any) -> str:
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    now_s = int(time.time())
    claims = {"iat": now_s, "exp": now_s + TOKEN_S, "app": "evolution", "action": "webhook"}
    signed = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}"
    return f"{signed}.{part(hmac.digest(key.encode(), signed.encode(), 'sha256'))}"
