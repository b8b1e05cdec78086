"""Answers from what the merchant wrote, in the merchant's own words, or not at all; pure.

A document is nothing that was written for this question. So nothing is put together from it: the
sentences that surely answer are quoted as they stand, with the name of their document, and where no
sentence surely does, nobody is told anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log

import msgspec

from hudhud.model import Passage, Turn
from hudhud.responders.lexicon import Understood, bones, forms, kin, roots
from hudhud.responders.matching import Matched
from hudhud.text import Language, language, search_terms

# So much of what was asked must stand in what is quoted, under its heading.
SURE = 0.66
# What else fits nearly as well, elsewhere: then nobody knows which of both was meant.
DOUBT = 0.93
QUOTE_CHARS_MAX = 420
SENTENCES_MAX = 2
# A word of the heading counts for each sentence below it.
_ABOVE = 0.9
_WHOLE, _KIN, _ROOT, _SOUNDS = 1.0, 0.9, 0.8, 0.75
_BONES_MIN = 4
_HELD = 0.7
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟…](?=\s|$)|(?=\n|$))")
_BELOW = " › "


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences of one passage as they stand, and how much of what was asked they hold (0 to 1)."""

    passage: Passage
    text: str
    share: float


class _Held(msgspec.Struct, frozen=True):
    """The words of a text in every way that they are compared."""

    forms: frozenset[str]
    roots: frozenset[str]
    bones: frozenset[str]


def answering(
    turn: Turn, found: Matched, readings: Sequence[Understood], spoken: Language
) -> Excerpt | None:
    """The sentences that surely answer what neither a product nor an answered question does.

    Args:
        turn: the batch, with the passages that the search found for it.
        found: what products and questions answer, and what they do not.
        readings: the batch as it was read.
        spoken: the language of the answer.
    """
    rows = [row for row in found.rows if row not in found.guesses]
    guessed = not rows and not any(group.exact for group in found.groups)
    near = bool(found.groups or found.guesses) and guessed
    if not (found.lost or found.unsure or found.unanswered or near):
        return None
    left = readings if guessed else found.lost
    said = dict.fromkeys(term for reading in left for term in reading.said)
    return quoted(turn.passages, tuple(said), spoken)


def quoted(passages: Sequence[Passage], said: Sequence[str], spoken: Language) -> Excerpt | None:
    """The sentences that surely answer, or none.

    Args:
        passages: what the search found, best first.
        said: folded words, as `lexicon.Understood.said`: all of them have to be explained.
        spoken: the customer's language; a text in another one is no answer to them.
    """
    if not said:
        return None
    fits = [fit for passage in passages for fit in _fits(passage, said, _weights(passages, said))]
    best = max(fits, key=lambda fit: fit.share, default=None)
    if best is None or best.share < SURE or language(best.text) != spoken:
        return None
    other = max((f.share for f in fits if f.passage.id != best.passage.id), default=0.0)
    sure_of_one = other < DOUBT * best.share or best.passage.id == passages[0].id
    return best if sure_of_one else None


def _fits(passage: Passage, said: Sequence[str], weights: Sequence[float]) -> Iterator[Excerpt]:
    """Every run of a few sentences, the shortest first, with what it explains."""
    whole = sum(weights)
    above = _held(f"{passage.source} {passage.heading.replace(_BELOW, ' ')}")
    named = [_ABOVE * _worth(term, above) for term in said]
    sentences = [found[0].strip() for found in _SENTENCE.finditer(passage.text)]
    for length in range(1, SENTENCES_MAX + 1):
        for start in range(len(sentences) - length + 1):
            text = "\n".join(sentences[start : start + length])
            if len(text) > QUOTE_CHARS_MAX:
                continue
            within = _held(text)
            held = (_worth(term, within) for term in said)
            worths = [max(pair) for pair in zip(held, named, strict=True)]
            # Without the word that says most it is about something else.
            if worths[weights.index(max(weights))] < _HELD:
                continue
            told = sum(weight * worth for weight, worth in zip(weights, worths, strict=True))
            yield Excerpt(passage=passage, text=text, share=told / whole)


def _weights(passages: Sequence[Passage], said: Sequence[str]) -> list[float]:
    """How much each word says: the less, the more of the passages hold it."""
    holding: Counter[str] = Counter()
    for passage in passages:
        held = _held(f"{passage.source} {passage.heading} {passage.text}")
        holding.update(term for term in set(said) if _worth(term, held) >= _HELD)
    return [log((len(passages) + 2) / (holding[term] + 1)) + 0.3 for term in said]


def _worth(term: str, held: _Held) -> float:
    if not held.forms.isdisjoint(forms(term)):
        return _WHOLE
    if not held.forms.isdisjoint(kin(forms(term))):
        return _KIN
    if not held.roots.isdisjoint(roots(term)):
        return _ROOT
    sounds = term[0].isascii() and len(bones(term)) >= _BONES_MIN and bones(term) in held.bones
    return _SOUNDS if sounds else 0.0


@lru_cache(maxsize=2048)
def _held(text: str) -> _Held:
    said = text.split()
    # A search reads so many words of one asking; a passage has more.
    terms = {
        term
        for at in range(0, len(said), 16)
        for term in search_terms(" ".join(said[at : at + 16]))
    }
    arabic = [term for term in terms if not term[0].isascii()]
    return _Held(
        frozenset(form for term in terms for form in forms(term)),
        frozenset(root for term in arabic for root in roots(term)),
        frozenset(bones(form) for term in arabic for form in forms(term)),
    )
