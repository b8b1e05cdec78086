"""Which of the merchant's answered questions a message asks; pure.

The rows are few, so that a likeness says more here than in a whole catalogue: a word counts by
its forms, by its root («بتقسطوا» is تقسيط), written in Latin letters by its consonants, and by
being nearly spelled so. A word that many rows hold says little about which of them is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from functools import lru_cache
from math import log

import msgspec

from hudhud.model import Faq
from hudhud.responders.lexicon import bones, forms, kin, roots
from hudhud.responders.lexicon.verbs import asks_of_you
from hudhud.text import arabic_spellings, search_terms

# From here a row answers whatever else fits; from there when nothing else does.
SURE = 0.45
PERHAPS = 0.3
_HELD = 0.35
_IN_QUESTION, _KIN, _AKIN, _ALIKE, _SOUNDS = 1.0, 0.9, 0.7, 0.8, 0.75
_IN_ANSWER, _AKIN_IN_ANSWER = 0.6, 0.35
_ALIKE_CHARS_MIN, _BONES_MIN = 4, 4
# So many first letters two English words share that are of one kin.
_DERIVED_CHARS_MIN = 6
_ALIKE_MIN = 0.8
_LATIN_CHARS_MIN = 5
# The search's score of a row in which every word is whole.
_SEARCH_BEST = 1.25
_EXPLAINED_WEIGHT = 0.4


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """A row, how much of what was said it explains (0 to 1), and the words that it holds.

    Those of them that its question holds are `asked`; it is `near` when some word stands there just
    so: «معمول» only shares letters with «العمل».
    """

    row: Faq
    share: float
    words: frozenset[str]
    asked: frozenset[str] = frozenset()
    near: bool = True

    @property
    def sure(self) -> bool:
        """Whether it answers, and is not only the likeliest."""
        return self.share >= SURE and self.near


class _Words(msgspec.Struct, frozen=True):
    """The words of a question or an answer, in every way that they are compared."""

    forms: frozenset[str]
    roots: frozenset[str]
    bones: frozenset[str]
    plain: frozenset[str]


def fitting(faqs: Sequence[Faq], said: Sequence[str], named: AbstractSet[str]) -> list[Fit]:
    """Every row that explains some of the words, the one that explains most of them first.

    Args:
        faqs: the merchant's rows, those that the search scored with their score.
        said: folded words, as `lexicon.Understood.said`.
        named: those of them that name a product, and so explain themselves.
    """
    worths = {faq.id: [_worth(term, faq) for term in said] for faq in faqs}
    weights = [
        _weight([row[place] for row in worths.values()], told=term in named or asks_of_you(term))
        for place, term in enumerate(said)
    ]
    whole = sum(weights)
    fits = list[Fit]()
    for faq in faqs:
        row = worths[faq.id]
        told = sum(weight * worth for weight, worth in zip(weights, row, strict=True))
        share = max(told / whole if whole else 0.0, 0.8 * faq.score / _SEARCH_BEST)
        held = frozenset(t for t, worth in zip(said, row, strict=True) if worth >= _HELD)
        asked = frozenset(t for t, worth in zip(said, row, strict=True) if worth >= _AKIN)
        near = max(row, default=0.0) >= _SOUNDS or len(asked) > 1
        fits.append(Fit(row=faq, share=share, words=held, asked=asked, near=near))
    return sorted((fit for fit in fits if fit.share > 0), key=lambda fit: -fit.share)


def asking(faqs: Sequence[Faq], terms: Sequence[str]) -> Faq | None:
    """The first row whose question holds every one of some folded words."""
    for faq in faqs:
        question = _words(f"{faq.question_ar} {faq.question_en}")
        if terms and all(not question.forms.isdisjoint(forms(term)) for term in terms):
            return faq
    return None


def _weight(worths: Sequence[float], *, told: bool) -> float:
    """How much a word says of which row is meant; a ware or «تجهزون» is told by itself."""
    holding = sum(1 for worth in worths if worth >= _IN_ANSWER)
    if not holding:
        return _EXPLAINED_WEIGHT if told else 1.0
    return max(0.2, log((len(worths) + 1) / (holding + 0.5))) * (0.7 if told else 1.0)


def _worth(term: str, faq: Faq) -> float:
    """How much of a word a row holds; one in Latin letters as any Arabic word it may spell."""
    spellings = arabic_spellings(term) if term[0].isascii() or term[0].isdecimal() else ()
    spelled = spellings if len(term) >= _LATIN_CHARS_MIN else ()
    return max(_worth_of(word, faq) for word in (term, *spelled))


def _worth_of(term: str, faq: Faq) -> float:
    question = _words(f"{faq.topic.replace('_', ' ')} {faq.question_ar} {faq.question_en}")
    if worth := _within(term, question):
        return worth
    answer = _words(f"{faq.answer_ar} {faq.answer_en}")
    if not answer.forms.isdisjoint(forms(term)):
        return _IN_ANSWER
    akin = not answer.roots.isdisjoint(roots(term)) or _sounds(term, answer)
    akin = akin or not answer.forms.isdisjoint(kin(forms(term)))
    return _AKIN_IN_ANSWER if akin else 0.0


def _within(term: str, question: _Words) -> float:
    if not question.forms.isdisjoint(forms(term)):
        return _IN_QUESTION
    if not question.forms.isdisjoint(kin(forms(term))):
        return _KIN
    if not question.roots.isdisjoint(roots(term)):
        return _AKIN
    if _alike(term, question.plain):
        return _ALIKE
    if _derived(term, question.plain):
        return _AKIN
    return _SOUNDS if _sounds(term, question) else 0.0


def _sounds(term: str, words: _Words) -> bool:
    return term[0].isascii() and len(bones(term)) >= _BONES_MIN and bones(term) in words.bones


@lru_cache(maxsize=8192)
def _alike(term: str, plain: frozenset[str]) -> bool:
    if len(term) < _ALIKE_CHARS_MIN:
        return False
    near = (word for word in plain if abs(len(word) - len(term)) <= 2 and word[0] == term[0])  # noqa: PLR2004 - two slips
    return any(SequenceMatcher(None, term, word).ratio() >= _ALIKE_MIN for word in near)


@lru_cache(maxsize=8192)
def _derived(term: str, plain: frozenset[str]) -> bool:
    """Whether an English word is made of one of these: "vaccinate" and "vaccinations"."""
    if not term.isascii() or len(term) < _DERIVED_CHARS_MIN:
        return False
    shared = ((word, max(_DERIVED_CHARS_MIN, min(len(word), len(term)) - 2)) for word in plain)
    return any(word[:many] == term[:many] for word, many in shared)


@lru_cache(maxsize=1024)
def _words(text: str) -> _Words:
    plain = _terms(text)
    arabic = [word for word in plain if not word[0].isascii()]
    return _Words(
        frozenset(form for word in plain for form in forms(word)),
        frozenset(root for word in arabic for root in roots(word)),
        frozenset(bones(form) for word in arabic for form in forms(word)),
        plain,
    )


def _terms(text: str) -> frozenset[str]:
    """Every word of a row that is worth comparing, however long the row."""
    said = text.split()
    return frozenset(
        term
        for at in range(0, len(said), 16)
        for term in search_terms(" ".join(said[at : at + 16]))
    )
