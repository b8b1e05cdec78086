"""What WhatsApp makes of each thing that a customer does. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec

from hudhud.errors import BadInputError
from hudhud.simulator import files
from hudhud.simulator.customers.saying import Say
from hudhud.simulator.graph.meta import CODES, webhook_error

Shape = dict[str, Any]
TEXT_CHARS_MAX = 4096
FAILED_MEDIA = 131052


def text(say: Say) -> Shape:
    """A text message.

    Raises:
        BadInputError: it is empty, or longer than the app lets one type.
    """
    if not 1 <= len(say.text) <= TEXT_CHARS_MAX:
        raise BadInputError(f"A text message needs a text of 1 to {TEXT_CHARS_MAX} characters.")
    return {"type": "text", "text": {"body": say.text}}


def media(kind: str) -> Callable[[Say], Shape]:
    """A file of that type; Meta names it by an id that lives 7 days."""

    def shape(say: Say) -> Shape:
        part = files.named(kind, f"{say.wamid}/{say.text}")
        if kind == "audio":
            part["voice"] = say.more.get("voice") != "no"
        elif kind == "sticker":
            part["animated"] = False
        elif say.text:
            part["caption"] = say.text
        if kind == "document":
            part["filename"] = say.filename or "document.pdf"
        return {"type": kind, kind: part}

    return shape


def location(say: Say) -> Shape:
    """A place."""
    part: Shape = {"latitude": say.latitude, "longitude": say.longitude}
    part |= {"name": say.text} if say.text else {}
    part |= {"address": say.address} if say.address else {}
    return {"type": "location", "location": part}


def contacts(say: Say) -> Shape:
    """One contact card."""
    phone, name = say.id or "15550100", say.text or "Contact"
    card = {
        "name": {"formatted_name": name, "first_name": name},
        "phones": [{"phone": f"+{phone}", "wa_id": phone, "type": "CELL"}],
    }
    return {"type": "contacts", "contacts": [card]}


def reply(kind: str) -> Callable[[Say], Shape]:
    """A pressed button or a chosen row."""

    def shape(say: Say) -> Shape:
        part = {"id": say.id or say.text, "title": say.text}
        if kind == "list_reply" and say.description:
            part["description"] = say.description
        return {"type": "interactive", "interactive": {"type": kind, kind: part}}

    return shape


def flow_reply(say: Say) -> Shape:
    """A form that was filled in; its answers are JSON text inside JSON."""
    answers = json.dumps({"flow_token": say.id or "token", "answer": say.text}, ensure_ascii=False)
    part = {"name": "flow", "body": "Sent", "response_json": answers}
    return {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": part}}


def call_permission(say: Say) -> Shape:
    """What the customer said to being called."""
    part = {"response": say.more["response"], "response_source": "user_action"}
    kind = "call_permission_reply"
    return {"type": "interactive", "interactive": {"type": kind, kind: part}}


def button(say: Say) -> Shape:
    """A quick reply of a template."""
    return {"type": "button", "button": {"payload": say.id or say.text, "text": say.text}}


def order(say: Say) -> Shape:
    """A basket from the catalogue."""
    item = {
        "product_retailer_id": say.id or "SKU-1",
        "quantity": _number(say, "quantity", 1),
        "item_price": _number(say, "price", 100),
        "currency": say.more["currency"],
    }
    part = {"catalog_id": say.more["catalog_id"], "text": say.text, "product_items": [item]}
    return {"type": "order", "order": part}


def reaction(say: Say) -> Shape:
    """A reaction; without an emoji it is taken back."""
    part = {"message_id": say.message_id}
    return {"type": "reaction", "reaction": part | ({"emoji": say.emoji} if say.emoji else {})}


def edit(say: Say) -> Shape:
    """A text that was reworded."""
    part = {"original_message_id": say.message_id, "message": text(say)}
    return {"type": "edit", "edit": part}


def revoke(say: Say) -> Shape:
    """A message that was deleted for everyone."""
    return {"type": "revoke", "revoke": {"original_message_id": say.message_id}}


def unsupported(say: Say) -> Shape:
    """Something that Meta tells us no more about."""
    what = {"type": say.text or "poll"}
    return {"type": "unsupported", "errors": [webhook_error(131051)], "unsupported": what}


def failed_media(say: Say) -> Shape:
    """A file that Meta could not take over itself."""
    shape = media("image")(say)
    return {"type": "unsupported", "errors": [webhook_error(FAILED_MEDIA)], "image": shape["image"]}


def welcome(_say: Say) -> Shape:
    """The chat was opened for the first time."""
    return {"type": "request_welcome"}


def number_change(say: Say) -> Shape:
    """The customer took another phone number with them."""
    new = say.more["new_wa_id"] or "1" + say.wa_id
    part = {"type": "user_changed_number", "body": f"{say.wa_id} → {new}", "wa_id": new}
    return {"type": "system", "system": part}


def user_id_change(say: Say) -> Shape:
    """The customer's user id became another."""
    new = say.more["new_user_id"] or f"SA.1{say.wa_id[::-1]}"
    part = {"type": "user_changed_user_id", "body": f"→ {new}", "user_id": new}
    return {"type": "system", "system": part}


def identity_change(say: Say) -> Shape:
    """The customer's keys changed: another phone, or installed anew."""
    part = {"type": "customer_identity_changed", "body": "identity", "wa_id": say.wa_id}
    return {"type": "system", "system": part}


def status(say: Say) -> Shape:
    """One status of what the product sent, by hand."""
    told: Shape = {"id": say.message_id, "status": say.more["status"]}
    if told["status"] == "failed":
        told["errors"] = [webhook_error(_code(say))]
    elif say.more["category"]:
        told["pricing"] = {
            "billable": say.more["billable"] == "yes",
            "pricing_model": "PMP",
            "type": "regular",
            "category": say.more["category"],
        }
    return told


def error(say: Say) -> Shape:
    """Something is wrong with the account as a whole."""
    return webhook_error(_code(say))


def user_id_update(say: Say) -> Shape:
    """The account is told that a customer's user id changed."""
    new = say.more["new_user_id"] or f"SA.1{say.wa_id[::-1]}"
    old = f"SA.{say.wa_id[::-1]}"
    return {"wa_id": say.wa_id, "user_id": {"previous": old, "current": new}}


def any_field(say: Say) -> Shape:
    """Any other subject that an account can be subscribed to.

    Raises:
        BadInputError: the value is no JSON object.
    """
    try:
        return msgspec.json.decode(say.text or "{}", type=dict[str, Any])
    except msgspec.MsgspecError as wrong:
        raise BadInputError(f"The value of a field is a JSON object: {wrong}.") from None


def _code(say: Say) -> int:
    code = _number(say, "code", 0)
    if code not in CODES:
        raise BadInputError(f"There is no code {code}; there are: {', '.join(map(str, CODES))}.")
    return code


def _number(say: Say, name: str, default: int) -> int:
    value = str(say.more.get(name) or default)
    if not value.isdecimal():
        raise BadInputError(f"{name} is a whole number.")
    return int(value)
