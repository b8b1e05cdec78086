"""Lets customers speak: bubbles on their phones, and webhooks to the business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from hudhud.errors import AlreadyThereError, BadInputError
from hudhud.simulator.customers.saying import Say, laid_over
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.providers.declared import Kind, filled
from hudhud.simulator.providers.face import reworded
from hudhud.simulator.providers.spoken import face_of, kind_of, provider_of
from hudhud.simulator.records import ALONE, Delivery, Inbound
from hudhud.simulator.state import Message, Phone, World

SAYS_MAX = 1_000  # Meta puts at most this many updates in one webhook

How = Literal["in_order", "one_webhook", "at_once"]
Said = tuple[Phone, Message]


def speak(
    world: World, postman: Postman, number: Number, says: Sequence[Say], how: How, *, now_ms: int
) -> list[str]:
    """Say these things, in this order.

    Args:
        world: the phones.
        postman: who carries the webhooks.
        number: the business that is written to.
        says: 1 to `SAYS_MAX` things, each with the `wa_id` of its phone.
        how: a webhook each in order, all in one webhook, or a webhook each side by side.
        now_ms: the moment, unix ms.

    Returns:
        The wamids, in the order of `says`.

    Raises:
        BadInputError: nothing to say, too much, or something that cannot be said.
        AlreadyThereError: the number's webhook has not passed the challenge.
    """
    if not 1 <= len(says) <= SAYS_MAX:
        raise BadInputError(f"Say from 1 to {SAYS_MAX} things at a time.")
    if not number.verified:
        raise AlreadyThereError(f"No webhook leaves before the challenge: {number.reason}")
    said = [_said(world, number, say, now_ms) for say in says]
    groups = [list(range(len(said)))] if how == "one_webhook" else [[n] for n in range(len(said))]
    for group in groups:
        together = [said[place] for place in group]
        raw = msgspec.json.encode(provider_of(number).message_webhook(number, together))
        for _ in range(says[group[0]].copies):
            postman.post(_delivery(world, number, together, how, now_ms), raw)
    return [message.wamid for _, message in said]


def _delivery(world: World, number: Number, said: list[Said], how: How, now_ms: int) -> Delivery:
    seq = world.next_seq()
    messages = [message for _, message in said if kind_of(number, message.kind).is_message]
    return Delivery(
        seq=seq,
        phone_number_id=number.phone_number_id,
        subject="message" if messages else "event",
        lane=f"{ALONE}{seq}" if how == "at_once" else f"from/{said[0][0].wa_id}",
        queued_ms=now_ms,
        wamids=tuple(message.wamid for message in messages),
    )


def _said(world: World, number: Number, say: Say, now_ms: int) -> Said:
    kind = kind_of(number, say.kind)
    _known(number, kind, say)
    phone = world.phone(say.wa_id, name=say.name, hides_phone=say.hides_phone)
    say.wamid = say.wamid or provider_of(number).new_wamid(say.wa_id)
    if kind.about and not say.message_id:
        say.message_id = _latest(phone, number, mine=kind.about == "mine")
    message = _message(world, number, say, kind, now_ms)
    if kind.is_message:
        world.record_inbound(
            Inbound(
                seq=message.seq,
                wamid=message.wamid,
                wa_id=message.wa_id,
                phone_number_id=message.phone_number_id,
                kind=message.kind,
                text=message.text,
                stamp_s=message.stamp_s,
                said_ms=now_ms,
            )
        )
    if kind.about:
        _change(world, say)
    elif kind.shown and world.message(say.wamid) is None:
        world.show(phone, message)
    return phone, message


def _known(number: Number, kind: Kind, say: Say) -> None:
    fields = (*kind.fields, *provider_of(number).MANNERS)
    unknown = say.more.keys() - {field.name for field in fields}
    if unknown:
        raise BadInputError(f"{say.kind} has no {', '.join(sorted(unknown))}.")
    filled(say, fields)


def _message(world: World, number: Number, say: Say, kind: Kind, now_ms: int) -> Message:
    shape = laid_over(kind.shape(say), say.extra)
    return Message(
        seq=world.next_seq(),
        wamid=say.wamid,
        wa_id=say.wa_id,
        phone_number_id=number.phone_number_id,
        mine=kind.shown != "theirs",
        kind=say.kind,
        text=say.text,
        at_ms=now_ms,
        stamp_s=say.timestamp_s or (now_ms - int(say.age_s * 1000)) // 1000,
        content=shape,
        more=say.more,
        extra=say.extra,
        face=face_of(number, shape) if kind.shown else (),
        noted=kind.shown == "note",
        reply_to=say.reply_to,
        tick="sent",
    )


def _latest(phone: Phone, number: Number, *, mine: bool) -> str:
    for message in reversed(phone.messages):
        if message.mine is mine and message.phone_number_id == number.phone_number_id:
            return message.wamid
    raise BadInputError("There is no message that this could be about.")


def _change(world: World, say: Say) -> None:
    original = world.message(say.message_id)
    if original is None:
        return  # a change may name what was never said here; the product must bear it
    if say.kind == "reaction":
        original.reaction = say.emoji
    elif say.kind == "edit":
        original.text, original.edited = say.text, True
        original.face = reworded(original.face, say.text)
    elif say.kind == "revoke":
        original.revoked = True
    world.changed(original)
