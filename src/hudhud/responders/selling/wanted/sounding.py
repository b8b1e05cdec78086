"""Which of several names what was written in Latin letters sounds like; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from hudhud.model import Product
from hudhud.responders.lexicon import bones
from hudhud.responders.selling.wanted.wish import Wish
from hudhud.text import words

# Fewer consonants than these sound like anything.
_BONES_MIN = 2
# What ends a word of one or of several: «سجادة», "sejjadat".
_ENDINGS = "ht"


def sounding(wish: Wish, products: Sequence[Product]) -> tuple[Product, ...]:
    """Of several the one whose name alone holds what no name was found for: "7alag lo2lo2".

    By its consonants a word may be anything; between two names it tells which.

    Args:
        wish: what is wanted; it knows of these words then.
        products: what it may be.
    """
    unheard = [word for word in wish.things if word.isascii() and word not in wish.found.words]
    named = [(product, _held(unheard, product)) for product in products]
    told = [(product, held) for product, held in named if held]
    if len(products) < 2 or len(told) != 1:  # noqa: PLR2004 - several
        return tuple(products)
    product, held = told[0]
    known = wish.found.words | held
    wish.found = msgspec.structs.replace(wish.found, products=(product,), words=known)
    return (product,)


def _held(said: Collection[str], product: Product) -> frozenset[str]:
    own = {_sound(word) for word in words(product.name_ar)}
    return frozenset(
        word for word in said if len(_sound(word)) >= _BONES_MIN and _sound(word) in own
    )


def _sound(word: str) -> str:
    heard = bones(word)
    return heard[:-1] if len(heard) > _BONES_MIN and heard[-1] in _ENDINGS else heard
