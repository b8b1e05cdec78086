"""What tells the sizes of a product from one another, in a row and in a customer's words; pure.

A row writes «كبير», «XL», «42 مم», «نفرين», «نص كيلو», «آيفون 15»; people say "the big one",
«دبل اكس», «٤٢», "for two", «ايفون ١٥». Sizes are compared within one product: what all of them say
tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from hudhud.model import Product
from hudhud.responders.lexicon import forms
from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.lexicon.colours import colour_word
from hudhud.text import arabic_spellings, latin_digits, measuring, words

LETTERS = re.compile(r"x{0,4}[sl]|m|[2-6]xl")
_LETTERED = {
    word: letters
    for letters, row in (
        ("s", "صغير صغيره صغار صغيرين صغنن اصغر زغير زغيره سمول small smaller smallest"),
        ("s", "petit petite"),
        ("m", "وسط وسطاني متوسط متوسطه ميديوم مديوم ميديم ميدم medium moyen moyenne regular"),
        ("l", "كبير كبيره كبار كبيرين اكبر جبير جبيره لارج لارچ large larger largest big bigger"),
        ("l", "grand grande"),
        ("xl", "اكسلارج اكس xlarge"), ("xxl", "دبل 2xl"), ("xxxl", "3xl"),
    )
    for word in words(row)
}  # fmt: skip
_PHRASES = (
    (("دبل", "اكس", "لارج"), "xxl"), (("تربل", "اكس", "لارج"), "xxxl"), (("اكس", "لارج"), "xl"),
    (("extra", "large"), "xl"), (("x", "large"), "xl"), (("double", "xl"), "xxl"),
    (("دبل", "xl"), "xxl"), (("xx", "large"), "xxl"), (("دبل", "اكس"), "xxl"),
    (("اكس", "ال"), "xl"), (("اكس", "اكس", "لارج"), "xxl"),
    (("extra", "small"), "xs"),
)  # fmt: skip
_SOUNDED = {
    spelled(word): letters
    for letters, row in (
        ("s", "smol sghir sgheer zghir zgheer soghayar so8ayar saghir 9ghir 9gheer"),
        ("m", "medyom wasat wasa6 mitwasset motawasset"),
        ("l", "larj larg kbir kbeer kabir kabeer kbira kbire kebir ekbar akbar"),
    )
    for word in row.split()
}  # fmt: skip
# Before what a thing is sold by: "per metre", "by the metre".
_BY = frozenset({"per", "by", "the"})
# One or two of what a size is measured in: «متر», «لنفرين».
_ONE_OR_TWO = (
    ("متر مترا meter metre metr", "مترين متران metrein metren mitrein mitren"),
    (
        "نفر فرد شخص nafar shakhs shakhes person",
        "نفرين نفران فردين شخصين nafaren shakhsein",
    ),
    ("لتر ليتر liter litre", "لترين ليترين litrein"),
)
_KIND = {
    word: (kind, str(count))
    for kind, rows in enumerate(_ONE_OR_TWO)
    for count, row in enumerate(rows, 1)
    for word in words(row)
}
_MANY = {
    word: kind
    for kind, row in enumerate(
        (
            "امتار meters metres م m",
            "انفار افراد اشخاص people persons pax afrad ash5as ashkhas",
            "لترات liters litres",
        )
    )
    for word in words(row)
}

# What rows and customers measure by in other words, and in the other language.
_ALIKE = {
    spelled(word) if word.isascii() else word: words(row)[0]
    for row in (
        "نصف نص نصص half nos noss nuss demi",
        "ربع quarter rob3 rub3 robo3 quart",
        "ثلث third tolt",
        "تولة توله تولا tola tolah tolas",
        "اوقية وقية اونصة ounce ounces oz awqiya o2iya",
        "كوب اكواب كباية كبايات كاس كاسة كاسات فنجان فناجين cup cups fenjan finjan",
        "علبة علب باكيت باكيتات عبوة عبوات pack packs packet package box 3elba 3olba bakeet",
        "قطعة قطع حبة حبات piece pieces 2et3a",
        "جوز زوج ازواج pair pairs",
        "درزن دزينة دستة dozen",
        "مفرد فردي سنجل single",
        "مزدوج دبل دوبل double",
        "كامل كاملة whole full",
        "لفة رول رولات roll rolls",
        "صينية صواني tray trays",
        "كيس اكياس bag bags",
    )
    for word in words(row)
}

# Shorter ones are spelled like too much.
_SPELLED_CHARS_MIN = 4
_ARTICLED = re.compile("(?:[ae]l|il|l)(?=[a-z2-9]{4})")
_POINTING = frozenset(words("the this that which other same"))
_PERSONS = 1
_SEVERAL = 2
# «-2.00», «+1.50»
_DECIMAL = re.compile(r"(\d{1,3})[.,٫](\d{1,2})(?!\d)")
_MEASURED = re.compile(r"(\d{1,5}(?:\.\d{1,2})?)\s*([^\W\d]+)")
# With what stands in sizes beside what is measured.
UNITS = {
    word: words(row)[0]
    for row in (
        "قطعه قطع piece pieces 2et3a 8et3a",
        "فرد افراد شخص اشخاص نفر انفار person persons people pax nafar afrad ash5as ashkhas",
        "حبه حبات pcs", "ورده وردات ورود roses",
    )
    for word in words(row)
} | measuring.UNITS  # fmt: skip


def letters(word: str) -> str:
    """The letters that a folded word says as a size, in any gender, number or dialect; or none."""
    for form in (word, *forms(word)):
        if form in _LETTERED:
            return _LETTERED[form]
    if LETTERS.fullmatch(word):
        return word
    return _SOUNDED.get(spelled(word), "") if word.isascii() and not word.isdecimal() else ""


def letters_at(said: Sequence[str], at: int) -> tuple[int, str]:
    """How many words from a place on say a size in letters, and which: «دبل اكس».

    Args:
        said: folded words.
        at: the place.
    """
    for phrase, told in _PHRASES:
        if tuple(said[at : at + len(phrase)]) == phrase:
            return len(phrase), told
    return 1, letters(said[at])


def stands_for(said: Sequence[str], at: int) -> bool:
    """Whether "one" stands for what was named: "the small one", "a blue one", "the 24 piece one".

    Args:
        said: folded words.
        at: its place.
    """
    before = said[at - 1] if at else ""
    around = [*said[max(at - 2, 0) : at - 1], *said[at + 1 : at + 2]] if at > 1 else []
    if len(around) > 1 and around[0] == "one" and colour_word(before) and colour_word(around[1]):
        return False  # "one white one black"
    measured = at > 1 and said[at - 2].isdecimal() and before in UNITS and before[-1] != "s"
    return measured or before in _POINTING or bool(colour_word(before) or letters(before))


@lru_cache(maxsize=2048)
def lettered(sizes: tuple[str, ...]) -> dict[str, str]:
    """The sizes that letters tell, by them: «كبير» by «l»; none where two have the same."""
    told = [(next(filter(None, map(letters, words(one))), ""), one) for one in sizes]
    found = {letter: one for letter, one in told if letter}
    return found if len(found) == sum(bool(letter) for letter, _ in told) else {}


@lru_cache(maxsize=2048)
def numbered(sizes: tuple[str, ...]) -> dict[str, str]:
    """The sizes that a number tells, by it: «آيفون 15» by 15, «42 مم» by 42, «نفرين» by 2."""
    found: dict[str, str] = {}
    for one in sizes:
        if exact := _DECIMAL.search(latin_digits(one)):
            found[decimal(exact[1], exact[2])] = one
            continue
        said = words(one)
        told = [word for word in said if any(map(str.isdecimal, word))]
        told = told or [_KIND[word][1] for word in said if word in _KIND]
        for word in told[:1]:
            both = measuring.parted(word)  # "16GB"
            found.setdefault(both[0] if both else word, one)
    return found


@lru_cache(maxsize=2048)
def ranked(sizes: tuple[str, ...]) -> dict[str, str]:
    """The sizes that a greater or smaller one is called by: «50 سم» is «s», «70 سم» is «l».

    None where they are no measures of one kind: «آيفون 15» is no smaller one.
    """
    measured = [_MEASURED.fullmatch(latin_digits(one).strip()) for one in sizes]
    found = [(*_much(one), size) for one, size in zip(measured, sizes, strict=True) if one]
    values = [value for _, value, _ in found]
    if len(found) < max(_SEVERAL, len(sizes)) or len(set(values)) < len(values):
        return {}
    if len({kind for kind, _, _ in found}) > 1:
        return {}
    rising = [size for _, _, size in sorted(found)]
    middle = {"m": rising[1]} if len(rising) == _SEVERAL + 1 else {}
    return {"s": rising[0], "l": rising[-1], **middle}


def _much(measured: re.Match[str]) -> tuple[str, Fraction]:
    """Of what kind a written size is, and how much: «500 جرام» and «1 كيلو» are of one."""
    many, unit = Fraction(measured[1]), words(measured[2])[0]
    known = next(measuring.measures([unit], lambda _: None), None)
    return (known.kind, many * known.many) if known else (unit_of(unit), many)


def sold_by(product: Product, word: str) -> bool:
    """Whether a product is sold by what a folded word measures in: «٤ متر» of «كريب بالمتر».

    Args:
        product: its name tells: "per metre", «بالمتر».
        word: what stands behind a number.
    """
    own = measuring.UNITS.get(word, measuring.UNITS.get(word.removesuffix("ا")))
    return own is not None and own in _sold_by(product.name_ar, product.name_en)


@lru_cache(maxsize=4096)
def _sold_by(*names: str) -> frozenset[str]:
    told = (pair for name in names for pair in pairwise(("", *words(name))))
    each = ((word.removeprefix("بال"), before, word) for before, word in told)
    return frozenset(
        measuring.UNITS[bare]
        for bare, before, word in each
        if bare in measuring.UNITS and (bare != word or before in _BY)
    )


def unit_of(word: str) -> str:
    """The unit that a folded word is: «كيلو», «كغ» and "kg" are one; others are their own."""
    return next((UNITS[one] for one in (word, *forms(word)) if one in UNITS), "") or word


@lru_cache(maxsize=4096)
def measured_by(number: str, after: str, sizes: tuple[str, ...]) -> bool:
    """Whether a number and the folded word behind it are a size: «خمسة كيلو» of «5 كغ».

    Args:
        number: in digits.
        after: the word.
        sizes: of one product.
    """
    size = numbered(sizes).get(number, "")
    own = [part for word in words(size) for part in measuring.parted(word) or (word,)]
    at = own.index(number) if number in own else -1
    if at < 0 or at + 1 >= len(own) or not after:
        return False
    unit = own[at + 1]
    return unit_of(unit) == unit_of(after) or _same(unit, after)


def decimal(whole: str, part: str) -> str:
    """A number with its fraction as it is compared: «2.00» is 2, «1.50» is 1.5."""
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def exact(sizes: tuple[str, ...]) -> bool:
    """Whether sizes are written with fractions: «-1.50»."""
    return any(_DECIMAL.search(latin_digits(one)) for one in sizes)


def of_persons(sizes: tuple[str, ...]) -> bool:
    """Whether sizes tell for how many people."""
    return _PERSONS in _kinds(sizes)


def amount(word: str, sizes: tuple[str, ...]) -> str:
    """The number that a folded word says of what these sizes are measured in: «لنفرين» is 2."""
    for form in (word, word.removeprefix("ل"), word.removeprefix("ال")):
        kind, count = _KIND.get(form, (-1, ""))
        if kind in _kinds(sizes):
            return count
    return ""


def one_or_two(word: str) -> bool:
    """Whether a folded word is one or two of what a size is measured in."""
    return word in _KIND


@lru_cache(maxsize=2048)
def _kinds(sizes: tuple[str, ...]) -> frozenset[int]:
    counted = (words(one) for one in sizes)  # «M» of a shirt is no metre
    said = [w for one in counted if len(one) > 1 or one[0] in _KIND for w in one]
    kinds = {_KIND[word][0] for word in said if word in _KIND}
    return frozenset(kinds | {_MANY[word] for word in said if word in _MANY})


def worded(said: Sequence[str], sizes: tuple[str, ...]) -> tuple[str, frozenset[int]]:
    """The size that is said in its own words, and their places; «نص كيلو» before «كيلو».

    Args:
        said: folded words.
        sizes: of one product.
    """
    for one in sorted(sizes, key=lambda size: -len(words(size))):
        own = words(one)
        plain = all(word.isdecimal() or LETTERS.fullmatch(word) for word in own)
        for at in range(0 if plain else len(said) - len(own) + 1):
            if all(map(_same, own, said[at:])):
                return one, frozenset(range(at, at + len(own)))
    for one in sizes:
        apart = _apart(one, sizes)
        places = [at for at, word in enumerate(said) if any(_same(own, word) for own in apart)]
        if places:
            return one, frozenset(places)
    return "", frozenset()


def _same(one: str, other: str) -> bool:
    if one.isascii() != other.isascii():
        latin, arabic = (one, other) if one.isascii() else (other, one)
        if len(latin) >= _SPELLED_CHARS_MIN and not _spelled(latin).isdisjoint(_called(arabic)):
            return True  # "mat7oon", «مطحون»
    return not _called(one).isdisjoint(_called(other))


@lru_cache(maxsize=4096)
def _spelled(word: str) -> frozenset[str]:
    """What a folded word in Latin letters may be in Arabic ones, also without its article."""
    bare = _ARTICLED.sub("", word)
    return frozenset((*arabic_spellings(word), *arabic_spellings(bare)))


@lru_cache(maxsize=4096)
def _called(word: str) -> frozenset[str]:
    """A folded word and what else says so: «نص» is «نصف», "quarter" «ربع», "tola" «تولة»."""
    plain = {word, *forms(word)}
    latin = {spelled(word)} if word.isascii() and not word.isdecimal() else set[str]()
    return frozenset(plain | {_ALIKE[one] for one in plain | latin if one in _ALIKE})


@lru_cache(maxsize=4096)
def _apart(size: str, sizes: tuple[str, ...]) -> frozenset[str]:
    """The words of a size that stand in no other of the product."""
    others = [word for one in sizes if one != size for word in words(one)]
    told = (w for w in words(size) if not (w.isdecimal() or LETTERS.fullmatch(w)))
    return frozenset(word for word in told if not any(_same(word, other) for other in others))
