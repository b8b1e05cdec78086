"""Numbers that a thing is called by, and that count nothing: «عشرين واط», "the 50 litre one"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hudhud.responders.selling.counting import Count, number
from hudhud.responders.selling.naming import Names
from hudhud.text import measuring, stems, words


def of_name(count: Count, said: Sequence[str], name: Sequence[str]) -> bool:
    """Whether a number and the word behind it stand so in a name: «بدلة ثلاث قطع»."""
    after = _units(said[count.end]) if count.end < len(said) else set()
    pairs = pairwise(name)
    return any(number(one) == count.value and after & _units(then) for one, then in pairs)


def _units(word: str) -> set[str]:
    """A word and its stems, each as what it measures in: "50 litre" is «50 لتر», and "50 L"."""
    return {measuring.UNITS.get(one, one) for one in stems(word)}


def in_a_name(word: str, after: str, names: Names) -> bool:
    """Whether a number and the word behind it are of a name that is sold: «عشرين واط»."""
    value = number(word)
    told = (name for p in names.products for name in (p.name_ar, p.name_en))
    if value is None or not after or word in ("a", "an"):
        return False
    count = Count(value=value, start=0, end=1, sure=False)
    return any(of_name(count, (word, after), words(name)) for name in told)
