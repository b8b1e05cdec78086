"""What holds most of what was said, against what is named by a word or two of it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from hudhud.model import Product
from hudhud.responders import shelf
from hudhud.responders.examples import wants
from hudhud.responders.lexicon import Understood
from hudhud.text import without_article, words

# What holds fewer of the words by its name is told behind what holds more of them in any way.
_FARTHER = 1.1
# What is called by the first word stands before what scores no more than this share above it.
_HARDLY_LESS = 0.8
# By so many words a thing is named whatever the first of them calls.
_MANY = 2


def told_more(first: Product, named: Sequence[Product], terms: Sequence[str]) -> bool:
    """Whether the search's first holds more of what was said than those whose names hold some.

    «شريط اوصل فيه اللابتوب بالتلفزيون»: a name with two words of it is not what does all of it.
    What is not called by the word that names those must hold twice as much as their names.

    Args:
        first: what the search thinks best.
        named: what is named by some of the words, one at least.
        terms: the folded words.
    """
    held = len(shelf.told_of(first, terms))
    if first in named or held <= max(len(shelf.told_of(one, terms)) for one in named):
        return False
    head = next((term for term in terms if _called(named, term)), "")
    by_name = max(len(shelf.told_of(_undescribed(one), terms)) for one in named)
    return (bool(head) and _called((first,), head)) or 2 * by_name <= held


def weighed(products: Sequence[Product], found: shelf.Found, reading: Understood) -> shelf.Found:
    """What is named, behind the one thing that the search of all words puts ahead of it.

    Args:
        products: what the search found, where its scores are of this message.
        found: what is named.
        reading: the message.
    """
    said = reading.said
    found = _wanted_first(_called_first(products, found, said), reading)
    best = max(products, key=lambda product: product.score, default=None)
    if best is None or found.exact:
        return found
    if best in found.products:
        return msgspec.structs.replace(found, products=told_first(found.products, said))
    scored = max(product.score for product in found.products)
    more = best.score > scored and told_more(best, found.products, said)
    if (best.score <= _FARTHER * scored or _headed(best, found.products, said)) and not more:
        return found
    return msgspec.structs.replace(found, products=(best, *found.products))


def told_first(named: Sequence[Product], said: Sequence[str]) -> tuple[Product, ...]:
    """What is named alike, the one first that the search puts ahead and that holds more of it.

    Args:
        named: at least one, best first.
        said: the words worth a search.
    """
    best = max(named, key=lambda product: product.score)
    ahead = best.score > _FARTHER * named[0].score
    more = len(shelf.told_of(best, said)) > len(shelf.told_of(named[0], said))
    return (best, *(one for one in named if one is not best)) if ahead and more else (*named,)


def _called_first(
    products: Sequence[Product], found: shelf.Found, said: Sequence[str]
) -> shelf.Found:
    """What is called by the first word that was said, before what only shares later ones.

    "Earphones with a wire" are no wire; what is named by several words stays.
    """
    head = next(iter(said), "")
    if not head or found.exact or shelf.heard(head, shelf.vocabulary(found.products)):
        return found
    called = (p for p in products if shelf.heard(head, shelf.vocabulary((p,))))
    first = max(called, key=lambda product: product.score, default=None)
    scored = max(product.score for product in found.products)
    if first is None or first.score < _HARDLY_LESS * scored:
        return found
    by_name = max(len(shelf.told_of(_undescribed(one), said)) for one in found.products)
    if by_name >= _MANY and len(shelf.told_of(_undescribed(first), said)) <= by_name:
        return found
    return msgspec.structs.replace(found, products=(first, *found.products))


def _wanted_first(found: shelf.Found, reading: Understood) -> shelf.Found:
    """What is called as the word says that follows the wish, before what is named by the others.

    «الكهرباء تقطع، بدي لمبة تضل شغالة» wants a lamp and no fuse.
    """
    spoken = words(reading.text)
    after = (then for one, then in pairwise(spoken) if wants((one,)))
    head = without_article(next(after, ""))
    if found.exact or found.by != "name" or head not in found.words:
        return found
    own = [shelf.heard(head, shelf.vocabulary((_undescribed(p),))) for p in found.products]
    first = (p for p, called in zip(found.products, own, strict=True) if called)
    rest = (p for p, called in zip(found.products, own, strict=True) if not called)
    return msgspec.structs.replace(found, products=(*first, *rest))


def _headed(best: Product, named: Sequence[Product], said: Sequence[str]) -> bool:
    """Whether the thing that is asked for first of all is called so by what is named alone.

    «في شوربة؟ الجو بارد»: nothing cold stands before the soup.
    """
    head = next(iter(said), "")
    own = shelf.vocabulary((_undescribed(best),))
    return bool(head) and shelf.heard(head, shelf.vocabulary(named)) and not shelf.heard(head, own)


def _called(products: Sequence[Product], term: str) -> bool:
    return shelf.find(products, (term,), in_other_words=True).by == "name"


def _undescribed(product: Product) -> Product:
    """A product as its name and its kind alone tell it."""
    return msgspec.structs.replace(product, description_ar="", description_en="")
