"""How a text is read: its direction and its language."""

from __future__ import annotations

import unicodedata
from typing import Literal

Language = Literal["ar", "en"]


def direction(text: str) -> Literal["rtl", "ltr"]:
    """The direction in which most of the strong letters of a text run; without any, `rtl`."""
    classes = [unicodedata.bidirectional(char) for char in text]
    return "ltr" if classes.count("L") > classes.count("R") + classes.count("AL") else "rtl"


def language(text: str) -> Language:
    """`ar` or `en`, by the majority of strong letters; Arabic when there are none."""
    return "en" if direction(text) == "ltr" else "ar"
