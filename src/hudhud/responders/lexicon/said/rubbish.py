"""Rubbish as a thing that is sold, or thrown into one: «كيس زبالة», "zbala bags"; pure.

«خدمة زبالة» is said of us. What holds it, how large or which colour it is, and whether there is
any are said of what is sold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hudhud.responders.lexicon.colours import colour_word
from hudhud.text import words

_RUBBISH: Final = re.compile(
    r"[وف]?(?:ال|بال|لل|عال|هال)?زبال(?:ه|تي|تنا)|(?:el|al)?z[ei]?bal[ae]h?|zbel"
)
_HOLDS: Final = re.compile(
    r"[وبلف]?(?:ال|بال|لل|هال)?"
    r"(?:كيس|اكياس|كياس|سله|سلات|سطل|سطول|حاويه|حاويات|صندوق|صناديق|برميل|براميل|زنبيل|باسكت|"
    r"ساشي|ميكه|ميكات|شنط|شنطه|رول|رولات|ربطه|لفه|علبه|علب|تنكه|تنكات|طشت|بوبيل|بوبيلا|باكيت|ريحه|ريحت|عربه|غطا)"
    r"|bags?|bins?|basket|can|kis|kees|akyas|kyas|sall[ae]t?|sat[ae]?l|ri7et|ri7t"
)
_SOUGHT: Final = frozenset(
    words(
        "عندكم عندكن عندكو عدكم في فيه اكو كاين متوفر بكم بكام شكد شحال قديش لتر كبير كبيره صغير "
        "صغيره مطبخ للمطبخ حمام للحمام سميك سميكه متين 3andkom 3andkon fi bags bag bin bins"
    )
)
_NEAR: Final = 2


def rubbish(said: Sequence[str], at: int) -> bool:
    """Whether a word for rubbish stands at a place, and speaks of what is sold or thrown away.

    Args:
        said: folded words of one message.
        at: the place of the word.
    """
    if not _RUBBISH.fullmatch(said[at]):
        return False
    if any(map(_HOLDS.fullmatch, said[max(0, at - _NEAR) : at + 1 + _NEAR])):
        return True
    after = said[at + 1 : at + 1 + _NEAR]
    return any(word in _SOUGHT or colour_word(word) or word.isdecimal() for word in after)
