"""Which rows answer what is asked in the same breath as a trouble; pure.

«بطلت تشتغل، هي لسه في الضمان؟»: a person is called, and whoever waits for him has read meanwhile
what the merchant says of a warranty. When it comes is no such question: the row tells what should
have been.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from hudhud.model import Faq
from hudhud.responders.examples import about, of_topic
from hudhud.responders.lexicon import TOPICS, Understood, understood
from hudhud.text import words

# What a merchant settles after he sold; it may be named anywhere in the message.
_AFTERWARDS: Final = ("warranty", "returns")
# Beside a trouble these are complained of, and what the row promises is what was not kept.
_NOT_KEPT: Final = frozenset({"delivery", "ready_time", "discount"})
# So surely the asking part alone must be like the subject of a row.
_SURE: Final = 12.0
_PART: Final = re.compile(r"[،,.;؛!\n]+|(?<=[؟?])")


def asked_beside(faqs: Sequence[Faq], reading: Understood, trouble: AbstractSet[str]) -> list[Faq]:
    """The rows that surely answer the question of a message that tells of a trouble.

    Args:
        faqs: the merchant's rows.
        reading: the message.
        trouble: the meanings for which a person is called.
    """
    if reading.danger:
        return []
    # «اريد ابدله» is no question, and wants to know how.
    for topic in _AFTERWARDS:
        row = of_topic(faqs, topic, by_name=False) if topic in reading.meanings else None
        if row:
            return [row]
    if not reading.asks:
        return []
    rows = (_answering(faqs, part) for part in _asking(reading.text, trouble))
    return next(([row] for row in rows if row), [])


def _asking(text: str, trouble: AbstractSet[str]) -> Iterator[Understood]:
    """The parts of a message that ask, and by themselves tell of no trouble."""
    parts = [part for part in _PART.split(text) if len(words(part)) > 1]
    for part in parts if len(parts) > 1 else ():
        told = understood(part)
        if told.asks and trouble.isdisjoint(told.meanings):
            yield told


def _answering(faqs: Sequence[Faq], part: Understood) -> Faq | None:
    topics = [one for one in part.meanings if one in TOPICS]
    if not _NOT_KEPT.isdisjoint(topics):
        return None
    named = (of_topic(faqs, topic, by_name=False) for topic in topics)
    if row := next((row for row in named if row), None):
        return row
    like = about([faq for faq in faqs if faq.topic not in _NOT_KEPT], part.text)
    return like.rows[0] if like and like.lead >= _SURE else None
