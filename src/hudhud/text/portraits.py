"""What a text speaks of as the customer's own: a thing of theirs, or a picture of them; pure.

«خواتمي اسودّت» wants no ring, but what is good for rings: what is theirs is what it is for.

«صورة التورتة» is a picture of what we sell; «تورتة عليها صورة بنتي» and "a mug with our photo" are
things that have a picture.
"""

from __future__ import annotations

import re
from itertools import pairwise

from hudhud.text.folding import fold, without_article, words
from hudhud.text.searching import STOP_WORDS
from hudhud.text.told import Told

_PICTURE = r"(?:صوره|صور|صورتي|صورتنا|صورته|صورتها|تصويره|تصاور)"
_THEIRS = (
    r"(?:بنتي|بناتي|ولدي|وليدي|ابني|اولادي|ولادي|عيالي|عيلتي|عائلتي|(?:ال)?عاي?ل[هت]\w*"
    r"|(?:ال)?عيله|امي|ابوي\w?|والدي|والدتي|زوجي|زوجتي|مرتي|مراتي|جوزي|راجلي|خطيبي|خطيبتي"
    r"|حبيبي|حبيبتي|اخوي|اختي|صاحبي|صاحبتي|عرسنا|زواجنا|فرحنا|تخرجي|البيبي|المولود)"
)
_ON_IT = r"(?:علي(?:ه|ها|هم)|اطبع\w*|تطبع\w*|نطبع\w*|مطبوع\w*|احفظ|نحفظ|اخزن|نخزن|يحفظ)"
_OWN = re.compile(
    rf"\b{_PICTURE} (?:\w+ )?{_THEIRS}\b"
    rf"|\b{_ON_IT} (?:في(?:ه|ها) |علي(?:ه|ها) )?(?:ال)?{_PICTURE}\b"
    r"|\b(?:picture|photo|pic|image)s? of (?:my|our|her|his)\b"
    r"|\b(?:with|print|store|keep|save|put) (?:a |the |my |our |some )?"
    r"(?:family |own |old )?(?:picture|photo|pic|image)s?\b"
    r"|\b3aleha (?:soura|sora|soret)\b"
)


_WORD = re.compile(rf"(?:ال|ب)?{_PICTURE}|(?:picture|photo|pic|image)s?|soura|sora|soret")


def own_pictures(text: str) -> frozenset[str]:
    """The folded words of a text for a picture, where it is the customer's own.

    Args:
        text: a message.
    """
    folded = fold(text)
    if not _OWN.search(folded):
        return frozenset()
    return frozenset(word for word in folded.split() if _WORD.fullmatch(word))


# «شعري», «قططنا», "otti"; whether it is a noun is told by the catalogue, which has it bare.
_POSSESSED = Told(r"(?!\w{0,2}$|\w+يي$)(?:[\u0621-\u064a]+(?:ي|نا)|[a-z0-9]{3,}i)")
_MY = frozenset({"my", "our"})
_NAME_WORDS_MAX = 3
# «ظهري يوجعني من فرشتي»: another one is wanted.
_CAUSE = frozenset(words("من مع بدل غير عن min men from than"))
# What is of a kind or colour and nobody's.
_OF_A_KIND = frozenset(
    words(
        "رجالي نسائي نسواني حريمي ستاتي شبابي بناتي ولادي اطفالي وردي ذهبي دهبي فضي بني رمادي "
        "رصاصي كحلي زيتي بنفسجي سماوي خمري "
        "برتقالي طبيعي كهربائي يدوي رياضي شتوي صيفي طبي عادي اصلي "
        "كرسي كراسي شاي ثاني تاني اغراضي"
    )
)


def own_things(text: str) -> frozenset[str]:
    """The folded words of a text for what may be the customer's own, as they are searched for.

    Args:
        text: a message.
    """
    said = words(text)
    own = {
        without_article(word)
        for before, word in pairwise(("", *said))
        if _POSSESSED.fullmatch(word) and before not in _CAUSE
    }
    for at, word in enumerate(said):
        own |= set(_called(said[at + 1 : at + 1 + _NAME_WORDS_MAX])) if word in _MY else set()
    return frozenset(own - STOP_WORDS - _OF_A_KIND)


def _called(after: list[str]) -> list[str]:
    """The words that follow "my", up to the first that names nothing."""
    end = next((at for at, word in enumerate(after) if word in STOP_WORDS), len(after))
    return after[:end]
