"""Whether a batch is business: many of a thing, for whom, and what is to be agreed; pure.

None of these alone is any: a size or a telephone is a number too, a company is also where a parcel
goes, and who asks whom to talk to may have lost one. Two of them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from hudhud.responders.dealing import vocabulary as told_by
from hudhud.responders.lexicon import understood
from hudhud.responders.lexicon.places import OUR_HOUSES, STREETS, house
from hudhud.responders.selling.counting import (
    measures,
    number,
    sizing,
    together,
    unit,
)
from hudhud.responders.selling.naming import Names
from hudhud.responders.spoken import of_water
from hudhud.text import words
from hudhud.text.bodies import of_a_body

# From here one thing is wanted by nobody for himself; a household's feast may well eat a score.
MANY, MANY_FOR_A_FEAST = 20, 30
# One family's house has fewer rooms, and nobody lives in so many flats.
MANY_DWELLINGS = 8
_NEAR = 2
_WHOM: Final = re.compile(r"(?<=\w{3})(?:هم|هن|ها|هون)$")


def deals(texts: Iterable[str], names: Names, *, feasts: bool = True) -> bool:
    """Whether a person is to settle what a batch wants.

    Args:
        texts: the messages of one batch.
        names: what is sold.
        feasts: whether a feast is business too, as no row of the merchant tells of them.
    """
    batch = [words(text) for text in texts]
    said = _numbered([word for message in batch for word in message])
    many = max((many_at(said, at, names) for at in range(len(said))), default=0)
    dwellings = _lets(said)
    theirs, dealing = _of_a_house(said) or dwellings, _heard(said, told_by.AGREEING)
    own = _heard(said, told_by.OWN_MARKS)
    if many >= MANY and (theirs or dealing or own):
        return True
    if many >= MANY and not told_by.OUR_PEOPLE.isdisjoint(said):
        return True
    if _heard(said, told_by.OFFERED) or (_of_a_house(said) and dealing):
        return True
    if feasts and many >= MANY_FOR_A_FEAST and _heard(said, told_by.FEASTS):
        return True
    if theirs and (own or _heard(said, told_by.TRADE) or _heard(said, told_by.PRICED)):
        return True
    kept_up = dealing or (_heard(said, told_by.TAKING) and told_by.ATTENDING.isdisjoint(said))
    return (theirs and kept_up and _heard(said, told_by.STANDING)) or _fits_out(
        said, dwellings=dwellings
    )


def many_at(said: Sequence[str], at: int, names: Names) -> int:
    """How many things or guests the number at a place counts; 0 where it measures, or is none.

    Args:
        said: folded words.
        at: the place of one.
        names: what is sold.
    """
    before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
    value = number(said[at]) or told_by.HUNDREDS.get(said[at], 0)
    if (
        value < MANY
        or of_a_body(said, at, unit)
        or of_water(said, at)
        or sizing(before)
        or before in told_by.MEASURED
        or before in STREETS
    ):
        return 0
    if after in told_by.PEOPLE:
        return 0 if before in told_by.HOLDING else value
    if measures(after) or after in told_by.MONEY or before.isdecimal() or after.isdecimal():
        return 0
    if unit(after):
        return value
    # «بدلة ٤٢ لزواج», «قارورة ميه»: behind a thing stands its size, or what is in it.
    thing = (names.word(before) and before not in told_by.COUNTED) or unit(before)
    return 0 if thing or not (names.word(after) or understood(after).terms) else value


def _numbered(said: Sequence[str]) -> list[str]:
    """Folded words, «خمسة وعشرين» as one of them."""
    plain: list[str] = []
    for word in said:
        if plain and (both := together(plain[-1], word)):
            plain[-1] = both
        else:
            plain.append(word)
    return plain


def _of_a_house(said: Sequence[str]) -> bool:
    """Whether who writes speaks for a school, a company, a shop: «شركتنا», "I run a café"."""
    for at, word in enumerate(said):
        if word in OUR_HOUSES or (word[0] in "لبو" and word[1:] in OUR_HOUSES):
            return True
        # «خلف مدرسة النهرين» is where somebody lives, «محل تاني» another's.
        near, after = said[max(0, at - _NEAR) : at], said[at + 1 : at + 1 + _NEAR]
        if (
            not (_is_house(word) or word in told_by.TRADERS)
            or not STREETS.isdisjoint(near)
            or not told_by.ANOTHER.isdisjoint(after)
        ):
            continue
        before = said[max(0, at - 2 * _NEAR) : at]
        owned = not told_by.OWNING.isdisjoint(before) and before[-1] != "your"
        if owned or not told_by.MINE.isdisjoint(after[:1]):
            return True
    return False


def _is_house(word: str) -> bool:
    """Whether it is a shop or the like, as its object too: «أملك متجراً»."""
    return house(word) or (word.endswith("ا") and house(word[:-1]))


def _lets(said: Sequence[str]) -> bool:
    """Whether many flats, rooms or branches are told of: «عندي ٢٠ شقة», "30 flats"."""
    return any(
        (number(count) or 0) >= MANY_DWELLINGS
        and (what in told_by.DWELLINGS or what.removeprefix("ال") in told_by.DWELLINGS)
        # «عمارة ٢٠ شقة ٥» is where somebody lives.
        and not (at and said[at - 1] in STREETS)
        and not "".join(said[at + 2 : at + 3]).isdecimal()
        for at, (count, what) in enumerate(pairwise(said))
    )


def _fits_out(said: Sequence[str], *, dwellings: bool) -> bool:
    """Whether a house, or many, are to be furnished: «بدنا نجهز فندق», «نأثثهم», "equipping"."""
    return any(
        _fitting_out(word) and (dwellings or any(map(house, _fitted(said[at + 1 :]))))
        for at, word in enumerate(said)
    )


def _fitted(said: Sequence[str]) -> Sequence[str]:
    """The first words of what is fitted out, how large it is left out: "a 30 room hotel"."""
    size = next((at for at, word in enumerate(said[:_NEAR]) if word.isdecimal()), None)
    return said[:_NEAR] if size is None else (*said[:size], *said[size + 1 : size + 1 + _NEAR])


def _fitting_out(word: str) -> bool:
    """Whether it is to fit out, and be it them: «نأثثهم», «لتجهيزها», «ونفرش»."""
    bare = _WHOM.sub("", word)
    return not told_by.FITTING_OUT.isdisjoint((word, bare, bare[1:] if bare[:1] in "لبو" else bare))


def _heard(said: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    longest = max(map(len, phrases))
    # «واحتاج»: an "and" is written on what follows it.
    return any(
        not phrases.isdisjoint(
            (tuple(said[at : at + size]), (said[at].removeprefix("و"), *said[at + 1 : at + size]))
        )
        for at in range(len(said))
        for size in range(1, longest + 1)
    )
