"""Telephone numbers as people write them among other words (S5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hudhud.text.typed import latin_digits, typed_phone

DIGITS = range(7, 16)  # E.164 has 15 at most
# Countries of which a number with its code and no sign is believed to be one (9665…, 2010…).
REGION = (
    "IQ", "SA", "AE", "KW", "QA", "BH", "OM", "JO", "LB", "SY", "PS", "YE", "EG", "LY", "TN",
    "DZ", "MA", "SD", "MR", "TR", "IR",
)  # fmt: skip
# Between two digits people put spaces, dashes, dots and brackets; keyboards add invisible marks.
_BETWEEN = r"[\s().\-\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2066-\u2069]{0,4}"
WRITTEN = rf"(?<![\dA-Za-z+＋])(?:[+＋]\s?)?[(]?\d(?:{_BETWEEN}\d){{6,19}}(?![\dA-Za-z])"
_NUMBER, _GROUP = re.compile(WRITTEN), re.compile(r"[+＋]?\d+")


class Number(NamedTuple):
    """A number in a text, from `start` to before `end`; `e164` is empty when it can be none."""

    start: int
    end: int
    said: str
    e164: str

    @property
    def dialled(self) -> bool:
        """Whether it is written as telephone numbers are: a price does not begin with 0."""
        return typed_phone(self.said)[:1] in ("0", "+")


def written(text: str, country: str, *, near: str = "") -> Number | None:
    """The first telephone number that is written in a text; see `numbering.international`.

    Where only a part of what stands there is a number («2 07701234567»), that part is; where
    nothing is, the first that could have been meant as one.
    """
    unfit = None
    for found in _NUMBER.finditer(text):
        for number in _parts(found, country, near):
            if number.e164:
                return number
            unfit = unfit or number
    return unfit


def dialled_of(said: str, country: str, *, near: str = "") -> str:
    """A number as E.164, empty when it can be none.

    Where no country is known it is as it was written: only its length can be looked at.
    """
    if country:
        from hudhud.text.numbering import international  # noqa: PLC0415 - 20 ms, 3 MB

        return international(said, country, near=near)
    number = typed_phone(said)
    return number if len(number.removeprefix("+")) in DIGITS else ""


def _parts(found: re.Match[str], country: str, near: str) -> Iterator[Number]:
    """The whole, then what is left of it when groups of digits are taken away, longest first."""
    yield _number(found[0], found.start(), country, near)
    groups = list(_GROUP.finditer(latin_digits(found[0])))
    for size in range(len(groups) - 1, 0, -1):
        for first in range(len(groups) - size + 1):
            start, end = groups[first].start(), groups[first + size - 1].end()
            part = _number(found[0][start:end], found.start() + start, country, near)
            # «منزل ٥ ٩٩٨٧٦٥٤٣»: where no number begins with 0, one is written in one piece.
            if part.e164 and (part.dialled or (size == 1 and len(part.said) in DIGITS)):
                yield part


def _number(said: str, start: int, country: str, near: str) -> Number:
    return Number(start, start + len(said), said, dialled_of(said, country, near=near))
