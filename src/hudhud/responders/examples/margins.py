"""How surely a message must be like the subject of a row before it is told that row; pure."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Faq
from hudhud.responders import asked, shelf
from hudhud.responders.examples.hearing import wants
from hudhud.responders.lexicon import ASPECTS, Understood
from hudhud.text import words

ASKED = frozenset({*ASPECTS, "order"})
# A row answers these only when it holds the very word.
SURELY = frozenset({"detail", "off_topic"})
# A product answers for these itself.
OWN = frozenset({"price", "sizes", "colours"})
# So surely it is like the subject of a row: where something is asked and nothing else was read,
# where nothing is asked, where wares are named, where other words of a row are said, and where
# a ware is wanted or its price is asked for.
LIKE_OF_ASKERS, LIKE, LIKE_BESIDE_WARES = 8.0, 16.0, 20.0
LIKE_AGAINST_ROWS, LIKE_AGAINST_WARES = 30.0, 60.0


def least(
    found: shelf.Found, reading: Understood, rows: Sequence[Faq], fit: asked.Fit | None
) -> float:
    """How surely it must be like a subject, against what was read otherwise.

    Args:
        found: the products that are named.
        reading: the message.
        rows: those of the topics that it names.
        fit: the row whose words it says.
    """
    meanings = set(reading.meanings)
    if found.exact or meanings & OWN:
        return LIKE_AGAINST_WARES
    if rows or (fit and fit.sure):
        return LIKE_AGAINST_ROWS
    if found.by or meanings & {*SURELY, *ASKED}:
        wanted = "stock" in meanings or wants(words(reading.text))
        return LIKE_AGAINST_WARES if wanted else LIKE_BESIDE_WARES
    return LIKE_OF_ASKERS if reading.asks else LIKE


def closest(rows: Sequence[Faq], fit: asked.Fit | None) -> Faq:
    """Of several rows of one subject, the one whose words were said.

    Args:
        rows: those of the subject.
        fit: the row whose words were said.
    """
    return fit.row if fit and fit.row in rows else rows[0]
