"""Less than one of what is counted: «نص كيلو», «٢.٥ متر»; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hudhud.model import Product
from hudhud.responders.selling.counting import BROKEN, unit
from hudhud.responders.sizes import sold_by


def fraction(said: Sequence[str], products: Sequence[Product]) -> bool:
    """Whether a part of one is wanted: «نص كيلو», «2.5 متر». No shelf counts in halves.

    Args:
        said: folded words.
        products: what is wanted, as far as it is known.
    """
    if any("." in word and _amount(after, products) for word, after in pairwise(said)):
        return True
    return any(word.removeprefix("و") in BROKEN for word in said)  # «كيلو ونص»


def measured_part(said: Sequence[str], products: Sequence[Product]) -> bool:
    """Whether it is a part of what is counted or measured out: «نص متر», and not «نص الوجه».

    Args:
        said: folded words.
        products: what is spoken of.
    """
    return any(
        (word in BROKEN or "." in word) and _amount(after, products)
        for word, after in pairwise(said)
    )


def _amount(word: str, products: Sequence[Product]) -> bool:
    """Whether a folded word is what these are counted or measured out in."""
    return unit(word) or any(sold_by(one, word) for one in products)
