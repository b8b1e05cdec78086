"""What is not of this shop's making: bought at another's, or left lying at ours; pure.

«جبته من محل ثاني وخرب» is why somebody comes to us, and nothing of ours went wrong. «نسيت شنطتي
عندكم» is for whoever stands in the shop: no row tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from hudhud.text import Told, words

_SHOP: Final = Told(
    "(?:ال)?(?:محل|محلات|متجر|مكان|موقع|صفحه|حانوت|دكان|صيدليه|مكتبه|معرض|ورشه|عياده|دكتور|مطعم"
    "|ماركه|شركه|تاجر|بياع|مشتل)|ma7al+|mahal+|mawqe3|maw2e3|mkan|makan|7anout|"
    "shop|store|place|site|website|seller|brand|clinic|dentist|garage|company|bakery|florist"
)
_OTHER: Final = frozenset(
    words("ثاني ثانيه تاني تانيه اخر اخري غير tani tany thani akhar 8er ghayr gher other another")
)
_DIFFERENT: Final = frozenset({"other", "another", "different"})
_AT: Final = frozenset(words("من عند في بي علي ب min men mn from at in with f fi 3and another"))
_MARKETS: Final = Told(
    "(?:ال)?(?:سوق|سوك|نت|انترنت|امازون|ايكيا|نون|شين|تيمو|صين)|علي ?اكسبريس|"
    "amazon|ikea|temu|shein|noon|ebay|aliexpress|elsewhere"
)
_NOT_YOURS: Final = frozenset(words("غيركم غيركن غيركو"))
# «مو منكم», «مش من عندكم», "it's not from your shop", "I didn't get it from you".
_NOT_FROM_YOU: Final = re.compile(
    r"\b(?:مو|مش|مب|موب|مهو|مهي|ماهو|ماهي|ليس|ليست|ماشي|mo|mu|mish|mesh|mush|machi)"
    r" (?:(?:من|min|men|mn) )?"
    r"(?:عند|لدي|محل|متجر|من|عن|3and|3end|3nd|m[ie]n)(?:كم|كن|كو|kom|kon|kun)\b"
    r"|\b(?:not|isnt|wasnt|werent|arent|didnt(?: \w+){1,4}) from (?:you|your|yours|u|ur)\b"
)
_YOU_OR_YOURS: Final = Told(".*(?:كم|كن|كو|kom|kon|kun)|you|yours?|ur?")
# Who tells what came from us tells of us, whatever else they name.
_OURS: Final = frozenset(words("منكم منكن منكو عنكم عنكن وصلني وصلتني بعتولي طلبته"))
_YOU: Final = frozenset({"you", "u", "from"})
_YOU_DID: Final = frozenset(
    words("you u sent sold gave delivered shipped made told promised brought charged guys")
)

_LEFT: Final = Told(
    r"نسي(?:ت|نا|ت ل)|نسات|نسا|ترك(?:ت|نا)|ضيع(?:ت|نا)|خلي(?:ت|نا)|فقدت|"
    r"nsi?e?t|nesi?t|n[ae]seet|left|forgot|lost|dropped"
)
_FELL: Final = Told("(?:وقع|طاح|سقط|ضاع|راح)(?:ت|ات|و)?|w[ei]2e?3(?:et)?|ta7(?:et)?|da3(?:et)?")
_FROM_ME: Final = frozenset(words("مني منا منه منها menni minni meni"))
# What is theirs by its ending, but for what is told and not carried.
_THEIRS: Final = re.compile(
    r"(?!.*(?:طلب|رقم|اسم|عنوان|حساب|سوال|اني|الي|عندي|شي)\w?ي?$)\w{2,}(?:ي|تي|نا|ها|تها|ته)|ال\w{3,}"
)
_MINE: Final = frozenset(
    words("ديالي ديالنا تاعي مالي مالتي بتاعي بتاعتي تبعي my his her our dyali bta3i")
)
_HERE: Final = Told(
    "عندكم|عندكن|عندكو|عدكم|لديكم|يمكم|بالمحل|المحل|فالمحل|محلكم|محلكن|عيادتكم|متجركم|معرضكم|مطعمكم|"
    "كاشير|الكاشير|الكاونتر|فالكونطوار|الكونطوار|فالحانوت|الاستقبال|الانتظار|"
    "3[ae]?n?d[aei]?ko[mn]|3andoko|"
    "yours?|there|counter"
)
_NEAR: Final = 3
# Of one message it is asked by all who ask whose a thing is.
MESSAGES_KEPT_MAX: Final = 64


def elsewhere(said: Sequence[str]) -> bool:
    """Whether a thing was bought at another's: «من محل ثاني», «من غيركم», "elsewhere".

    Args:
        said: folded words of one message.
    """
    return _elsewhere(tuple(said))


@lru_cache(MESSAGES_KEPT_MAX)
def _elsewhere(said: tuple[str, ...]) -> bool:
    if any(map(_YOU_OR_YOURS.fullmatch, said)) and _NOT_FROM_YOU.search(" ".join(said)):
        return True
    pairs = list(pairwise(said))
    if not _OURS.isdisjoint(said) or any(at in _YOU and what in _YOU_DID for at, what in pairs):
        return False
    if not _NOT_YOURS.isdisjoint(said) or "elsewhere" in said or ("somewhere", "else") in pairs:
        return True
    if _AT.isdisjoint(said) and _DIFFERENT.isdisjoint(said):
        return False
    if any(_market(at, where) for at, where in pairs):
        return True
    triples = zip(said, said[1:], said[2:], strict=False)
    return any(at in _AT and _another(one, then) for at, one, then in triples)


def _market(before: str, where: str) -> bool:
    """Whether two words name the market, a big seller, or another shop: "another bakery"."""
    another = before in _DIFFERENT and _SHOP.fullmatch(where)
    return bool(another or (before in _AT and _MARKETS.fullmatch(where)))


def _another(one: str, then: str) -> bool:
    """Whether two words name another shop: «محل ثاني», «غير محل»."""
    return bool(
        (_SHOP.fullmatch(one) and then in _OTHER) or (one == "غير" and _SHOP.fullmatch(then))
    )


def left_behind(said: Sequence[str]) -> bool:
    """Whether something of theirs lies at our place: «نسيت شنطتي عندكم».

    Args:
        said: folded words of one message.
    """
    lost = next((at for at in range(len(said)) if _lost(said, at)), None)
    return lost is not None and any(map(_HERE.fullmatch, said[lost + 1 :]))


def _lost(said: Sequence[str], at: int) -> bool:
    near = said[at + 1 : at + 1 + _NEAR]
    if _FELL.fullmatch(said[at]):
        return not _FROM_ME.isdisjoint(near[:2])
    if not _LEFT.fullmatch(said[at]):
        return False
    return any(map(_THEIRS.fullmatch, near[:1])) or not _MINE.isdisjoint(near)
