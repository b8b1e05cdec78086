"""What a provider does once it has taken what the product sent: bubble, ticks and statuses."""

from __future__ import annotations

import asyncio

import msgspec

from hudhud.simulator.clock import now_ms
from hudhud.simulator.numbers import Number
from hudhud.simulator.postman import Postman
from hudhud.simulator.providers.spoken import provider_of
from hudhud.simulator.records import Delivery
from hudhud.simulator.state import Message, Phone, World
from hudhud.simulator.statuses import RANK, Script, Telling, plan

TYPING_MS = 25_000
TICK_RANK: dict[str, int] = {"accepted": 0} | {str(s): rank for s, rank in RANK.items()}


def receive(
    world: World, postman: Postman, number: Number, phone: Phone, message: Message, steps: Script
) -> None:
    """Show a message on the phone, and tell its statuses.

    Args:
        world: the phones.
        postman: who carries the status webhooks.
        number: the business that sends.
        phone: who receives.
        message: the bubble.
        steps: the statuses and their moments.
    """
    world.show(phone, message)
    tell(world, postman, number, phone, message, steps)


def tell(
    world: World, postman: Postman, number: Number, phone: Phone, message: Message, steps: Script
) -> None:
    """Tell what becomes of a message, whether or not a bubble shows it; its sender types no more.

    Arguments as in `receive`.
    """
    if phone.typing.pop(number.phone_number_id, None):
        _tell_typing(world, phone, number, 0)
    if steps:
        tellings = plan(steps, message.at_ms)
        postman.spawn(_tell(world, postman, number, phone, message, tellings=tellings))


def react(world: World, message_id: str, emoji: str) -> None:
    """The product reacts to a message; an empty emoji takes the reaction back."""
    target = world.message(message_id)
    if target is not None:
        target.reaction = emoji
        world.changed(target)


def read_up_to(world: World, last: Message) -> None:
    """Turn the ticks blue, up to this message of a customer."""
    for message in world.phones[last.wa_id].messages:
        ours = message.mine and message.phone_number_id == last.phone_number_id
        if ours and message.seq <= last.seq and message.tick != "read":
            message.tick = "read"
            world.changed(message)


def show_typing(world: World, phone: Phone, number: Number, *, at_ms: int) -> None:
    """Show the business typing, for at most 25 s."""
    phone.typing[number.phone_number_id] = at_ms + TYPING_MS
    _tell_typing(world, phone, number, at_ms + TYPING_MS)


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
        webhook = provider_of(number).status_webhook(number, phone, message, telling)
        if webhook is None:
            continue
        delivery = Delivery(
            seq=world.next_seq(),
            phone_number_id=number.phone_number_id,
            subject="status",
            lane=f"status/{message.wamid}",
            queued_ms=now_ms(),
            wamids=(message.wamid,),
            statuses=(telling.status,),
        )
        postman.post(delivery, msgspec.json.encode(webhook))
