"""The desk or the hall where guests are received, and nobody who is to answer; pure.

«حولني على الاستقبال» wants somebody of ours; "leave it at the reception" is an address, and «نجفة
للريسبشن» hangs in a room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_DESK: Final = re.compile(
    r"[وف]?(?:ال|بال|لل|عال|ل|ب|فال|ف)?(?:ريسبشن|رسبشن|ريسيبشن|استقبال)|(?:re|ri)ce?p[st][hi]?[io]*n(?:ist)?"
)
# Who is to be reached there is asked for with one of these, or with nothing else at all.
_REACHED: Final = re.compile(
    r"[وف]?(?:حول|وصل|عط|اعط|انط|ناول)(?:ني|وني|يني|ونا|نا)|[وف]?(?:ا|ن|ب)?(?:كلم|حكي|حجي|حچي|تكلم|تواصل|تحدث)"
    r"|talk|speak|connect|transfer|through|call|ring|phone|reach|contact|ask"
    r"|7awwel\w*|akallem|a7ki|e7ki|ne7ki"
)
_WISHES: Final = re.compile(
    r"[وف]?(?:ابي|ابغي|ابغا|نبي|اريد|نريد|عايز|عايزه|عاوز|عاوزه|بدي|بدنا|بغيت)|want|need|wanna|please|pls"
)
_ALONE_MAX: Final = 2
_BEFORE: Final = 5


def received(said: Sequence[str], at: int) -> bool:
    """Whether a reception stands at a place, and is where something hangs, or is left.

    Args:
        said: folded words of one message.
        at: the place of the word.
    """
    if not _DESK.fullmatch(said[at]) or len(said) <= _ALONE_MAX:
        return False
    before = said[max(0, at - _BEFORE) : at]
    return not (any(map(_REACHED.fullmatch, before)) or any(map(_WISHES.fullmatch, before[-2:])))
