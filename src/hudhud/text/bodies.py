"""Numbers that measure somebody's body, in whatever they are counted; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from hudhud.text.folding import stems, words

# «وزني ٨٠ كيلو», "I weigh 80".
_BODY = frozenset(
    words("وزن طول عمر خصر محيط صدر ورك حوض weigh weighs weight weighing tall chest waist hips im")
)
_ABOUT = frozenset(words("حوالي تقريبا شي هو هي يعني نحو حول is around about approximately"))
_AGE = re.compile(r"(?:b[ei]?)?3[aou]?m[aou]?r\w{0,4}|aged?")
_WEIGHT = re.compile(r"w[aeiou]?z[aeiou]?n[aeiouy]{0,2}")


def of_a_body(said: Sequence[str], at: int, unit: Callable[[str], bool]) -> bool:
    """Whether the number at a place measures a body: «وزني حوالي ٨٠ كيلو», «٨٠ كيلو وزني».

    Args:
        said: folded words.
        at: the place of the number.
        unit: whether a folded word is what things are counted in.
    """
    before = [word for word in said[max(0, at - 2) : at] if word not in _ABOUT][-1:]
    after = said[at + 2 : at + 3] if unit("".join(said[at + 1 : at + 2])) else ()
    return any(not _BODY.isdisjoint(_bare(word)) for word in (*before, *after))


def _bare(word: str) -> set[str]:
    """A word with and without what leans on it, in Latin letters as it is spelled."""
    if word.isascii():
        body = "وزن" if _WEIGHT.fullmatch(word) else "عمر" if _AGE.fullmatch(word) else ""
        return {word, body} - {""}
    return {*stems(word), *stems(word.removeprefix("و"))}
