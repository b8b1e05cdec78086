"""What is the customer's own is what a thing is for, and not what is wanted; pure.

«خواتمي الفضية اسودّت، عندكم شي؟» wants no ring: what is called a ring stands behind what is good
for one. A «حامل موبايل» is no phone, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

import msgspec

from hudhud.model import Product
from hudhud.responders.lexicon import forms
from hudhud.text import Told, arabic_spellings, own_things, stems, synonyms, words

# What is called as what they have already counts so much.
_THE_SAME: Final = 0.7
# Where the English name of a thing ends with what it is, and only more about it follows.
_ENDS: Final = re.compile(r",| with | for | in | of | on | without | \(|\d")

_FEMININE: Final = re.compile(r"(?<=\w\w)ا?ت(?:ي|نا)$")
# Of what is gone another one is wanted: «شاحني خربان».
_GONE: Final = Told(
    r"[وف]?(?:خرب|خسر|بايظ|باظ|ان?ت?كسر|تكسر|مكسور|احترق"
    r"|انحرق|ضاع|ضيع|انسرق|اتسرق|سرق|خلص|قديم|عطل|معطل|تعطل)\w*"
    r"|broke|broken|died|dead|lost|stolen|worn|replace|replacement|another|new"
)
# Who tells of a thing of theirs without asking for anything may want another one.
_SOUGHT: Final = frozenset(
    words(
        "شي شيء شئ اشي حاجه حاجات حل عندكم عندكن عندكو عندك عدكم عدكن لديكم تنصحوني تنصحونا "
        "تنصحني تنصحون بتنصحوني شنو شو ايش وش اش ينفع انفع يلزمه يلزمها ما shi 7aja hal 7al "
        "3andkom 3endkom 3andkon 3endkon 3ndkom 3endkun shu sho something anything any what how "
        "got have recommend suggest"
    )
)


def owned(texts: Iterable[str]) -> frozenset[str]:
    """The folded words of a batch for what is the customer's own, where something is sought for it.

    Args:
        texts: the messages of the batch.
    """
    said = [*texts]
    plain = [word for text in said for word in words(text)]
    if _SOUGHT.isdisjoint(plain) or any(map(_GONE.fullmatch, plain)):
        return frozenset()
    return frozenset(word for text in said for word in own_things(text))


def for_theirs(found: Sequence[Product], own: AbstractSet[str]) -> list[Product]:
    """What the search found, what is called as the customer's own thing behind what is for it.

    Args:
        found: what fits the words of the batch, best first.
        own: as `owned` gives them.
    """
    told = [
        msgspec.structs.replace(one, score=one.score * _THE_SAME) if the_same(one, own) else one
        for one in found
    ]
    return sorted(told, key=lambda product: -product.score)


def the_same(product: Product, own: AbstractSet[str]) -> bool:
    """Whether a product is called as what the customer has already, and is nothing for it.

    Args:
        product: one of the shop's.
        own: as `owned` gives them.
    """
    arabic, english = _heads(product.name_ar, product.name_en)
    return any(
        # What is a "screen" in English alone may be a «حماية شاشة».
        not (arabic | english if word.isascii() else arabic).isdisjoint(_called(word))
        for word in own
    )


@lru_cache(maxsize=2048)
def _heads(arabic: str, english: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a thing is, of all that its names tell: their first Arabic word, their last English."""
    first, last = words(arabic)[:1], words(_ENDS.split(english)[0])[-1:]
    return _forms_of(first), _forms_of(last)


def _forms_of(said: Iterable[str]) -> frozenset[str]:
    return frozenset(form for word in said for form in forms(word))


@lru_cache(maxsize=2048)
def _called(word: str) -> frozenset[str]:
    guesses = (word, *arabic_spellings(word))
    bare = {one for guess in guesses for one in stems(guess)}
    # «سجادتي» of «سجادة», «ورداتي» of «وردة»
    bare |= {_FEMININE.sub("ه", guess) for guess in guesses}
    bare |= {one for guess in bare for one in forms(guess)}
    return frozenset(bare.union(*(synonyms(one) for one in bare)))
