"""Webhooks in WhatsApp's own shape. Pure: a world in, JSON out."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

from hudhud.simulator.graph.meta import webhook_error
from hudhud.simulator.numbers import Number
from hudhud.simulator.state import Message, Phone
from hudhud.simulator.statuses import Telling

CONVERSATION_S = 24 * 3600


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
    """One webhook with these messages, in this order; contacts appear once each."""
    phones = {phone.wa_id: phone for phone, _ in said}
    return _envelope(
        number,
        said[-1][1].stamp_s,
        {
            "contacts": [_contact(phone) for phone in phones.values()],
            "messages": [_message(number, phone, message) for phone, message in said],
        },
    )


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
    return _envelope(number, told.stamp_s, {"contacts": [_contact(phone)], "statuses": [status]})


def _conversation(number: Number, phone: Phone, told: Telling) -> dict[str, Any]:
    seed = f"{number.phone_number_id}/{phone.wa_id}".encode()
    conversation: dict[str, Any] = {
        "id": hashlib.sha256(seed).hexdigest()[:32],
        "origin": {"type": "service"},
    }
    if told.status == "sent":
        conversation["expiration_timestamp"] = str(told.stamp_s + CONVERSATION_S)
    return conversation


def _envelope(number: Number, stamp_s: int, value: dict[str, Any]) -> dict[str, Any]:
    metadata = {
        "display_phone_number": _digits(number),
        "phone_number_id": number.phone_number_id,
    }
    return {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": number.waba_id,
                "time": stamp_s,
                "changes": [
                    {
                        "field": "messages",
                        "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
                    }
                ],
            }
        ],
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
        "type": message.content["type"],
    }
    if message.reply_to:
        wired["context"] = {"from": _digits(number), "id": message.reply_to}
    return wired | message.content
