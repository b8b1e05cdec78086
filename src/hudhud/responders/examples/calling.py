"""From how likely a message calls for a person; pure.

Where something of ours is told of little is enough, where wares are asked for much is needed; what
is only supposed calls nobody (decision 0024).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

import msgspec

from hudhud.responders.lexicon import Understood, interrogates
from hudhud.responders.lexicon.asking import IF
from hudhud.responders.lexicon.own import begins_definite, done_at_yours, ours
from hudhud.text import words

# Above these margins a message calls for a person: where the rules read nothing but small talk,
# where something was read or is named, and where something is asked (decision 0024).
SURE: Final = 7.0
SURE_OF_WARES: Final = 8.0
# Little is said beside what the rules read: «فيه تبييض اسويه بالبيت».
SURE_OF_LITTLE: Final = 15.0
SURE_OF_ASKERS: Final = 40.0
SURE_OF_ASKERS_OF_OURS: Final = 20.0
SURE_OF_BUYERS: Final = 60.0
# Two words are soon like anything, and a shop's wares like those of who supplies it.
SURE_OF_FEW: Final = 16.0
# «العلبة فيها ٣ وانا دافع في ٤»: a word of buyers, in what is told of a deal and asks nothing.
SURE_OF_TELLERS: Final = 18.0
# «اللي ع الكاشير كلمني بعصبية»: nothing that came is told of, and nothing is asked or wanted.
SURE_OF_STRANGERS: Final = 40.0
_FEW_WORDS = 2
_FREE_MIN, _MANY_FREE = 2, 5
# Who asks what a thing costs, or whether it is there, has not bought it yet.
_BOUGHT = frozenset({"price", "stock"})
_ASKED = frozenset({"price", "detail", "wholesale"})
_FROM = frozenset(words("من منكم min men mn from"))
_YOU = re.compile("(?:عند|لعند|محل|متجر)?(?:كم|كن|كو|كون)|you|ur|3[ae]?n?d[aei]?ko[mn]|your")
_SUPPOSING = IF | frozenset(
    words(
        "فرضا فرضنا بفرض افرض افرضوا افترض افترضنا لنفرض لنفترض نفرض نفترض منفرض "
        "lw suppose supposing imagine"
    )
)
# «ان انكسر؟» supposes, and «أود أن أكون» does not: they are folded alike.
_SHOULD = "ان"
_BEFORE_SHOULD = frozenset(words("ماذا طيب طب حتي شو وش شنو what و"))
_WHERE = frozenset(words("وين فين اين منين wen wein wain wyn fen fein feen fayn where wheres"))


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One message as it is weighed.

    `said` are its folded words, `rest` those that name nothing sold, `free` the terms that neither
    a rule explains nor a ware, `named` those that name one; `wants` says that a thing is wanted.
    """

    told: Understood
    said: Sequence[str]
    rest: Sequence[str]
    free: Sequence[str]
    named: AbstractSet[str]
    wants: bool


def from_you(said: Sequence[str]) -> bool:
    """Whether something came from us: «السماعة اللي خذيتها من عندكم».

    Args:
        said: folded words of one message.
    """
    told = any(one in _FROM and _YOU.fullmatch(then) for one, then in pairwise(said))
    return told or done_at_yours(said)


def supposes(told: Understood, said: Sequence[str]) -> bool:
    """Whether a trouble is only supposed, or a place is asked for: «إذا ما عجبني ترجعون فلوسي؟».

    Args:
        told: how the message was read.
        said: its folded words.
    """
    asks = told.asks or interrogates(" ".join(said))
    should = (before for before, word in pairwise(("", *said)) if word.removeprefix("و") == _SHOULD)
    supposing = any(not before or before in _BEFORE_SHOULD for before in should)
    return (asks and (supposing or not _SUPPOSING.isdisjoint(said))) or said[0] in _WHERE


def least(one: Said, kind: str) -> float:
    """The margin from which a message calls for a person.

    Args:
        one: the message.
        kind: what it is most like: a complaint, a wish for a person, an offer.
    """
    if supposes(one.told, one.rest):
        return math.inf
    if kind == "complaint":
        return _least_of_complaints(one)
    if one.told.asks and not (one.named or one.told.meanings):
        # "are you hiring"; who asks at length asks of wares.
        return SURE_OF_FEW if len(one.free) < _MANY_FREE else SURE_OF_ASKERS
    return SURE_OF_ASKERS if one.named else _least_of_any(one)


def _least_of_complaints(one: Said) -> float:
    if not _of_a_deal(one.told, one.said):
        return _least_of_strangers(one)
    if from_you(one.rest) and not one.told.asks:
        return SURE  # «الكريم اللي شريته من عندكم …»: that it was bought says enough
    if one.told.asks:
        # «وصلني العطر والقنينة مهرسة، تبدلوها؟»: what is told of ours is no less told.
        return SURE_OF_ASKERS_OF_OURS
    # Who complains names one thing, in a word or two; who names several orders them.
    return min(_least_of_any(one) * max(1, len(one.named) - 1), SURE_OF_BUYERS)


def _least_of_any(one: Said) -> float:
    # A detail is asked for, or a topic: «عندكم بيع جمله», «بنتي عندها حساسيه».
    if one.told.asks or not _ASKED.isdisjoint(one.told.meanings):
        return SURE_OF_ASKERS
    if len(one.rest) <= _FEW_WORDS:
        return SURE_OF_FEW
    if len(one.free) < _FREE_MIN or "stock" in one.told.meanings:
        return SURE_OF_LITTLE
    return SURE_OF_WARES if one.named or one.told.meanings else SURE


def _least_of_strangers(one: Said) -> float:
    """Where it is not plain that something of ours went wrong.

    «بقالي ساعتين مستني، انتو بتهزروا؟» asks nothing that is sold.
    """
    if one.wants:
        return math.inf
    if ours(one.said):
        return SURE_OF_BUYERS if one.told.asks else SURE_OF_TELLERS
    if one.told.asks:
        return math.inf
    return SURE_OF_STRANGERS if _BOUGHT.isdisjoint(one.told.meanings) else SURE_OF_BUYERS


def _of_a_deal(told: Understood, said: Sequence[str]) -> bool:
    """Whether it may be that something of ours went wrong.

    «الثريا تقيلة، بتبعتوا حدا؟», «شيء صغير أضع فيه عدساتي»: nothing did.
    """
    if not _BOUGHT.isdisjoint(told.meanings):
        return from_you(said)
    return ours(said) or (begins_definite(said) and not told.asks)
