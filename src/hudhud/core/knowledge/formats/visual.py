"""A line as it is painted, from left to right, becomes one as it is read.

Arabic is painted as shapes of letters that run to the left. Unicode keeps letters, in the order in
which they are said; so shapes become letters, and whatever runs to the left is turned around.
Source: the display order of Unicode UAX 9, of which this is the way back for one line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from hudhud.core.knowledge.formats.block import CELLS

# Shares of the size of the signs: a wider gap is a space; a far wider one, another cell.
_SPACE: Final = 0.2
_CELL: Final = 1.6
_TOUCH: Final = 0.05

_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]+")
# Before a mark of its own NFKC puts a space, which would cut the word in two.
_SPACING_MARKS = re.compile("[\ufe70-\ufe7f]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
# What keeps running to the right within a line that runs to the left: words, whatever stands
# between two of them, and each number by itself. A sign before a number is not part of it.
_RIGHTWARD = re.compile(
    r"[A-Za-z\u00c0-\u024f](?:[^\u0590-\u08ff\ufb1d-\ufefc\t]*[A-Za-z\u00c0-\u024f0-9])?"
    r"|[$€£]?[0-9](?:[0-9.,:/+-]*[0-9])?[%$€£]?|[٠-٩۰-۹](?:[٠-٩۰-۹.,:/٫٬]*[٠-٩۰-۹])?"
)
_LEFTWARD = re.compile(r"[\u0590-\u08ff\ufb1d-\ufefc](?:.*[\u0590-\u08ff\ufb1d-\ufefc])?")
# No Arabic word begins with these letters, and many end with them.
_LAST = "ةى"


class Sign(NamedTuple):
    """One painted sign, and what it says (two letters, of a ligature); places in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


def logical(signs: Sequence[Sign], size: float, *, backwards: bool = False) -> str:
    """One line, as it is read.

    Args:
        signs: from left to right.
        size: of most of them, in points.
        backwards: Arabic was painted unturned, as `painted_backwards` says.
    """
    painted = _spaced(signs, size)
    if backwards:
        pieces = painted
    elif _runs_left(painted):
        pieces = _turned(painted)
    else:
        pieces = _turned_within(painted)
    text = _SHAPES.sub(lambda shapes: _letters(shapes[0]), "".join(pieces))
    cells = (" ".join(cell.split()) for cell in text.split("\t"))
    return CELLS.join(filter(None, cells))


def painted_backwards(lines: Iterable[Sequence[Sign]]) -> bool:
    """Whether a program painted Arabic to the right, as it would English: turned once too often.

    The letters tell: those that only end words would begin them.
    """
    right, wrong = 0, 0
    for signs in lines:
        for word in "".join(_turned(_spaced(signs, signs[0].size if signs else 1.0))).split():
            plain = "".join(char for char in _letters(word) if char.isalpha())
            right += plain[-1:] != "" and plain[-1:] in _LAST
            wrong += plain[:1] != "" and plain[:1] in _LAST
    return wrong > right


def _spaced(signs: Sequence[Sign], size: float) -> list[str]:
    """What the signs say, each a piece; marks stay with their letter, gaps become spaces."""
    pieces: list[str] = []
    end: float | None = None
    waiting = ""
    for sign in signs:
        if _is_mark(sign.text):
            # A mark has no width; where it stands, its letter begins or has not ended yet.
            if end is not None and sign.x0 < end - _TOUCH * size and pieces:
                pieces[-1] += sign.text
            else:
                waiting += sign.text
            continue
        if end is not None and sign.x0 - end > _CELL * size:
            pieces.append("\t")
        elif end is not None and sign.x0 - end > _SPACE * size:
            pieces.append(" ")
        pieces.append(sign.text + waiting)
        waiting = ""
        end = max(sign.x1, end or sign.x1)
    return pieces


def _is_mark(text: str) -> bool:
    return bool(text) and all(unicodedata.category(char) == "Mn" for char in text)


def _runs_left(pieces: Iterable[str]) -> bool:
    classes = [unicodedata.bidirectional(piece[0]) for piece in pieces if piece]
    return classes.count("R") + classes.count("AL") > classes.count("L")


def _turned(pieces: Sequence[str]) -> list[str]:
    """A line that runs to the left: turned around as a whole, what runs to the right back again."""
    turned: list[str] = []
    for start, end, rightward in reversed(_parted(pieces, _RIGHTWARD)):
        run = pieces[start:end]
        turned += run if rightward else [piece.translate(_MIRRORED) for piece in reversed(run)]
    return turned


def _turned_within(pieces: Sequence[str]) -> list[str]:
    """A line that runs to the right: only the Arabic in it is turned around."""
    made: list[str] = []
    for start, end, leftward in _parted(pieces, _LEFTWARD):
        run = pieces[start:end]
        made += _turned(run) if leftward else run
    return made


def _parted(pieces: Sequence[str], pattern: re.Pattern[str]) -> list[tuple[int, int, bool]]:
    """Runs of pieces, and whether each is of the pattern; it sees the first letter of each."""
    seen = "".join(piece[0] if piece else " " for piece in pieces)
    runs: list[tuple[int, int, bool]] = []
    at = 0
    for found in pattern.finditer(seen):
        if found.start() > at:
            runs.append((at, found.start(), False))
        runs.append((found.start(), found.end(), True))
        at = found.end()
    return [*runs, (at, len(pieces), False)] if at < len(pieces) else runs


def _letters(shapes: str) -> str:
    return unicodedata.normalize("NFKC", _SPACING_MARKS.sub(_mark, shapes))


def _mark(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0]).replace(" ", "").replace("ـ", "")
