"""Letters that many people say alike, and so write for one another: تنضيف for تنظيف."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

TWINS_MAX = 4
_CHARS_MIN = 3

_TWINS = {
    "ض": "ظ", "ظ": "ضز", "ذ": "دز", "د": "ذ", "ز": "ذظ", "ث": "تس", "ت": "ثط", "ط": "ت",
    "س": "صث", "ص": "س", "ق": "كجغ", "ك": "ق", "غ": "ق", "ج": "ق",
}  # fmt: skip


@lru_cache(maxsize=4096)
def twins(word: str) -> tuple[str, ...]:
    """A folded Arabic word with one letter written as another that is said alike.

    Returns:
        At most `TWINS_MAX` spellings; most of them are no words.
    """
    return tuple(islice(_twins(word), TWINS_MAX)) if len(word) >= _CHARS_MIN else ()


def _twins(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        for twin in _TWINS.get(letter, ""):
            yield f"{word[:at]}{twin}{word[at + 1 :]}"
