"""Every word that stands in a catalogue, and which of them are kin to a word that was said; pure.

A customer says in the words of a dialect what a description tells in those of a shop: «كيلزقوش»
and «لا يلتصق», "sweating" and "sweat", "tkabber" and «تكبّر». A word that is made of the same, is
written alike by its consonants, or means the same thing done, is looked for beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from hudhud.text import made_of, meaning_of, words

# «قطعة» is so many of a thing, and nothing that cuts it.
_COUNTED = frozenset(words("قطعة قطع قطعتان قطعتين حبة حبات حبتين حبتان"))


class Vocabulary:
    """The folded words of a catalogue, found by what they are made of, or only as they stand."""

    __slots__ = ("_of", "words")

    def __init__(self, told: Iterable[str], *, kin: bool = True) -> None:
        """Keep the words, and with `kin` also what each of them is made of and means."""
        self.words = frozenset(told)
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        for word in self.words - _COUNTED if kin else ():
            for key in (*made_of(word), *meaning_of(word)):
                self._of[key].add(word)

    def holds(self, form: str) -> bool:
        """Whether every word of a form stands here."""
        return self.words.issuperset(form.split())

    def made_alike(self, term: str) -> tuple[str, ...]:
        """The words that are made of the same as a folded one."""
        return self._found(term, made_of(term))

    def meant_alike(self, term: str) -> tuple[str, ...]:
        """The words that mean the same, done or felt, as a folded one."""
        return self._found(term, meaning_of(term))

    def _found(self, term: str, keys: Iterable[str]) -> tuple[str, ...]:
        found = {word for key in keys for word in self._of.get(key, ())}
        return tuple(sorted(found - {term}))
