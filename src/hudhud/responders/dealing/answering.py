"""What becomes of a batch that is business: it is answered as asked, and a person is called."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from hudhud.model import Tool, Turn
from hudhud.responders import phrases, selling
from hudhud.responders.collecting import in_words
from hudhud.responders.dealing.reading import deals
from hudhud.responders.examples.subjects import named
from hudhud.responders.selling import Sale
from hudhud.responders.selling.naming import Names
from hudhud.responders.wording import Wording

_READ = frozenset({"wholesale"})


def sell(turn: Turn, wording: Wording) -> Generator[Tool[Any], Any, Sale]:
    """The same as `selling.sell`, but business puts nothing in the cart and goes to a colleague.

    Args:
        turn: everything that may be read.
        wording: of this reply.
    """
    messages = in_words(turn.messages)
    # An assistant with questions of its own writes business down itself.
    if turn.assistant.fields or not _deals(turn, messages.values()):
        return (yield from selling.sell(turn, wording))
    says = (phrases.say("to_quote", wording.language),)
    return Sale(says=says, left=messages, hand_over="large_order", meanings=_READ)


def _deals(turn: Turn, texts: Iterable[str]) -> bool:
    """Whether it is business; a feast is none for a merchant who has a row about feasts."""
    feasts = all(named().get(faq.topic) != "events" for faq in turn.faqs)
    return deals(texts, Names(turn.products), feasts=feasts)
