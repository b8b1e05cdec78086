"""Whether Latin letters are Arabic: "ok thabteh" holds no word that a list of them knows; pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from hudhud.responders.examples.judging import KEPT_MAX, weigh
from hudhud.responders.examples.keeping import kept
from hudhud.responders.examples.learning import Learnt, examples, learn
from hudhud.responders.examples.subjects import Example
from hudhud.responders.lexicon import english, understood
from hudhud.text import language

# Of what customers wrote so, it is right of 19 in 20 at this margin, names left out.
TONGUE_SURE = 12.0


def arabic_in_latin(text: str) -> bool | None:
    """Tell whether a text in Latin letters is Arabic; None when it cannot be told.

    A word that begins with a capital is soon a name, which says nothing of its language.

    Args:
        text: of Latin letters, without the names of what is sold.
    """
    return _told(" ".join(word for word in text.split() if not word[0].isupper()))


@lru_cache(KEPT_MAX)
def _told(text: str) -> bool | None:
    like = weigh(_learnt(), text)
    return like.kind == "arabic" if like.margin >= TONGUE_SURE else None


@cache
def _learnt() -> Learnt:
    return kept("tongue", lambda: learn(_labelled()))


def _labelled() -> Iterator[Example]:
    """The examples in Latin letters of which the rules know what they are."""
    for text, _ in examples():
        if text.isascii() and language(text) == "en":
            if english(text):
                yield text, "english"
            elif understood(text).latin:
                yield text, "arabic"
