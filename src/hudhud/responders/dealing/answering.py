"""What becomes of a batch that a person is to settle: it is answered as asked, nothing is sold."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from hudhud.model import Tool, Turn
from hudhud.responders import health, phrases, selling
from hudhud.responders.collecting import in_words
from hudhud.responders.dealing.reading import deals
from hudhud.responders.examples import of_topic
from hudhud.responders.examples.subjects import named
from hudhud.responders.selling import Sale
from hudhud.responders.selling.naming import Names
from hudhud.responders.weighing import booked, of_rows, rents
from hudhud.responders.wording import Wording

_READ, _DETAIL = frozenset({"wholesale"}), frozenset({"detail"})
SHOWN_MAX = 3


def sell(turn: Turn, wording: Wording) -> Generator[Tool[Any], Any, Sale]:
    """The same as `selling.sell`, but business and danger go to a colleague, not in the cart.

    Args:
        turn: everything that may be read.
        wording: of this reply.
    """
    messages = in_words(turn.messages)
    if health.untold(turn, messages.values()):
        return _endangered(turn, messages.values(), wording)
    texts = messages.values()
    if any(booked(turn.faqs, text) or rents(turn.products, text) for text in texts):
        return Sale(left=messages)
    # An assistant with questions of its own writes business down itself.
    if turn.assistant.fields or not _deals(turn, messages.values()):
        if _only_asks(turn, messages.values()):
            return Sale(left=messages)
        return (yield from selling.sell(turn, wording))
    # What the merchant wrote for such customers is read while they wait, if he wrote it.
    row = of_topic(turn.faqs, "wholesale", by_name=False)
    return Sale(
        says=(*([wording.faq(row)] if row else []), phrases.say("to_quote", wording.language)),
        sources=(f"faq:{row.topic}",) if row else (),
        left=messages,
        hand_over="large_order",
        meanings=_READ,
    )


def _endangered(turn: Turn, texts: Iterable[str], wording: Wording) -> Sale:
    """What is named is told; whether it may be taken, and all else, is a colleague's to say."""
    batch = [*texts]
    if told := health.telling(turn.products, batch):
        return Sale(
            says=(wording.described(told),),
            sources=(f"product:{told.sku}",),
            products=(told,),
            meanings=_DETAIL,
        )
    meant = health.named(turn.products, batch)[:SHOWN_MAX]
    lines = (wording.product(one, set(), (), single=False) for one in meant)
    return Sale(
        says=(*lines, phrases.say("not_known", wording.language)),
        hand_over="unknown_detail",
        sources=tuple(f"product:{one.sku}" for one in meant),
        products=meant,
        meanings=_DETAIL,
    )


def _only_asks(turn: Turn, texts: Iterable[str]) -> bool:
    """Whether the first words of all ask what a row tells; nothing is open that they may answer."""
    if turn.history or turn.cart.lines or turn.assistant.fields:
        return False
    batch = [*texts]
    return len(batch) == 1 and of_rows(turn.products, turn.faqs, batch[0])


def _deals(turn: Turn, texts: Iterable[str]) -> bool:
    """Whether it is business; a feast is none for a merchant who has a row about feasts."""
    feasts = all(named().get(faq.topic) != "events" for faq in turn.faqs)
    return deals(texts, Names(turn.products), feasts=feasts)
