"""Which kind of message one is most like, and how surely; pure, and a fraction of a millisecond."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import msgspec

from hudhud.responders.examples.learning import Learnt, examples, hashes, learn

# Kinds that are answered alike: what calls for a person, small talk, and what is said of wares.
_FAMILIES = {
    "call": "person complaint partner",
    "chat": "greeting thanks goodbye ack small_talk vague thinking haggle",
    "shop": "wish price stock sizes colours picture count order yes no data order_change hours "
    "delivery payment returns location warranty faq wholesale discount size_guide gift care "
    "contact",
}
_FAMILY = {kind: family for family, row in _FAMILIES.items() for kind in row.split()}
CALLS = frozenset(_FAMILIES["call"].split())
CHAT = frozenset(_FAMILIES["chat"].split())
KEPT_MAX = 4096


class Likeness(msgspec.Struct, frozen=True):
    """The kind that a text is most like, and how surely.

    `margin` is how many times e likelier it is than the best of another family, `lead` than the
    next kind; `calling` the same of the best kind that calls for a person, below 0 where another
    is likelier.
    """

    kind: str
    margin: float
    calling: float = 0.0
    lead: float = 0.0


_UNLIKE = Likeness("", 0.0)


def judge(text: str) -> Likeness:
    """Tell what kind of message a text is like.

    The first call learns from the examples, a quarter of a second of one core.

    Args:
        text: one message, of which the first `TEXT_CHARS_MAX` characters are read.
    """
    return _judged(text)


def weigh(learnt: Learnt, text: str) -> Likeness:
    """The same by what was learnt from other examples, as measuring wants it."""
    found = [held for piece in hashes(text) if (held := learnt.pieces.get(piece))]
    if not found:
        return _UNLIKE
    scores = [rest * len(found) for rest in learnt.rest]
    gains = learnt.gains
    for held in found:
        for at, many in zip(held[::2], held[1::2], strict=True):
            scores[at] += gains[many]
    return _likeness(learnt.kinds, scores)


def _likeness(kinds: tuple[str, ...], scores: list[float]) -> Likeness:
    best = max(scores)
    kind = kinds[scores.index(best)]
    rows = list(zip(kinds, scores, strict=True))
    family = _FAMILY.get(kind, kind)
    after = _most(score for other, score in rows if _FAMILY.get(other, other) != family)
    calling = _most(score for other, score in rows if other in CALLS)
    others = _most(score for other, score in rows if other not in CALLS)
    after_all = _most(score for other, score in rows if other != kind)
    return Likeness(kind, best - after, calling - others, best - after_all)


def _most(scores: Iterable[float]) -> float:
    return max(scores, default=0.0)


@cache
def _learnt() -> Learnt:
    return learn(examples())


@lru_cache(KEPT_MAX)
def _judged(text: str) -> Likeness:
    return weigh(_learnt(), text)
