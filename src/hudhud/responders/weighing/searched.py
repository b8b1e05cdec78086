"""What the search thinks nearest to a message that names nothing of the shop's; pure."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Product
from hudhud.responders import shelf
from hudhud.responders.examples import margins
from hudhud.responders.lexicon import Understood

# Below it the search only found a likeness somewhere.
_SEARCHED_MIN, _SEARCHED_ALONE_MIN = 0.35, 0.45
# Of who describes in so many words, one thing is so far ahead of all others that less is enough.
_DESCRIBING_MIN, _AHEAD, _SEARCHED_AHEAD_MIN = 2, 1.5, 0.2


def searched(products: Sequence[Product], reading: Understood) -> shelf.Found | None:
    """What the search thinks nearest, when all of its words are of no row as they stand.

    Args:
        products: what the search found, where its scores are of this message.
        reading: the message.
    """
    if not reading.terms or not products:
        return None
    best = max(product.score for product in products)
    near = tuple(product for product in products if product.score == best)
    least = _SEARCHED_MIN if set(reading.meanings) & margins.ASKED else _SEARCHED_ALONE_MIN
    other = max((product.score for product in products if product not in near), default=0.0)
    ahead = len(near) == 1 and best > _AHEAD * other and len(reading.terms) >= _DESCRIBING_MIN
    if ahead and shelf.told_of(near[0], reading.terms):
        least = _SEARCHED_AHEAD_MIN
    return shelf.Found(products=near, by="description") if best >= least else None
