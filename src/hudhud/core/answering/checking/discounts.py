"""Whether a reduction, a gift or something free that an answer promises stands in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.reading import Plain, clauses, plain
from hudhud.text import fold

_PERCENT = re.compile(
    r"(\d+(?:[.,٫]\d+)?)\s*(?:[%٪]|بالم[ئي][ةه]|في الم[ئي][ةه]|per ?cent)", re.IGNORECASE
)
_NOT = re.compile(
    r"(?<!\w)(?:لا|ليست?|لم|لن|ما|مو|مش|بدون|غير|دون|no|not|never|without|cannot|can't|don't"
    r"|isn't)(?!\w)",
    re.IGNORECASE,
)
# What is promised, in folded words, and by which words a text of the merchant grants it.
_GRANTS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(
            r"(?<!\w)(?:ال)?(?:خصم|خصومات|تخفيض|تخفيضات|كوبون)(?!\w)"
            r"|\b(?:discount|coupon|promo code)"
        ),
        ("خصم", "خصومات", "تخفيض", "عرض", "كوبون", "discount", "coupon", "offer", "sale"),
    ),
    (
        re.compile(r"(?<!\w)نصف? (?:ال)?سعر|\bhalf (?:the )?price"),
        ("نصف السعر", "نص السعر", "half price"),
    ),
    (
        re.compile(
            r"(?<!\w)(?:ال)?(?:مجاني|مجانيه|مجانا|ببلاش|بالمجان)(?!\w)|\b(?:for|is) free\b"
            r"|\bfree (?:delivery|shipping|of charge|gift|return|item|sample)"
        ),
        ("مجان", "ببلاش", "free"),
    ),
)


def invented_discounts(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """Percentages off, discounts and free things that no text of the merchant grants."""
    granted = percents(grounds)
    for clause in clauses(read.text):
        if clause.asks or _NOT.search(clause.text):
            continue
        folded = fold(clause.text)
        for said, granting in _GRANTS:
            found = said.search(folded)
            if found and not any(word in grounds.folded for word in granting):
                yield Finding(what="invented_discount", found=found[0])
        reduces = _GRANTS[0][0].search(folded) or re.search(r"\boff\b", folded)
        for percent in _PERCENT.finditer(clause.text):
            if reduces and _number(percent[1]) not in granted:
                yield Finding(what="invented_discount", found=percent[0])


def percents(grounds: Grounds) -> frozenset[float]:
    """The percentages that a text of the merchant names."""
    told = "\n".join(plain(text).text for text in grounds.texts)
    return frozenset(_number(one[1]) for one in _PERCENT.finditer(told))


def _number(written: str) -> float:
    return float(written.replace(",", ".").replace("٫", "."))
