"""What a merchant's own row leaves to a colleague: «أرسل القياسات ويعطيك زميلنا السعر»; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from hudhud.model import Faq
from hudhud.responders.lexicon import Understood
from hudhud.responders.spoken import digit
from hudhud.text import words

_COLLEAGUE: Final = re.compile("زميل|زملا|فريقنا|مندوبنا|موظفنا|مسؤول|colleague|our team|someone")
_QUOTES: Final = re.compile("سعر|عرض|تسعير|كلف|ثمن|quot|offer|price|cost|estimate")
_SENTENCE: Final = re.compile(r"[.؟?!\n]+")


# "Send the model and the quantity": without a thing that is named there is nothing to quote yet.
_WHICH: Final = re.compile(
    r"موديل|المنتج|الصنف|القطعه|القطعة|\bmodel|\bitem|\bproduct", re.IGNORECASE
)
_FROM_HOW_MANY: Final = re.compile(
    r"\b(?:من|اقل|ابتداء من|ابتداء|شحال|م) (?:كم|كام|كمية|كميه|عدد|قديش|شكد|جم|كمين)\b"
    r"|\bكم (?:اقل|الحد)\b|\bحد ادني|الحد الادني"
    r"|\b(?:minimum|how many|min order|moq)\b|\b(?:men|mn|min) (?:kam|2adesh|adesh)\b"
)


def quoted(rows: Iterable[Faq], readings: Iterable[Understood], *, named: bool) -> bool:
    """Whether a row that was told says that a colleague names the price, and it is wanted now.

    Who asks whether it is done at all has his answer; who asks the price, or tells how wide or how
    many, waits for the colleague. Who asks from how many has read it, and where the row wants to
    hear which thing it is, nothing can be quoted before one is named.

    Args:
        rows: those that were told.
        readings: the batch, as it was read.
        named: whether a thing that is sold was named.
    """
    told = [one for one in readings if _numbers(one.text) or not _only_from_how_many(one.text)]
    wanted = any("price" in one.meanings or _numbers(one.text) for one in told)
    return wanted and any(_left(row) and (named or not _which(row)) for row in rows)


def _only_from_how_many(text: str) -> bool:
    return bool(_FROM_HOW_MANY.search(" ".join(words(text))))


def _which(row: Faq) -> bool:
    """Whether a row asks which of the things is meant."""
    return bool(_WHICH.search(f"{row.answer_ar} {row.answer_en}"))


def _numbers(text: str) -> bool:
    return any(word.isdecimal() or digit(word) for word in words(text))


def _left(row: Faq) -> bool:
    """Whether one sentence of a row speaks of a colleague and of a price."""
    parts = (*_SENTENCE.split(row.answer_ar), *_SENTENCE.split(row.answer_en.casefold()))
    return any(_COLLEAGUE.search(part) and _QUOTES.search(part) for part in parts)
