"""Amounts of money in a text, as people write them: «٢٨ ألف», IQD 28,000, $5.50, «خمسة آلاف»."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from hudhud.core.answering.checking.numerals import numerals

_CODES: tuple[tuple[str, str], ...] = (
    (r"د\.\s?ع\.?|دينار عراقي|iqd|iraqi dinars?", "IQD"),
    (r"ر\.\s?س\.?|ريال سعودي|sar|saudi riyals?|﷼", "SAR"),
    (r"د\.\s?إ\.?|درهم إماراتي|aed|dhs?", "AED"),
    (r"د\.\s?ك\.?|دينار كويتي|kwd|kd", "KWD"),
    (r"د\.\s?ب\.?|دينار بحريني|bhd|bd", "BHD"),
    (r"ر\.\s?ق\.?|ريال قطري|qar|qr", "QAR"),
    (r"ر\.\s?ع\.?|ريال عماني|omr", "OMR"),
    (r"د\.\s?أ\.?|دينار أردني|jod|jd", "JOD"),
    (r"ج\.\s?م\.?|جنيه مصري|egp|le", "EGP"),
    (r"ر\.\s?ي\.?|ريال يمني|yer", "YER"),
    (r"د\.\s?ل\.?|دينار ليبي|lyd", "LYD"),
    (r"د\.\s?ت\.?|دينار تونسي|tnd", "TND"),
    (r"د\.\s?م\.?|درهم مغربي|mad", "MAD"),
    (r"د\.\s?ج\.?|دينار جزائري|dzd", "DZD"),
    (r"ج\.\s?س\.?|جنيه سوداني|sdg", "SDG"),
    (r"ل\.\s?س\.?|ليرة سورية|syp", "SYP"),
    (r"ل\.\s?ل\.?|ليرة لبنانية|lbp", "LBP"),
    (r"\$|دولار(?:ات)?|usd|dollars?", "USD"),
    (r"€|يورو|eur|euros?", "EUR"),
    (r"(?:ال)?دينار|دنانير|dinars?", "IQD KWD BHD JOD LYD TND DZD"),
    (r"(?:ال)?ريال(?:ات)?|riyals?|rials?", "SAR QAR OMR YER"),
    (r"(?:ال)?درهم|دراهم|dirhams?", "AED MAD"),
    (r"(?:ال)?جنيه(?:ات)?|pounds?", "EGP SDG"),
    (r"(?:ال)?ليرة|ليرات|lira", "SYP LBP"),
)
_CURRENCIES = [
    (re.compile(said, re.IGNORECASE), frozenset(codes.split())) for said, codes in _CODES
]
_CURRENCY = rf"(?:{'|'.join(said for said, _ in _CODES)})(?![^\W\d_])"
# Groups of three after a comma; after a point they may be decimals, so both are tried.
_GROUPS = r"\d{1,3}(?:[,٬،'’\u00a0\u202f]\d{3})+(?:[.٫]\d+)?"
_NUMBER = rf"(?:{_GROUPS}|\d{{1,3}}(?:\.\d{{3}})+|\d+(?:[.,٫]\d{{1,3}})?)"
_SCALES = {"ألف": 3, "الف": 3, "ألفا": 3, "الفا": 3, "ألفاً": 3, "آلاف": 3, "الاف": 3, "الآف": 3,
           "k": 3, "thousand": 3, "grand": 3, "مليون": 6, "ملايين": 6, "million": 6}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_HALF = r"(?:\s*و\s?(?:نصف?|نص)(?!\w))"
PERCENT = r"\s*(?:[%٪]|بالم[ئي][ةه]|في الم[ئي][ةه]|per ?cent)"
_MONEY = re.compile(
    rf"(?P<before>(?<![^\W\d_]){_CURRENCY})?\s*(?P<number>(?<![\d.,٬/:#_])(?<![A-Za-z]-){_NUMBER})(?![\d:/_])"
    rf"(?P<percent>{PERCENT})?(?:\s*(?P<scale>{_SCALE})(?![^\W\d_])(?P<half>{_HALF})?)?"
    rf"\s*(?P<after>{_CURRENCY})?",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"(?:[وب]?(?:ال)?سعر\w*|ثمن\w*|[يت]كلف\w*|[وب]?قيمت\w*|prices?|priced|costs?|pay)"
    r"(?:\s+(?:هو|هي|الآن|الان|is|at|now|of|only|just|was|today))*\s*[:=]?\s*(?:بـ?|ب)?\s*$",
    re.IGNORECASE,
)
_WEAK = re.compile(r"(?:(?<!\w)و?بـ?\s*|\b(?:for|at|only|just|=)\s*|=\s*)$", re.IGNORECASE)
_ENDED = re.compile(r"\s*(?:$|[.,،؛;!؟?\n)\]]|فقط|بس\b|only\b|لا غير|و|and\b|إلى|الى|to\b|-|–)")
_RANGE = re.compile(r"\s*(?:-|–|—|إلى|الى|لـ?|حتى|to|and|و|أو|او|or)\s*", re.IGNORECASE)
BARE_MIN = 1000  # a smaller number without a unit counts things


class Amount(NamedTuple):
    """One amount, in whole units: from `start` to before `end`.

    `values` are all that its writing may mean («28.000»), `currencies` all that its word may
    (دينار is that of seven countries), empty where none is said; `sure` that it must be money.
    """

    start: int
    end: int
    values: tuple[Decimal, ...]
    currencies: frozenset[str]
    sure: bool


def amounts(text: str, taken: tuple[tuple[int, int], ...] = ()) -> list[Amount]:
    """Every amount of a plain text, in order.

    Args:
        text: as `reading.plain` made it.
        taken: stretches that are something else: addresses, telephone numbers.
    """
    shown = numerals(text)
    matches = [
        match
        for match in _MONEY.finditer(shown)
        if not match["percent"]
        and not any(s < match.end("number") and match.start("number") < e for s, e in taken)
    ]
    found: list[Amount] = []
    for place, match in enumerate(matches):
        later = matches[place + 1] if place + 1 < len(matches) else None
        ranged = later is not None and _RANGE.fullmatch(shown, match.end(), later.start("number"))
        of = (
            later
            if ranged
            and later is not None
            and not (match["scale"] or match["after"] or match["before"])
            else match
        )
        amount = _amount(shown, match, of)
        if amount is not None:
            found.append(amount)
    return found


def _amount(text: str, match: re.Match[str], of: re.Match[str]) -> Amount | None:
    scale, said = of["scale"], of["before"] or of["after"] or ""
    unit = bool(scale or said)
    values = _values(match["number"])
    if scale:
        values = tuple(value * 10 ** _SCALES[scale.lower()] for value in values)
    if match["half"]:
        values = tuple(value + Decimal(10 ** _SCALES[scale.lower()]) / 2 for value in values)
    before, ended = text[: match.start("number")], _ENDED.match(text, match.end())
    priced = bool(_STRONG.search(before)) or bool(_WEAK.search(before) and ended)
    grouped = not match["number"].isdigit() or max(values) >= BARE_MIN
    if not unit and not priced and not (grouped and ended and max(values) >= BARE_MIN):
        return None
    start = match.start("before") if match["before"] else match.start("number")
    end = max(match.end(name) for name in ("number", "scale", "half", "after"))
    return Amount(start, end, values, _currencies(said), sure=unit or priced)


def _values(number: str) -> tuple[Decimal, ...]:
    bare = re.sub(r"[٬'’\u00a0\u202f]", "", number).replace("٫", ".")
    if re.fullmatch(r"\d{1,3}(?:[,،]\d{3})+(?:\.\d+)?", bare):
        return (Decimal(re.sub("[,،]", "", bare)),)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", bare):
        whole = Decimal(bare.replace(".", ""))
        return (whole, Decimal(bare)) if bare.count(".") == 1 else (whole,)
    return (Decimal(bare.replace(",", ".").replace("،", ".")),)


def _currencies(said: str) -> frozenset[str]:
    return next(
        (codes for form, codes in _CURRENCIES if said and form.fullmatch(said)), frozenset()
    )
