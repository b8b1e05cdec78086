"""A length and a width as one size, however their sign is written: «70x140», «٧٠ في ١٤٠»; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.model import Product
from hudhud.text import latin_digits

_SIGN = r"\s*(?:[xX×*✕]|في|(?<=\s)(?:fi|fe|by)(?=\s))\s*"
_CROSSED = re.compile(rf"(?<![\w.])(\d{{1,4}}){_SIGN}(\d{{1,4}})(?![\d.])")
_WRITTEN = re.compile(r"(\d{1,4})\s*[xX×*]\s*(\d{1,4})")


def crossed(text: str, products: Sequence[Product]) -> str:
    """A text with each length and width that is a size of some product as rows write it.

    Args:
        text: a message; «2 x 500» that is no size stays as it is.
        products: whose sizes are looked at.
    """
    own = {
        frozenset(told.groups()): f"{told[1]}×{told[2]}"
        for product in products
        for size in product.sizes
        if (told := _WRITTEN.search(latin_digits(size)))
    }
    if not own:
        return text

    def written(said: re.Match[str]) -> str:
        return own.get(frozenset(map(latin_digits, said.groups())), said[0])

    return _CROSSED.sub(written, text)
