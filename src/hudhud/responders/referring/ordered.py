"""Whether a question in an open order is about what is in it; pure.

Who has a thing in their order asks of that: «يُغسل هذا الصبغ؟» of the paint that is there, and
«فيه ألوان ثانية؟» for its other colours, whatever else is called or coloured so.
"""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Product, Said, Turn
from hudhud.responders import shelf
from hudhud.responders.lexicon import TOPICS, Understood, understood
from hudhud.responders.matching import TROUBLE, Matched
from hudhud.responders.referring.shown import points, shown_last
from hudhud.responders.selling.naming import as_product
from hudhud.responders.selling.pending import pending
from hudhud.text import fold, search_terms, without_article, words

_TRAITS = frozenset({"colours", "sizes"})
# Who asks so wants to be told of something else, or of us.
_OTHER = frozenset({*TROUBLE, "browse", "price", "order", "your_name", "person", "discount"})
_MORE = frozenset(
    words(
        "ثاني ثانيه تاني تانيه اخر اخرى اخري غير غيره غيرها غيرهم غيرو كل كلها ايش شو شنو اش "
        "other others else more another different tani tanya thani thanya okhra o5ra akhra"
    )
)
_TOPICS = frozenset(TOPICS)
# Of its words at most one may stand nowhere in what its row tells, unless it is pointed at.
_UNTOLD_MAX = 1


def of_the_cart(
    found: Matched,
    turn: Turn,
    known: Sequence[Product],
    batch: Sequence[tuple[Said, Understood]],
) -> bool:
    """Answer a question about what is being ordered from its own row; returns whether it was one.

    Args:
        found: what the batch is about so far.
        turn: everything that may be read.
        known: the products at hand.
        batch: the messages, in order, as they were read.
    """
    ours = _ordered(turn, known)
    asked = [(one.text, told) for one, told in batch if told.asks or _asks(one.text)]
    if not ours or not asked or any(not _OTHER.isdisjoint(told.meanings) for _, told in asked):
        return False
    if _traits_of_it(asked, ours):
        last = _named([(text, told.terms) for text, told in asked], ours) or ours
        found.groups = [shelf.Found(products=last, exact=True, by="name")]
        _only_that(found)
        found.rows = []
        return True
    if found.told and any(not _TOPICS.isdisjoint(understood(text).meanings) for text, _ in asked):
        return False
    told = [one for text, _ in asked if (one := _told(text, ours, known))]
    if len(told) != len(asked) or any(one is not told[0] for one in told):
        return False
    found.described = told[0]
    found.groups = [shelf.Found(products=(told[0],), exact=True, by="name")]
    _only_that(found)
    if all(_wholly(text, told[0]) for text, _ in asked):
        found.rows = []
    return True


def _wholly(text: str, product: Product) -> bool:
    """Whether all that is asked stands in its row, so that no other answers."""
    said = search_terms(text)
    return len(shelf.told_of(product, said)) == len(said)


def _only_that(found: Matched) -> None:
    """What only came near is no answer beside it; a row that surely answers is told as well."""
    found.rows, found.guesses, found.lost, found.unanswered = found.told, [], [], []
    found.unsure = found.beyond = False


def _ordered(turn: Turn, known: Sequence[Product]) -> tuple[Product, ...]:
    """What is in the cart, and what our last question was about."""
    there = [as_product(line, known) for line in turn.cart.lines]
    asked = [fold(item.words) for item in pending(turn.history).items]
    waits = [p for one in asked for p in known if one.startswith(fold(p.name_ar))]
    waits += [p for one in asked for p in known if one.startswith(fold(p.name_en))]
    ours = {product.sku: product for product in (*waits, *there)}
    return tuple(ours.values()) or shown_last(turn.history, known)


def _asks(text: str) -> bool:
    return not {"?", "؟"}.isdisjoint(text)


def _traits_of_it(asked: Sequence[tuple[str, Understood]], ours: Sequence[Product]) -> bool:
    """Whether its other colours or sizes are asked for, and nothing else is named."""
    own = shelf.vocabulary(ours)
    return all(
        not _TRAITS.isdisjoint(told.meanings)
        and _TOPICS.isdisjoint(told.meanings)
        and all(
            term in _MORE
            or without_article(term) in _MORE
            or points(term)
            or shelf.heard(term, own)
            for term in told.terms
        )
        for _, told in asked
    )


def _named(
    asked: Sequence[tuple[str, Sequence[str]]], ours: Sequence[Product]
) -> tuple[Product, ...]:
    terms = [term for _, said in asked for term in said]
    return tuple(p for p in ours if any(_names(p, term) for term in terms))


def _names(product: Product, term: str) -> bool:
    own = shelf.vocabulary((product,))
    return shelf.heard(term, own) or shelf.heard(shelf.other_word((product,), term), own)


def _told(text: str, ours: Sequence[Product], known: Sequence[Product]) -> Product | None:
    """The one thing in the order whose row tells what is asked."""
    said = [term for term in search_terms(text) if term not in _MORE]
    ours = _named([(text, said)], ours) or ours
    likely = [(_explained(text, said, product, known), product) for product in ours]
    best = max((many for many, _ in likely), default=0)
    first = [product for many, product in likely if many == best]
    return first[0] if best and len(first) == 1 else None


def _explained(text: str, said: Sequence[str], product: Product, known: Sequence[Product]) -> int:
    """How many words beside its name its row explains; 0 where another thing may be meant."""
    other = shelf.vocabulary([one for one in known if one is not product])
    names = {term for term in said if _names(product, term)}
    held = shelf.told_of(product, said) - names
    rest = [t for t in said if t not in names | held]
    if any(shelf.heard(term, other) for term in rest):
        return 0
    pointed = bool(names) or points(text)
    return len(held) if held and (pointed or len(rest) <= _UNTOLD_MAX) else 0
