"""Orders that were placed: how far one is, and its cancelling, which is asked once more."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from typing import Any

from hudhud.model import CancelOrder, Order, OrderStatus, Refused, Tool
from hudhud.responders.lexicon import interrogates
from hudhud.responders.lexicon.said import trouble
from hudhud.responders.selling import showing
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.giving_up import wants_nothing
from hudhud.responders.selling.sale import Talk
from hudhud.responders.selling.sentences import state_name
from hudhud.text import latin_digits, words

_NUMBER = re.compile(r"(?<![\d+])#?(\d{1,9})(?!\d)")
_BIDS = frozenset({"confirm", "more", "remove", "make", "swap"})
# No longer: «هونت», "nevermind".
_LEAVING = frozenset(words("هونت هونا بطلت نونت nevermind nvm"))
# Who names an order, or what was bought, has one that we do not find.
_ORDERED = frozenset(
    " ".join(words(phrase))
    for part in (".the_order", ".an_order", ".ordered")
    for phrase in trouble.SAID[part].split(",")
)
_OPEN = frozenset({"placed", "confirmed"})


def answer(talk: Talk, meanings: frozenset[str], *, yes: bool) -> Generator[Tool[Any], Any, bool]:
    """Tell or cancel an order, where that is asked; returns whether it was."""
    if talk.asked.ask == "cancel_it" and (yes or "no" in talk.heard.answers):
        yield from _cancel(talk, yes=yes)
        return True
    nothing_open = not talk.cart.lines and not talk.asked.ask
    cancels = nothing_open and (
        "cancel_order" in meanings or "cancel" in talk.heard.answers or _rethinks_all(talk)
    )
    # «أؤكد الطلب» names an order too, and asks nothing about it.
    left = " ".join(text for texts in talk.heard.left.values() for text in texts)
    asks = "order_status" in meanings and "order_status" in talk.names.read(left).meanings
    dropped = talk.heard.answers & {"cancel", "rethink"}  # of what is in the cart, not of another
    asks = asks and not (talk.cart.lines and (dropped or _bids(left)))
    if not cancels and not asks:
        return False
    talk.acted = talk.ended = True
    talk.meanings.add("cancel_order" if cancels else "order_status")
    wanted = _number(talk)
    found = yield OrderStatus(number=wanted)
    if isinstance(found, Refused) and wanted is not None:
        found = yield OrderStatus()
        if not isinstance(found, Refused) and not cancels:
            number, state = _shown(talk, found)
            told = showing.number(talk.wording, wanted)
            talk.say("no_such_number", wanted=told, number=number, state=state)
            return True
    if isinstance(found, Refused):
        if cancels and wanted is None and _only_leaves(talk):
            talk.say("dropped")
        else:
            talk.give("cancel_order" if cancels else "order_status", "no_order")
    elif cancels:
        _ask_to_cancel(talk, found)
    else:
        number, state = _shown(talk, found)
        talk.say("status", number=number, state=state)
    return True


def _only_leaves(talk: Talk) -> bool:
    """Whether nothing was ordered that could be cancelled, and no order is spoken of.

    «غيرت رأيي، ما بدي شي», and "forget it" behind what was wanted a message ago.
    """
    texts = [said.text for said in talk.turn.messages]
    said = " ".join(words(" ".join(texts)))
    if any(f" {order} " in f" {said} " for order in _ORDERED):
        return False
    wanted = len(texts) > 1 and talk.names.named(texts[:-1])
    rethinks = _rethinks(texts) or any(wants_nothing(words(text)) for text in texts)
    if wanted or rethinks:
        talk.heard.left.clear()
    return wanted or rethinks


def _rethinks_all(talk: Talk) -> bool:
    """Whether nothing is wanted any more, and nothing asked: «غيرت رأيي، ما ابي شي»."""
    texts = [said.text for said in talk.turn.messages]
    more = talk.heard.wishes or talk.names.named(texts) or any(map(interrogates, texts))
    return not more and _rethinks(texts)


def _rethinks(texts: Iterable[str]) -> bool:
    texts = [*texts]
    return any(not _LEAVING.isdisjoint(words(text)) for text in texts) or any(
        mark.deed == "rethink" for text in texts for mark in marks(words(text))
    )


def _bids(text: str) -> bool:
    """Whether words bid us do something with an order, and ask nothing: «يلا نكمل الطلب بسرعة»."""
    return not interrogates(text) and any(mark.deed in _BIDS for mark in marks(words(text)))


def _ask_to_cancel(talk: Talk, order: Order) -> None:
    number, state = _shown(talk, order)
    if order.state == "cancelled":
        talk.say("already_cancelled", number=number)
    elif order.state in _OPEN:
        talk.say("status", number=number, state=state)
        talk.say("cancel_it")
    else:
        talk.give("cancel_order", "too_late", number=number)


def _cancel(talk: Talk, *, yes: bool) -> Generator[Tool[Any], Any, None]:
    talk.acted = talk.ended = True
    number = talk.asked.number
    if not yes:
        talk.say("left_alone", number=showing.number(talk.wording, number or 0))
        return
    done = yield CancelOrder(number=number)
    if not isinstance(done, Refused):
        talk.say("cancelled", number=showing.number(talk.wording, done.number))
    elif done.why == "too_late":
        talk.give("cancel_order", "too_late", number=showing.number(talk.wording, number or 0))
    else:
        talk.give("cancel_order", "no_order")


def _shown(talk: Talk, order: Order) -> tuple[str, str]:
    number = showing.number(talk.wording, order.number)
    return number, state_name(order.state, talk.wording.language)


def _number(talk: Talk) -> int | None:
    """The number of an order that the batch says."""
    said = " ".join(latin_digits(one.text) for one in talk.turn.messages)
    found = _NUMBER.search(said)
    return int(found[1]) if found else None
