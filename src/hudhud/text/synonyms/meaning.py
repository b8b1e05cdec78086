"""Which things done, felt or told of a word means, whatever it is made into.

Only good for finding words of a catalogue that mean the same: what shares a root with many words
is here read as all of them.
"""

from __future__ import annotations

from functools import lru_cache

from hudhud.text.arabizi import arabic_spellings
from hudhud.text.deriving import ROOT_LETTERS, english_stem, radicals
from hudhud.text.folding import stems, words
from hudhud.text.synonyms.doing import DOING

_STEM_CHARS_MIN = 3


def _keys(word: str) -> set[str]:
    """Under what a word of the table is found: a root's radicals, an English stem, or itself."""
    if word[0].isascii():
        return {english_stem(word)}
    return {word} | (set(radicals(word)) if len(word) == ROOT_LETTERS else set())


def _rows() -> dict[str, frozenset[int]]:
    made: dict[str, set[int]] = {}
    for number, row in enumerate(DOING.strip().splitlines()):
        for word in words(row):
            for key in _keys(word):
                made.setdefault(key, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in made.items()}


_ROWS = _rows()


@lru_cache(maxsize=8192)
def meant_doing(word: str) -> frozenset[int]:
    """The numbers of the meanings that a folded word may have; Arabic in Latin letters, too."""
    if word[0].isascii():
        english = _ROWS.get(english_stem(word), frozenset())
        return english or frozenset().union(*map(_arabic, arabic_spellings(word)))
    return _arabic(word)


def _arabic(word: str) -> frozenset[int]:
    keys = {form for form in stems(word) if len(form) >= _STEM_CHARS_MIN or form == word}
    return frozenset().union(*(_ROWS.get(key, frozenset()) for key in keys | radicals(word)))
