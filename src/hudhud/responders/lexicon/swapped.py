"""What came against what was ordered: «وصلني بيج وانا طالب ابيض», "ordered 42, got 40"; pure.

Both may well stand on the shelf: it is the one told against the other that went wrong. Who says
the same of both, or only that what he ordered came, may ask how to use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hudhud.text import Told, words

_AND: Final = "[وف]?"
_CAME: Final = Told(
    rf"{_AND}(?:(?:وصل|ا?جا|اجا|ا?ج(?=ت))(?:ت|ات)?(?:ني|نا|لي|لنا)|[اإ]?ستلمت|طلع(?:ت|ات)?لي|"
    r"(?:بعت|بعث|ارسل|رسل|دز|دزي|صيفط|سيفط|عطي|اعطي|انطي|ادي|جب|جاب)"
    r"(?:و|تو|توا|تم)(?:ني|نا|لي|لنا|ليا)|"
    r"w[ae]*s+[ae]*l+[aeo]*t?n[iey]+|[ei]?j[ae]+t?n[iey]+|estalamt|ista?lamt|ba3at(?:to|tu)l[iey]+|"
    r"got|received|sent|delivered|came|arrived)"
)
_ORDERED: Final = Told(
    rf"{_AND}(?:طالب(?:ه|ين)?|طلبت|طلبنا|موصي(?:ه|ين)?|وصيت|كومنديت|6alab(?:t|na)|talab(?:t|na)|"
    r"6aleb|taleb|ordered)"
)
# «وانا طالب ابيض»: said behind what came, it is said against it.
_I: Final = frozenset(words("وانا واني واحنا وحنا بس لكن ولكن wana w2ana wani bas but"))
_MINE: Final = frozenset(words("انا اني احنا حنا ana ani i we had was كنت كنا kont"))
_KINDS: Final = tuple(
    frozenset(words(row))
    for row in (
        (
            "ابيض اسود احمر ازرق اخضر اصفر بني بيج رمادي رصاصي وردي زهري بنفسجي برتقالي ذهبي "
            "فضي كحلي سماوي عنابي بيضا بيضاء سودا سوداء حمرا حمراء زرقا زرقاء خضرا خضراء صفرا "
            "صفراء بنيه white black red blue green yellow brown beige grey gray pink purple orange "
            "gold silver navy abyad aswad a7mar azra2 azraq a5dar asfar bonni bej zahri"
        ),
        "صغير صغيره كبير كبيره وسط متوسط s m l xl xxl small medium large سمول ميديم لارج",
    )
)

_TIMES: Final = frozenset(
    words(
        "يوم يوما ايام ساعه ساعات دقيقه اسبوع اسابيع شهر days day hours hour weeks week minutes "
        "am pm"
    )
)
# Who thanks, or wants some more of it, tells of nothing wrong.
_PLEASED: Final = frozenset(
    words("شكرا مشكور مشكورين يسلمو تسلم thanks thank shukran shokran بعد كمان زيادة more again")
)
_NEAR: Final = 5


def swapped(said: Sequence[str]) -> bool:
    """Whether another thing came than was ordered.

    Args:
        said: folded words of one message.
    """
    came = next((at for at, word in enumerate(said) if _CAME.fullmatch(word)), None)
    ordered = next((at for at, word in enumerate(said) if _ORDERED.fullmatch(word)), None)
    if came is None or ordered is None or came == ordered:
        return False
    first, second = sorted((came, ordered))
    one, other = said[first + 1 : second], said[second + 1 : second + 1 + _NEAR]
    if not _PLEASED.isdisjoint(said):
        return False
    if any(_told(one, kind) and _told(other, kind) - _told(one, kind) for kind in _KINDS):
        return True
    if _numbers(one) and _numbers(other):
        return _numbers(one).isdisjoint(_numbers(other))
    # «وصلت … وانا طالب …»: what was ordered is told against it, whatever it is.
    before = second - 1 - (said[second - 1] in _MINE)
    against = bool(_I.intersection(said[max(first, before) : second]))
    return came < ordered and against and before > first + 1 and bool(other)


def _told(said: Sequence[str], kind: frozenset[str]) -> set[str]:
    """What is named of a kind, without article."""
    return {word.removeprefix("ال") for word in said} & kind


def _numbers(said: Sequence[str]) -> set[str]:
    """The numbers told, but not of how long it took."""
    return {word for word, then in pairwise((*said, "")) if _counts(word, then)}


def _counts(word: str, then: str) -> bool:
    return word.isdecimal() and then not in _TIMES
