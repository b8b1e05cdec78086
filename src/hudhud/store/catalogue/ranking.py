"""From the worth of single forms to a ranked list; pure.

A form is one spelling of a term. Every term counts with its best spelling, and a row's score is
the mean over all terms: 1.25 is every word, whole, in the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hudhud.text import stems

# Of one asking: a long message must not make an answer late.
FORMS_MAX = 96
# Below any difference that means something: sums of the same figures in another order are equal.
DIGITS = 9

Terms = Sequence[str]  # folded words, as `text.search_terms` gives them
Worths = Mapping[str, Sequence[tuple[int, float]]]  # form: (row's id, worth) of those that fit


class Form(NamedTuple):
    """One spelling of the term that stands at place `term` of its asking."""

    form: str
    term: int


def forms(terms: Terms) -> Iterator[Form]:
    """Each word as it was said, and without what Arabic attaches to it; FORMS_MAX at most."""
    told = (Form(form, place) for place, term in enumerate(terms) for form in stems(term) if form)
    for _, form in zip(range(FORMS_MAX), told, strict=False):
        yield form


def ranked(worths: Worths, terms: Terms) -> list[tuple[int, float]]:
    """The rows that fit the terms, as (id, score), best first; equal ones by id."""
    best: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for form, term in forms(terms):
        of_term = best[term]
        for row_id, worth in worths.get(form, ()):
            if worth > of_term.get(row_id, 0.0):
                of_term[row_id] = worth
    sums: defaultdict[int, float] = defaultdict(float)
    for of_term in best.values():
        for row_id, worth in of_term.items():
            sums[row_id] += worth
    scores = [(row_id, round(total / len(best), DIGITS)) for row_id, total in sums.items()]
    return sorted(scores, key=lambda scored: (-scored[1], scored[0]))
