"""Whether the merchant's own rows or wares tell of a state of the body; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hudhud.model import Faq, Product, Turn
from hudhud.responders import shelf
from hudhud.responders.examples import subjects
from hudhud.responders.health.reading import risks
from hudhud.responders.health.vocabulary import SUBJECTS, TOLD, State
from hudhud.responders.lexicon import understood
from hudhud.text import stems, words


def untold(turn: Turn, texts: Iterable[str]) -> bool:
    """Whether a batch asks if something may harm somebody, and nothing of the merchant's tells.

    Args:
        turn: everything that may be read.
        texts: the messages of its batch.
    """
    batch = [*texts]
    states = risks(batch)
    if not states:
        return False
    meant = named(turn.products, batch)
    return not all(_told(state, turn.faqs, meant) for state in states)


def named(products: Sequence[Product], texts: Iterable[str]) -> tuple[Product, ...]:
    """The wares that a batch names, best first.

    Args:
        products: what the search found.
        texts: the messages of the batch.
    """
    terms = tuple(dict.fromkeys(term for text in texts for term in understood(text).terms))
    found = shelf.find(products, terms)
    return found.products if found.by == "name" else ()


def _told(state: State, faqs: Iterable[Faq], meant: Iterable[Product]) -> bool:
    rows = (
        subjects.named().get(faq.topic) in SUBJECTS[state]
        or _holds(state, faq.question_ar, faq.question_en, faq.answer_ar, faq.answer_en)
        for faq in faqs
    )
    wares = (
        _holds(state, one.name_ar, one.name_en, one.description_ar, one.description_en)
        for one in meant
    )
    return any(rows) or any(wares)


def _holds(state: State, *texts: str) -> bool:
    said = (word for text in texts for word in words(text))
    return any(not TOLD[state].isdisjoint({word, *stems(word)}) for word in said)
