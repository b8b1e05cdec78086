"""Whether what an answer grants, a reduction, a gift, a guarantee, is granted by a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hudhud.core.answering.checking.amounts import PERCENT
from hudhud.core.answering.checking.finding import Finding, What
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.naming import Named, named
from hudhud.core.answering.checking.numerals import numerals
from hudhud.core.answering.checking.reading import (
    TEXTS_KEPT_MAX,
    Clause,
    Plain,
    clauses,
    content,
    plain,
)
from hudhud.text import fold

TOPIC_CHARS_MAX = 1200
_PERCENT = re.compile(rf"(\d+(?:[.,٫]\d+)?){PERCENT}", re.IGNORECASE)
_NOT = re.compile(
    r"(?<!\w)(?:لا|ليست?|لم|لن|ما|مو|مش|غير|no|not|never|cannot|cant|dont|isnt|arent|without)(?!\w)"
)
# What denies a thing behind its name; «مجاني لا تخبر أحداً» denies nothing.
_NOT_AFTER = re.compile(
    r"(?:\W*\w+)?\W*(?:غير|ليست?|انته\w+|لا (?:يوجد|توجد|ي?شمل|تشمل|نقدم|يتوفر|تتوفر)|مو|مش"
    r"|(?:\w+ )?(?:not|isnt|arent|no longer|only))(?!\w)"
)
_OFF = re.compile(r"\boff\b|(?<!\w)(?:اقل|كاش باك)(?!\w)|cash ?back")
_ARABIC, _LATIN = re.compile("[ء-ي]{3}"), re.compile("[a-z]{3}")
# Whatever is spoken of is spoken of with these.
_WHENEVER = content(
    "خلال يوم يومين ايام ساعة ساعات اسبوع شهر شهور سنة كل"
    " within day days hour hours week month year"
)
_CODE = re.compile(
    r"(?:\bcode|\bvoucher|كود|كوبون|قسيم[ةه]|رمز الخصم)\s*(?:is|هو|خصم|الخصم)?\s*:?\s*[\"'«“(]?"
    r"(?P<code>[A-Z][A-Z0-9]{3,19})(?![\w-])"
)


class _Grant(NamedTuple):
    """A thing granted: how it is said, in folded words, and by what a text of ours grants it.

    One that is `bound` is granted only for what the text speaks of: where delivery is free, no
    shirt is.
    """

    what: What
    said: re.Pattern[str]
    by: re.Pattern[str]
    bound: bool


def _grant(what: What, said: tuple[str, ...], by: str, *, bound: bool = True) -> _Grant:
    return _Grant(what, re.compile("|".join(said)), re.compile(by), bound)


_REDUCED = _grant(
    "invented_discount",
    (
        r"(?<!\w)[وب]?(?:ال)?(?:خصم|خصومات|تخفيض|تخفيضات|كوبون)(?!\w)",
        r"\b(?:discount|coupon|promo code)",
    ),
    r"خصم|خصوم|تخفيض|عرض|عروض|كوبون|discount|coupon|offer|sale|\boff\b",
    bound=False,
)
_GRANTS = (
    _REDUCED,
    _grant(
        "invented_discount",
        (r"(?<!\w)ب?نصف? (?:ال)?(?:سعر|ثمن)", r"\bhalf (?:the )?price"),
        r"نصف? (?:ال)?(?:سعر|ثمن)|half (?:the )?price",
        bound=False,
    ),
    _grant(
        "invented_discount",
        (
            r"(?<!\w)[وب]?(?:ال)?(?:مجاني|مجانيه|مجانا|ببلاش|مجان)(?!\w)",
            r"(?:بدون|بلا) (?:مقابل|ثمن|اي ثمن)|(?<!\w)علي حسابنا",
            r"(?<!\w)(?:صفر|0) (?:دينار|ريال|درهم|جنيه)|سعر\w* صفر(?!\w)|ما عليك تدفع",
            r"\bon the house|\bno charge|\bcosts? nothing|\bcomplimentary|\bfree of charge",
            r"\b(?:for|is|its|are|totally|completely) free\b(?! (?:of|from|size|to|time|on))",
            r"\bfree (?:delivery|shipping|gift|return|item|sample)|\bzero dinars?",
        ),
        r"مجان|ببلاش|بدون مقابل|\bfree|complimentary|no charge",
    ),
    _grant(
        "invented_discount",
        (
            r"(?<!\w)[وال]*واحد والثاني|(?<!\w)قطعتين بسعر|كاش باك|\bcash ?back",
            r"(?<!\w)هديه (?:منا|من عندنا|مجانيه)|\bbuy one get|\b2 for 1\b",
            r"\ba (?:free )?gift from us|\bgive you a gift|\bgift card worth",
        ),
        r"والثاني|قطعتين بسعر|buy one|2 for 1|كاش باك|cash ?back|هديه (?:منا|مجان|مع)"
        r"|(?:free|a) gift|gift with",
    ),
    _grant(
        "false_promise",
        (
            r"ضمان (?:مدي الحياه|ابدي)|(?<!\w)و?(?:س?نعوض\w*|تعويض)(?!\w)",
            r"نضمن (?:لك |لكم )?(?:استرجاع|ارجاع|رد)|(?:توصيل|وصول)[^.]{0,30} مضمون(?!\w)",
            r"(?<!\w)(?:س|راح |رح |ب|ح)(?:نرجع|نعيد|نرد)\w*(?: لكم?)? (?:ال)?(?:فلوس|مبلغ|مصاري)",
            r"\blifetime (?:warranty|guarantee)|\bmoney back|\bfull refund|\bguaranteed delivery",
            r"\bwe(?:ll| will) (?:refund|compensate)|\bcompensation",
        ),
        r"ضمان|نضمن|مضمون|تعويض|نعوض|رجاع|استرداد|ترجيع|نرجع|نعيد|warrant|guarant|refund|return"
        r"|compensat",
    ),
)


def invented_discounts(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """Percentages off, discounts, free things and guarantees that no text of ours grants."""
    for clause in clauses(read.text):
        if clause.asks:
            continue
        folded = fold(clause.text)
        for grant in _GRANTS:
            found = grant.said.search(folded)
            if found and not _denied(folded, found) and not _granted(grant, found, clause, grounds):
                yield Finding(what=grant.what, found=found[0])
        code = _CODE.search(clause.text)
        if code and code["code"].casefold() not in grounds.folded:
            yield Finding(what="invented_discount", found=code["code"])
        reduced = _REDUCED.said.search(folded) or _OFF.search(folded)
        if reduced and not _denied(folded, reduced):
            granted = percents(grounds)
            for percent in _PERCENT.finditer(numerals(clause.text)):
                if _number(percent[1]) not in granted:
                    yield Finding(what="invented_discount", found=percent[0])


def percents(grounds: Grounds) -> frozenset[float]:
    """The percentages that a text of the merchant names."""
    return frozenset().union(*map(_percents, grounds.texts))


def _denied(folded: str, found: re.Match[str]) -> bool:
    before = folded[: found.start()]
    return bool(_NOT.search(before) or _NOT_AFTER.match(folded, found.end()))


def _granted(grant: _Grant, found: re.Match[str], clause: Clause, grounds: Grounds) -> bool:
    """Whether a text grants it for what the clause speaks of, or the question if it is silent."""
    said = content(f"{found.string[: found.start()]} {found.string[found.end() :]}")
    if not named(clause.text, grounds.shelf).products:
        said |= content(grounds.batch) - Named(grounds.products).words
    said, script = said - _WHENEVER, _LATIN if clause.text.isascii() else _ARABIC
    return any(
        grant.by.search(topic.folded)
        # A text in another language says it in words that cannot be compared.
        and (not grant.bound or said & topic.about or not script.search(topic.folded))
        for text in grounds.texts
        for topic in _topics(text)
    )


class _Topic(NamedTuple):
    folded: str
    about: frozenset[str]


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def _topics(text: str) -> tuple[_Topic, ...]:
    """What a text speaks of; a long one, line by line."""
    parts = (text,) if len(text) <= TOPIC_CHARS_MAX else tuple(text.split("\n"))
    return tuple(_Topic(fold(part), _about(part)) for part in parts)


def _about(part: str) -> frozenset[str]:
    return frozenset().union(*(content(clause.text) for clause in clauses(part)))


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def _percents(text: str) -> frozenset[float]:
    found = _PERCENT.finditer(numerals(plain(text).text))
    return frozenset(_number(one[1]) for one in found)


def _number(written: str) -> float:
    return float(written.replace(",", ".").replace("٫", "."))
