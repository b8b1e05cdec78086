"""Which things done, felt or told of a word means, whatever it is made into.

Only good for finding words of a catalogue that mean the same: what shares a root with many words
is here read as all of them.
"""

from __future__ import annotations

from functools import lru_cache

from hudhud.text.arabizi import arabic_spellings
from hudhud.text.deriving import ROOT_LETTERS, english_stem, radicals, undressed
from hudhud.text.folding import stems, words
from hudhud.text.synonyms.doing import DOING, FOR, WHO

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


def _people() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Whom a thing is for, and the words for what is for them, each with the meaning's number."""
    goods: dict[str, set[int]] = {}
    for number, row in enumerate(FOR.strip().splitlines()):
        for word in words(row):
            goods.setdefault(word, set()).add(-1 - number)
    someone: dict[str, frozenset[int]] = {}
    for row in WHO.strip().splitlines():
        called, _, told = row.partition(":")
        (one,) = (min(goods[word]) for word in words(told))
        someone |= dict.fromkeys(words(called), frozenset({one}))
    return someone, {word: frozenset(numbers) for word, numbers in goods.items()}


_ROWS = _rows()
_SOMEONE, _GOODS = _people()


@lru_cache(maxsize=8192)
def for_whom(word: str) -> frozenset[int]:
    """The number of what is said of goods for the one that a folded word names: «لزوجتي»."""
    spelled = stems(word) if not word[0].isascii() else (word, *arabic_spellings(word))
    return next((_SOMEONE[form] for form in spelled if form in _SOMEONE), frozenset())


@lru_cache(maxsize=8192)
def meant_doing(word: str) -> frozenset[int]:
    """The numbers of the meanings that a folded word may have; Arabic in Latin letters, too."""
    if someone := for_whom(word):
        # «والد» is made of the letters of «مولود», and is nobody newly born.
        return someone.union(*(_ROWS.get(form, frozenset()) for form in stems(word)))
    if word in _GOODS:
        return _GOODS[word] | _done(word)
    return _done(word)


def _done(word: str) -> frozenset[int]:
    if word[0].isascii():
        english = _ROWS.get(english_stem(word), frozenset())
        return english or frozenset().union(*map(_arabic, arabic_spellings(word)))
    return _arabic(word)


def _arabic(word: str) -> frozenset[int]:
    keys = {form for form in stems(word) if len(form) >= _STEM_CHARS_MIN or form == word}
    # «يخربش»: four radicals and what a verb has before them.
    keys |= {form for form in undressed(word) if len(form) == ROOT_LETTERS + 1}
    return frozenset().union(*(_ROWS.get(key, frozenset()) for key in keys | radicals(word)))
