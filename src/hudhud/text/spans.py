"""What in a text has a direction of its own: addresses, phones, dates, codes, prices, numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Runs = Literal["rtl", "ltr"]
Kind = Literal["link", "phone", "price", "code", "number"]

_D = "[0-9٠-٩۰-۹]"
_NUMBER = rf"{_D}+(?:[.,٫٬:/]{_D}+)*"
_ARABIC_SIGN = r"(?:د|ر|ج|ل)\.\s?(?:ع|س|إ|ك|ب|ق|أ|م|ي|ل|ت|ج)\.?(?!\w)|دينار|ريال|درهم|جنيه|ليرة"
_LATIN_SIGN = (
    r"\$|€|£|(?:IQD|SAR|AED|KWD|BHD|QAR|OMR|JOD|EGP|YER|LYD|TND|MAD|DZD|SDG|SYP|LBP|USD|EUR)"
    r"(?![A-Za-z])"
)
# By their first match the earlier ones win: a phone in an address is no phone.
_SPAN = re.compile(
    rf"""
    (?P<link>(?:https?://|www\.)[^\s<>"«»]+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
        | (?<![\w.])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:com|net|org|io|me|iq|sa|ae|eg|kw|jo)
          (?:/[^\s<>"«»]*)?(?!\w)
        | (?<!\w)@[A-Za-z_][\w.]*)
    | (?P<rtl>(?<!\w){_NUMBER}\s?(?:{_ARABIC_SIGN})(?!\w) | (?<!\w)(?:{_ARABIC_SIGN})\s?{_NUMBER})
    | (?P<price>(?<!\w)(?:{_LATIN_SIGN})\s?{_NUMBER} | (?<!\w){_NUMBER}\s?(?:{_LATIN_SIGN}))
    | (?P<phone>[+＋]?(?<![\w.]){_D}(?:[ \-]?[(]?{_D}[)]?){{6,19}}(?![\w]))
    | (?P<number>(?<!\w)[-+−]?{_NUMBER}(?:(?<=[0-9])%)?(?![-_.:/]?\w))
    | (?P<code>(?<!\w)\#?[A-Za-z0-9]+(?:[-_./:][A-Za-z0-9]+)*(?!\w))
    """,
    re.VERBOSE,
)
_AFTER_LINK = ".,،؛;:!?؟)]}'…"
KEPT_MAX, KEPT_CHARS_MAX = 512, 1000
_HAS_DIGIT = re.compile(r"[0-9]")
# Without one of these nothing of it stands in a text, and in most texts stands none.
_MAY_STAND = re.compile(r"[0-9٠-٩۰-۹@:.]")


class Span(NamedTuple):
    """A part of a text, from `start` to before `end`, that is read as one piece."""

    start: int
    end: int
    kind: Kind
    runs: Runs


def spans(text: str) -> tuple[Span, ...]:
    """Every such part, in order; a Latin word alone is none, it is what the majority is made of."""
    return _kept(text) if len(text) <= KEPT_CHARS_MAX else _found(text)


def _found(text: str) -> tuple[Span, ...]:
    if not _MAY_STAND.search(text):
        return ()
    return tuple(span for match in _SPAN.finditer(text) if (span := _span(match)) is not None)


# One answer asks several times of the same text: when it is looked over, cut and isolated.
_kept = lru_cache(KEPT_MAX)(_found)


def _span(match: re.Match[str]) -> Span | None:
    name, said = match.lastgroup or "", match[0]
    start, end = match.span()
    if name == "link":
        return Span(start, start + len(said.rstrip(_AFTER_LINK)), "link", "ltr")
    if name == "rtl":
        return Span(start, end, "price", "rtl")
    if name == "code":
        if not _HAS_DIGIT.search(said):
            return None
        return Span(start, end, "code", "ltr")
    kinds: dict[str, Kind] = {"phone": "phone", "price": "price"}
    return Span(start, end, kinds.get(name, "number"), "ltr")
