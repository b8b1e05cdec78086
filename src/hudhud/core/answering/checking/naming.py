"""Of which product a clause speaks: by its whole name, its number, or what no other name holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hudhud.core.answering.checking.reading import PRICE_WORDS, plain
from hudhud.model import Product
from hudhud.responders.spoken import digit
from hudhud.text import fold, stems

_WORD_CHARS_MIN = 3
_COMMA = re.compile("[,،]")
_NO_COMMA = str.maketrans(",،", "  ")


class Named(NamedTuple):
    """The products that a text may mean; `clear` when it can only be the one."""

    products: tuple[Product, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether there is no doubt which one is meant."""
        return len(self.products) == 1

    @property
    def words(self) -> frozenset[str]:
        """All spellings of the words by which these products are called."""
        return frozenset(form for product in self.products for form in _called(product))


class Shelf(NamedTuple):
    """The products of one turn, as they are looked for in clause after clause."""

    products: tuple[Product, ...] = ()
    called: tuple[frozenset[str], ...] = ()
    whole: tuple[tuple[str, int], ...] = ()
    parted: tuple[str, ...] = ()


def shelf_of(products: Sequence[Product]) -> Shelf:
    """Put products where `named` finds them.

    `whole` are their names, the longest first; `parted` those with a comma («دجاج، ٢ كغ»).
    """
    names = tuple((p.name_ar, p.name_en, p.sku) for p in products)
    called = tuple(map(_called, products))
    return Shelf(tuple(products), called, _whole_names(names), _parted(names))


def unbroken(text: str, shelf: Shelf) -> str:
    """The same text, as long, in which no name is cut by a comma of its own.

    Args:
        text: as `reading.plain` made it.
        shelf: whose names.
    """
    for name in shelf.parted:
        text = text.replace(name, name.translate(_NO_COMMA))
    return text


def named(text: str, shelf: Shelf) -> Named:
    """The products that a text names.

    Whole names and article numbers first, the longest first; of parts of names those products that
    most of the words fit.
    """
    folded = fold(text)
    whole = _whole(folded, shelf)
    if whole:
        return Named(whole)
    said = [
        frozenset(_forms(word))
        for word in folded.split()
        if len(word) >= _WORD_CHARS_MIN and word not in PRICE_WORDS and not digit(word)
    ]
    fits = [sum(not word.isdisjoint(called) for word in said) for called in shelf.called]
    best = max(fits, default=0)
    if not best:
        return Named()
    return Named(tuple(p for p, fit in zip(shelf.products, fits, strict=True) if fit == best))


def _whole(folded: str, shelf: Shelf) -> tuple[Product, ...]:
    found: dict[int, Product] = {}
    left = folded
    for name, place in shelf.whole:
        # Attached words («والقميص», «بالعباية») stand before a name, never behind it.
        if name in left and re.search(
            rf"(?:(?<!\w)|(?<!\w)[وفبكل]|(?<!\w)[وفبك]?ال){re.escape(name)}(?!\w)", left
        ):
            left = left.replace(name, "\n")
            found[place] = shelf.products[place]
    return tuple(found.values())


@lru_cache(maxsize=64)
def _parted(names: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    shown = (plain(name).text for row in names for name in row[:2] if _COMMA.search(name))
    return tuple(sorted(shown, key=len, reverse=True))


@lru_cache(maxsize=64)
def _whole_names(names: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, int], ...]:
    all_names = ((fold(name), place) for place, row in enumerate(names) for name in row)
    return tuple(sorted((one for one in all_names if one[0]), key=lambda one: -len(one[0])))


def _called(product: Product) -> frozenset[str]:
    return _words(product.name_ar, product.name_en, product.category_ar, product.category_en)


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    return stems(word)


@lru_cache(maxsize=4096)
def _words(*names: str) -> frozenset[str]:
    words = (word for name in names for word in fold(name).split())
    return frozenset(form for word in words if len(word) >= _WORD_CHARS_MIN for form in stems(word))
