"""What a whole message is like, the names of what is sold left out; pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hudhud.model import Faq, Product
from hudhud.responders import shelf
from hudhud.responders.examples import About, about, judge
from hudhud.responders.lexicon import Understood, understood
from hudhud.responders.lexicon.asking import IF
from hudhud.text import without_article, words

_DATA_SURE: Final = 20.0
# So surely a message asks what rows tell, and so surely of that one, that it orders nothing.
_ROWS_SURE: Final = 30.0
_LEAD_MIN: Final = 40.0
# By so many words a thing is named, and wanted beside what is asked.
_NAMED_MIN: Final = 2
# Who asks for these names a ware as it is not sold: whatever he names, he takes nothing yet.
_OTHERWISE: Final = frozenset({"portion", "alteration", "trade_in", "rental", "samples"})
# What is done before a thing is bought buys none: «قبل لا اشتري», "before I order".
_BEFORE: Final = frozenset(words("قبل كبل قبال before abel 2abl 2abel 9bel gabl gabel qabl"))


def alike(products: Sequence[Product], faqs: Sequence[Faq], reading: Understood) -> About | None:
    """The rows of the subject that a message is like, names of what is sold left out.

    Args:
        products: what the search found.
        faqs: the merchant's rows.
        reading: the message.
    """
    return None if particulars(reading) else _about(products, faqs, reading.text)


def particulars(reading: Understood) -> bool:
    """Whether it is a name or a number, and asks nothing: «يوسف طارق» shares letters with طرق.

    Args:
        reading: the message.
    """
    if reading.asks or reading.meanings:
        return False
    like = judge(" ".join(reading.said))
    return like.kind == "data" and like.margin >= _DATA_SURE


def of_rows(products: Sequence[Product], faqs: Sequence[Faq], text: str) -> bool:
    """Whether a message as a whole asks what a row tells, and orders nothing.

    «عندي جهاز قديم، آخذ جديد وادفع الفرق؟» takes nothing yet; who names a thing by several words
    may well want it, and that it be wrapped.

    Args:
        products: what the search found.
        faqs: the merchant's rows.
        text: one message.
    """
    like = judge(text)
    if like.kind != "faq" or like.margin < _ROWS_SURE:
        return False
    told = understood(text)
    if "order" in told.meanings and not _supposes(words(text)):
        return False
    near = _about(products, faqs, text)
    if near is None or near.lead < _LEAD_MIN:
        return False
    return near.subject in _OTHERWISE or not _names(products, told)


def _names(products: Sequence[Product], told: Understood) -> bool:
    """Whether a thing is named so surely, or two of them, that it may well be wanted."""
    names = shelf.vocabulary(products)
    named = [one for one in told.said if shelf.heard(one, names)]
    return len(named) >= _NAMED_MIN or shelf.find(products, told.terms).exact


def _supposes(said: Sequence[str]) -> bool:
    """Whether it is only supposed that something is bought: «اذا اشتري», «قبل ما اشتري»."""
    supposed = (said[at + 1 : at + 3] for at, one in enumerate(said) if one in _BEFORE)
    if any("order" in understood(one).meanings for then in supposed for one in then):
        return True
    return any(one in IF and "order" in understood(then).meanings for one, then in pairwise(said))


def _about(products: Sequence[Product], faqs: Sequence[Faq], text: str) -> About | None:
    names = shelf.vocabulary(products)
    rest = [word for word in words(text) if not shelf.heard(without_article(word), names)]
    return about(faqs, " ".join(rest)) if len(rest) > 1 else None
