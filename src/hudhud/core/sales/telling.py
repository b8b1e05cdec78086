"""A contact hears what became of their order, in the transaction that makes it so (law 5).

So it is said once for each state, and never of one that did not come to be. Outside of the reply
window nothing is queued: the order's page says that a person has to tell it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final

from hudhud import registry
from hudhud.core.window import window_of
from hudhud.errors import BadInputError
from hudhud.events import emit
from hudhud.model import Order, OrderState
from hudhud.store import attention, handoff
from hudhud.store.pool import Connection, Database
from hudhud.store.sales import telling
from hudhud.text import Digits, Language, digits, language

SENTENCES: Final[dict[OrderState, tuple[str, str]]] = {
    "confirmed": (
        "وافق المتجر على طلبك رقم {number}، وهو قيد التجهيز.",
        "Your order {number} is confirmed; we are getting it ready.",
    ),
    "shipped": (
        "خرج طلبك رقم {number} من المتجر وهو في الطريق إليك.",
        "Your order {number} has left the shop and is on its way to you.",
    ),
    "delivered": (
        "سُلّم طلبك رقم {number}. شكراً لك.",
        "Your order {number} was delivered. Thank you.",
    ),
    "cancelled": ("ألغى المتجر طلبك رقم {number}.", "The shop cancelled your order {number}."),
}
REASON: Final = ("السبب: {reason}", "Reason: {reason}")


def words(order: Order, tongue: Language, style: Digits) -> str:
    """What is said of an order that came into its state; pure.

    Args:
        order: as it is now.
        tongue: of the contact.
        style: digits of the merchant; English has its own.
    """
    english = tongue == "en"
    number = digits(str(order.number), "latin" if english else style)
    said = SENTENCES[order.state][english].format(number=number)
    if order.state != "cancelled" or not order.reason:
        return said
    return f"{said}\n{REASON[english].format(reason=order.reason)}"


async def tell(connection: Connection, conversation: Any, order: Order) -> bool:
    """Queue it for the contact, if the merchant wishes and the window takes it.

    Args:
        connection: the deed's transaction, in which the order came into its state.
        conversation: where it was placed, as `handoff.lock` returned it.
        order: as it is now.

    Returns: whether something is to be sent.
    """
    if order.state not in await telling.states(connection, conversation["merchant_id"]):
        return False
    channel = await handoff.channel_of(connection, conversation["inbox_id"])
    window = window_of(
        registry.adapter("channels", channel),
        last_in_at=conversation["last_in_at"],
        free_entry_at=conversation["free_entry_at"],
        now=datetime.now(UTC),
    )
    if not window.takes(by_person=False):
        await telling.note(connection, order.id, "closed")
        return False
    merchant = await attention.merchant(connection, conversation["merchant_id"])
    tongue = language(await telling.last_words(connection, conversation["id"]))
    said = words(order, tongue, merchant["digits"])
    message_id = await telling.say(connection, conversation, said)
    await telling.note(connection, order.id, "said", message_id)
    return True


async def choose(
    database: Database, merchant_id: int, states: Collection[OrderState], *, actor: str
) -> None:
    """Tell contacts of these states from now on, and of no others.

    Raises:
        BadInputError: one of them is none that contacts are told of.
    """
    if unfit := sorted(set(states) - SENTENCES.keys()):
        raise BadInputError(f"Contacts are told of {', '.join(SENTENCES)}; not of {unfit[0]}.")
    async with database.deed(merchant_id) as connection:
        await telling.set_states(connection, merchant_id, states)
    emit("order.telling_chosen", merchant=merchant_id, states=sorted(states), actor=actor)
