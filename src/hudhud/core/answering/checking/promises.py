"""Whether what an answer says was done was done: an order, a cancelling, a booking, a payment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hudhud.core.answering.checking.deeds import ASKED, BARE, DEEDS, OPEN
from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.reading import Plain, clauses
from hudhud.model import READS, Order
from hudhud.model.tools import (
    AddToCart,
    BookSlot,
    CancelOrder,
    ChangeCart,
    PlaceOrder,
    Quote,
    SendPictures,
)
from hudhud.text import fold

_BEFORE_CHARS = 30
_STATES = {"cancelled": {"cancelled"}, "sent": {"shipped", "delivered"}}


def false_promises(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """What an answer says was done, and no tool did in this turn, nor any order shows."""
    for clause in clauses(read.text):
        folded = fold(clause.text)
        if clause.asks:
            continue
        if BARE.fullmatch(folded) and ASKED.search(fold(grounds.batch)) and not _changed(grounds):
            yield Finding(what="false_promise", found=folded)
        for deed, said in DEEDS.items():
            found = said.search(folded)
            if not found or OPEN.search(
                folded[max(0, found.start() - _BEFORE_CHARS) : found.start()]
            ):
                continue
            if not _was_done(deed, read.text, grounds):
                yield Finding(what="false_promise", found=found[0])


def _changed(grounds: Grounds) -> bool:
    """Whether any tool changed anything in this turn."""
    return any(call.done and not isinstance(call.wanted, READS) for call in grounds.calls)


def _was_done(deed: str, text: str, grounds: Grounds) -> bool:
    if deed == "placed":
        return bool(grounds.results(PlaceOrder)) or _shown(text, grounds, without={"cancelled"})
    if deed == "in_cart":
        return bool(grounds.results(AddToCart, ChangeCart, Quote) or grounds.carts)
    if deed == "shown":
        return bool(grounds.results(SendPictures))
    if deed == "booked":
        return bool(grounds.results(BookSlot))
    if deed == "cancelled" and grounds.results(CancelOrder):
        return True
    return any(order.state in _STATES.get(deed, ()) for order in _meant(text, grounds))


def _shown(text: str, grounds: Grounds, *, without: set[str]) -> bool:
    """Whether the answer speaks of an order that there is, by its number."""
    return any(order.state not in without for order in _by_number(text, grounds))


def _meant(text: str, grounds: Grounds) -> list[Order]:
    """The orders spoken of by number; without one, the newest."""
    return _by_number(text, grounds) or [*grounds.orders[-1:], *grounds.orders[:1]]


def _by_number(text: str, grounds: Grounds) -> list[Order]:
    numbers = {int(number) for number in re.findall(r"\d{1,15}", text)}
    return [order for order in grounds.orders if order.number in numbers]
