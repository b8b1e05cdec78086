"""What has a number of its own in an address: a house, a flat, a floor, a street; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import without_article, words

# Each line is one thing, however it is called.
_KINDS = (
    "دار بيت منزل house home villa فيلا فله فلة bayt beit vella fella",
    "عمارة بناية مبنى building bldg 3mara 3emara 3omara emara bineye binaya bnayet binayet mabna",
    "برج tower borj burj",
    "شقة flat apartment apt appartement sha22a sha2a sha2et shaqqa shaqa sha8a chqa",
    "طابق دور floor taba2 tabe2 tabi2 tabek ta2be2",
    "بلوك block blk",
    "شارع street st road rd share3 shari3 shar3 sharea sharia",
    "زقاق زنقة zan2a zanka zenqa zan9a alley lane",
    "محلة",
    "باب door gate",
)
_OF = {
    form: at
    for at, row in enumerate(_KINDS)
    for word in words(row)
    for form in (word, f"*{spelled(word)}" if word.isascii() else word)
}
_ORDINALS = frozenset(
    words(
        "الاول الاولى الارضي الثاني الثانية التاني الثالث الثالثة التالت الرابع الرابعة الخامس "
        "الخامسة السادس السادسة السابع السابعة الثامن الثامنة التامن التاسع التاسعة العاشر العاشرة "
        "الاخير ground first second third fourth fifth sixth seventh eighth ninth tenth last top"
    )
)
_FIGURES = re.compile(r"\d{1,5}(?:[a-z]|st|nd|rd|th)?")
_NUMBER_OF = frozenset(words("رقم رقمها رقمه نمرة number no num ra2m raqm"))


def kind(word: str) -> int | None:
    """Which thing of an address a folded word calls; None: none. "apt" is what «شقة» is."""
    bare = without_article(word)
    found = _OF.get(bare)
    if found is None and word.isascii():
        joined = word[2:] if word[:2] in ("el", "al", "il") else word
        return _OF.get(f"*{spelled(word)}", _OF.get(f"*{spelled(joined)}"))
    return (
        found if found is not None or word[:1] not in "بو" else _OF.get(without_article(word[1:]))
    )


def numbers(word: str) -> bool:
    """Whether a folded word says which: «٩», "9b", «الخامس», "2nd"."""
    return bool(_FIGURES.fullmatch(word)) or word in _ORDINALS


def told(said: Sequence[str]) -> list[str]:
    """The words for what is told with its number: «عمارة ٩», "house number 27"."""
    plain = [word for word in said if word not in _NUMBER_OF]
    return [noun for noun, then in pairwise(plain) if kind(noun) is not None and numbers(then)]
