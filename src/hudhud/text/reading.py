"""How a text is read: its direction and its language."""

from __future__ import annotations

import unicodedata
from typing import Literal

from hudhud.text.spans import Runs, spans

Language = Literal["ar", "en"]


def direction(text: str) -> Runs:
    """The direction in which most of the strong letters of a text run; without any, `rtl`.

    Addresses, codes, phones and prices are no words of anybody's: a long link in an Arabic sentence
    does not turn it. A text of nothing else is read as they are.
    """
    return majority(_without(text)) or majority(text) or "rtl"


def majority(text: str) -> Runs | None:
    """The direction of most of its strong letters, whatever they belong to; None without any."""
    classes = [unicodedata.bidirectional(char) for char in text]
    left, right = classes.count("L"), classes.count("R") + classes.count("AL")
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
