"""What a customer does on the phone, and what WhatsApp makes of it. Pure."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec

from hudhud.errors import BadInputError
from hudhud.simulator import files
from hudhud.simulator.graph.meta import webhook_error

TEXT_CHARS_MAX = 4096
AGE_S_MAX = 7 * 24 * 3600
COPIES_MAX = 100

Kind = Literal[
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "button",
    "button_reply",
    "list_reply",
    "flow_reply",
    "order",
    "reaction",
    "edit",
    "revoke",
    "unsupported",
    "request_welcome",
]
CHANGES_ANOTHER: tuple[Kind, ...] = ("reaction", "edit", "revoke")


class Say(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One thing that a customer says or does.

    `text` is the text, caption, button title or place name. `message_id` is what a reaction, edit
    or revoke concerns (default: the latest that fits). `age_s` stamps it in the past, `copies`
    delivers the same webhook again, `wamid` and `timestamp_s` fix what Meta would choose.
    """

    kind: Kind = "text"
    text: Annotated[str, msgspec.Meta(max_length=TEXT_CHARS_MAX)] = ""
    wa_id: str = ""
    name: str = ""
    hides_phone: bool | None = None
    reply_to: str | None = None
    message_id: str = ""
    emoji: str = "❤️"
    id: str = ""
    description: str = ""
    latitude: float = 24.7136
    longitude: float = 46.6753
    address: str = ""
    filename: str = ""
    age_s: Annotated[float, msgspec.Meta(ge=0, le=AGE_S_MAX)] = 0
    timestamp_s: int | None = None
    wamid: str = ""
    copies: Annotated[int, msgspec.Meta(ge=1, le=COPIES_MAX)] = 1


def new_wamid(wa_id: str) -> str:
    """An id as opaque and as long as Meta's."""
    return "wamid." + base64.b64encode(wa_id.encode() + secrets.token_bytes(16)).decode()


def content(say: Say) -> dict[str, Any]:
    """The message's `type` and its body in WhatsApp's shape.

    Raises:
        BadInputError: a text message without a text.

    Source: PLATFORM_FACTS part 2.
    """
    if say.kind in ("text", "edit") and not say.text:
        raise BadInputError("A text message needs a text.")
    return SHAPES[say.kind](say)


def _media(kind: str) -> Callable[[Say], dict[str, Any]]:
    def shape(say: Say) -> dict[str, Any]:
        part = files.named(kind, f"{say.wamid}/{say.text}")
        if kind == "audio":
            part["voice"] = True
        elif kind == "sticker":
            part["animated"] = False
        elif say.text:
            part["caption"] = say.text
        if kind == "document":
            part["filename"] = say.filename or "document.pdf"
        return {"type": kind, kind: part}

    return shape


def _location(say: Say) -> dict[str, Any]:
    part: dict[str, Any] = {"latitude": say.latitude, "longitude": say.longitude}
    part |= {"name": say.text} if say.text else {}
    part |= {"address": say.address} if say.address else {}
    return {"type": "location", "location": part}


def _contacts(say: Say) -> dict[str, Any]:
    phone = say.id or "15550100"
    card = {
        "name": {"formatted_name": say.text or "Contact", "first_name": say.text or "Contact"},
        "phones": [{"phone": f"+{phone}", "wa_id": phone, "type": "CELL"}],
    }
    return {"type": "contacts", "contacts": [card]}


def _reply(kind: str) -> Callable[[Say], dict[str, Any]]:
    def shape(say: Say) -> dict[str, Any]:
        part = {"id": say.id or say.text, "title": say.text}
        if kind == "list_reply" and say.description:
            part["description"] = say.description
        return {"type": "interactive", "interactive": {"type": kind, kind: part}}

    return shape


def _flow_reply(say: Say) -> dict[str, Any]:
    # Meta puts the form's answers as JSON text inside JSON.
    answers = json.dumps({"flow_token": say.id or "token", "answer": say.text}, ensure_ascii=False)
    part = {"name": "flow", "body": "Sent", "response_json": answers}
    return {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": part}}


def _order(say: Say) -> dict[str, Any]:
    item = {
        "product_retailer_id": say.id or "SKU-1",
        "quantity": 1,
        "item_price": 100,
        "currency": "SAR",
    }
    part = {"catalog_id": "1", "text": say.text, "product_items": [item]}
    return {"type": "order", "order": part}


def _reaction(say: Say) -> dict[str, Any]:
    part = {"message_id": say.message_id}
    return {"type": "reaction", "reaction": part | ({"emoji": say.emoji} if say.emoji else {})}


def _edit(say: Say) -> dict[str, Any]:
    message = {"type": "text", "text": {"body": say.text}}
    part = {"original_message_id": say.message_id, "message": message}
    return {"type": "edit", "edit": part}


SHAPES: dict[Kind, Callable[[Say], dict[str, Any]]] = {
    "text": lambda say: {"type": "text", "text": {"body": say.text}},
    "image": _media("image"),
    "video": _media("video"),
    "audio": _media("audio"),
    "document": _media("document"),
    "sticker": _media("sticker"),
    "location": _location,
    "contacts": _contacts,
    "button": lambda say: {
        "type": "button",
        "button": {"payload": say.id or say.text, "text": say.text},
    },
    "button_reply": _reply("button_reply"),
    "list_reply": _reply("list_reply"),
    "flow_reply": _flow_reply,
    "order": _order,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": lambda say: {
        "type": "revoke",
        "revoke": {"original_message_id": say.message_id},
    },
    "unsupported": lambda say: {
        "type": "unsupported",
        "errors": [webhook_error(131051)],
        "unsupported": {"type": say.text or "poll"},
    },
    "request_welcome": lambda _: {"type": "request_welcome"},
}
