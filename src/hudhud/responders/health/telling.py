"""Whether the merchant's own rows or wares tell of a state of the body; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from hudhud.model import Faq, Product, Turn
from hudhud.responders import shelf
from hudhud.responders.examples import subjects
from hudhud.responders.health.reading import risks
from hudhud.responders.health.vocabulary import RISKS, SICK, SUBJECTS, SUITS, SWEET, TOLD, State
from hudhud.responders.lexicon import understood
from hudhud.text import stems, words


def untold(turn: Turn, texts: Iterable[str]) -> bool:
    """Whether a batch asks if something may harm somebody, and no row of the merchant's tells.

    Args:
        turn: everything that may be read.
        texts: the messages of its batch.
    """
    batch = [*texts]
    said = _forms(batch)
    return not all(_told(state, turn.faqs, said) for state in risks(batch))


def telling(products: Sequence[Product], texts: Iterable[str]) -> Product | None:
    """The one thing that is named and tells itself of what is asked: «آمن للحوامل».

    Args:
        products: what the search found.
        texts: the messages of the batch.
    """
    batch = [*texts]
    meant = named(products, batch)
    if len(meant) != 1:
        return None
    described = (meant[0].description_ar, meant[0].description_en)
    said = _forms(batch)
    return meant[0] if all(_holds(state, said, *described) for state in risks(batch)) else None


def named(products: Sequence[Product], texts: Iterable[str]) -> tuple[Product, ...]:
    """The wares that a batch names, best first.

    Args:
        products: what the search found.
        texts: the messages of the batch.
    """
    terms = tuple(dict.fromkeys(term for text in texts for term in understood(text).terms))
    found = shelf.find(products, terms)
    return found.products if found.by == "name" else ()


def _told(state: State, faqs: Iterable[Faq], asked: AbstractSet[str]) -> bool:
    return any(
        (subjects.named().get(faq.topic) in SUBJECTS[state] and _of_it(state, asked))
        or _holds(state, asked, faq.question_ar, faq.answer_ar)
        or _holds(state, asked, faq.question_en, faq.answer_en)
        for faq in faqs
    )


def _of_it(state: State, asked: AbstractSet[str]) -> bool:
    """Whether a row for diabetics is for who asks: of the sick, it tells of no other illness."""
    return state != "illness" or not asked.isdisjoint(SWEET)


def _holds(state: State, asked: AbstractSet[str], *texts: str) -> bool:
    """Whether texts name the state that is asked of, and what is safe: no gauge does."""
    said = _forms(texts)
    safe = state == "infancy" or not said.isdisjoint(RISKS | SUITS)
    # Of an illness or a medicine, only the very one that was said.
    named = TOLD[state] & asked if state in SICK else TOLD[state]
    return safe and not said.isdisjoint(named)


def _forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(
        form for text in texts for word in words(text) for form in (word, *stems(word))
    )
