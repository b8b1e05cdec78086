"""A name and an address in one run of words, with no sign between them; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders import addresses, names
from hudhud.responders.lexicon.places import KUNYA_TOWNS, STREETS
from hudhud.text import words

_NAME_WORDS_MAX = 4
_NAME_WORDS = 2
# Quarters that are called by two names of a man.
_OF_TWO = frozenset(
    tuple(words(one))
    for one in (
        "مبارك الكبير", "صباح السالم", "صباح الناصر", "صباح الاحمد", "عبدالله السالم",
        "عبدالله المبارك", "سعد العبدالله", "جابر الاحمد", "جابر العلي", "مدينه حمد", "مدينه عيسى",
        "بن محمود", "بنيد القار",
    )
) | KUNYA_TOWNS  # fmt: skip
_QUARTER = re.compile(r"ال\w{2,}[يئ]ه")
# «بيت ٣٠ سامر خوري», "5th floor Sara Adel": a house is told to its end.
_HOUSE_ENDS = re.compile(r"\d+\w{0,2}(?:\s+(?:floor|street|st|دور|طابق))?\s+(?=[^\W\d_])")


def begins(said: Sequence[str], at: int) -> int:
    """Where the address begins among folded words, of which a name stands first.

    Before a block stands its quarter, which nobody can list: «سامر خوري الجابرية قطعة ٥ شارع ٢».

    Args:
        said: the words.
        at: the first that surely is of an address.
    """
    block = next((n for n in range(1, at) if addresses.block(said[n : n + 2])), 0)
    if not block:
        return at - 1 if at > _NAME_WORDS and _QUARTER.fullmatch(said[at - 1]) else at
    if block > _NAME_WORDS and tuple(said[block - 2 : block]) in _OF_TWO:
        return block - 2
    then = said[block + 2 : block + 3]
    quartered = not then or then[0] in STREETS or then[0].isdecimal()
    alone = block == 1 or (block == _NAME_WORDS and not quartered)
    return block if alone else block - 1


def behind(part: str) -> tuple[str, str]:
    """An address, and the name that stands behind the number of its house; empty when none does."""
    for end in reversed(list(_HOUSE_ENDS.finditer(part))):
        name = part[end.end() :].strip(" ،,.-")
        sure = names.surely(name) and len(name.split()) <= _NAME_WORDS_MAX
        if sure and addresses.first_place(name) is None and not re.search(r"\d", name):
            return part[: end.end()].strip(" ،,.-"), name
    return part, ""
