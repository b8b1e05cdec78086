"""Cuts a long text into parts that a channel takes, where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

_LIMIT_MIN = 4  # one character in UTF-8
# Best border first; each match is the last thing in its part.
_BORDERS = tuple(re.compile(border) for border in (r"\n\s*\n", r"\n", r"[.!?؟…。؛;](?=\s)", r"\s"))


def split_text(text: str, limit: int, *, measure: Callable[[str], int] = len) -> list[str]:
    """Cut a text into parts; nothing is lost but whitespace at the cuts.

    The cut falls after a paragraph, else a line, a sentence, a word, a grapheme; only a single
    grapheme over the limit is cut inside.

    Args:
        text: what to send.
        limit: the largest `measure` of a part, at least 4.
        measure: length of a piece: `len` for characters, `utf8_bytes` for bytes. At least one per
            character, and it must not shrink when a piece grows.

    Returns:
        The parts in order, none empty; an empty list for a blank text.

    Raises:
        ValueError: the limit is below 4.
    """
    if limit < _LIMIT_MIN:
        raise ValueError(f"limit must be at least {_LIMIT_MIN}")
    parts, rest = [], text.strip()
    while rest:
        cut = _cut(rest, limit, measure)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return parts


def utf8_bytes(text: str) -> int:
    """Length in UTF-8 bytes: a `measure` for `split_text`."""
    return len(text.encode("utf-8", "surrogatepass"))


def grapheme_starts(text: str) -> Iterator[int]:
    """Where each thing that a reader sees as one character begins (marks, emoji, flags, CR LF).

    Source: the cases of Unicode UAX 29 that chat messages hold; Hangul and Indic conjuncts are
    not among them.
    """
    flags = 0
    for place, char in enumerate(text):
        before = text[place - 1] if place else ""
        flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        flags = flags + 1 if flag else 0
        joined = (
            unicodedata.category(char)[0] == "M"
            or "\u200d" in (char, before)
            or "\U0001f3fb" <= char <= "\U0001f3ff"
            or (before, char) == ("\r", "\n")
            or (flag and flags % 2 == 0)
        )
        if not joined or not place:
            yield place


def _cut(text: str, limit: int, measure: Callable[[str], int]) -> int:
    room = _longest(text, limit, measure)
    if room == len(text):
        return room
    for border in _BORDERS:
        ends = [found.end() for found in border.finditer(text, 0, room + 1)]
        # A border in the first third would make a needlessly short part; a finer one is kinder.
        if ends and ends[-1] * 3 >= room:
            return min(ends[-1], room)
    starts = [start for start in grapheme_starts(text[: room + 1]) if start]
    return starts[-1] if starts else room


def _longest(text: str, limit: int, measure: Callable[[str], int]) -> int:
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= limit else (low, middle - 1)
    return low
