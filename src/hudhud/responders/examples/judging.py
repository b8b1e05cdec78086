"""Which kind of message one is most like, and how surely; pure, and a fraction of a millisecond."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

import msgspec

from hudhud.responders.examples.learning import Learnt, examples, learn, pieces
from hudhud.responders.lexicon import Understood
from hudhud.text import search_terms, words

# Above these margins a text is answered as small talk, calls for a person where rules are silent,
# and where they are not; measured by leaving out a fifth of the examples at a time (decision 0024).
CHAT_SURE, SURE, VERY_SURE = 1.0, 2.0, 8.0
KEPT_MAX = 4096
_SHOPPING, _SHOPPING_SURE = frozenset({"wish", "browse"}), 20.0
_PERSONS, _BROKEN = frozenset({"complaint", "person"}), frozenset({"complaint"})
# Who wants or asks after a thing that is sold is a customer still.
_WANTING = frozenset(
    words(
        "اريد نريد ابي نبي ابغى ابغي ابغا عايز عايزه عاوز عاوزه بدي بدنا بغيت محتاج محتاجه حاب "
        "يبي يريد يبغى بده بدها تبي تريد "
        "want need looking abi abgha areed 3ayez 3ayza 3awez bedi badde bdi bghit"
    )
)
# A word alone is a size, a name, a count: rules read it.
_WORDS_MIN = 2


class Likeness(msgspec.Struct, frozen=True):
    """The kind that a text is most like; `margin` is how many times e likelier than the next."""

    kind: str
    margin: float


_UNLIKE = Likeness("", 0.0)


def judge(text: str) -> Likeness:
    """Tell what kind of message a text is like.

    The first call learns from the examples, 0.15 s of one core.

    Args:
        text: one message, of which the first `TEXT_CHARS_MAX` characters are read.
    """
    return _judged(text)


def second(text: str, told: Understood, named: AbstractSet[str]) -> str:
    """The kind that calls for a person where the rules read none, or nothing.

    Args:
        text: one message.
        told: what the rules read.
        named: its folded words that name something sold: of what is said of it, no sign.
    """
    if told.aside or not _PERSONS.isdisjoint(told.meanings):
        return ""
    said = words(text)
    rest = " ".join(word for word in said if word not in named)
    if len(search_terms(rest)) < _WORDS_MIN or (
        named and (told.asks or not _WANTING.isdisjoint(said))
    ):
        return ""
    like = judge(rest)
    silent = not told.meanings and not told.asks and not named
    sure = like.margin >= (SURE if silent else VERY_SURE)
    return like.kind if sure and like.kind in (_PERSONS if not named else _BROKEN) else ""


def shops(text: str, told: Understood) -> bool:
    """Whether who wants a thing speaks of a person or a trouble only on the way to it.

    «ابوي مدير ويبي سماعه» calls for no manager.

    Args:
        text: one message.
        told: what the rules read.
    """
    said = (word.removeprefix("و") for word in words(text))
    if _PERSONS.isdisjoint(told.meanings) or _WANTING.isdisjoint(said):
        return False
    like = judge(text)
    return like.kind in _SHOPPING and like.margin >= _SHOPPING_SURE


def calm(text: str, told: Understood) -> Understood:
    """What the rules read, without the person or trouble that is only spoken of."""
    if not shops(text, told):
        return told
    kept = tuple(meaning for meaning in told.meanings if meaning not in _PERSONS)
    return msgspec.structs.replace(told, meanings=kept, aside=True)


def weigh(learnt: Learnt, text: str) -> Likeness:
    """The same by what was learnt from other examples, as measuring wants it."""
    found = [held for piece in pieces(text) if (held := learnt.pieces.get(piece))]
    if not found:
        return _UNLIKE
    scores = [rest * len(found) for rest in learnt.rest]
    gains = learnt.gains
    for held in found:
        for at, many in zip(held[::2], held[1::2], strict=True):
            scores[at] += gains[many]
    best, after = sorted(scores, reverse=True)[:2]
    return Likeness(learnt.kinds[scores.index(best)], best - after)


@cache
def _learnt() -> Learnt:
    return learn(examples())


@lru_cache(KEPT_MAX)
def _judged(text: str) -> Likeness:
    return weigh(_learnt(), text)
