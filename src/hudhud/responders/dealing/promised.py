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


def quoted(rows: Iterable[Faq], readings: Iterable[Understood]) -> bool:
    """Whether a row that was told says that a colleague names the price, and it is wanted now.

    Who asks whether it is done at all has his answer; who asks the price, or tells how wide or how
    many, waits for the colleague.

    Args:
        rows: those that were told.
        readings: the batch, as it was read.
    """
    told = list(readings)
    wanted = any("price" in one.meanings or _numbers(one.text) for one in told)
    return wanted and any(_left(row) for row in rows)


def _numbers(text: str) -> bool:
    return any(word.isdecimal() or digit(word) for word in words(text))


def _left(row: Faq) -> bool:
    """Whether one sentence of a row speaks of a colleague and of a price."""
    parts = (*_SENTENCE.split(row.answer_ar), *_SENTENCE.split(row.answer_en.casefold()))
    return any(_COLLEAGUE.search(part) and _QUOTES.search(part) for part in parts)
