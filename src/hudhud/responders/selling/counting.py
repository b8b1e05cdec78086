"""How many: numbers in any digits and in words, duals, counted nouns, "a pair"; pure.

A number beside a word of sizes, or with a measure, is no count: «مقاس ٤٢», «٢٠ واط», "iPhone 15".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest

import msgspec

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.lexicon.said.counted import (
    DUALS,
    DUALS_OF,
    UNITS,
    counted_in,
    holds_one,
    latin_dual,
)
from hudhud.responders.lexicon.said.measures import PARTS, SOUNDED, SPANS, TIME_AND_MONEY
from hudhud.responders.selling.deeds import marks, turns_it
from hudhud.responders.selling.naming import Names
from hudhud.responders.sizes import stands_for
from hudhud.responders.spoken import BEYOND, digit
from hudhud.responders.telephones.dictated import greater
from hudhud.text import measuring, stems, without_article, words
from hudhud.text.bodies import of_a_body
from hudhud.text.ranges import ranges

DIGITS_MAX = 4
_COLOUR, _PLURAL_MAX = "لون", 10
_STEM_CHARS_MIN, _FEW = 3, 12
# «2 L» are two large ones.
_LETTERS = frozenset({"l"})
_ONES, _TENS = range(1, 10), range(20, 100, 10)
_FEMININE, _DUALS = "ه", ("ين", "ان")
_DOZENS = frozenset(words("دزينة درزن دستة dozen dozens"))
_PAIRS = frozenset(words("زوج جوز pair pairs couple"))
_PAIR, _WALNUT, _PIECE = "زوج", "جوز", "حبه"
# Worn in pairs: a pair of these is one.
_WORN = frozenset(
    words(
        "حذاء احذية صندل صنادل كعب جزمة جزم كندرة كنادر قندرة قنادر بوط كوتشي سبادري سبرديلة نعال "
        "شبشب شحاطة جوارب جراب شراب شرابات كلسات حلق قفاز بنطلون بناطيل بنطال بناطل بنطرون جينز "
        "سروال سراويل شورت شورتات سماعة سماعات نظارة نظارات "
        "قفازات كفوف كف جوانتي جوانتيات جزم حلقان اقراط عدسات gants chaussures "
        "shoes shoe sandals sandal heels socks boots sneakers earrings gloves trousers jeans pants "
        "shorts earbuds earphones headphones buds glasses sunglasses pyjamas pajamas tights"
    )
)
_COUNTING = frozenset(
    words("عدد العدد كمية الكمية بعدد منه منها منهم منهن منو qty quantity x count 3adad")
)
_SIZING = frozenset(
    words(
        "مقاس المقاس قياس القياس سايز السايز نمرة النمرة رقم عمر لعمر size sizes number ma2as "
        "ايفون iphone جالكسي galaxy موديل شارع بناية شقة عمارة street flat age for"
    )
)
# «ابو ٣ مخارج»: what it has; "he's 70": how old somebody is.
_HAVING = frozenset(words("ابو ام بو ذو ذات ذي فيه فيها hes shes im turned turns turning aged"))
_MEASURES = TIME_AND_MONEY | frozenset(
    word for word in measuring.UNITS if word not in UNITS and word not in _LETTERS
)
_OF_THEM = ([], *([word] for word in words("منهم منهن منها منو منه")), ["of", "them"])
# Between what a shop counts in and what is in it.
_LINKS = frozenset(words("من ديال دال تاع متاع بتاع تبع مال حق of dyal min mn ta3 mal"))
BROKEN = frozenset(
    words("نص نصف ربع half quarter nos noss") + [f"{word}كيلو" for word in ("نص", "ربع")]
)
_HALF = frozenset(words("نص نصف half"))
# In English a number of things, in Arabizi a half: "3 nos", "nos kilo".
_NUMBERS = "nos"
_NO_THING = frozenset(
    words("lot bit moment minute second sec while million ton bunch great good nice lovely blessed")
)
_ONES_OF_TEN = frozenset(words("عشر"))
_JOINED_UNIT = re.compile(r"(\d{1,4})([^\W\d]+)")  # "2pcs", «٣حبات»
_DUAL = re.compile(r"[^\W\da-z]{3,}تين")  # «خليهن دستتين», whatever they are
_TIMES = re.compile(r"(\d{1,4})x|x(\d{1,4})")


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A number among words: how many, where it stands, and whether it surely counts things.

    `pairs` counts two of each: of what is worn in pairs a pair is one.
    """

    value: int
    start: int
    end: int
    sure: bool
    pairs: bool = False


def expanded(said: Sequence[str], names: Names) -> list[str]:
    """Folded words with each dual as a number and its noun: «علبتين» is «2 علبه».

    Args:
        said: folded words.
        names: what is sold.
    """
    plain: list[str] = []
    for word, after in zip_longest(said, said[1:], fillvalue=""):
        bare = word.removeprefix("و")
        if bare in DUALS_OF and _counted_by_two(after, names):
            plain += ["2", DUALS_OF[bare]]  # «علبتي بابونج»
        elif one := _two_of(bare, after, names):
            plain += ["2", "x", one]  # «فستاني سهرة»
        elif plain and (both := together(plain[-1], word)):
            plain[-1] = both
        elif bare in _DUAL_UNITS:
            of_a_name = _of_its_name(bare, plain[-1] if plain else "", after, names)
            plain += [word] if of_a_name else ["2", _DUAL_UNITS[bare]]
        elif number(word) is not None:
            plain.append(word)
        elif (one := _singular(word, names)) != word and not (plain and plain[-1] in SPANS):
            plain += ["2", "x", one]
        elif joined := _joined(word, plain[-1] if plain else ""):
            plain += joined
        elif word in _DOZENS and _half(plain):
            plain = [*plain[: -_half(plain)], "6", "x"]
        else:
            plain += ["2", "x"] if _DUAL.fullmatch(word) and turns_it(plain or ["-"]) else [word]
    return plain


def _of_its_name(word: str, before: str, after: str, names: Names) -> bool:
    """Whether what seems to be two units is a word of a name: «سلسلة كوبان» are no cups."""
    # Who counts two says «كوبين»; «قطعتين» is that, though a set of two pieces is sold, too.
    beside = word.endswith("ان") or names.beside(word, after) or names.beside(before, word)
    return names.spelled(word) and beside


def _joined(word: str, before: str) -> list[str]:
    """A number and what it counts or measures in one: "2pcs", «٣حبات», "46mm", "x3", "7abten"."""
    if word == _NUMBERS and number(before or "-") is not None:
        return ["x"]
    if word[0].isascii() and (one := _latin_two(word)):
        return ["2", one]
    if times := _TIMES.fullmatch(word):
        return [times[1] or times[2], "x"]
    if both := measuring.parted(word):
        return [*both]
    counted = _JOINED_UNIT.fullmatch(word)
    if counted and counted[2] == _NUMBERS:
        return [counted[1], "x"]
    # "3elba" is a box, and no three of anything.
    return [counted[1], counted[2]] if counted and counted[2] in UNITS else []


def _latin_two(word: str) -> str:
    """What a dual in Latin letters counts: "jozein" pairs, "7abten" pieces; or nothing."""
    return _PAIR if spelled(word) in _LATIN_PAIRS else _PIECE if latin_dual(word) else ""


def _counted_by_two(word: str, names: Names) -> bool:
    """Whether a word is what a dual before it counts; «علبتي الحمراء» is somebody's own."""
    return bool(word) and not word.startswith("ال") and names.known(word)


def _two_of(word: str, after: str, names: Names) -> str:
    """The noun of a name that a dual before its next word counts: «بطاقتي ذاكرة»; or nothing."""
    stem = word.removesuffix("ي")
    if stem == word or len(stem) < _STEM_CHARS_MIN or names.spelled(word):
        return ""
    ones = (stem, stem.removesuffix("ت") + _FEMININE if stem.endswith("ت") else stem)
    return next((one for one in ones if names.spelled(one) and names.beside(one, after)), "")


def counts(said: Sequence[str], names: Names) -> list[Count]:
    """Every number that may say how many, in the order said.

    Args:
        said: folded words, as `expanded` gives them.
        names: as there.
    """
    told = ranges(said, number, sizing, lambda word: unit(word) or names.word(word))
    sized = {one.start: one.end for one in told if one.sure}
    found, at = list[Count](), 0
    while at < len(said):
        # "thanks a lot"
        none = said[at] in ("a", "an") and not _NO_THING.isdisjoint(said[at + 1 : at + 2])
        count = None if none or at in sized else _count(said, at, names)
        if count:
            found.append(count)
        at = count.end if count else sized.get(at, at + 1)
    return found


def together(ones: str, tens: str) -> str:
    """The number that two words say: «ثمانية وخمسين» is 58, «خمسة عشر» 15, in digits; or none."""
    if tens in _ONES_OF_TEN and not ones.isdecimal() and (number(ones) or 0) in _ONES[2:]:
        return str(10 + (number(ones) or 0))
    if ones.isdecimal() or tens[:1] != "و" or tens[1:].isdecimal():
        return ""
    first, then = number(ones) or 0, number(tens[1:]) or 0
    return str(first + then) if first in _ONES and then in _TENS else ""


def worn(said: Sequence[str]) -> bool:
    """Whether folded words name what is worn in pairs."""
    return not _WORN.isdisjoint(without_article(word) for word in said)


def surely(count: int) -> list[Count]:
    """So many, as the first of some words says."""
    return [Count(value=count, start=0, end=1, sure=True)]


def unit(word: str) -> bool:
    """Whether a folded word is what a shop counts in."""
    # «كيلوغراماً»
    return counted_in(word) or word in _DOZENS or word in _PAIRS


def sizing(word: str) -> bool:
    """Whether a number after this folded word is a size, a street, a model, and no count."""
    return word in _SIZING or (len(word) > len("لعمر") and word[1:] in _SIZING and word[0] in "لب")


def measures(word: str) -> bool:
    """Whether a folded word after a number makes it a measure: «افراد», "watt"."""
    latin = word.isascii() and not word.isdecimal() and spelled(word) in SOUNDED
    return latin or word in _MEASURES or word.removesuffix("ا") in _MEASURES


def _measured_by(word: str, after: str) -> bool:
    """Whether a number measures: «واحد M» counts a size, "1 m" a cable's metre.

    «24 لون» are a box's colours; «3 لون اسود» is three of one.
    """
    if after == _COLOUR:
        return (number(word) or 0) > _PLURAL_MAX
    return after in PARTS or (measures(after) and (word.isdecimal() or after != "m"))


def _of_wares(said: Sequence[str], at: int, names: Names) -> bool:
    """Whether what a number seems to measure in is what things are called: «اتنين ساعة اطفال».

    «ساعة بطاريتها ٤٨ ساعة» tells of time, and so does «خلال ٢٤ ساعة».
    """
    after, before = said[at + 1], {form for word in said[:at] for form in stems(word)}
    if not names.headed(after) or not before.isdisjoint(stems(after)):
        return False
    few = (number(said[at]) or 0) <= _FEW and before.isdisjoint(SPANS)
    return few or any(map(names.beside, said[at + 1 : at + 2], said[at + 2 : at + 3]))


@lru_cache(maxsize=4096)
def number(word: str) -> int | None:
    """What a folded word says as a number, alone or with a و before it."""
    bare = word.removeprefix("و") if len(word) > 2 else word  # noqa: PLR2004 - «و» alone is no number
    # «واحداً», «لعشرين»
    joined = word[1:] if word[:1] in ("ل", "ب") and len(word) > len("لست") else word
    for form in (word, bare, word.removesuffix("ا"), joined):
        if form.isdecimal() and form.isascii():
            return int(form) if len(form) <= DIGITS_MAX else None
        if not form or form == "ا":
            continue
        if form in BEYOND:
            return BEYOND[form]
        if said := digit(form) or greater(form):
            return int(said)
        latin = form[:1].isascii() and form not in UNITS  # a tin is no "tnein"
        if latin and (said := _LATIN.get(spelled(form), "")):
            return int(said)
    return None


def _count(said: Sequence[str], at: int, names: Names) -> Count | None:
    word, bare = said[at], said[at].removeprefix("و")
    before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
    if bare in _DOZENS or (bare in _PAIRS and not _walnut(bare, after, names)):
        many = 12 if bare in _DOZENS else 1 if worn(said) else 2
        paired = many == 2  # noqa: PLR2004 - a pair is two
        return Count(value=many, start=at, end=at + 1, sure=True, pairs=paired)
    if _one_of(said, at, names):
        return Count(value=1, start=at, end=at + 1, sure=True)
    value = 0 if word == "one" and stands_for(said, at) else number(word) or 0
    by_it = names.sold_by(said, at)  # «٤ متر» of «قماش كريب بالمتر»
    measured = _measured_by(word, after) and not (by_it or _of_wares(said, at, names))
    measured = measured or of_a_body(said, at, unit) or names.of_water(said, at)
    if not value or sizing(before) or before in _HAVING or measured:
        return None
    if after in _DOZENS or after in _PAIRS:
        each = 12 if after in _DOZENS else 1 if worn(said) else 2
        paired = each == 2  # noqa: PLR2004 - a pair is two
        return Count(value=value * each, start=at, end=at + 2, sure=True, pairs=paired)
    joined = after[:1] == "و" and names.word(after[1:])  # «مقاسي ٣٤ وحزام»
    # «وحدة منهم 56» is one in 56.
    told = before in _COUNTING and not (at > 1 and number(said[at - 2]) is not None)
    sure = told or unit(after) or (names.word(after) and not joined) or by_it
    within = word[0].isascii() and names.numbered(said, at) and names.word(before)
    named = _numbered(said, at, names) if word.isdecimal() else within
    model = len(before) == 1 and before.isalpha() and names.beside(before, word)
    if model or (not sure and named):
        return None  # «ميموري ١٢٨», «باور بانك ٢٠», "petit four", "M.2 SSD"
    return Count(value=value, start=at, end=at + 1, sure=sure)


def _walnut(word: str, after: str, names: Names) -> bool:
    """Whether «جوز» is what a thing is made of, and counts none: «بقلاوة جوز»."""
    counts_it = names.word(after) or number(after or "-") is not None
    return word == _WALNUT and after != "من" and (names.spelled(word) or not counts_it)


def _numbered(said: Sequence[str], at: int, names: Names) -> bool:
    """Whether a number stands in the name of what is named before it: «باور بانك ٢٠»."""
    if not names.spelled(said[at]):
        return False
    found = names.find([word for word in said[:at] if number(word) is None])
    bidden = any(mark.deed in ("make", "more") for mark in marks(said[:at]))
    if found.by != "name":  # «10 aqfas»: no number of another thing's name
        found = names.find([word for word in said if number(word) is None])
        few = (number(said[at]) or 0) <= _FEW or [*said[at + 1 :]] in _OF_THEM
        if few and (bidden or found.by != "name"):
            return False  # «خليها ٢», «بدي 20 منهن», where a box of 2 or of 20 is sold
    told = found.products if found.by == "name" else names.products
    return any(_in_name(said[at], name) for p in told for name in (p.name_ar, p.name_en))


def _in_name(figure: str, name: str) -> bool:
    """Whether a number stands in a name; a small one alone: «أكل 2» is two, of 2 kg each."""
    few = int(figure) <= _FEW
    own = (w for one, w in pairwise([*words(name), ""]) if one == figure)
    return any(not (few and (w in measuring.UNITS or measures(w) or unit(w))) for w in own)


def _one_of(said: Sequence[str], at: int, names: Names) -> bool:
    """Whether what a shop counts in stands alone beside what it counts: «كيلو بقلاوة»."""
    word, before = said[at].removeprefix("و"), said[at - 1] if at else ""
    if not holds_one(word) or before in BROKEN or number(before or "-"):
        return False
    if at > 1 and number(said[at - 2]) and not names.known(before):
        return False  # "one more box of candles"
    linked = said[at + 1 : at + 2] and said[at + 1] in _LINKS  # «قرعة ديال دبس», "tin of ghee"
    after = "".join(said[at + 1 + bool(linked) :][:1])
    then = names.word(before) and number(after or "-") is None
    coloured = bool(after) and colour_word(after)  # «كيس أسود وكيس أصفر»
    beside = after if names.known(after) or coloured else before if then else ""
    return bool(beside) and not _in_its_name(word, beside, names)


def _in_its_name(word: str, beside: str, names: Names) -> bool:
    """Whether a unit stands in the name of what is beside it: «علبة شوكولاتة فاخرة»."""
    told = (words(name) for p in names.products for name in (p.name_ar, p.name_en))
    own = set(stems(beside))
    return any(word in name and any(own & set(stems(one)) for one in name) for name in told)


def _half(said: Sequence[str]) -> int:
    """How many words before a dozen halve it: «نص», "half a"."""
    ends = [word for word in said[-2:] if word != "a"]
    return (2 if said[-1] == "a" else 1) if ends and ends[-1] in _HALF else 0


def _singular(word: str, names: Names) -> str:
    """What a dual counts, as a name writes it: «عبايتين» is «عبايه»; the word when it is none."""
    stem = next((word.removesuffix(e) for e in _DUALS if word.endswith(e)), "")
    if len(stem) < _STEM_CHARS_MIN or names.spelled(word) or names.spelled(without_article(word)):
        return word
    forms = (stem, stem.removesuffix("ت") + _FEMININE if stem.endswith("ت") else stem)
    return next((form for form in forms if names.known(form)), word)


_DUAL_UNITS = DUALS | {one + ending: _PAIR for one in ("زوج", _WALNUT) for ending in _DUALS}
_LATIN_PAIRS = frozenset(map(spelled, words("jozein jozen jouzein zojein zojen zawjein zawjen")))
_LATIN = {
    spelled(word): value
    for value, row in (
        ("1", "wa7ed wa7da wahad wahed wa7de w7de w7da w7d w7ed wa7d wahda"),
        ("2", "tenten tinten thintain tnen tnein tnin etnen ethnen ithnain thnain thnen"),
        ("3", "tlate talata thalatha tlata talat tlat thalath"), ("4", "arba3a arb3a arba3"),
        ("5", "5amse khamsa 5amsa 5amas khamas 5ams"),
        ("6", "sitte setta sitta"), ("7", "sab3a"), ("8", "tmanye tamanya"), ("9", "tis3a"),
    )
    for word in row.split()
}  # fmt: skip
