"""How much of what is measured, as people say it: «نص كيلو», «٢ تيرا», «لتر ونص», "2.5 m"; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction

import msgspec

from hudhud.text.folding import words

# «جيجا», «قيقا», «كيكا»: one sound for which Arabic has no letter, and so many.
_GIGA = " ".join(f"{one}ي{two}ا" for one in "جغقك" for two in "جغقك")
_MEGA = " ".join(f"مي{one}ا" for one in "جغقك")
_BYTES = {
    many: f"{row} {' '.join(f'{word}بايت' for word in row.split())}"
    for many, row in ((1, _MEGA), (1000, _GIGA), (1_000_000, "تيرا تيره ترا"))
}
# What it measures, and how many of the smallest; in two rows where it may say either («ملي»).
_ROWS = (
    ("g", 1000, "كغ كيلو كيلوات كيلوهات كغم كج كجم كلغ كلغم"),
    ("g", 1000, "كيلوغرام كيلوغرامات كيلوجرام كيلوجرامات"),
    ("g", 1000, "kg kgs kgm kilo kilos kilogram kilograms kelo"),
    ("g", 1, "غ غم جم غرام غرامات جرام جرامات"),
    ("g", 1, "g gm gr gram grams gramme grammes gharam ghram"),
    ("ml", 1000, "لتر ليتر لترات ليترات l lt ltr liter liters litre litres letr"),
    ("ml", 10, "سنتيلتر cl"),
    ("ml", 1, "مل ملي ملليلتر مليلتر ml milliliter millilitre milliliters millilitres"),
    ("mm", 1000, "متر مترا امتار م m meter metre meters metres metr mitr mtar amtar mitar"),
    ("mm", 10, "سم سنتي سنتيمتر صنتي سانتي صم cm centimeter centimetre centimeters santi"),
    ("mm", 1, "مم ملم ملي ميلي مليمتر mm millimeter millimetre milli"),
    ("inch", 1, "بوصه بوصات انش انج انشات inch inches bosa"),
    ("mb", 1_000_000, f"{_BYTES[1_000_000]} tb tera terra teras terabyte terabytes"),
    ("mb", 1000, f"{_BYTES[1000]} جيج قيق gb giga gig gigs gigabyte gigabytes jiga"),
    ("mb", 1, f"{_BYTES[1]} mb mega megabyte megabytes"),
    ("month", 12, "سنه سنوات سنين عام اعوام years year yrs yr yo"),
    ("month", 1, "شهر اشهر شهور months month"),
    ("w", 1000, "كيلوواط كيلووات kw kilowatt kilowatts"),
    ("w", 1, "واط وات watt watts w"),
)
_DUALS = (
    ("g", 1000, "كيلوين kilowen kilowein"),
    ("ml", 1000, "لترين ليترين litrein letrein"),
    ("mm", 1000, "مترين متران metrein metren mitrein mitren"),
    ("month", 12, "سنتين سنتان عامين"),
    ("month", 1, "شهرين شهران"),
)
_PARTS = {
    word: Fraction(1, under)
    for under, row in (
        (2, "نص نصف نصص half nos noss nus nuss"),
        (4, "ربع quarter rob3 rub3 robo3 rube3"),
        (8, "ثمن تمن تمنه tomn"),
    )
    for word in words(row)
}
# A part of a kilo or a litre needs no unit.
_BY_PART = ("g", "ml")
# Between a part and its unit: "half a kilo", "a quarter of a kilo".
_OF = frozenset(words("a of من ال"))
_HUNDRED = frozenset(words("مية ميه ميت مئة مائة miyet mit"))
_JOINED = re.compile(r"(\d{1,5})([^\W\d]{1,9})")
_DECIMAL = re.compile(r"\d{1,4}\.\d{1,2}")

Number = Callable[[str], int | None]
Kinds = tuple[tuple[str, Fraction], ...]


class Measure(msgspec.Struct, frozen=True):
    """So many of the smallest of a kind (grams, millilitres), and the places of what says so."""

    kind: str
    many: Fraction
    places: frozenset[int]


def _kinds(rows: Sequence[tuple[str, int, str]]) -> dict[str, Kinds]:
    found: dict[str, Kinds] = {}
    for kind, many, row in rows:
        for word in words(row):
            found[word] = (*found.get(word, ()), (kind, Fraction(many)))
    return found


def _called() -> dict[str, str]:
    """Each unit as the first of its kind is written: «كيلو» and "kg" are «كغ»."""
    first: dict[tuple[str, int], str] = {}
    found: dict[str, str] = {}
    for kind, many, row in _ROWS:
        one = first.setdefault((kind, many), words(row)[0])
        found = {**dict.fromkeys(words(row), one), **found}
    return found


_KINDS, _TWO, UNITS = _kinds(_ROWS), _kinds(_DUALS), _called()


def parted(word: str) -> tuple[str, str] | None:
    """The number and the unit that one folded word writes together: "16gb", «٢م».

    Args:
        word: one.
    """
    found = _JOINED.fullmatch(word)
    return (found[1], found[2]) if found and found[2] in _KINDS else None


def part(word: str) -> Fraction | None:
    """Which part of a whole a folded word says: «نص», «وربع», «الربع», "half"."""
    return _PARTS.get(word) or _PARTS.get(word.removeprefix("و").removeprefix("ال"))


def measures(
    said: Sequence[str], number: Number, *, alone: Collection[str] = ()
) -> Iterator[Measure]:
    """Every measure that folded words say; a unit by itself is one of it.

    Args:
        said: folded words; a decimal number is one («2.5»), or two.
        number: the number that a word says, if any.
        alone: kinds of which a part may be said without its unit: «ربع» of a kilo.
    """
    for at, word in enumerate(said):
        more = word[:1] == "و" and at > 0 and _bare(said[at - 1]) in _KINDS  # «كيلو ونص»
        share = part(word) if alone and not more else None
        if share and not {*said[at + 1 : at + 3]} & _KINDS.keys():
            kinds = ((one, share * 1000) for one in _BY_PART if one in alone)
            yield from _each(tuple(kinds), frozenset((at,)))
        if joined := _joined(word):
            yield from _each(joined, frozenset((at,)))
        elif two := _TWO.get(_bare(word)):
            after, end = _after(said, at)
            many = tuple((kind, (2 + after) * unit) for kind, unit in two)
            yield from _each(many, frozenset(range(at, end)))
        elif own := _KINDS.get(_bare(word)):
            before, start = _before(said, at, number)
            after, end = _after(said, at)
            many = tuple((kind, (before + after) * unit) for kind, unit in own)
            yield from _each(many, frozenset(range(start, end)))


def _bare(word: str) -> str:
    """A unit without its article: «اللتر», «الكيلوين»; "al" is no litre."""
    bare = word.removeprefix("ال")
    return bare if len(bare) > 1 else word


def _each(many: Kinds, places: frozenset[int]) -> Iterator[Measure]:
    return (Measure(kind, one, places) for kind, one in many)


def _joined(word: str) -> Kinds:
    """«250g», «نصكيلو»."""
    if both := parted(word):
        return tuple((kind, int(both[0]) * unit) for kind, unit in _KINDS[both[1]])
    for part, share in _PARTS.items():
        if word.startswith(part) and (told := _KINDS.get(word.removeprefix(part))):
            return tuple((kind, share * unit) for kind, unit in told)
    return ()


def _before(said: Sequence[str], at: int, number: Number) -> tuple[Fraction, int]:
    """How many of a unit the words before it say, and where they begin."""
    first = at
    while first and said[first - 1] in _OF:
        first -= 1
    if share := part(said[first - 1]) if first else None:
        return share, first - 1
    last, *earlier = [*said[max(0, at - 2) : at]][::-1] or [""]
    if _DECIMAL.fullmatch(last):
        return Fraction(last), at - 1
    if last.isdecimal() and earlier and earlier[0].isdecimal():
        return Fraction(f"{earlier[0]}.{last}"), at - 2  # «2.5», of which the sign is lost
    if last.removeprefix("و") in _HUNDRED:
        return Fraction(100), at - 1
    if last and (many := number(last) or number(last.removeprefix("ال") or "-")) is not None:
        return Fraction(many), at - 1  # «ام الخمسة متر»
    return Fraction(1), at


def _after(said: Sequence[str], at: int) -> tuple[Fraction, int]:
    """«كيلو ونص»: the part behind a unit, and where it ends."""
    word = said[at + 1] if at + 1 < len(said) else ""
    bare = word.removeprefix("و")
    # «كيلو وربع كيلو عدس» goes on with another thing.
    follows = said[at + 2] if at + 2 < len(said) else ""
    if bare != word and bare in _PARTS and follows not in _KINDS:
        return _PARTS[bare], at + 2
    return Fraction(0), at + 1
