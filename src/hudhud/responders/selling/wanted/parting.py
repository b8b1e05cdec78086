"""Wishes of which one is told in parts: «اثنين، واحد M وواحد لارج»; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hudhud.responders.selling import traits
from hudhud.responders.selling.counting import Count, surely
from hudhud.responders.selling.wanted.sharing import each, halves
from hudhud.responders.selling.wanted.wish import Wish
from hudhud.text import words

# In the place of a word that tells of another part.
_GONE = "–"
_EITHER = frozenset(words("او ولا ام يا or"))
_ALL = frozenset(words("كلهم كلهن كلها كلو كله جميعهم جميعا الكل all both kollhom kolhom kollon"))


def parted(wishes: list[Wish]) -> None:
    """A total that its parts follow counts nothing more: «اثنين، واحد M وواحد لارج».

    What is said once of them all holds for each: the colour of one is that of the next.
    """
    wishes[:] = [part for wish in wishes for part in _by_colour(wish)]
    run = [wish for wish in wishes if wish.live and wish.named and wish.act == "add"]
    for at, first in enumerate(run):
        own = {product.sku for product in first.found.products}
        parts = list[Wish]()
        for wish in run[at + 1 :]:
            if {product.sku for product in wish.found.products} != own or wish.asked:
                break
            parts.append(wish)
        if not parts:
            continue
        if first.counts:
            _without_total(wishes, first, parts)
        for wish in parts:
            _hold(first, wish)
        _hold_all(parts[-1], [first, *parts[:-1]])


def _without_total(wishes: list[Wish], first: Wish, parts: Sequence[Wish]) -> None:
    """Take out the number that the parts make up: of «حاملين صغيرين» it is told twice."""
    first.counts = _unsized(first)
    told, rest = [one.value for one in first.counts], sum(_many(one) for one in parts)
    told = told[:1] if len(set(told)) == 1 else told
    if len(told) > 1 and told[0] == rest + told[-1]:
        first.counts = first.counts[1:]
    elif len(told) == 1 and told[0] == rest + 1 and _one_by_one(first, parts):
        first.counts = surely(1)
    elif len(told) == 1 and len(parts) > 1 and told[0] == rest and not _like(first, parts[0]):
        wishes.remove(first)


def _by_colour(wish: Wish) -> list[Wish]:
    """One of each, where as many are wanted as colours are told: «حبتين اسود وابيض»."""
    if not (wish.live and wish.named and wish.act == "add" and len(wish.found.products) == 1):
        return [wish]
    product = wish.found.products[0]
    told = traits.colours(wish.said, product)
    if len(told) <= 1 or not _EITHER.isdisjoint(wish.said):
        return [wish]
    many = each(wish.said, [one.value for one in _unsized(wish)], len(told))
    if not many:
        return [wish]
    gone = {at for one in _unsized(wish) for at in range(one.start, one.end)}
    gone |= {at for at, word in enumerate(wish.said) if halves(word)}
    plain = [_GONE if at in gone else word for at, word in enumerate(wish.said)]
    return [
        replace(
            wish,
            said=[_GONE, *(w for w in plain if traits.colour((w,), product) in ("", one))],
            terms=[word for word in wish.terms if not halves(word)],
            counts=surely(many),
        )
        for one in told
    ]


def _unsized(wish: Wish) -> list[Count]:
    """The counts without the numbers of its size: «حذائين، واحد ٤١»."""
    size = traits.size(wish.said, wish.found.products[0], wish.counting())
    places = size.places if size is not None and size.size else frozenset[int]()
    told = traits.of_things(wish.counts, wish.said, wish.found.products)
    return [one for one in told if one.sure or one.start not in places]


def _many(wish: Wish) -> int:
    told = _unsized(wish)
    return ([one for one in told if one.sure] or told)[-1].value if told else 1


def _one_by_one(first: Wish, parts: Sequence[Wish]) -> bool:
    """Whether only sizes or colours are told of so many: «حذائين ٢٨ و٣٠» are one of each."""
    if any(_unsized(wish) for wish in parts):
        return False
    return all(
        wish.traits or traits.size(wish.said, wish.found.products[0], wish.counting())
        for wish in (first, *parts)
    )


def _like(first: Wish, part: Wish) -> bool:
    """Whether the first is a part too: «أسود اثنين وأزرق واحد وأحمر واحد» are four."""
    product = first.found.products[0]
    coloured = (traits.colour(wish.said, product) for wish in (first, part))
    sized = (traits.size(wish.said, product, wish.counting()) for wish in (first, part))
    return all(coloured) or all(sized)


def _hold_all(last: Wish, others: Sequence[Wish]) -> None:
    """A size that is said of all of them: «واحد احمر وواحد ابيض كلهم قياس 8»."""
    for wish in others if not _ALL.isdisjoint(last.said) else ():
        _hold(last, wish, coloured=False)


def _hold(first: Wish, part: Wish, *, coloured: bool = True) -> None:
    """A colour or size that only the first of several names is that of another part of them."""
    colours = [word for word in first.said if coloured and traits.coloured((word,))]
    if not traits.coloured(part.said) and len(set(colours)) == 1:
        part.said = [*part.said, *colours]
    product = first.found.products[0]
    size = traits.size(first.said, product, first.counting())
    if size is not None and size.size and traits.size(part.said, product, part.counting()) is None:
        part.said = [*part.said, *words(size.size)]
