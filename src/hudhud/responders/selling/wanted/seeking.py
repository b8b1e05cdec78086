"""What a batch may mean that the search did not bring: it is looked for by itself."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from hudhud.model import Product, ProductDetails, Refused, SearchProducts, Tool, Turn
from hudhud.responders.lexicon import understood
from hudhud.responders.selling import traits
from hudhud.responders.selling.amending.vocabulary import OF_THEM
from hudhud.responders.selling.clauses import Clause, clauses
from hudhud.responders.selling.deeds import little, marks, sends
from hudhud.responders.selling.naming import Names, as_product, ordinal
from hudhud.responders.selling.pending import Pending, shown
from hudhud.responders.selling.taking import amount
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.sizes import unit_of
from hudhud.text import words
from hudhud.text.measuring import parted

# Of a longer list nothing is taken without its name.
SHOWN_MAX = 1
LISTED_MAX = 5
CHOOSING_WORDS_MAX = 14
SOUGHT_MAX = 2
_THESE = frozenset(words("them those these that this it"))


def sought(names: Names, messages: Mapping[int, str]) -> Generator[Tool[Any], Any, Names]:
    """What is ordered beside something else, and was not found together with it.

    «تيشيرت سادة اسود» and «وكاب كحلي واحد» in one batch: the search brings what fits all of it.
    """
    read = list(clauses(messages, names))
    if not any(one.named and not one.asks for one in read):
        return names
    # «اريد بدلة رمادية وكاب»: who wants one thing wants what goes on in the same message.
    wanting = {one.id for one in read if one.named and (one.wants or one.orders)}
    unknown = [
        one
        for one in read
        if (one.counts or one.trait or one.id in wanting)
        and not (one.found.by == "name" or one.asks or one.meanings)
        if any(not (is_trait(term) or term.isdecimal() or little([term])) for term in one.terms)
        if not any(_size_of(one, product) for named in read for product in _named(named))
    ]
    wanted = [_bare(one.terms) for one in unknown]
    wanted += [more for one in read if one.id in wanting and (more := _joined_to(one, names))]
    products = list(names.products)
    for said in wanted[:SOUGHT_MAX]:
        found = yield SearchProducts(words=said)
        products += [] if isinstance(found, Refused) else [*found]
    known = {product.sku: product for product in reversed(products)}
    return Names(list(known.values())[::-1]) if len(known) > len(names.products) else names


def _named(clause: Clause) -> tuple[Product, ...]:
    return clause.found.products if clause.named else ()


def _size_of(clause: Clause, product: Product) -> bool:
    """Whether a clause tells no more than a size of what is named: "100 ml" of a perfume."""
    found = traits.size(clause.said, product)
    own = (
        {unit_of(one) for word in words(found.size) for one in parted(word) or (word,)}
        if found
        else set[str]()
    )
    told = (t for t in clause.terms if not (is_trait(t) or t.isdecimal() or little([t])))
    return bool(own) and all(unit_of(term) in own for term in told)


def _bare(terms: Sequence[str]) -> str:
    return " ".join(term.removeprefix("و") if len(term) > len("وكب") else term for term in terms)


def _joined_to(clause: Clause, names: Names) -> str:
    """What «و» joins to a thing that is named, and names nothing at hand: «بدلة وكاباً رياضياً»."""
    said = clause.said
    for at, word in enumerate(said):
        bare = word.removeprefix("و")
        plain = len(bare) > len("كب") and not (names.known(bare) or is_trait(bare) or sends(bare))
        if bare != word and at and plain and understood(bare).terms and not marks([bare]):
            return _bare(understood(" ".join([bare, *said[at + 1 :]])).terms)
    return ""


def at_hand(turn: Turn, asked: Pending) -> Generator[Tool[Any], Any, list[Product]]:
    """The products that the search found, those of the cart, and those that we asked about."""
    products = list(turn.products)
    for line in turn.cart.lines:
        if all(product.sku != line.sku for product in products):
            found = yield ProductDetails(sku=line.sku)
            products.append(as_product(line, ()) if isinstance(found, Refused) else found)
    called = [item.words for item in asked.items]
    # Who asks where their order is takes nothing of what was shown, and waits for no search.
    placed = any("order_status" in understood(said.text).meanings for said in turn.messages)
    if not (called or turn.cart.lines or placed):
        called = next(filter(None, map(shown, asked.told)), [])
        may = len(called) <= LISTED_MAX and _may_choose(turn)
        called = called if may else called[:SHOWN_MAX]
    if turn.cart.lines and any(points(said.text) for said in turn.messages):
        called = [*called, *shown(asked.text)[:LISTED_MAX]]
    for name in called:
        if Names(products).called(name) is None:
            found = yield SearchProducts(words=name)
            products += [] if isinstance(found, Refused) else [*found]
    return list({product.sku: product for product in reversed(products)}.values())[::-1]


def points(text: str) -> bool:
    """Whether some of what is spoken of are meant: «بدي منهن تنتين», "two of those"."""
    said = words(text)
    return OF_THEM.among(said) or any(
        before == "of" and word in _THESE for before, word in pairwise(said)
    )


def _may_choose(turn: Turn) -> bool:
    """Whether a batch may take one of several that we listed, and no search is in vain."""
    said = [word for one in turn.messages for word in words(one.text)]
    return len(said) <= CHOOSING_WORDS_MAX and any(
        amount(word) or ordinal([word], LISTED_MAX) for word in said
    )
