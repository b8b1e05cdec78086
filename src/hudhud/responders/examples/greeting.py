"""How a contact is greeted: with the whole welcome once, and shortly in the middle of a talk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from hudhud.model import Turn
from hudhud.responders import phrases
from hudhud.responders.wording import Wording
from hudhud.text import words

_SALAM = frozenset({"سلام", "السلام", "salam"})
# English at the head of a message; behind that «حتى هي» in Latin letters.
_HEADS = frozenset({"hiya"})
# Who comes back later begins a talk anew.
_SAME_TALK = timedelta(hours=6)


def greeted(turn: Turn, wording: Wording, meanings: Collection[str]) -> list[str]:
    """What answers a greeting, and the question who we are.

    Args:
        turn: the batch and what was said before.
        wording: of this reply.
        meanings: what the batch says.
    """
    merchant, language = turn.merchant_name, wording.language
    said = [words(one.text) for one in turn.messages]
    told: list[str] = []
    if "greeting" in meanings and not any(not _HEADS.isdisjoint(one[1:]) for one in said):
        salam = any(not _SALAM.isdisjoint(one) for one in said)
        whole = "salam" if salam else "greeting"
        key = f"{whole}_again" if _talking(turn) else whole
        told.append(phrases.say(key, language, merchant=merchant))
    if "your_name" in meanings:
        told.append(
            phrases.say("own_name", language, assistant=turn.assistant.name, merchant=merchant)
        )
    return told


def _talking(turn: Turn) -> bool:
    """Whether we answered in this talk already."""
    now = min((said.at for said in turn.messages), default=None)
    ours = (said.at for said in turn.history if said.author == "assistant")
    return now is not None and any(now - at < _SAME_TALK for at in ours)
