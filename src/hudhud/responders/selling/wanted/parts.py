"""Less than one of what is counted: «نص كيلو», «٢.٥ متر»; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hudhud.model import Product
from hudhud.responders.selling.counting import BROKEN, Count, number, unit
from hudhud.responders.sizes import UNITS, measured_by, sold_by, unit_of
from hudhud.text import forms, words
from hudhud.text.measuring import measures

# By weight and by volume; a length is cut from a roll.
_MEASURED_OUT = ("g", "ml")
_KILO = 1000


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


def portions(said: Sequence[str], counts: Sequence[Count], product: Product) -> int | None:
    """How many make up what is measured out: «نص كيلو» of what comes by «ربع كيلو» is two.

    None where the row tells no such measure or several, where a further number counts, where it
    does not come out even, and where it says which is meant: «دمبل ١٠ كيلو» is no two of five.

    Args:
        said: folded words.
        counts: the numbers among them.
        product: the one that is wanted.
    """
    if product.sizes:
        return None
    row = words(f"{product.name_ar} {product.description_ar}")
    own = {(one.kind, one.many) for one in measures(row, number) if one.kind in _MEASURED_OUT}
    told = [one for one in measures(said, number) if one.kind in _MEASURED_OUT]
    if len(own) != 1 or len({(one.kind, one.many) for one in told}) != 1:
        return None
    (kind, each), many, places = next(iter(own)), told[-1].many, told[-1].places
    apart = any(one.value > 1 and one.start not in places for one in counts)
    if kind != told[-1].kind or not each or apart or (many / each).denominator != 1:
        return None
    called = {form for w in words(f"{product.name_ar} {product.name_en}") for form in forms(w)}
    named = [at for at, word in enumerate(said) if not called.isdisjoint(forms(word))]
    first = min((at for at in named if at not in places), default=0)
    # By parts of a kilo only what is weighed out is sold.
    weighed = kind == "g" and each < _KILO and many <= _KILO
    return int(many / each) or None if weighed or first > max(places) else None


def measures_another(
    told: Sequence[tuple[int, str]], product: Product, products: Sequence[Product]
) -> bool:
    """Whether a number is the size of another thing, and no number of this: «٣٠ لتر» of bags.

    Args:
        told: each number, and the folded word behind it.
        product: what would be so many.
        products: what is at hand.
    """
    row = f"{product.name_ar} {product.name_en} {product.description_ar} {product.description_en}"
    own = {unit_of(word) for word in words(row)}
    return any(
        unit_of(after) in UNITS.values()
        and unit_of(after) not in own
        and any(measured_by(str(many), after, one.sizes) for one in products)
        for many, after in told
    )


def _amount(word: str, products: Sequence[Product]) -> bool:
    """Whether a folded word is what these are counted or measured out in."""
    return unit(word) or any(sold_by(one, word) for one in products)
