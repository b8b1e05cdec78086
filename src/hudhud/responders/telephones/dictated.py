"""Telephone numbers said in words: digit by digit, in pairs, in hundreds, "double five" (S5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from hudhud.responders.spoken import digit
from hudhud.text import words

_DIGITS_MIN = 7
_TENS = range(20, 100, 10)
_GREATER = {
    word: value
    for value, row in (
        (10, "عشره عشر ten 3ashra"), (11, "احدعش احداش حداشر حدعش eleven"),
        (12, "اثناعش اثنعش اطناعش اطنعش اتناشر ثنعش twelve"),
        (13, "ثلطعش ثلاثطعش تلطعش تلتاشر ثلاثعش thirteen"),
        (14, "اربعطعش اربعتاشر اربعتعش fourteen"), (15, "خمسطعش خمستاشر خمستعش fifteen"),
        (16, "سطعش ستطعش ستاشر ستعش sixteen"), (17, "سبعطعش سبعتاشر سبعتعش seventeen"),
        (18, "ثمنطعش ثمانطعش تمنطعش تمنتاشر ثمنتعش eighteen"),
        (19, "تسعطعش تسعتاشر تسعتعش nineteen"),
        (20, "عشرين عشرون twenty 3eshrin"), (30, "ثلاثين ثلاثون تلاتين thirty tlatin"),
        (40, "اربعين اربعون forty arb3in"), (50, "خمسين خمسون fifty khamsin"),
        (60, "ستين ستون sixty settin"), (70, "سبعين سبعون seventy sab3in"),
        (80, "ثمانين ثمانون تمانين eighty tmanin"), (90, "تسعين تسعون ninety tes3in"),
        (100, "ميه مايه مئه مائه hundred"), (200, "ميتين ميتان مئتين مئتان مائتين"),
        (300, "ثلاثميه ثلثميه تلتميه ثلاثمئه ثلاثمائه"), (400, "اربعميه ربعميه اربعمئه اربعمائه"),
        (500, "خمسميه خمسمئه خمسمائه"), (600, "ستميه ستمئه ستمائه"),
        (700, "سبعميه سبعمئه سبعمائه"), (800, "ثمانميه ثمنميه تمنميه ثمانمئه ثمانمائه"),
        (900, "تسعميه تسعمئه تسعمائه"),
    )
    for word in words(row)
}  # fmt: skip
_TIMES = {
    word: times for times, row in ((2, "دبل double"), (3, "تربل triple")) for word in words(row)
}
_TWICE = frozenset(words("مرتين twice"))
_PLUS = frozenset(words("زائد بلس plus"))
# Said between the digits of one number.
_BETWEEN = frozenset(words("ثم بعدين بعدها و then and dash شرطة"))
_PIECE = re.compile(r"[^\s،,؛;.:\-]+")
# «وحدة 120×160» is one of that size.
_SIZE = re.compile(r"\d\s*[x×*]\s*\d", re.IGNORECASE)


class Dictated(NamedTuple):
    """A number in a text, from `start` to before `end`: its digits, with a + if it was said."""

    start: int
    end: int
    digits: str


class _Run:
    """Digits in the making; `open` is a number to which «و…» may still add."""

    def __init__(self, start: int) -> None:
        self.start, self.end, self.parts = start, start, [""]
        self.open: int | None = None
        self.times = 1

    def __str__(self) -> str:
        return "".join(self.parts) + ("" if self.open is None else str(self.open))

    def hear(self, word: str) -> bool:
        """Take one word, if it goes on the number."""
        core = word.removeprefix("و")
        joined = core != word and _value(core) is not None and _value(word) is None
        value = _value(core if joined else word)
        if word in _TIMES:
            self.times = _TIMES[word]
        elif word in _TWICE and (said := str(self)):
            self._close()
            self.parts.append(said[-1])
        elif value is not None:
            self._add(value, joined=joined, latin=word.isascii())
        elif word.isdigit() or (word in _PLUS and not str(self)):
            self._close()
            self.parts.append(word if word.isdigit() else "+")
        else:
            return word in _BETWEEN and bool(str(self))
        return True

    def _add(self, value: int, *, joined: bool, latin: bool) -> None:
        before = self.open or 0
        if value == 100 and not joined and before in range(2, 10):  # noqa: PLR2004 - «سبع مية»
            self.open = before * value
        elif before and (joined or latin) and _adds(before, value, latin=latin):
            self.open = before + value
        else:
            self._close()
            self.open = value
        if self.times > 1:
            said, self.open = str(self.open) * self.times, None
            self.parts.append(said)
            self.times = 1

    def _close(self) -> None:
        self.parts.append("" if self.open is None else str(self.open))
        self.open = None


def dictated(text: str) -> Dictated | None:
    """The longest number that a text says in words, wholly or in part; None when it says none.

    «صفر سبعمية وسبعين مية وثلاثة وعشرين…», "oh double seven zero…". What is written in digits
    alone is none: `text.phones` reads that.
    """
    # Nearly every text says none, and every answer is looked through for numbers of others.
    if not any(_told(word) for word in words(text)):
        return None
    best: Dictated | None = None
    run, in_words = _Run(0), False
    for piece in [*_PIECE.finditer(text), None]:
        said = words(piece[0]) if piece and not _SIZE.search(piece[0]) else []
        if piece and said and all(run.hear(word) for word in said):
            if not run.end:
                run.start = piece.start()
            if said[-1] not in _BETWEEN:
                run.end = piece.end()
            in_words |= not piece[0].isdigit()
            continue
        digits = str(run)
        if in_words and len(digits) > max(_DIGITS_MIN - 1, len(best.digits) if best else 0):
            best = Dictated(run.start, run.end, digits)
        run, in_words = _Run(0), False
    return best


def spoken_number(text: str) -> str:
    """The digits of the number that a text says in words; else empty."""
    found = dictated(text)
    return found.digits if found else ""


def _adds(before: int, value: int, *, latin: bool) -> bool:
    """Whether the second number goes on the first: «سبعة وسبعين», "seventy seven", «مية وخمسة»."""
    units = before % 10
    if latin:
        return before % 100 in _TENS and value in range(1, 10)
    if before % 100 == 0:
        return value in range(1, 100)
    return units > 0 and before % 100 == units and value in _TENS


def _told(word: str) -> bool:
    return _value(word) is not None or _value(word.removeprefix("و")) is not None


def greater(word: str) -> int:
    """What a folded word of ten or more says as a number, in any dialect; else 0."""
    return _GREATER.get(word, 0)


def _value(word: str) -> int | None:
    known = digit(word)
    return int(known) if known else _GREATER.get(word)
