"""What a row of the catalogue says that a product has, and what that it is without; pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from hudhud.model import Product
from hudhud.text import arabic_spellings, lacking, made_of, search_terms, stems, synonyms

# `search_terms` reads so many words of a text, and no more of them.
_AT_ONCE = 16


def free_of(product: Product, lacked: Iterable[str]) -> bool:
    """Whether a product is told to be without one of some words."""
    told = _rows(product)[1]
    return any(not told.isdisjoint(_keys(word)) for word in lacked)


def is_not(product: Product, wanted: Iterable[str]) -> bool:
    """Whether a product is told to be without one of some words, in that very word."""
    free = frozenset(lacking(_text(product)))
    return any(not free.isdisjoint(stems(word)) for word in wanted)


def holds(product: Product, lacked: Iterable[str]) -> bool:
    """Whether a product is told to have one of some words, and not to be without it."""
    there, free = _rows(product)
    return any(free.isdisjoint(keys) and not there.isdisjoint(keys) for keys in map(_keys, lacked))


def holds_by_name(product: Product, lacked: Iterable[str]) -> bool:
    """The same of its name and its kind alone."""
    bare = msgspec.structs.replace(product, description_ar="", description_en="")
    return holds(bare, lacked)


@lru_cache(maxsize=4096)
def _keys(word: str) -> frozenset[str]:
    """Under what a word is found in a row: itself, what it is made of, and other words for it."""
    latin = arabic_spellings(word)
    guesses = (word, *latin)
    others = {other for guess in guesses for other in synonyms(guess)}
    made = {key for guess in (*guesses, *others) for key in made_of(guess)}
    return frozenset({form for guess in guesses for form in stems(guess)} | others | made)


def _rows(product: Product) -> tuple[frozenset[str], frozenset[str]]:
    return _told(_text(product))


def _text(product: Product) -> str:
    names = f"{product.name_ar}\n{product.name_en}\n{product.category_ar}\n{product.category_en}"
    return f"{names}\n{product.description_ar}\n{product.description_en}"


@lru_cache(maxsize=2048)
def _told(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Under what the words of a row are found: of what it has, and of what it is without."""
    free = lacking(text)
    terms = (term for line in text.split("\n") for term in _terms(line))
    return _all_of(term for term in terms if term not in free), _all_of(free)


def _terms(line: str) -> Iterable[str]:
    said = line.split()
    parts = (" ".join(said[at : at + _AT_ONCE]) for at in range(0, len(said), _AT_ONCE))
    return (term for part in parts for term in search_terms(part))


def _all_of(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(key for term in terms for key in (*stems(term), *made_of(term)))
