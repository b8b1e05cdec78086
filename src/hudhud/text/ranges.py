"""Two numbers that are the ends of one range: «2-3», «من سنتين لثلاث», "age 2 to 3"; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from hudhud.text.folding import fold, words

# Between the ends of a range in folded words: no word of anybody's.
TO = "~"
_DASH = re.compile(r"(?<=\d)[mM]?[-–—‑](?=\d)")
# Spaces may stand around what tells one thing from the next: «قميص 2 - 3 بنطلون».
_SPACED = re.compile(r"(?<=\d)\s+[-–—‑]\s*(?=\d)|(?<=\d)[-–—‑]\s+(?=\d)")
# «19.500» is money, and «1.2.3» a version.
_DECIMAL = re.compile(r"(?<![\w.٫])(\d{1,4})[.٫](\d{1,2})(?![\d.٫])")
_TILL = frozenset(words("الى ل لل لحد لغايه حتى to till until la lal ila ela"))
_FROM = frozenset(words("من بين ما from between men min mn"))
_YEARS = frozenset(
    words("سنة سنوات سنين عام اعوام سنتين سنتان عامين year years yr yrs sana sne sene snin sneen y")
)
_MONTHS = frozenset(
    words("شهر اشهر شهور شهرين شهران month months mths mo m shahr shaher shhour shohour ashhor")
)
_DUALS = frozenset(words("سنتين سنتان عامين شهرين شهران")) | frozenset(
    ["santen", "santein", "senten", "sentein", "snten", "sntein", "shahren", "shahrein"]
)
_ALONE = frozenset(words("سنة عام شهر"))
_AGES = _YEARS | _MONTHS | _DUALS
_FIGURE = re.compile(r"(\d{1,3})(m|mo|y|yr|yrs|شهر|اشهر|شهور|سنه|سنوات)?")
_MONTHS_OF_A_YEAR = 12

Number = Callable[[str], int | None]
Said = Callable[[str], bool]


class Range(msgspec.Struct, frozen=True):
    """Two ends, the places from which and up to which folded words say them, and if it is sure.

    Words alone may be of anything: «خليها من ٢ ل ٣» changes how many.
    """

    low: int
    high: int
    start: int
    end: int
    sure: bool

    @property
    def ends(self) -> tuple[int, int]:
        """The smaller end and the greater, in whichever order they were written."""
        return min(self.low, self.high), max(self.low, self.high)


class _End(msgspec.Struct, frozen=True):
    value: int
    after: int
    unit: str


def ranged(text: str) -> list[str]:
    """The folded words of a text, with a sign between the ends of each range that a dash tells.

    A number with its fraction is one word: «2.5».

    Args:
        text: as somebody wrote it.
    """
    spaced = _SPACED.sub(" الى ", text)
    first, *rest = (_whole(part) for part in _DASH.split(spaced))
    return [*first, *(word for part in rest for word in (TO, *part))]


def _whole(text: str) -> list[str]:
    """The folded words, with a number and its fraction in one."""
    said, at = list[str](), 0
    for one in _DECIMAL.finditer(text):
        said += [*words(text[at : one.start()]), f"{fold(one[1])}.{fold(one[2])}"]
        at = one.end()
    return [*said, *words(text[at:])]


def ranges(said: Sequence[str], number: Number, sizing: Said, thing: Said) -> list[Range]:
    """The ranges that folded words say, in the order said.

    Args:
        said: as `ranged` gives them, or plain.
        number: what a folded word says as a number.
        sizing: whether a number behind this word is a size.
        thing: whether a word behind a number is what it counts: "2-3 pieces".
    """
    found, at = list[Range](), 0
    while at < len(said):
        one = _range(said, at, number, sizing, thing)
        if one is not None:
            found.append(one)
        at = one.end if one is not None else at + 1
    return found


def _range(said: Sequence[str], at: int, number: Number, sizing: Said, thing: Said) -> Range | None:
    first = _end(said, at, number)
    if first is None or first.after >= len(said):
        return None
    then = said[first.after]
    dashed = then == TO
    if dashed or then in _TILL:
        second = _end(said, first.after + 1, number)
    elif then[:1] == "ل":
        second = _end(
            [*said[: first.after], then[1:], *said[first.after + 1 :]], first.after, number
        )
    else:
        return None
    if second is None or second.value == first.value:
        return None
    before = [word for word in said[max(0, at - 2) : at] if word not in _FROM][-1:]
    aged = bool(first.unit or second.unit) or any(map(sizing, before))
    counted = second.after < len(said) and thing(said[second.after])
    low = first.value
    year = first.unit in _MONTHS and second.unit in _YEARS
    high = second.value * (_MONTHS_OF_A_YEAR if year else 1)
    return Range(low, high, at, second.after, aged or (dashed and not counted))


def _end(said: Sequence[str], at: int, number: Number) -> _End | None:
    """One end of a range, with the unit behind it: «٣ سنوات», «سنتين», "6m"."""
    if at >= len(said) or not said[at]:
        return None
    word = said[at]
    if word in _DUALS:
        return _End(2, at + 1, "شهر" if word[0] == "ش" or word.startswith("sh") else "سنه")
    if word in _ALONE:
        return _End(1, at + 1, word)
    figure = _FIGURE.fullmatch(word)
    value = int(figure[1]) if figure else number(word)
    if value is None:
        return None
    unit = figure[2] or "" if figure else ""
    after = at + 1
    after += after + 1 < len(said) and said[after] == "x" and said[after + 1] in _AGES
    if not unit and after < len(said) and said[after] in _AGES:
        return _End(value, after + 1, said[after])
    return _End(value, at + 1, unit)
