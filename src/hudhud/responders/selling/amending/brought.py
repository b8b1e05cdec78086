"""To how many something that is in the cart is brought, whatever verb says so; pure.

«نزلوهم لأربعة», «غيرت العدد الى اربعة», "get it down to 4": the number stands last, behind "to",
and what is brought there is only pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.selling.amending.vocabulary import ABOUT, AND, LESS, PART, Act
from hudhud.responders.selling.counting import Count, number, unit
from hudhud.responders.selling.deeds import marks, sends
from hudhud.text import fold, words

# More is a story.
_WORDS_MAX = 7
_ADDS = frozenset({"more", "take", "want"})
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
    if not lowered(said, len(said) - 1) or number(said[-2]) is not None:
        return False
    return any(word in _NUMBERS or word in _IT or _points(word) for word in said[:-1])


def lowered(said: Sequence[str], at: int) -> bool:
    """Whether a number is what there shall be in the end: «لاثنين», "to two".

    Args:
        said: folded words.
        at: the place of the number.
    """
    joined = said[at][0] == "ل" and number(said[at][1:]) is not None
    return joined or (at > 0 and said[at - 1] in _TO)


def brought_down(act: Act, said: Sequence[str], told: Sequence[Count]) -> Act:
    """What words do that may lessen: «نقص الفيشر لاثنين» leaves two, and takes no two out.

    Args:
        act: what they seem to do.
        said: folded words.
        told: the numbers among them.
    """
    less = act == "remove" and LESS.among(said)
    return "make" if less and told and lowered(said, told[0].start) else act


def brings_more(tokens: Sequence[str]) -> bool:
    """Whether «و» and a deed begin what comes beside: «وحط», "and add", "w zid".

    Args:
        tokens: as they were written.
    """
    first, *then = [*[fold(token) for token in tokens[:2]], ""]
    bidden = then if first in AND else [first[1:]] if first[:1] == "و" else []
    return any(one and (sends(one) or _bids(one)) for one in bidden)


def _bids(word: str) -> bool:
    return any(mark.deed in _ADDS for mark in marks([word]))


def one_of(said: Sequence[str]) -> bool:
    """Whether one of several is spoken of: «شيل كرتونة من الخستاوي», "a box of them"."""
    return any(unit(word) and then in PART for word, then in pairwise(said))


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
