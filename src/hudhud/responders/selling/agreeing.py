"""Whether a batch may mean yes to what was shown; pure.

Whoever obeys a product's text hears a yes where there is none, and an order binds the customer. So
a call that places one needs more than its caller's word: a batch that only asks, or only declines,
agreed to nothing. What is neither is left to who reads the conversation.
"""

from __future__ import annotations

from collections.abc import Iterable

from hudhud.responders.lexicon import inquires
from hudhud.responders.selling.clauses import plain_answer
from hudhud.responders.selling.deeds import marks, nods
from hudhud.text import words

_FOR = frozenset({"yes", "confirm", "fine", "take"})
_AGAINST = frozenset({"no", "later", "cancel"})


def may_agree(said: Iterable[str]) -> bool:
    """Whether these messages may agree to an order.

    Args:
        said: the texts of one batch.
    """
    texts = [text for text in said if text.strip()]
    heard = {mark.deed for text in texts for mark in marks(words(text))}
    if heard & _FOR or any(map(nods, texts)):
        return True
    return not (heard & _AGAINST or (texts and all(map(_only_asks, texts))))


def bare_nod(text: str) -> bool:
    """Whether a text says no more than "fine", a yes or no, or a sign (👍): it asks nothing."""
    said = words(text)
    if not {"?", "؟"}.isdisjoint(text):
        return False
    return not said or plain_answer(said, marks(said))


def _only_asks(text: str) -> bool:
    return not {"?", "؟"}.isdisjoint(text) or inquires(text)
