"""From the worth of single forms to a ranked list; pure.

A form is one spelling of a term, or another word for it. Every term counts with its best form, the
more the fewer rows it fits, and a row's score is the mean over all terms: 1.25 is every word,
whole, in the name.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from typing import Final, NamedTuple

from hudhud.store.catalogue.vocabulary import Vocabulary
from hudhud.text import arabic_spellings, stems, synonyms, twins

# Of one asking: a long message must not make an answer late.
FORMS_MAX = 200
# Below any difference that means something: sums of the same figures in another order are equal.
DIGITS = 9
# What was not said counts less than what was, and only where it stands as it is.
GUESSED: Final = 0.9
MADE_ALIKE: Final = 0.75
OTHER_WORD: Final = 0.8
MEANT_ALIKE: Final = 0.6
OTHER_WORTH_MIN: Final = 0.7
# Who names a thing in a word or two means no other that is near to one: a machine that washes is
# nothing that can be washed. Whoever says more describes.
DESCRIBING_MIN: Final = 3

Terms = Sequence[str]  # folded words, as `text.search_terms` gives them
Worths = Mapping[str, Sequence[tuple[int, float]]]  # form: (row's id, worth) of those that fit


class Form(NamedTuple):
    """One spelling of the term that stands at place `term` of its asking.

    `share` is how much of its worth counts; `said` tells the word itself from what else it may be,
    `kin` what is only made or meant alike.
    """

    form: str
    term: int
    share: float = 1.0
    said: bool = True
    kin: bool = False


def forms(terms: Terms, vocabulary: Vocabulary | None = None) -> Iterator[Form]:
    """Each word as it was said, and without what Arabic attaches to it; then what else it may be.

    `FORMS_MAX` at most: what was said comes before what was not, of every word in turn.

    Args:
        terms: what is asked.
        vocabulary: every word of the rows, where all of them are at hand; then what was not said
            is only told where it stands, with the words that are kin to what was.
    """
    said = (Form(form, place) for place, term in enumerate(terms) for form in stems(term) if form)
    others = zip_longest(*(_others(term, place, vocabulary) for place, term in enumerate(terms)))
    meant = (form for turn in others for form in turn if form)
    yield from islice(chain(said, meant), FORMS_MAX)


def _others(term: str, place: int, vocabulary: Vocabulary | None) -> Iterator[Form]:
    told = _guessed(term, place)
    if vocabulary is None:
        yield from told
        return
    yield from (form for form in told if vocabulary.holds(form.form))
    for kin in vocabulary.made_alike(term):
        yield Form(kin, place, MADE_ALIKE, said=False, kin=True)
    for kin in vocabulary.meant_alike(term):
        yield Form(kin, place, MEANT_ALIKE, said=False, kin=True)


def _guessed(term: str, place: int) -> Iterator[Form]:
    spellings = arabic_spellings(term)
    meant = next((others for guess in spellings if (others := synonyms(guess))), ())
    for guess in (*twins(term), *spellings):
        yield Form(guess, place, GUESSED, said=False)
    for other in (*synonyms(term), *meant):
        yield Form(other, place, OTHER_WORD, said=False)


def ranked(
    worths: Worths, terms: Terms, vocabulary: Vocabulary | None = None
) -> list[tuple[int, float]]:
    """The rows that fit the terms, as (id, score), best first; equal ones by id."""
    best = _best(worths, terms, vocabulary)
    fit = {row_id for of_term in best.values() for row_id in of_term}
    named = _named(worths, terms, vocabulary)
    weights = {term: math.log(1 + len(fit) / max(1.0, _spread(of))) for term, of in best.items()}
    whole = sum(weights.values()) or 1.0
    sums: defaultdict[int, float] = defaultdict(float)
    fits: defaultdict[int, int] = defaultdict(int)
    for term, of_term in best.items():
        for row_id, worth in of_term.items():
            sums[row_id] += worth * min(1.0, worth / OTHER_WORTH_MIN) * weights[term] / whole
            fits[row_id] += 1
    scores = [
        (row_id, round(total, DIGITS))
        for row_id, total in sums.items()
        if row_id in named or len(terms) >= DESCRIBING_MIN or fits[row_id] == len(terms)
    ]
    return sorted(scores, key=lambda scored: (-scored[1], scored[0]))


def _named(worths: Worths, terms: Terms, vocabulary: Vocabulary | None) -> set[int]:
    """The rows that hold a term itself, or another word for it, and not only its kin."""
    return {
        row_id
        for one in forms(terms, vocabulary)
        for row_id, worth in worths.get(one.form, ())
        if one.said or (worth >= OTHER_WORTH_MIN and not one.kin)
    }


def _spread(of_term: Mapping[int, float]) -> float:
    """How many rows a term fits; one that is only like it is no whole one."""
    return sum(min(1.0, worth) for worth in of_term.values())


def _best(
    worths: Worths, terms: Terms, vocabulary: Vocabulary | None
) -> dict[int, dict[int, float]]:
    """Of each term: what its best form is worth for each row."""
    best: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for form, term, share, said, _ in forms(terms, vocabulary):
        of_term = best[term]
        for row_id, worth in worths.get(form, ()):
            # A slip of the pen is alike; of what was not even said, only the word itself counts.
            counted = worth * (share if said or worth >= OTHER_WORTH_MIN else 0.0)
            if counted > of_term.get(row_id, 0.0):
                of_term[row_id] = counted
    return best
