"""Whose picture a text speaks of: one that is theirs, to be put on a thing or kept in it; pure.

«صورة التورتة» is a picture of what we sell; «تورتة عليها صورة بنتي» and "a mug with our photo" are
things that have a picture.
"""

from __future__ import annotations

import re

from hudhud.text.folding import fold

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
