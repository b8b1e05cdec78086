"""An answer as the checks read it: as an eye sees it, in Latin digits, cut into clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hudhud.responders.spoken import digit
from hudhud.text import search_terms, stems, words

# A point ends a clause only before a space: no decimal sign, no «د.ع», no address has one there.
_CLAUSE_ENDS = re.compile(r"[\n;؛!؟?…|]+|[,،](?=\s)|(?<!د)\.(?=\s|$)|\s[–—-]\s")
# Said beside any price or stock, whatever it is of.
PRICE_WORDS = frozenset(
    words(
        "سعر سعره سعرها اسعار بسعر ثمن ثمنه تكلفة يكلف كلفة قيمة فقط حاليا دينار ريال درهم "
        "جنيه ليرة الف الاف الفا نعم هو هي منه منها له لها عندنا لدينا قطعة قطع قطعتين "
        "القطعتين حبة حبتين الحبتين الواحد الواحدة للقطعة الان اليوم من الى متوفر متوفرة متاح "
        "متاحة موجود موجودة بقي متبقي دع رس price prices priced cost costs costing thousand "
        "only dinar dinars riyal riyals dirham dirhams pound pounds iqd sar aed egp jod kwd "
        "usd amount now total available stock currently sold out left yes it its is are the "
        "this that each per piece pieces item items one today from to between and have we"
    )
)


# The texts of a merchant stand behind answer after answer.
TEXTS_KEPT_MAX = 2048


class Clause(NamedTuple):
    """A part of a text that says one thing: from `start` to before `end`; `asks` for a question."""

    start: int
    end: int
    text: str
    asks: bool


class Plain(NamedTuple):
    """A text as it is compared, and for each of its characters the place in the original."""

    text: str
    places: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch of the original."""
        return self.places[start], self.places[end - 1] + 1


class _Seen(dict[str, str]):
    """What an eye takes each character for; filled as characters are met."""

    def __missing__(self, char: str) -> str:
        self[char] = seen = _seen(char)
        return seen


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in ("Cf", "Mn", "Me") or char == "ـ":
        return ""
    form = unicodedata.normalize("NFKC", char)
    if category[0] in "LN" and form.isalnum():
        return form  # «①», «𝐟𝐫𝐞𝐞», «ﻻ»
    wide = "！" <= char <= "～" and len(form) == 1
    return form if wide else "." if char in "。｡۔" else char


_SEEN = _Seen()


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def plain(text: str) -> Plain:
    """The text without what is not seen (zero-width, bidi, vowel marks, kashida), digits in 0-9.

    Letters and signs that are others in another dress (full width, circled, bold) become those.
    """
    seen = [_SEEN[char] for char in text]
    shown = "".join(seen)
    if len(shown) == len(text) and "" not in seen:
        return Plain(shown, range(len(text)))
    return Plain(shown, tuple(at for at, form in enumerate(seen) for _ in form))


@lru_cache(maxsize=256)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a plain text, in order."""
    found, start = [], 0
    for cut in _CLAUSE_ENDS.finditer(text):
        found.append(Clause(start, cut.start(), text[start : cut.start()], _asks(cut[0])))
        start = cut.end()
    found.append(Clause(start, len(text), text[start:], asks=False))
    return tuple(clause for clause in found if clause.text.strip())


def content(text: str) -> frozenset[str]:
    """The words of a text, in all their spellings, that say what it is about."""
    terms = (term for term in search_terms(text) if not term.isdigit())
    return frozenset(form for term in terms for form in _stems(term)) - PRICE_WORDS


def about(text: str) -> list[str]:
    """The terms of a text that say what it is about, without those of prices and stock."""
    return [
        term
        for term in search_terms(text)
        if not (term.isdigit() or digit(term)) and PRICE_WORDS.isdisjoint(_stems(term))
    ]


@lru_cache(maxsize=4096)
def _stems(term: str) -> tuple[str, ...]:
    return stems(term)


def _asks(mark: str) -> bool:
    return "?" in mark or "؟" in mark
