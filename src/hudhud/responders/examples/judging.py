"""Which kind of message one is most like, and how surely; pure, and a fraction of a millisecond."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from operator import itemgetter

import msgspec

from hudhud.responders.examples.keeping import kept
from hudhud.responders.examples.learning import (
    SUBJECT,
    Learnt,
    examples,
    learn,
    of_subjects,
    pieces,
)

# Kinds that are answered alike: what calls for a person, small talk, and what is said of wares.
_FAMILIES = {
    "call": "person complaint partner",
    "chat": "greeting thanks goodbye ack small_talk vague thinking haggle",
    "shop": "wish price stock sizes colours picture count order yes no data order_change hours "
    "delivery payment returns location warranty original faq wholesale discount size_guide gift "
    "care contact",
}
# So much likelier it must be a question about a subject than anything else, to be an answered one:
# measured, see the decision.
_SUBJECT_HANDICAP = 40.0
_RIVAL = f"{SUBJECT}ware"
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

    The first call learns from the examples, unless a process was made `ready` for it.

    Args:
        text: one message, of which the first `TEXT_CHARS_MAX` characters are read.
    """
    return _judged(text)


def weigh(learnt: Learnt, text: str) -> Likeness:
    """The same by what was learnt from other examples, as measuring wants it."""
    scores = _scores(learnt, text)
    return _likeness(learnt.kinds, scores) if scores else _UNLIKE


def likelihoods(text: str) -> dict[str, float]:
    """How likely each kind is by itself, as a logarithm; nothing where no piece is known.

    Args:
        text: one message, or a row's question.
    """
    learnt = _learnt()
    return dict(zip(learnt.kinds, _scores(learnt, text), strict=False))


def _scores(learnt: Learnt, text: str) -> list[float]:
    found = [held for piece in pieces(text) if (held := learnt.held(piece))]
    if not found:
        return []
    scores = [rest * len(found) for rest in learnt.rest]
    gains = learnt.gains
    for held in found:
        for at, many in zip(held[::2], held[1::2], strict=True):
            scores[at] += gains[many]
    return scores


def _likeness(kinds: tuple[str, ...], scores: list[float]) -> Likeness:
    told: dict[str, float] = {}
    for one, score in zip(kinds, scores, strict=True):
        # What only rows of the merchant's own tell is one kind: an answered question.
        if one == _RIVAL:
            continue
        subject = one.startswith(SUBJECT)
        heard, likely = ("faq", score - _SUBJECT_HANDICAP) if subject else (one, score)
        told[heard] = max(likely, told.get(heard, likely))
    kind, best = max(told.items(), key=itemgetter(1))
    rows = told.items()
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
    return kept("kinds", lambda: learn((*examples(), *of_subjects())))


@lru_cache(KEPT_MAX)
def _judged(text: str) -> Likeness:
    return weigh(_learnt(), text)
