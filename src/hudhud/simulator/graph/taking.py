"""WhatsApp's side of a send: whom it is for, whether it may go, and what Meta answers."""

from __future__ import annotations

import random
from typing import Any

from starlette.responses import JSONResponse, Response

from hudhud.simulator.approved.sending import read, refusal_of_template
from hudhud.simulator.customers.receiving import (
    react,
    read_up_to,
    receive,
    show_typing,
    tell,
)
from hudhud.simulator.graph.answers import refused
from hudhud.simulator.graph.meta import Refusal, by_code
from hudhud.simulator.graph.validation import USER_ID, check_send, digits_of
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.providers.spoken import face_of
from hudhud.simulator.providers.whatsapp import new_wamid
from hudhud.simulator.records import Called
from hudhud.simulator.state import Message, Phone, World
from hudhud.simulator.statuses import Step

__all__ = ["check_send", "concerned", "describe", "take"]

NOT_IN_WINDOW = 131047
# Only these may go to a customer who has been silent for 24 h.
OPENS_ANYTIME = ("template",)


def describe(asked: dict[str, Any], called: Called) -> None:
    """Write into the record what this call asks."""
    text = asked.get("text")
    called.operation = "read" if "status" in asked else "send"
    called.to = str(asked.get("to") or asked.get("recipient") or "")
    called.kind = str(asked.get("type", "text"))
    called.text = str(text.get("body", "")) if isinstance(text, dict) else ""
    called.tag = _string(asked.get("biz_opaque_callback_data"))
    called.wamid = _string(asked.get("message_id"))


def concerned(world: World, called: Called) -> str | None:
    """The phone that a call is about; None when it is nobody's."""
    if called.operation == "read":
        message = world.message(called.wamid or "")
        return message.wa_id if message else None
    if "." in called.to:
        phone = world.by_user_id(called.to)
        return phone.wa_id if phone else None
    return digits_of(called.to)


def take(
    world: World, postman: Postman, number: Number, body: dict[str, Any], called: Called
) -> Response:
    """Do what a call that passed `check_send` asks, and say what Meta says."""
    if called.operation == "read":
        return _take_read(world, number, body, called)
    if called.kind == "template":
        unfit = refusal_of_template(world, number, body["template"])
        if unfit is not None:
            return refused(called, unfit)
    phone = _addressee(world, body)
    if phone is None:
        called.outcome, called.wamid = "dropped", new_wamid(called.to)
        return _taken(called, {"input": called.to, "user_id": called.to})
    closed = _shut_out(world, phone, number, body, called.at_ms)
    if closed and world.behaves(number.phone_number_id).window == "answer":
        return refused(called, by_code(NOT_IN_WINDOW))
    message = _accept(world, postman, number, phone, body, undeliverable=closed, called=called)
    called.outcome = "undeliverable" if closed else "accepted"
    called.wamid, called.text = message.wamid, message.text
    identity = {"wa_id": phone.wa_id} if body.get("to") else {"user_id": phone.user_id}
    return _taken(called, {"input": called.to, **identity})


def _addressee(world: World, body: dict[str, Any]) -> Phone | None:
    # A business-scoped user id belongs in `recipient`; one in `to` was taken and never delivered
    # (PLATFORM_FACTS part 4).
    to = body.get("to")
    if not to:
        return world.by_user_id(body["recipient"])
    return None if USER_ID.fullmatch(to) else world.phone(digits_of(to))


def _shut_out(world: World, phone: Phone, number: Number, body: dict[str, Any], at_ms: int) -> bool:
    window = world.behaves(number.phone_number_id).window
    if window == "off" or body.get("type", "text") in OPENS_ANYTIME:
        return False
    return not world.window_open(phone, number.phone_number_id, at_ms)


def _accept(
    world: World,
    postman: Postman,
    number: Number,
    phone: Phone,
    body: dict[str, Any],
    *,
    undeliverable: bool,
    called: Called,
) -> Message:
    kind = body.get("type", "text")
    content = {"type": kind, kind: body[kind]}
    if kind == "template":
        text, looks = read(world, number, body[kind])
    else:
        text, looks = shown_text(kind, body[kind]), face_of(number, content)
    message = Message(
        seq=world.next_seq(),
        wamid=new_wamid(phone.wa_id),
        wa_id=phone.wa_id,
        phone_number_id=number.phone_number_id,
        mine=False,
        kind=kind,
        text=text,
        at_ms=called.at_ms,
        stamp_s=called.at_ms // 1000,
        content=content,
        face=looks,
        reply_to=(body.get("context") or {}).get("message_id"),
        tag=body.get("biz_opaque_callback_data"),
        tick="accepted",
    )
    steps = world.behaves(number.phone_number_id).script(random.random())  # noqa: S311 - a dice, no secret
    if undeliverable:
        tell(world, postman, number, phone, message, (Step("failed", 60, NOT_IN_WINDOW),))
    elif kind == "reaction":
        react(world, body["reaction"]["message_id"], body["reaction"].get("emoji") or "")
        tell(world, postman, number, phone, message, steps)
    else:
        receive(world, postman, number, phone, message, steps)
    return message


def _taken(called: Called, contact: dict[str, str]) -> Response:
    return JSONResponse(
        {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": called.wamid, "message_status": "accepted"}],
        }
    )


def _take_read(world: World, number: Number, body: dict[str, Any], called: Called) -> Response:
    last = world.message(body["message_id"])
    if last is None or not last.mine or last.phone_number_id != number.phone_number_id:
        details = "The parameter message_id names no message that this number received."
        return refused(called, Refusal(code=131009, details=details))
    read_up_to(world, last)
    if body.get("typing_indicator") is not None:
        show_typing(world, world.phones[last.wa_id], number, at_ms=called.at_ms)
    called.outcome, called.to = "read", last.wa_id
    return JSONResponse({"success": True})


def shown_text(kind: str, part: Any) -> str:
    """What the customer reads of a sent message, as one text."""
    if kind == "text":
        return str(part["body"])
    if kind == "interactive":
        return str((part.get("body") or {}).get("text", ""))
    if kind == "contacts":
        return ", ".join(card["name"]["formatted_name"] for card in part)
    for name in ("caption", "name", "emoji", "filename", "address"):
        if part.get(name):
            return str(part[name])
    return ""


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None
