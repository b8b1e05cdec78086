"""What each form is worth for each passage, counted in memory; pure.

As `catalogue_worths` counts it for products: a whole word more than a likeness, a heading more than
a body. A passage is several times as long as a product, and PostgreSQL took seconds to look for
a likeness in hundreds of them; here a form is compared with each word of a library once, however
often it stands there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from hudhud.model import Passage
from hudhud.store.catalogue.ranking import Terms, forms, ranked
from hudhud.store.knowledge.documents import folded

ALIKE_MIN: Final = 0.5
_IN_BODY, _WHOLE = 0.6, 0.25
_FORMS_KEPT_MAX: Final = 4096

Worths = list[tuple[int, float]]


@dataclass(slots=True)
class Library:
    """Passages, where their words stand, and the worth of the forms that were asked for.

    `whole` says whether these are all passages of the merchant.
    """

    passages: dict[int, Passage]
    whole: bool
    _named: dict[str, list[int]] = field(default_factory=dict)
    _told: dict[str, list[int]] = field(default_factory=dict)
    _words: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by trigram
    _worths: dict[str, Worths] = field(default_factory=dict)

    @classmethod
    def of(cls, passages: Sequence[Passage], *, whole: bool) -> Library:
        """Take up passages; some milliseconds for hundreds of them."""
        named: defaultdict[str, list[int]] = defaultdict(list)
        told: defaultdict[str, list[int]] = defaultdict(list)
        for passage in passages:
            heading, body = folded(passage.source, passage.heading, passage.text).split("\n")
            for line, places in ((heading, named), (body, told)):
                for word in set(line.split()):
                    places[word].append(passage.id)
        by_gram: defaultdict[str, list[str]] = defaultdict(list)
        for word in named.keys() | told.keys():
            for gram in set(_grams(word)):
                by_gram[gram].append(word)
        words = {gram: tuple(found) for gram, found in by_gram.items()}
        by_id = {passage.id: passage for passage in passages}
        return cls(by_id, whole, dict(named), dict(told), words)

    def found(self, terms: Terms, limit: int) -> list[Passage]:
        """The passages that fit the terms best, best first, with their scores."""
        if len(self._worths) > _FORMS_KEPT_MAX:
            self._worths.clear()
        if not self.passages:
            return []
        for form in forms(terms):
            if form.form not in self._worths and (form.said or self._stands(form.form)):
                self._worths[form.form] = list(self._counted(form.form))
        best = ranked(self._worths, terms)[:limit]
        return [msgspec.structs.replace(self.passages[n], score=score) for n, score in best]

    def _stands(self, form: str) -> bool:
        return form in self._named or form in self._told

    def _counted(self, form: str) -> Iterator[tuple[int, float]]:
        worths: defaultdict[int, float] = defaultdict(float)
        for word, likeness in self._alike(form):
            for share, places in ((1.0, self._named), (_IN_BODY, self._told)):
                for passage_id in places.get(word, ()):
                    worths[passage_id] = max(worths[passage_id], share * likeness)
        whole = {*self._named.get(form, ()), *self._told.get(form, ())}
        for passage_id, worth in worths.items():
            yield passage_id, worth + _WHOLE * (passage_id in whole)

    def _alike(self, form: str) -> Iterator[tuple[str, float]]:
        """The words that a form is like, itself among them; as pg_trgm's word_similarity."""
        grams = set(_grams(form))
        shared: defaultdict[str, int] = defaultdict(int)
        for gram in grams:
            for word in self._words.get(gram, ()):
                shared[word] += 1
        for word, count in shared.items():
            if 2 * count >= len(grams):
                places = [at for at, gram in enumerate(_grams(word)) if gram in grams]
                beside = places[-1] - places[0] + 1 - count
                likeness = count / (len(grams) + max(0, beside))
                if likeness >= ALIKE_MIN:
                    yield word, likeness


def _grams(word: str) -> list[str]:
    padded = f"  {word} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]
