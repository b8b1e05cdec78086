"""What Meta does once it has taken a call: the bubble, the ticks and the statuses."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import msgspec

from hudhud.simulator.clock import now_ms
from hudhud.simulator.customers.saying import new_wamid
from hudhud.simulator.graph.validation import USER_ID, digits_of
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.records import Delivery
from hudhud.simulator.state import Message, Phone, World
from hudhud.simulator.statuses import RANK, Step, Telling, plan
from hudhud.simulator.wire import status_webhook

TYPING_MS = 25_000
NOT_IN_WINDOW = 131047
TICK_RANK: dict[str, int] = {"accepted": 0} | {str(s): rank for s, rank in RANK.items()}
# Only these may go to a customer who has been silent for 24 h.
OPENS_ANYTIME = ("template",)


def addressee(world: World, body: dict[str, Any]) -> Phone | None:
    """The phone that a send is for; None when Meta would take it and forget it.

    A business-scoped user id belongs in `recipient`; one in `to` was taken and never delivered
    (PLATFORM_FACTS part 4).
    """
    to = body.get("to")
    if not to:
        return world.by_user_id(body["recipient"])
    return None if USER_ID.fullmatch(to) else world.phone(digits_of(to))


def shut_out(world: World, phone: Phone, number: Number, body: dict[str, Any], at_ms: int) -> bool:
    """Whether the 24-hour window keeps this send from the phone."""
    window = world.behaves(number.phone_number_id).window
    if window == "off" or body.get("type", "text") in OPENS_ANYTIME:
        return False
    return not world.window_open(phone, number.phone_number_id, at_ms)


def accept(
    world: World,
    postman: Postman,
    number: Number,
    phone: Phone,
    body: dict[str, Any],
    *,
    undeliverable: bool,
    at_ms: int,
) -> Message:
    """Take a send: show it on the phone, and tell its statuses as the number's script says.

    Args:
        world: the phones.
        postman: who carries the status webhooks.
        number: the business that sends.
        phone: who receives.
        body: the valid call.
        undeliverable: nothing is shown and a `failed` status with 131047 follows.
        at_ms: the moment, unix ms.
    """
    kind = body.get("type", "text")
    message = Message(
        seq=world.next_seq(),
        wamid=new_wamid(phone.wa_id),
        wa_id=phone.wa_id,
        phone_number_id=number.phone_number_id,
        mine=False,
        kind=kind,
        text=shown_text(kind, body[kind]),
        at_ms=at_ms,
        stamp_s=at_ms // 1000,
        content={"type": kind, kind: body[kind]},
        reply_to=(body.get("context") or {}).get("message_id"),
        tag=body.get("biz_opaque_callback_data"),
        tick="accepted",
    )
    _stop_typing(world, phone, number)
    steps = world.behaves(number.phone_number_id).script(random.random())  # noqa: S311 - a dice, no secret
    if undeliverable:
        steps = (Step("failed", 60, NOT_IN_WINDOW),)
    elif kind == "reaction":
        _react(world, body["reaction"])
    else:
        world.show(phone, message)
    if steps:
        postman.spawn(_tell(world, postman, number, phone, message, tellings=plan(steps, at_ms)))
    return message


def mark_read(
    world: World, number: Number, wamid: str, *, typing: bool, at_ms: int
) -> Message | None:
    """Turn the ticks blue up to this message, and show typing for at most 25 s.

    Returns:
        The message, or None when this customer never wrote it to this number.
    """
    last = world.message(wamid)
    if last is None or not last.mine or last.phone_number_id != number.phone_number_id:
        return None
    phone = world.phones[last.wa_id]
    for message in phone.messages:
        ours = message.mine and message.phone_number_id == number.phone_number_id
        if ours and message.seq <= last.seq and message.tick != "read":
            message.tick = "read"
            world.changed(message)
    if typing:
        phone.typing[number.phone_number_id] = at_ms + TYPING_MS
        _tell_typing(world, phone, number, at_ms + TYPING_MS)
    return last


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


def _react(world: World, part: dict[str, Any]) -> None:
    target = world.message(part["message_id"])
    if target is not None:
        target.reaction = part.get("emoji") or ""
        world.changed(target)


def _stop_typing(world: World, phone: Phone, number: Number) -> None:
    if phone.typing.pop(number.phone_number_id, None):
        _tell_typing(world, phone, number, 0)


def _tell_typing(world: World, phone: Phone, number: Number, until_ms: int) -> None:
    world.listeners.tell(
        "typing",
        {
            "wa_id": phone.wa_id,
            "phone_number_id": number.phone_number_id,
            "until_ms": until_ms,
        },
    )


async def _tell(
    world: World,
    postman: Postman,
    number: Number,
    phone: Phone,
    message: Message,
    *,
    tellings: tuple[Telling, ...],
) -> None:
    for telling in tellings:
        await asyncio.sleep(max(0, telling.due_ms - now_ms()) / 1000)
        if TICK_RANK[telling.status] > TICK_RANK.get(message.tick, 0):
            message.tick = telling.status
            if world.message(message.wamid) is message:  # else it never reached the phone
                world.changed(message)
        delivery = Delivery(
            seq=world.next_seq(),
            phone_number_id=number.phone_number_id,
            subject="status",
            lane=f"status/{message.wamid}",
            queued_ms=now_ms(),
            wamids=(message.wamid,),
            statuses=(telling.status,),
        )
        postman.post(delivery, msgspec.json.encode(status_webhook(number, phone, message, telling)))
