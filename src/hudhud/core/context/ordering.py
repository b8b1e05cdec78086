"""In which order the products that the search found are told; pure.

A search weighs words. «والصغير منه كم مل» names no thing of its own, so what was spoken of just
before it comes first; and what holds several of the words comes before what holds one.
"""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Product, Said
from hudhud.responders import shelf
from hudhud.responders.matching import as_sold
from hudhud.responders.referring import means_shown, shown_last, spoken_of
from hudhud.responders.sparing import denied, kept
from hudhud.responders.weighing import told_more
from hudhud.text import own_pictures, search_terms, things

# So much of the best score is no worse for sure.
NEAR_MIN = 0.7
# What was said before counts so much beside what is said.
EARLIER = 0.3


def in_order(
    told: Sequence[Product],
    before: Sequence[Product],
    texts: Sequence[str],
    history: Sequence[Said],
) -> list[Product]:
    """All that was found, each once, best first.

    Args:
        told: what fits the words of the batch, best first.
        before: what fits what was said before it, best first.
        texts: the messages of the batch.
        history: what was said before, oldest first.
    """
    told = _beside(told, before)
    known = _once([*told, *before])
    if not known:
        return []
    lacked = denied(texts)
    told_of = (as_sold(known, text).terms for text in texts)
    terms = kept((term for terms in told_of for term in terms), lacked)
    first = _spoken(known, terms, texts, history) if history else []
    return _once([*(first or _fitting(told, terms)), *known])


def _spoken(
    known: Sequence[Product], terms: Sequence[str], texts: Sequence[str], history: Sequence[Said]
) -> list[Product]:
    """What was spoken of last, where the batch names nothing else."""
    shown = shown_last(history, known)
    if means_shown([(text, as_sold(known, text)) for text in texts], shown, known):
        return [*shown]
    spoken = [one for group in spoken_of(history, known) for one in group.products]
    if not spoken or not all(shelf.points_back(term, spoken, known) for term in terms):
        return []
    whole = " ".join(texts)
    said = things(search_terms(whole), own_pictures(whole))
    # A name may be read as more than a name: «شحن» of a cable, «وردي» of roses.
    free = [term for term in said if not shelf.points_back(term, spoken, known)]
    return [] if shelf.find(known, free).by == "name" else spoken


def _fitting(told: Sequence[Product], terms: Sequence[str]) -> list[Product]:
    """Of what the search thinks about equal: what holds several words, one of them as its name."""
    best = max((product.score for product in told), default=0.0)
    found = shelf.find(told, terms, in_other_words=True)
    several = len(found.words) > 1 and found.by == "name"
    near = [product for product in found.products if product.score >= NEAR_MIN * best]
    return near if several and not (near and told_more(told[0], near, terms)) else []


def _beside(told: Sequence[Product], before: Sequence[Product]) -> list[Product]:
    """What fits the batch, and before its equals what also fits what was said just before it.

    «عندكم دشاديش؟», «الثقيلة»: a second message tells which of those, and names them no more.
    """
    earlier = {product.id: product.score for product in before}

    def weighed(product: Product) -> float:
        return product.score + EARLIER * earlier.get(product.id, 0.0)

    return sorted(told, key=weighed, reverse=True)


def _once(products: Sequence[Product]) -> list[Product]:
    once: dict[int, Product] = {}
    for product in products:
        once.setdefault(product.id, product)
    return [*once.values()]
