"""What words are made from: the radicals of an Arabic word, what is left of an English one.

Nobody tells a root from its dress without a dictionary, so several are guessed. They are good for
finding a word's kin among the few words of one catalogue, and say nothing of what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from hudhud.text.folding import stems, without_article

ROOT_LETTERS = 3
_SLACK = 1
_STEM_CHARS_MIN = 3

# «بتنكسر», «كيلزقوش», «عالفحم», «استخدام»: what stands before the radicals, and behind them.
_LEANING = re.compile(r"^[عه]ال(?=\w{3,})")
_BEGUN = re.compile(r"^[وف]?(?:[هحبك]?[ايتن]|ب|م)(?=\w{2,})")
_DERIVED = re.compile(r"^(?:است|مست|يست|تست|ان|مت|من|[اتمن])(?=\w{3,})")
_INFLECTED = re.compile(
    r"(?<=\w{2})(?:يات|ات|ون|ين|ان|وا|تو?|كم|كن|هم|ها|نا|ني|لي|لها|يه|[هويانش])$"
)
# «تلج» and «ثلج», «دهب» and «ذهب», «ضفر» and «ظفر»: many say and write them alike.
_ALIKE = str.maketrans("ظذث", "ضدت")
_WEAK = re.compile(r"[اوي]")
_ENGLISH_ENDS = re.compile(
    r"(?:ations?|ity|ities|ings?|edly|ed|ers?|iest|ier|ies|ness|ment|fully|ful|able|ion|ive|es|ly"
    r"|[sye])$"
)
_DOUBLED_END = re.compile(r"(.)\1$")
# moisturise and moisturize, colour and color.
_SPELLED_BOTH_WAYS = (("our", "or"), ("z", "s"))


_LONG = "اوي"
# The shape of several, and those of one: «الواح» «لوح», «ابواب» «باب», «قواعد» «قاعدة»,
# «ستاير» «ستارة», «شراشف» «شرشف», «صحون» «صحن», «حبال» «حبل».
_SHAPES = (
    (r"ا(\w)(\w)ا(\w)", ("{0}{1}{2}", "{0}ا{2}", "{0}ي{2}", "{0}{1}ا{2}")),
    (r"(\w)وا(\w)(\w)", ("{0}ا{1}{2}", "{0}ا{1}{2}ه", "{0}و{1}{2}ه")),
    (r"(\w)(\w)ا[يء](\w)", ("{0}{1}ا{2}ه", "{0}{1}ي{2}ه", "{0}{1}و{2}ه", "{0}{1}ا{2}")),
    (rf"(\w)(\w)ا(\w)([^{_LONG}])", ("{0}{1}{2}{3}", "{0}{1}{2}{3}ه")),
    (r"(\w)(\w)[وا](\w)", ("{0}{1}{2}", "{0}{1}{2}ه")),
)


@lru_cache(maxsize=8192)
def radicals(word: str) -> frozenset[str]:
    """Three letters each that a folded word may be made of, its weak ones all written و.

    «تكسّر», «ينكسر» and «مكسور» share one; so do «يخفي» and «إخفاء», «جاف» and «جفاف». Only those
    for which least has to be taken off: «نشف» is no «شف» with a ن before it.
    """
    if not word or not "\u0621" <= word[0] <= "\u064a":
        return frozenset()
    costs: dict[str, int] = {}
    for form, cost in undressed(word.translate(_ALIKE)).items():
        for one, more in _three(form):
            if one.count("و") > 1:
                continue  # «باي» is of no root
            costs[one] = min(cost + more, costs.get(one, cost + more))
    least = min(costs.values(), default=0)
    return frozenset(one for one, cost in costs.items() if cost <= least + _SLACK)


def undressed(word: str) -> dict[str, int]:
    """What is left of a folded word without what may be attached to it, and how much that was."""
    costs = {word: 0} | {form: 1 for form in stems(word) if form != word}
    for dress in (_LEANING, _BEGUN, _DERIVED, _INFLECTED, _INFLECTED):
        for form, cost in [*costs.items()]:
            costs.setdefault(dress.sub("", form), cost + 1)
    return costs


def _three(form: str) -> Iterator[tuple[str, int]]:
    """The three letters that a form holds, and how much they are a guess."""
    if len(form) == ROOT_LETTERS - 1:
        yield form + form[-1], 2  # «يجف» of جفف
    if len(form) == ROOT_LETTERS:
        yield form[0] + _WEAK.sub("و", form[1:]), 0
    inner = form[:1] + _WEAK.sub("", form[1:-1]) + form[-1:]
    if len(form) > len(inner) == ROOT_LETTERS:
        yield inner[:2] + _WEAK.sub("و", inner[2]), 1
    if len(form) == ROOT_LETTERS and form[1] in "اوي":
        yield form[0] + form[2] * 2, 1  # «جاف» and «جفاف»


@lru_cache(maxsize=8192)
def english_stem(word: str) -> str:
    """What is left of a folded English word: "sweating", "sweats" and "sweaty" are one."""
    for one, other in _SPELLED_BOTH_WAYS:
        word = word.replace(one, other)
    for _ in range(2):
        left = _ENGLISH_ENDS.sub("", word)
        word = left if len(left) >= _STEM_CHARS_MIN else word
    word = _DOUBLED_END.sub(r"\1", word)
    return word.removesuffix("i") if len(word) > _STEM_CHARS_MIN else word


@lru_cache(maxsize=4096)
def one_of_several(word: str) -> tuple[str, ...]:
    """What a folded word may say several of: «الألواح» may be of «لوح»; nothing for most words.

    Args:
        word: a folded word.
    """
    bare = dict.fromkeys((word, without_article(word)))  # «الواح» has no article
    found = ((re.fullmatch(shape, one), ones) for one in bare for shape, ones in _SHAPES)
    told = (one.format(*match.groups()) for match, ones in found if match for one in ones)
    return tuple(dict.fromkeys(told))
