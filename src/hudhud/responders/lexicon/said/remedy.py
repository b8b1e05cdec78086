"""Who asks what to use against a trouble of their own: «بقعة على الكنب، شو يطلعها؟»; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hudhud.text import words

_WHAT: Final = frozenset(words("شو ايش وش شنو اش اشنو ايه ماذا what"))
_AGAINST: Final = re.compile(
    r"\b(?:شو|ايش|وش|شنو|اش|اشنو|ايه|ماذا)(?: (?:اللي|الي|يلي))? "
    r"(?:ب[اينت]?|[اينت])(?:حط|ستعمل|ستخدم|طلع|شيل|زيل|نظف|فيد|نفع|دير)"
    r"(?:ه|ها|هم|لها|له|لو)?\b"
    r"|\bwhat (?:removes|gets rid|takes out|should i use|do i use|can i use)\b"
)


def seeks_remedy(said: Sequence[str]) -> bool:
    """Whether it is asked what to put on it, or what takes it off.

    Args:
        said: folded words of one message.
    """
    return not _WHAT.isdisjoint(said) and bool(_AGAINST.search(" ".join(said)))
