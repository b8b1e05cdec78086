"""Which of the merchant's rows a message is about, by the subject that it is most like; pure.

«أنا بطنجة، شحال ديال النهار ونشوفها عندي» names no delivery: who tells his situation asks by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from hudhud.model import Faq
from hudhud.responders.examples.judging import likelihoods
from hudhud.responders.examples.learning import SUBJECT
from hudhud.responders.examples.subjects import named, subjects

# So much likelier than any other its question must be of a subject, in both languages alike.
_ROW_SURE = 10.0
# Any question is: what all rows have in common tells of none.
_NO_RIVAL = frozenset({"faq"})


class About(msgspec.Struct, frozen=True):
    """Rows of one subject, and how many times e likelier a message is about them than all else."""

    rows: tuple[Faq, ...]
    lead: float
    subject: str = ""


def about(faqs: Sequence[Faq], text: str) -> About | None:
    """The rows of the subject that a message is most like; None where it is none of theirs.

    Args:
        faqs: the merchant's rows.
        text: one message, without the names of what is sold.
    """
    likely = likelihoods(text)
    held = _held(faqs)
    if not likely or not held:
        return None
    best = max(held, key=lambda one: likely.get(f"{SUBJECT}{one}", float("-inf")))
    kin = _NO_RIVAL | _kin(best)
    rivals = (
        score
        for kind, score in likely.items()
        if (one := kind.removeprefix(SUBJECT)) not in kin and held.get(one) != held[best]
    )
    return About(held[best], likely[f"{SUBJECT}{best}"] - max(rivals), best)


def of_topic(faqs: Sequence[Faq], topic: str, *, by_name: bool) -> Faq | None:
    """The row that answers a topic: by its name, or by its subject under another name.

    Args:
        faqs: the merchant's rows.
        topic: one of the lexicon's.
        by_name: whether no other name will do.
    """
    named_so = next((faq for faq in faqs if faq.topic == topic), None)
    if named_so or by_name:
        return named_so
    return next(iter(_held(faqs).get(named().get(topic, ""), ())), None)


def _kin(subject: str) -> frozenset[str]:
    """A subject, the wider one and the narrower ones: the nearest is told, and none is a rival."""
    within = {name for name, one in subjects().items() if one.within == subject}
    return frozenset({subject, subjects()[subject].within, *within})


def _held(faqs: Sequence[Faq]) -> Mapping[str, tuple[Faq, ...]]:
    """The rows of each subject; a narrower one without its own has those of the wider."""
    held: dict[str, tuple[Faq, ...]] = {}
    for faq in faqs:
        if subject := _subject(faq.topic, faq.question_ar, faq.question_en):
            held[subject] = (*held.get(subject, ()), faq)
    for faq in faqs:
        # A row called "cutting" may ask for the shortest length that is cut.
        if also := _asked_of(faq.question_ar, faq.question_en):
            held.setdefault(also, (faq,))
    for name, one in subjects().items():
        if name not in held and one.within in held:
            held[name] = held[one.within]
    return held


@lru_cache(maxsize=1024)
def _subject(topic: str, *questions: str) -> str:
    """The subject of a row: by its name, or by what it asks, where both languages agree."""
    if known := named().get(topic.casefold().replace("-", "_").replace(" ", "_")):
        return known
    return _asked_of(*questions)


@lru_cache(maxsize=1024)
def _asked_of(*questions: str) -> str:
    """The subject of what a row asks, where both languages agree."""
    heard = {_most_like(question) for question in questions if question}
    return heard.pop() if len(heard) == 1 else ""


def _most_like(question: str) -> str:
    told = likelihoods(question).items()
    likely = {kind[1:]: score for kind, score in told if kind.startswith(SUBJECT)}
    if not likely:
        return ""
    best = max(likely, key=likely.__getitem__)
    others = max(score for kind, score in likely.items() if kind != best)
    return best if likely[best] - others >= _ROW_SURE else ""
