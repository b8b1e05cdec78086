"""Who asks whether somebody has to be talked to first, or says how he is called; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hudhud.responders.lexicon.given import GIVEN
from hudhud.responders.lexicon.said.reception import received

_NEEDED: Final = re.compile(
    r"\b(?:do|must|should|would) (?:i|we) (?:(?:have|need|got) to )?(?:first )?"
    r"(?:call|ring|phone|talk|speak|contact|see|message|reach)\b"
    r"|\b(?:لازم|ضروري|يلزم|يلزمني|يجب|احتاج|محتاج|شرط) (?:\w+ )?"
    r"(?:اكلم|احكي|اتكلم|اتصل|اتواصل|التواصل|احاجي|احجي|نهضر|نكلم|ادق|الاتصال|اراجع)\b"
)
# For a purpose, or or else: «عشان ارجعها», «ولا اجي على طول».
_FOR: Final = re.compile(
    r"\b(?:to (?!someone|somebody|anyone|anybody|a|an|the|your|you)\w+|before|or|first|if|when"
    r"|عشان|علشان|حتي|باش|لكي|كي|مشان|منشان|قبل|ولا|او|اذا|لو|ل\w{3,})\b"
)
_ASKING: Final = frozenset({"do", "must", "should", "would", "هل", "ولا", "او"})


def nobody(said: Sequence[str], at: int) -> bool:
    """Whether the words for a person at a place want none: "call me Dina", "at the reception".

    Args:
        said: folded words of one message.
        at: the place of the first of them.
    """
    if received(said, at):
        return True
    named = tuple(said[at : at + 2]) == ("call", "me")
    return (named and not GIVEN.isdisjoint(said[at + 2 : at + 3])) or only_if_needed(said)


def only_if_needed(said: Sequence[str]) -> bool:
    """Whether it is asked if one must talk to somebody: "do I have to call to return it?".

    «لازم اكلم المدير» asks nothing, and wants him.

    Args:
        said: folded words of one message.
    """
    if _ASKING.isdisjoint(said):
        return False
    text = " ".join(said)
    needed = _NEEDED.search(text)
    return bool(needed and _FOR.search(text, needed.end()))
