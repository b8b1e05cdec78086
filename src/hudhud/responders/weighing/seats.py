"""Whether a table is booked, where a row tells how; pure.

«بدي احجز طاولة لخمسة» is no wish for what is sold, however like a dish's name a table's is. Where
no row tells of booking a table may be a ware.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hudhud.model import Faq
from hudhud.responders.examples.subjects import named
from hudhud.responders.spoken import BEYOND, digit
from hudhud.text import words

_TABLE: Final = re.compile(
    r"(?:[وبل]|ال)?(?:طاول[هت]|طاولات|تراب[ي]?ز[هت]|طراب[ي]?ز[هت]|طربيز[هت]|ميز|طبل[هت])|tables?"
    r"|tawl?[ae]t?|tawle[ht]?|tawila|[6t]ara?beze?[aet]*|tabla|mee?z"
)
_BOOK: Final = re.compile(
    r"\w{0,3}حجز\w{0,5}|نشد|شد|book|booking|reserve|reservation|[a-z2]{0,3}(?:7|h)[aei]?[jg][aeiou]?z\w{0,3}"
)
_FOR: Final = frozenset(words("for la le li l ل د"))
_GUESTS: Final = frozenset(
    words(
        "شخص اشخاص نفر انفار افراد فرد ضيف ضيوف ناس people persons guests pax ash5as ashkhas "
        "a5shas afrad nafar nas"
    )
)


def booked(faqs: Sequence[Faq], text: str) -> Faq | None:
    """The row that tells how to book, where a message books a table.

    Args:
        faqs: the merchant's rows.
        text: one message.
    """
    said = words(text)
    if not any(map(_TABLE.fullmatch, said)):
        return None
    many = any(_for_so_many(said, at) for at in range(len(said)))
    if not many and not any(map(_BOOK.fullmatch, said)):
        return None
    return next((faq for faq in faqs if named().get(faq.topic) == "booking"), None)


def _for_so_many(said: Sequence[str], at: int) -> bool:
    word, after = said[at], said[at + 1] if at + 1 < len(said) else ""
    joined = len(word) > 1 and word[0] == "ل" and _number(word[1:])
    return joined or word in _GUESTS or (word in _FOR and _number(after))


def _number(word: str) -> bool:
    return bool(word) and (word.isdecimal() or bool(digit(word)) or word in BEYOND)
