"""To how many something that is in the cart is brought, whatever verb says so; pure.

«نزلوهم لأربعة», «غيرت العدد الى اربعة», "get it down to 4": the number stands last, behind "to",
and what is brought there is only pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.selling.amending.vocabulary import ABOUT
from hudhud.responders.selling.counting import number
from hudhud.responders.selling.deeds import sends
from hudhud.text import words

# More is a story.
_WORDS_MAX = 7
_TO = frozenset(words("الى ل لعند لحد حتى to la li lel"))
_NUMBERS = frozenset(words("العدد عدد عددهم عددها الكميه كميه number quantity qty"))
_IT = frozenset(words("it them that"))
# Fewer letters are no verb: «لها».
_VERB_CHARS_MIN = 4
_OBJECT = re.compile(r"[^\W\d_]{2,}(?:هم|هن|ها|ه|و)")
_LATIN_OBJECT = re.compile(r"\w{2,}(?:hum|hun|hm|hn|ha|un|u)")
_SEVERAL = re.compile(r"[^\W\d_]{2,}(?:هم|هن)|them|\w{2,}(?:hum|hun|hom|hon)")


def brought(said: Sequence[str]) -> bool:
    """Whether folded words bring what was spoken of to a number: «نزلوهم لأربعة»."""
    if not 1 < len(said) <= _WORDS_MAX or sends(said[0]) or number(said[-1]) is None:
        return False
    last, before = said[-1], said[-2]
    joined = last[0] == "ل" and number(last[1:]) is not None
    if not (joined or before in _TO) or number(before) is not None:
        return False
    return any(word in _NUMBERS or word in _IT or _points(word) for word in said[:-1])


def of_several(said: Sequence[str]) -> bool:
    """Whether several are pointed at: «خليهم ٣», "make them 3"."""
    return any(_SEVERAL.fullmatch(word) for word in said)


def _points(word: str) -> bool:
    """Whether a word may be a verb with what it is done to: «نزلوهم», "nazzelhom"."""
    if len(word) < _VERB_CHARS_MIN or word in ABOUT:
        return False
    if word[0].isascii():
        return bool(_LATIN_OBJECT.fullmatch(spelled(word)))
    return bool(_OBJECT.fullmatch(word))
