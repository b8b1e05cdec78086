"""How much of what is weighed or poured, as people say it: «نص كيلو», "250g", «لتر ونص»; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import msgspec

from hudhud.text.folding import words

_UNITS = {
    word: (kind, Fraction(many))
    for kind, many, row in (
        (
            "g",
            1000,
            "كيلو كغ كغم كج كجم كيلوغرام كيلوجرام كلغ kg kilo kilos kilogram kelo",
        ),
        ("g", 1, "غ غم جم غرام غرامات جرام جرامات g gm gr gram grams gramme grammes gharam"),
        ("ml", 1000, "لتر ليتر لترات ليترات l liter liters litre litres letr"),
        ("ml", 1, "مل ملي ملليلتر مليلتر ml milliliter millilitre"),
    )
    for word in words(row)
}
_PARTS = {
    word: Fraction(1, under)
    for under, row in (
        (2, "نص نصف نصص half nos noss nus nuss"),
        (4, "ربع quarter rob3 rub3 robo3 rube3"),
        (8, "ثمن تمن تمنه tomn"),
    )
    for word in words(row)
}
# Between a part and its unit: "half a kilo", "a quarter of a kilo".
_OF = frozenset(words("a of من ال"))
_HUNDRED = frozenset(words("مية ميه ميت مئة مائة miyet mit"))
_JOINED = re.compile(r"(\d{1,5})([^\W\d]{1,8})")


class Weight(msgspec.Struct, frozen=True):
    """So many grams («g») or millilitres («ml»), and the places of the words that say so."""

    kind: str
    many: Fraction
    places: frozenset[int]


def weights(said: Sequence[str], number: Callable[[str], int | None]) -> Iterator[Weight]:
    """Every weight that folded words say; a unit by itself is one.

    Args:
        said: folded words.
        number: the number that a word says, if any.
    """
    for at, word in enumerate(said):
        if joined := _joined(word):
            yield Weight(*joined, frozenset((at,)))
        elif word in _UNITS:
            kind, unit = _UNITS[word]
            before, start = _before(said, at, number)
            after, end = _after(said, at)
            yield Weight(kind, (before + after) * unit, frozenset(range(start, end)))


def _joined(word: str) -> tuple[str, Fraction] | None:
    """«250g», «نصكيلو»."""
    if (found := _JOINED.fullmatch(word)) and found[2] in _UNITS:
        kind, unit = _UNITS[found[2]]
        return kind, int(found[1]) * unit
    for part, share in _PARTS.items():
        if word.startswith(part) and (told := _UNITS.get(word.removeprefix(part))):
            return told[0], share * told[1]
    return None


def _before(
    said: Sequence[str], at: int, number: Callable[[str], int | None]
) -> tuple[Fraction, int]:
    """How many of a unit the words before it say, and where they begin."""
    first = at
    while first and said[first - 1] in _OF:
        first -= 1
    word = said[first - 1].removeprefix("و") if first else ""
    if word in _PARTS:
        return _PARTS[word], first - 1
    if at and said[at - 1].removeprefix("و") in _HUNDRED:
        return Fraction(100), at - 1
    if at and (many := number(said[at - 1])) is not None:
        return Fraction(many), at - 1
    return Fraction(1), at


def _after(said: Sequence[str], at: int) -> tuple[Fraction, int]:
    """«كيلو ونص»: the part behind a unit, and where it ends."""
    word = said[at + 1] if at + 1 < len(said) else ""
    bare = word.removeprefix("و")
    # «كيلو وربع كيلو عدس» goes on with another thing.
    follows = said[at + 2] if at + 2 < len(said) else ""
    if bare != word and bare in _PARTS and follows not in _UNITS:
        return _PARTS[bare], at + 2
    return Fraction(0), at + 1
