"""Praise, excuses, questions and corrections beside what tells who orders; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders import addresses, names
from hudhud.responders.lexicon import correcting, courtesy, interrogates, understood
from hudhud.responders.selling import clauses, deeds
from hudhud.responders.selling.counting import number
from hudhud.text import words

PARTS = re.compile(r"\s*[\n،,؛;]\s*|\s+[-–/|]\s+|\.\s+|\.$")

_ORDER = frozenset(words("الطلب طلبي طلبيتي الطلبيه طلبيه الاوردر اوردر اوردري الكوموند order"))


def asks_something(text: str) -> bool:
    """Whether something is to be told, though without its sign: «شكد التوصيل للبصرة»."""
    return interrogates(text) or not {"price", "delivery"}.isdisjoint(understood(text).meanings)


def courteous(part: str) -> bool:
    """Whether a part is praise, an excuse, or a word that something told before was wrong."""
    praised = courtesy.courteous(words(part)) and not part.rstrip().endswith("ء")  # «حسناء»
    return praised or correcting.corrects(part)


def unpraised(text: str) -> str:
    """A text without praise: «خوش سعر» asks no price."""
    return "، ".join(part for part in PARTS.split(text) if not courteous(part))


def bids_first(said: Sequence[str]) -> bool:
    """Whether folded words with a place in them bid something first: «واخا نعم أكدي الطلب …».

    A word of praise or a no may stand before it; what confirms an order does so anywhere.
    """
    marks = deeds.marks(said)
    begun = 0
    for mark in marks:
        if mark.start == begun and mark.deed not in ("no", "fine"):
            return True
        begun = mark.end if mark.start == begun else begun
    confirms = any(mark.deed == "confirm" for mark in marks)
    return confirms and not _ORDER.isdisjoint(said)


def denied_place(part: str) -> bool:
    """Whether a part only says where it is not to be brought: «لا مو الرياض»."""
    return correcting.denies(part) and addresses.first_place(part) is not None


def without_courtesy(text: str) -> str:
    """What is left of a message that told something, without what is answered by its being shown.

    «تمام» stays: it may say yes to what was offered.
    """
    parts = [part for part in PARTS.split(text) if part.strip()]
    left = [part for part in parts if part.strip(" ؟?!.+") and not _only_beside(part)]
    return (text if len(left) == len(parts) else "، ".join(left)).strip()


def _only_beside(part: str) -> bool:
    """Whether a part says nothing but what stands beside a name or a correction."""
    said = words(part)
    marks = deeds.marks(said)
    # «لحظة» of who goes on to say what was wrong puts nothing off.
    if clauses.plain_answer(said, marks) and {mark.deed for mark in marks} != {"later"}:
        return False
    counted = marks or any(number(word) is not None for word in said)
    return courteous(part) or (names.hands_over(said) and not counted)
