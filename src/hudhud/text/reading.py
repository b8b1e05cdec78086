"""How a text is read: its direction and its language."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal

from hudhud.text.spans import Runs, spans

Language = Literal["ar", "en"]
KEPT_MAX, KEPT_CHARS_MAX = 1024, 1000


class _Strong(dict[int, str]):
    """What each character is: a strong letter that runs left (R) or right (L), or none."""

    def __missing__(self, code: int) -> str:
        runs = unicodedata.bidirectional(chr(code))
        self[code] = strong = "L" if runs == "L" else "R" if runs in ("R", "AL") else ""
        return strong


_STRONG = _Strong()


def direction(text: str) -> Runs:
    """The direction in which most of the strong letters of a text run; without any, `rtl`.

    Addresses, codes, phones and prices are no words of anybody's: a long link in an Arabic sentence
    does not turn it. A text of nothing else is read as they are.
    """
    return _kept(text) if len(text) <= KEPT_CHARS_MAX else _direction(text)


def _direction(text: str) -> Runs:
    return majority(_without(text)) or majority(text) or "rtl"


# Of one message it is asked by all who answer, check, cut and draw it.
_kept = lru_cache(KEPT_MAX)(_direction)


def majority(text: str) -> Runs | None:
    """The direction of most of its strong letters, whatever they belong to; None without any."""
    letters = text.translate(_STRONG)
    left = letters.count("L")
    right = len(letters) - left
    if left == right:
        return "rtl" if right else None
    return "ltr" if left > right else "rtl"


def language(text: str) -> Language:
    """`ar` or `en`, by the majority of strong letters; Arabic when there are none."""
    return "en" if direction(text) == "ltr" else "ar"


def _without(text: str) -> str:
    if text.isascii() and not any(char.isdigit() or char in "@:." for char in text):
        return text
    kept, end = [], 0
    for span in spans(text):
        kept.append(text[end : span.start])
        end = span.end
    return "".join([*kept, text[end:]])
