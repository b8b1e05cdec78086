"""What a word shares with its kin: what it is made of, and what it means, done or felt."""

from __future__ import annotations

from functools import lru_cache

from hudhud.text.arabizi import bones
from hudhud.text.deriving import english_stem, radicals
from hudhud.text.folding import stems
from hudhud.text.lacking import lacking
from hudhud.text.synonyms.meaning import for_whom, meant_doing

_BONES_MIN = 3
_CHARS_MIN = 3


@lru_cache(maxsize=8192)
def made_of(word: str) -> frozenset[str]:
    """What folded words of one making share: radicals, an English stem, Arabizi's consonants."""
    if word.isdecimal() or len(word) < _CHARS_MIN or for_whom(word):
        return frozenset()  # «زوجي» is nothing of a wedding (زواج)
    if lacking(word):
        return frozenset({f"b {bones(word)}"})  # «لاسلكي» has no wire (سلك)
    if word[0].isascii():
        sounds, made = {bones(word)}, {f"e {english_stem(word)}"}
    else:
        sounds, made = {bones(form) for form in stems(word)}, {f"r {one}" for one in radicals(word)}
    return frozenset(made | {f"b {sound}" for sound in sounds if len(sound) >= _BONES_MIN})


@lru_cache(maxsize=8192)
def meaning_of(word: str) -> frozenset[str]:
    """What folded words share that mean the same, in whatever dialect or letters."""
    return frozenset(f"m {row}" for row in meant_doing(word))
