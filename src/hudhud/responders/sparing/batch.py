"""Which products hold what must not be in them, and which are free of it; pure.

«ساندويش بدون لحم»: a sandwich that says it has meat is not meant, whatever else it has; an oven
that «تقلي بدون زيت» is, just because of the word that it does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from hudhud.model import Product
from hudhud.responders import shelf
from hudhud.responders.lexicon import Understood
from hudhud.responders.sparing.rows import free_of, holds, holds_by_name, is_not
from hudhud.text import WITHOUT, lacking, search_terms

# What holds what must not be in it, if only somewhere in its description, counts so much.
_TOLD = 0.5
# What is told to be without it is what was meant.
_FREE = 1.2


def denied(texts: Iterable[str]) -> frozenset[str]:
    """What a batch says must not be there, is not wanted or not had; nothing where it is all.

    «ما عندي شاحن، عندكم؟» is about nothing else, and so wants one.

    Args:
        texts: the messages of the batch.
    """
    said = [*texts]
    lacked = {word for text in said for word in lacking(text)}
    # Nearly nobody denies anything.
    if not lacked:
        return frozenset()
    rest = {term for text in said for term in search_terms(text)} - lacked
    return frozenset(lacked if rest else ())


def kept(terms: Iterable[str], lacked: AbstractSet[str]) -> list[str]:
    """The words of a batch without those that are denied, and without what denies them.

    Args:
        terms: as they are searched for.
        lacked: what must not be there.
    """
    return [term for term in terms if term not in lacked | WITHOUT]


def spared(
    found: Sequence[Product],
    plain: Sequence[Product],
    *,
    lacked: Iterable[str],
    wanted: Iterable[str],
) -> list[Product]:
    """What the search found, in the order of what is to be without.

    Args:
        found: what fits all the words that were said.
        plain: what fits them without those that are denied.
        lacked: those.
        wanted: the words that are not.
    """
    whole = {product.id: product.score for product in found}
    told = {one.id: one for one in (*plain, *(one for one in found if free_of(one, lacked)))}
    weighed: list[Product] = []
    for one in told.values():
        score = one.score
        if holds(one, lacked):
            score *= _TOLD
        elif free_of(one, lacked):
            score = _FREE * max(score, whole.get(one.id, 0.0))
        # «بسلك» is not what the wireless ones are.
        score *= _TOLD if _unlike(one, wanted, lacked) else 1.0
        weighed.append(msgspec.structs.replace(one, score=score))
    return sorted(weighed, key=lambda product: -product.score)


def without(
    products: Sequence[Product], reading: Understood, lacked: frozenset[str]
) -> tuple[Sequence[Product], Understood]:
    """The products that may be meant, and what was said of them.

    What is named whole is meant even so: «شاورما دجاج بدون مخلل» leaves something out of it.

    Args:
        products: what the search found, best first.
        reading: a message.
        lacked: what the batch says must not be there.
    """
    if lacked.isdisjoint({*reading.terms, *reading.said}):
        return products, reading
    terms = tuple(kept(reading.terms, lacked))
    plain = msgspec.structs.replace(reading, terms=terms)
    free = any(free_of(product, lacked) for product in products)
    if not free and not any(holds(product, lacked) for product in products):
        return products, reading  # no row tells it: «المعمول ما فيه سكر؟» is asked after
    named = shelf.find(products, terms)
    left = [one for one in products if not (holds(one, lacked) or _unlike(one, terms, lacked))]
    if named.exact and named.by == "name" and not any(one in left for one in named.products):
        left = [product for product in products if not holds_by_name(product, lacked)]
    if not left:
        return products, plain
    return left, reading if free else plain


def _unlike(product: Product, wanted: Iterable[str], lacked: Iterable[str]) -> bool:
    """Whether it is without what is wanted, and no more than that.

    «بدون حليب، اللاكتوز يتعبني»: what is free of milk may be free of lactose too.
    """
    return is_not(product, wanted) and not is_not(product, lacked)
