"""What our last words showed, where the batch takes it without naming it; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import structs

from hudhud.model import Line, Product, Turn
from hudhud.responders.lexicon import interrogates
from hudhud.responders.selling.clauses import clauses
from hudhud.responders.selling.counting import expanded
from hudhud.responders.selling.deeds import little, marks, sends
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.particulars import reached
from hudhud.responders.selling.pending import Item, Pending, shown
from hudhud.responders.selling.taking import amount, asked_about, chosen, led, made_so, taken
from hudhud.responders.selling.wanted.reading import beside_data
from hudhud.responders.selling.wanted.seeking import LISTED_MAX, points
from hudhud.responders.shelf import mentioned
from hudhud.responders.telephones import dialling
from hudhud.text import words


def spoken_of(asked: Pending, messages: Mapping[int, str], names: Names, turn: Turn) -> Pending:
    """What the batch may answer, with what was only shown where it takes that.

    Who takes the one product that we showed says nothing else: «واحد بس», «تمام اريدها». Who tells
    their telephone, or announces their name or address, has taken it as well; so has who wants
    another thing too: «وخوذة كمان».

    Args:
        asked: what our last words asked.
        messages: the batch, by id.
        names: the products at hand.
        turn: everything that may be read.
    """
    if asked.ask or turn.cart.lines:
        return asked
    last = next(filter(None, (mentioned(names.products, text) for text in asked.told)), ())
    listed = _listed(asked, messages, names)
    if len(listed) > 1:
        items = tuple(Item(1, product.name_ar) for product in listed)
        return structs.replace(asked, ask="which_one", items=items)
    last = listed or last
    if len(last) == 1 and last[0].stock > 0:
        return _taken(asked, messages, names, turn, last[0])
    return _wanted_too(asked, messages, names, turn, _of_list(asked, names))


def of_these(
    asked: Pending, messages: Mapping[int, str], names: Names, cart: Sequence[Line]
) -> Pending | None:
    """What was just shown beside a cart, where so many of it are taken: «اريد منها عبوتين».

    Of several it is asked which.

    Args:
        asked: what our last words asked.
        messages: the batch, by id.
        names: the products at hand.
        cart: the lines there are.

    Returns:
        what is asked then; None where nothing is pointed at, and the cart may be spoken of.
    """
    there = {line.sku for line in cart}
    found = [product for one in shown(asked.text) if (product := names.called(one)) is not None]
    new = tuple(p for p in found[:LISTED_MAX] if p.stock > 0 and p.sku not in there)
    said = list(messages.values())
    if asked.ask not in (None, "confirm") or not (there and new and len(said) == 1):
        return None
    own = Names(new)
    other = any(names.word(w) and not (own.word(w) or amount(w)) for w in words(said[0]))
    if other or interrogates(said[0]) or not points(said[0]):
        return None
    plain = words(said[0])
    more = {at for m in marks(plain) if m.deed == "more" for at in range(m.start, m.end)}
    told = " ".join(word for at, word in enumerate(plain) if at not in more)
    if not any(taken([told], product) for product in new):
        return None
    # «زيدني منهم جوج» is two of these, and no two more.
    items = tuple(Item(0 if more else 1, product.name_ar) for product in new)
    return structs.replace(asked, ask="which_one" if len(new) > 1 else None, items=items)


def _taken(
    asked: Pending, messages: Mapping[int, str], names: Names, turn: Turn, product: Product
) -> Pending:
    """The one product that was shown, where the batch takes it."""
    told = asked_about(turn.history, product, names.products)
    item = Item(1, product.name_ar, told)
    own = Names([product])
    other = any(
        names.word(word) and not (own.word(word) or amount(word) or sends(word) or little([word]))
        for text in messages.values()
        for word in expanded(words(text), own)
    )
    first = led(messages, names, own) if other else list(messages.values())
    if first and taken(first, product):
        return structs.replace(asked, items=(item,))
    by = dialling(turn.inbox, turn.history)
    reach = any(reached(text, by) for text in messages.values())
    if reach and not names.named(beside_data(turn, names).values()):
        return structs.replace(asked, ask="offer", items=(item,), stale=True)
    return _wanted_too(asked, messages, names, turn, (product,))


def _wanted_too(
    asked: Pending,
    messages: Mapping[int, str],
    names: Names,
    turn: Turn,
    products: Sequence[Product],
) -> Pending:
    """What was wanted and shown, where another thing is wanted beside it: «زيدلي خوذة».

    Of several those count that are made as was said; where none or more is, it is asked which.
    """
    theirs = _last_said(turn)
    if interrogates(theirs) or not (products and _goes_on(messages, names, products)):
        return asked
    said = expanded(words(theirs), Names(products))
    told = [made_so(said, product) for product in products]
    likely = [p for p, many in zip(products, told, strict=True) if many == max(told)]
    items = tuple(Item(1, p.name_ar, asked_about(turn.history, p, names.products)) for p in likely)
    return structs.replace(asked, ask="offer" if len(items) == 1 else "which_one", items=items)


def _goes_on(messages: Mapping[int, str], names: Names, products: Sequence[Product]) -> bool:
    """Whether another thing than those is wanted beside them: «وخوذة كمان», "a helmet too"."""
    skus = {product.sku for product in products}
    return any(
        clause.named
        and set(clause.acts) == {"more"}
        and not (clause.asks or clause.questioned)
        and skus.isdisjoint(product.sku for product in clause.found.products)
        for clause in clauses(messages, names)
    )


def _last_said(turn: Turn) -> str:
    """What the contact said before our last words."""
    theirs = (one.text for one in reversed(turn.history) if one.author == "contact")
    return next(theirs, "")


def _of_list(asked: Pending, names: Names) -> tuple[Product, ...]:
    """The products that our last words listed, where we know each."""
    called = shown(asked.text)[:LISTED_MAX]
    found = [product for name in called if (product := names.called(name)) is not None]
    there = tuple(product for product in found if product.stock > 0)
    return there if len(found) == len(called) > 1 else ()


def _listed(asked: Pending, messages: Mapping[int, str], names: Names) -> tuple[Product, ...]:
    """What is taken of several that we listed: «واحد ازرق بس» of the only one that is blue."""
    there = _of_list(asked, names)
    return chosen(messages.values(), there) if there else ()
