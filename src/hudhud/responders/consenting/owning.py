"""Whether what is to be kept of a contact was said by them; pure.

A forged telephone or address would bring an order to somebody else. A model may spell a name in
other letters and leave words out, so half of the words are enough; of a number, all its digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hudhud.model import Field, Turn
from hudhud.responders.collecting import chosen
from hudhud.responders.lexicon import bones
from hudhud.responders.telephones import fitted
from hudhud.responders.telephones.reading import Dialling, dialling
from hudhud.text import latin_digits, words

# Without codes and the zero before it; the same for every way of writing one number.
DIGITS_SAME = 7
_TRUSTED = frozenset({"contact", "operator"})


class Owned:
    """All that a contact said, as far as their turn tells it."""

    def __init__(self, turn: Turn) -> None:
        """Read the turn once."""
        self._texts = [text for text in _texts(turn) if text.strip()]
        self._by: Dialling = dialling(turn.inbox, turn.history)
        self._words = {form for text in self._texts for form in _forms(text)}

    def text(self, value: str) -> bool:
        """Whether at least half of its words are theirs."""
        found = [not self._words.isdisjoint(_forms(word)) for word in words(value)]
        return 2 * sum(found) >= len(found)

    def phone(self, value: str) -> bool:
        """Whether they said this number, in digits or words; what can be none is not judged."""
        wanted = _digits(value)[-DIGITS_SAME:]
        heard = (_digits(text) for text in self._texts)
        if len(wanted) < DIGITS_SAME or any(wanted in digits for digits in heard):
            return True
        return any(_digits(fitted(text, self._by)).endswith(wanted) for text in self._texts)

    def field(self, field: Field, value: str) -> bool:
        """Whether they said the value of a field."""
        if field.kind == "phone":
            return self.phone(value)
        if field.kind == "choice":
            return any(chosen(field, text) == value for text in self._texts)
        return self.text(value)


def _texts(turn: Turn) -> Iterator[str]:
    # What a person of the shop wrote is no forgery: "to Karrada as always?" needs but a yes.
    told = (one for one in (*turn.messages, *turn.history) if one.author in _TRUSTED)
    yield from (one.text for one in told)
    yield from (turn.summary, turn.contact_name, turn.inbox.writes_from)
    yield from turn.collected.values()
    for order in turn.orders:
        yield from (order.name, order.phone, order.address, order.note)


def _forms(text: str) -> set[str]:
    said = words(text)
    return {*said, *filter(None, map(bones, said))}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", latin_digits(text))
