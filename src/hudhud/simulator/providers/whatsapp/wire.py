"""Webhooks in WhatsApp's own shape. Pure: a world in, JSON out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import operator
import secrets
from collections.abc import Sequence
from typing import Any

from hudhud.simulator.customers.saying import laid_over
from hudhud.simulator.graph.meta import webhook_error
from hudhud.simulator.numbers import Number
from hudhud.simulator.providers.whatsapp.kinds import KINDS
from hudhud.simulator.state import Message, Phone
from hudhud.simulator.statuses import Telling

CONVERSATION_S = 24 * 3600
FIELDS = {"message_echoes": "smb_message_echoes", "user_id_update": "user_id_update"}


def new_wamid(wa_id: str) -> str:
    """An id as opaque and as long as Meta's."""
    return "wamid." + base64.b64encode(wa_id.encode() + secrets.token_bytes(16)).decode()


def sign(app_secret: str, raw: bytes) -> str:
    """The value of `X-Hub-Signature-256` for these very bytes."""
    return "sha256=" + hmac.new(app_secret.encode(), raw, hashlib.sha256).hexdigest()


def letter(number: Number, raw: bytes) -> tuple[str, dict[str, str]]:
    """The address and the headers with which Meta posts these bytes."""
    return number.webhook_url, {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature-256": sign(number.app_secret, raw),
    }


def message_webhook(number: Number, said: Sequence[tuple[Phone, Message]]) -> dict[str, Any]:
    """One webhook with these things, in this order; each change holds what may stand together."""
    changes = [
        _change(number, place, [pair for _, pair in group])
        for place, group in itertools.groupby(
            ((_place(message), (phone, message)) for phone, message in said), operator.itemgetter(0)
        )
    ]
    return _envelope(number, said[-1][1].stamp_s, changes)


def _place(message: Message) -> tuple[str, str]:
    """The field of the change, and the list of its value, in which this stands."""
    place = KINDS[message.kind].place
    if place == "field":
        return str(message.more["field"]), ""
    return FIELDS.get(place, "messages"), "messages" if place in ("", "system") else place


def _change(
    number: Number, place: tuple[str, str], said: list[tuple[Phone, Message]]
) -> dict[str, Any]:
    field, name = place
    if not name:  # another subject: its value is its own
        return {"field": field, "value": said[-1][1].content}
    things = [
        laid_over(_thing(number, name, phone, message), message.extra) for phone, message in said
    ]
    value: dict[str, Any] = {name: things}
    # A system message comes without contacts (PLATFORM_FACTS part 2).
    phones = {p.wa_id: p for p, message in said if KINDS[message.kind].place != "system"}
    if phones and name in ("messages", "statuses", "message_echoes"):
        value = {"contacts": [_contact(phone) for phone in phones.values()], **value}
    return _about(number, field, value)


def _thing(number: Number, name: str, phone: Phone, message: Message) -> dict[str, Any]:
    if name == "errors":
        return message.content
    stamped = {"timestamp": str(message.stamp_s)}
    if name == "messages":
        return _message(number, phone, message)
    if name == "statuses":
        return stamped | _who(phone, "recipient_id", "recipient_user_id") | message.content
    if name == "message_echoes":
        ours = {"from": _digits(number), "id": message.wamid}
        return ours | _who(phone, "to", "to_user_id") | stamped | message.content
    return stamped | message.content


def status_webhook(number: Number, phone: Phone, sent: Message, told: Telling) -> dict[str, Any]:
    """One webhook with one status of one sent message.

    Source: PLATFORM_FACTS part 3; Meta's status reference. `conversation` and `pricing` come with
    what was sent or delivered, `errors` with what failed.
    """
    status: dict[str, Any] = {
        "id": sent.wamid,
        "status": told.status,
        "timestamp": str(told.stamp_s),
        **_who(phone, "recipient_id", "recipient_user_id"),
    }
    if sent.tag is not None:
        status["biz_opaque_callback_data"] = sent.tag
    if told.status == "failed":
        status["errors"] = [webhook_error(told.code)]
    else:
        status["conversation"] = _conversation(number, phone, told)
        status["pricing"] = {
            "billable": False,
            "pricing_model": "PMP",
            "type": "free_customer_service",
            "category": "service",
        }
    value = {"contacts": [_contact(phone)], "statuses": [status]}
    return _envelope(number, told.stamp_s, [_about(number, "messages", value)])


def _conversation(number: Number, phone: Phone, told: Telling) -> dict[str, Any]:
    seed = f"{number.phone_number_id}/{phone.wa_id}".encode()
    conversation: dict[str, Any] = {
        "id": hashlib.sha256(seed).hexdigest()[:32],
        "origin": {"type": "service"},
    }
    if told.status == "sent":
        conversation["expiration_timestamp"] = str(told.stamp_s + CONVERSATION_S)
    return conversation


def _about(number: Number, field: str, value: dict[str, Any]) -> dict[str, Any]:
    metadata = {
        "display_phone_number": _digits(number),
        "phone_number_id": number.phone_number_id,
    }
    return {
        "field": field,
        "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
    }


def _envelope(number: Number, stamp_s: int, changes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": number.waba_id, "time": stamp_s, "changes": changes}],
    }


def _contact(phone: Phone) -> dict[str, Any]:
    return {"profile": {"name": phone.name}, **_who(phone, "wa_id", "user_id")}


def _who(phone: Phone, by_phone: str, by_user: str) -> dict[str, str]:
    """A customer with a username shows no phone number (2026, PLATFORM_FACTS part 4)."""
    named = {by_user: phone.user_id}
    return named if phone.hides_phone else {by_phone: phone.wa_id, **named}


def _digits(number: Number) -> str:
    return "".join(filter(str.isdigit, number.display_phone_number))


def _message(number: Number, phone: Phone, message: Message) -> dict[str, Any]:
    wired: dict[str, Any] = {
        **_who(phone, "from", "from_user_id"),
        "id": message.wamid,
        "timestamp": str(message.stamp_s),
        "type": message.content.get("type"),
    }
    if context := _context(number, message):
        wired["context"] = context
    if ad := message.more.get("ad"):
        wired["referral"] = _referral(str(ad))
    if group := message.more.get("group"):
        wired["group_id"] = str(group)
    return wired | message.content


def _context(number: Number, message: Message) -> dict[str, Any]:
    context: dict[str, Any] = {}
    forwarded, product = message.more.get("forwarded"), message.more.get("asked_product")
    if message.reply_to:
        context |= {"from": _digits(number), "id": message.reply_to}
    if forwarded:
        context["frequently_forwarded" if forwarded == "often" else "forwarded"] = True
    if product:
        context["referred_product"] = {"catalog_id": "1", "product_retailer_id": str(product)}
    return context


def _referral(headline: str) -> dict[str, Any]:
    return {
        "source_url": "https://fb.me/ad",
        "source_id": "120200000000000",
        "source_type": "ad",
        "headline": headline,
        "body": headline,
        "media_type": "image",
        "image_url": "https://example.com/ad.png",
        "ctwa_clid": "click",
    }
