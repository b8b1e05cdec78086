"""Which size and colour of a product folded words say; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import msgspec
from msgspec import structs

from hudhud.model import Product
from hudhud.responders import shelf
from hudhud.responders import sizes as sizing
from hudhud.responders.lexicon import forms
from hudhud.responders.lexicon.colours import colour_as_written, colour_word
from hudhud.responders.lexicon.relatives import for_persons
from hudhud.responders.selling.counting import Count, measures, number, unit, worn
from hudhud.text import latin_digits, measuring, words
from hudhud.text.ranges import ranged, ranges

_SIZING = frozenset(
    words(
        "مقاس قياس سايز نمرة المقاس القياس السايز النمرة مقاسي قياسي size sizes ma2as qyas "
        "2yas 2yes 8yas gyas عمر"
    )
)
_FOR = frozenset(words("for ل la يكفي تكفي"))
_POWERS = frozenset(words("درجة الدرجة سالب ناقص موجب زائد بلس ماينس minus plus power"))
_DEGREES = {"درجه": 1, "درجتين": 2, "درجتان": 2}
_FRACTIONS = {"ونص": ".5", "ونصف": ".5", "وربع": ".25"}
_SIZES_AT_LEAST = 20
# Who says so counts, whatever sizes there are.
_TIMES = frozenset(words("عدد العدد كمية الكمية بعدد qty quantity count"))
# "3m" of "0-3M"
_FIGURES = re.compile(r"(\d{1,4})[^\W\d]{0,4}")


class Size(msgspec.Struct, frozen=True):
    """A size of a product as its row writes it, and which words said it; "" for none of its own."""

    size: str
    said: str
    places: frozenset[int]


def size(
    said: Sequence[str], product: Product, counted: frozenset[int] = frozenset()
) -> Size | None:
    """The size that was said, or one that the product does not have; None when none was said.

    Args:
        said: folded words.
        product: whose sizes are looked at.
        counted: places of words that surely say how many, and so no size.
    """
    ranged, said = _ranged_of(said, product, counted)
    return (
        ranged
        or _measured(said, product, counted)
        or _lettered(said, product)
        or _numbered(said, product, counted)
        or _worded(said, product)
        or _ranked(said, product)
    )


def sizes(
    said: Sequence[str], product: Product, counted: frozenset[int] = frozenset()
) -> list[Size]:
    """Every size that was said, in the order found: «خليه XL بدل L» says two."""
    left, found = list(said), list[Size]()
    while (one := size(left, product, counted)) is not None:
        found.append(one)
        left = ["" if at in one.places else word for at, word in enumerate(left)]
    return found


def sized_piece(word: str, after: str, before: Sequence[str], products: Sequence[Product]) -> bool:
    """Whether one of several begins, by its size: «ثلاث بيجامات، وحدة 4 وحدة 6», "one 4, one 6".

    Args:
        word: a folded word.
        after: the one behind it.
        before: what stands before it in the same clause.
        products: what is sold.
    """
    sizes = {one for product in products for size in product.sizes for one in words(size)}
    if number(word) != 1 or not after.isdecimal() or after not in sizes:
        return False
    first = len(before) > 1 and number(before[0]) == 1 and before[1] in sizes
    return first or any(
        one not in sizes and ((number(one) or 1) > 1 or one.endswith("ين")) for one in before
    )


def size_forms(said: Sequence[str], product: Product) -> set[str]:
    """The forms of the words that say its size: "2 metre" of «2 م», «ايفون ١٦» of a cover."""
    found = size(said, product)
    if found is None or not found.size:
        return set()
    after = (word for at in found.places for word in said[at + 1 : at + 2] if measures(word))
    told = (*words(found.size), *after, *(said[at] for at in found.places))  # "quarter tola"
    return {form for word in told for form in forms(word)}


def of_things(
    told: Sequence[Count], said: Sequence[str], products: Sequence[Product]
) -> list[Count]:
    """Counts as they are meant of a thing: «حذاء 43 وحدة» is one of 43, a pair of jeans one.

    A number that is a size of it counts nothing where a "one" follows, or where nobody wants so
    many.

    Args:
        told: the counts as they were read of the words alone.
        said: those folded words.
        products: which are meant.
    """
    if not products:
        return list(told)
    product = products[0]
    own = sizing.numbered(product.sizes)
    single = worn(words(f"{product.name_ar} {product.name_en}"))  # «قفازات»
    found, one = list[Count](), -1
    ranged_size, _ = _ranged_of(said, product, frozenset())
    sized = ranged_size.places if ranged_size is not None else frozenset[int]()
    for count in told:
        if count.start in sized:
            continue
        after = said[count.end] if count.end < len(said) else ""
        ones = unit(after) and number(after) == 1
        if sizing.measured_by(str(count.value), after, product.sizes) and not _many(product):
            found.append(structs.replace(count, sure=False))
        elif str(count.value) in own and (ones or count.value >= _SIZES_AT_LEAST):
            one = count.end if ones else one
            announced = bool(count.start) and said[count.start - 1] in _TIMES
            found.append(count if announced else structs.replace(count, sure=False))
        elif count.start == one:
            found.append(structs.replace(count, sure=True))
        elif count.pairs and single:
            found.append(structs.replace(count, value=count.value // 2))
        else:
            found.append(count)
    return found


@lru_cache(maxsize=2048)
def _ends(sizes: tuple[str, ...]) -> dict[tuple[int, int], str]:
    """The sizes that are ranges, by their ends: «2-3 سنة», "0-3M", «سنة - سنتين»."""
    found: dict[tuple[int, int], str] = {}
    for one in () if sizing.exact(sizes) else sizes:
        figures = [int(figure) for figure in re.findall(r"\d{1,4}", latin_digits(one))]
        told = ranges(ranged(one), number, _is_sizing, unit)
        if len(figures) == 2:  # noqa: PLR2004 - a range has two ends
            found.setdefault((min(figures), max(figures)), one)
        elif told:
            found.setdefault(told[0].ends, one)
    return found


def _ranged_of(
    said: Sequence[str], product: Product, counted: frozenset[int]
) -> tuple[Size | None, Sequence[str]]:
    """The size that a range says, and the words without the ranges that are none of its own."""
    own, left = _ends(product.sizes), list(said)
    told = ranges(said, number, _is_sizing, unit)
    for one in told:
        if one.ends in own:
            return Size(own[one.ends], said[one.start], frozenset(range(one.start, one.end))), left
    for at, pair in enumerate(pairwise(said)):
        ends = _figures(pair)
        if ends in own and counted.isdisjoint((at, at + 1)):
            more = at + 2 < len(said) and measures(said[at + 2])
            return Size(own[ends], said[at], frozenset(range(at, at + 2 + more))), left
    for one in (one for one in told if one.sure and product.sizes):
        if own:
            name = f"{one.low}-{one.high}"
            return Size("", name, frozenset(range(one.start, one.end))), left
        left[one.start : one.end] = [""] * (one.end - one.start)
    return None, left


@lru_cache(maxsize=2048)
def _measures_of(sizes: tuple[str, ...]) -> dict[tuple[str, Fraction], str]:
    """The sizes that are measures, by how much they are: «250 جرام», «نص كيلو», "1TB"."""
    found: dict[tuple[str, Fraction], str] = {}
    for one in sizes:
        told = ranged(latin_digits(one))
        if len(told) == 1 and sizing.LETTERS.fullmatch(told[0]):
            continue  # «M» of a shirt is no metre
        for measure in measuring.measures(told, number):
            if len(measure.places) == len(told):
                found.setdefault((measure.kind, measure.many), one)
    return found


def _measured(said: Sequence[str], product: Product, counted: frozenset[int]) -> Size | None:
    """The size that is as much as is said: «نص كيلو» of what is sold by «500 جرام»."""
    own = _measures_of(product.sizes)
    for one in measuring.measures(said, number, alone={kind for kind, _ in own}) if own else ():
        size = own.get((one.kind, one.many))
        if size and counted.isdisjoint(one.places):
            return Size(size, said[min(one.places)], one.places)
    for at, word in enumerate(said[1:], 1) if own else ():  # «2 كيلو» are two of «1kg»
        each = next(measuring.measures([word], lambda _: None), None)
        size = own.get((each.kind, each.many)) if each and at - 1 in counted else None
        if size:
            return Size(size, word, frozenset({at}))
    return None


def _figures(pair: tuple[str, str]) -> tuple[int, int] | None:
    """The ends of a range whose dash went unread: "0", "3m"."""
    found = [_FIGURES.fullmatch(word) for word in pair]
    low, high = (int(one[1]) if one else -1 for one in found)
    return (low, high) if -1 < low < high else None


def _is_sizing(word: str) -> bool:
    return word in _SIZING


def _many(product: Product) -> bool:
    """Whether what it is sold by is also what is counted: «8 قطع» of «قطع»."""
    return len(product.sizes) <= 1


def size_word(word: str) -> bool:
    """Whether a folded word is one of the sizes that clothes have everywhere."""
    announces = word in _SIZING and word != "عمر"  # of children's clothes, and a man's name
    return announces or bool(sizing.letters(word))


def of_size(word: str) -> bool:
    """Whether a folded word announces a size or measures one: «قياس», «عمر», «افراد»."""
    return word in _SIZING or measures(word)


def colour(said: Sequence[str], product: Product) -> str:
    """The colour that was said, as the product's Arabic row writes it; empty: none of its own."""
    # «ظهر» in «حقيبة ظهر» is no pink.
    named = {*words(product.name_ar), *words(product.name_en)}
    said = [word for word in said if word not in named or colour_as_written(word)]
    place = shelf.colour_said(said, product)
    if place is None:
        place = shelf.colour_worded(said, product)
    return product.colours_ar[place] if place is not None else ""


def colours(said: Sequence[str], product: Product) -> list[str]:
    """Every colour of a product that was said, in the order said."""
    found = (colour((word,), product) for word in said)
    return list(dict.fromkeys(one for one in found if one))


def told(said: Sequence[str]) -> list[str]:
    """The words of sizes and colours, as they are kept for whoever knows the product."""
    kept: list[str] = []
    for at, word in enumerate(said):
        announced = at > 0 and said[at - 1] in _SIZING and word.isdecimal()
        if announced:
            kept.append(f"{said[at - 1]} {word}")
        elif word.isdecimal() and at + 1 < len(said) and measures(said[at + 1]):
            kept.append(f"{word} {said[at + 1]}")  # "128 gb" is one
        elif (
            colour_word(word)
            or sizing.one_or_two(word)
            or (size_word(word) and word not in _SIZING)
        ):
            kept.append(word)
    return kept


def had(word: str, products: Sequence[Product]) -> bool:
    """Whether a word of a trait is no colour, or one that any of some products has."""
    return not colour_word(word) or any(colour((word,), one) for one in products)


def coloured(said: Sequence[str]) -> bool:
    """Whether any colour is said at all."""
    return any(colour_word(word) for word in said)


def uncoloured(said: Sequence[str], products: Sequence[Product]) -> bool:
    """Whether a colour is told of what has none: «هات علبة بيضا» is of another thing."""
    return coloured(said) and not any(one.colours_ar for one in products)


def _lettered(said: Sequence[str], product: Product) -> Size | None:
    own = sizing.lettered(product.sizes)
    for at, word in enumerate(said):
        phrase, letters = sizing.letters_at(said, at)
        if for_persons(said, at) or not letters or not (own or (at and said[at - 1] in _SIZING)):
            continue
        places = frozenset(range(at, at + phrase))
        if letters in own:
            return Size(own[letters], word, places)
        # «كبير», "small" may be of the thing itself; a letter is a size or nothing.
        if product.sizes and (sizing.LETTERS.fullmatch(word) or phrase > 1):
            return Size("", letters.upper(), places)
    return None


def _worded(said: Sequence[str], product: Product) -> Size | None:
    one, places = sizing.worded(said, product.sizes)
    return Size(one, said[min(places)], places) if one else None


def _numbered(said: Sequence[str], product: Product, counted: frozenset[int]) -> Size | None:
    own = sizing.numbered(product.sizes)
    for at in sorted(range(len(said)), key=lambda at: not _tells_size(said, at, product)):
        word = said[at]
        value = sizing.amount(word, product.sizes) or word
        if measured := measuring.parted(word):  # "46mm" in words that were not taken apart
            value = measured[0]
        if at in counted and value == word:
            continue
        after = said[at + 1] if at + 1 < len(said) else ""
        announced = at > 0 and _announces(said, at, product)
        if not value.isdecimal() and len(own) > 1 and (told := number(word)):
            of_it = measures(after) or sizing.measured_by(str(told), after, product.sizes)
            value = str(told) if of_it or announced else value
        if sizing.exact(product.sizes) and (exactly := _exactly(word, after)):
            if exactly in own:
                return Size(own[exactly], word, frozenset({at, at + 1}))
            continue
        if value in own and not _of_other_kind(after, own[value]):
            phrase = words(own[value])
            whole = len(phrase) if list(said[at : at + len(phrase)]) == phrase else 1
            # «0-3» is two words, and one size; so is "48 pieces" of «48 قطعة».
            end = at + max(whole, 1 + sizing.measured_by(value, after, product.sizes))
            return Size(own[value], word, frozenset(range(at, end)))
        if announced and product.sizes and word.isdecimal():
            return Size("", word, frozenset({at}))
        if product.sizes and own and word.isdecimal() and _bare_size(word, own):
            return Size("", word, frozenset({at}))
    return None


def _tells_size(said: Sequence[str], at: int, product: Product) -> bool:
    """Whether a word is announced as a size, or is one by itself: «2 كباب نفر» are two of «نفر»."""
    before = said[at - 1] if at else ""
    alone = bool(sizing.amount(said[at], product.sizes)) and number(before or "-") is None
    return before in _SIZING or alone


def _of_other_kind(after: str, size: str) -> bool:
    """Whether a unit behind a number is none of a size's: «10 لتر» is no «10 انش»."""
    both = [
        {one.kind for one in measuring.measures(said, number)} for said in ([after], words(size))
    ]
    return all(both) and both[0].isdisjoint(both[1])


def _exactly(word: str, after: str) -> str:
    """A number with its fraction, of two words: «2.50», «درجتين ونص», «ثلاثة ونصف»."""
    if word.isdecimal() and after.isdecimal():
        return sizing.decimal(word, after)
    if "." in word:
        return sizing.decimal(*word.split("."))
    told = number(word) or _DEGREES.get(word, 0)
    return f"{told}{_FRACTIONS[after]}" if told and after in _FRACTIONS else ""


def _announces(said: Sequence[str], at: int, product: Product) -> bool:
    """Whether a number is said as a size: «مقاس ٤», «درجة سالب ثلاثة», "for two" of a dish."""
    before = said[at - 1]
    persons = sizing.of_persons(product.sizes) and (before in _FOR or said[at][:1] == "ل")
    return before in _SIZING or persons or (before in _POWERS and sizing.exact(product.sizes))


def _ranked(said: Sequence[str], product: Product) -> Size | None:
    """A greater or smaller one of two or three measures: «الكبير» of «50 سم» and «70 سم»."""
    own = sizing.ranked(product.sizes)
    named = set(words(f"{product.name_ar} {product.name_en}")) if own else set[str]()
    for at, word in enumerate(said if own else ()):
        told = "" if sizing.LETTERS.fullmatch(word) or word in named else sizing.letters(word)
        if told in own:
            return Size(own[told], word, frozenset({at}))
    return None


def _bare_size(word: str, own: dict[str, str]) -> bool:
    """Whether a number is made like all of its sizes, and is none of them: shoes in 49."""
    plain = all(number.isdecimal() and number == words(one)[0] for number, one in own.items())
    return plain and int(word) >= _SIZES_AT_LEAST and len(word) == max(map(len, own))


def is_trait(word: str) -> bool:
    """Whether a folded word is a size or a colour."""
    return size_word(word) or colour_word(word)
