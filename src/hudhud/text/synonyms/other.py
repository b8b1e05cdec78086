"""Another word for a word, of all the trades' words.

A row is one meaning in any trade, never one shop's wares; what a catalogue usually calls it stands
first. What stands behind a colon is understood, but not looked for: it is called so by nobody who
writes catalogues, or says too little by itself. What stands behind a second colon is looked for,
but not understood: said, it is mostly something else. Words of one letter's difference need no
place in a row, for the search forgives that much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from hudhud.text.folding import fold, stems, words
from hudhud.text.synonyms.asked import ASKED, DEEDS
from hudhud.text.synonyms.beauty import BEAUTY
from hudhud.text.synonyms.children import CHILDREN
from hudhud.text.synonyms.devices import DEVICES
from hudhud.text.synonyms.dishes import DISHES
from hudhud.text.synonyms.furniture import FURNITURE
from hudhud.text.synonyms.gifts import GIFTS
from hudhud.text.synonyms.grocery import GROCERY
from hudhud.text.synonyms.health import HEALTH
from hudhud.text.synonyms.household import HOUSEHOLD
from hudhud.text.synonyms.outdoors import OUTDOORS
from hudhud.text.synonyms.traits import TRAITS
from hudhud.text.synonyms.workshop import WORKSHOP
from hudhud.text.synonyms.worn import WORN

SYNONYMS_MAX = 12
_STEM_CHARS_MIN = 3
# How the g of a foreign word is written, from Baghdad (گ, folded) to Cairo and Damascus.
_G = "كجغق"
_FOREIGN_CHARS_MIN = 4
_ARTICLES = ("ليز", "لي", "لا")

# A word of several rows is looked for as the first of them calls it first.
_TABLES = (
    WORN, GIFTS, TRAITS, DEVICES, DISHES, GROCERY, HEALTH, BEAUTY, FURNITURE, HOUSEHOLD, CHILDREN,
    WORKSHOP, OUTDOORS, ASKED,
)  # fmt: skip
# What a verb has before and after its root: بتفتحوا, كيسدو, هترجعها, مطلعش.
_BEFORE = re.compile(r"^[وف]?(?:[هح]|غا?)?(?:[بك]?[يتن]|[بك]?ا|م)(?=\w{2,})")
_AFTER = re.compile(r"(?<=\w{2})(?:(?:ون|وا|و|ين|ي)?(?:لي|لنا|ها|هم|ه|ني)?ش?)$")


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    """Each word of a table with what it is looked for as."""
    made: dict[str, dict[str, None]] = {}
    for row in table.splitlines():
        if row.startswith("#"):
            continue
        known, understood, looked_for = map(_names, f"{row}::".split(":")[:3])
        names = dict.fromkeys([*known, *looked_for])
        for word in [*known, *understood]:
            made.setdefault(word, {}).update(names)
    return {word: tuple(other for other in row if other != word) for word, row in made.items()}


def _names(part: str) -> list[str]:
    """The words of a row, folded at once where no key of an entry («shelf_life») is among them."""
    return [fold(word) for word in part.split()] if "_" in part else words(part)


_OTHERS = _rows("\n".join(_TABLES))
_ROOTS = {
    root: (fold(head), *_OTHERS[fold(head)])
    for head, roots in DEEDS.items()
    for root in words(roots)
}


@lru_cache(maxsize=4096)
def synonyms(word: str) -> tuple[str, ...]:
    """Other folded words for what a folded word says, the most usual first.

    Returns:
        At most `SYNONYMS_MAX`; nothing for a word that the table does not know.
    """
    for form in stems(word):
        if form in _OTHERS and (form == word or len(form) >= _STEM_CHARS_MIN):
            return _OTHERS[form][:SYNONYMS_MAX]
    for form in (*_foreign(word), *_bare_of_article(word)):
        if form in _OTHERS:
            return (form, *_OTHERS[form])[:SYNONYMS_MAX]
    return _ROOTS.get(_root(word), ())[:SYNONYMS_MAX]


def _foreign(word: str) -> Iterator[str]:
    """A longer word with the g of a foreign word spelled otherwise: «بركر» for «برغر»."""
    if len(word) < _FOREIGN_CHARS_MIN:
        return
    for at, letter in enumerate(word):
        if letter in _G:
            yield from (f"{word[:at]}{g}{word[at + 1 :]}" for g in _G if g != letter)


def _bare_of_article(word: str) -> Iterator[str]:
    """A loan word without the French article that Maghrebi says with it: «ليبوجي», «لابوشيط»."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _FOREIGN_CHARS_MIN:
            yield word.removeprefix(article)


def _root(word: str) -> str:
    """What is left of a verb; a word without a verb's beginning is none."""
    stripped = _BEFORE.sub("", word)
    return _AFTER.sub("", stripped) if stripped != word else ""
