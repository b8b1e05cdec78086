"""Money that was paid twice, or too much, and has to come back: «حولت مرتين بالغلط»; pure.

It is no return of a thing, whatever a merchant's row tells of those: a person looks into it. Who
asks whether something costs more has paid nothing yet, so only what is done counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hudhud.responders.lexicon.asking import IF
from hudhud.responders.lexicon.said.others import elsewhere
from hudhud.text import Told

_AND: Final = r"\b[وف]?"
# «دفعت», «حولنا لكم»: more may be paid on purpose, twice never is.
_PAID: Final = re.compile(
    rf"{_AND}(?:دفع(?:ت|نا)|حول(?:ت|نا)|سدد(?:ت|نا)|خلص(?:ت|نا)كم)\w{{0,4}}\b"
    r"|\b(?:i|we|ive|weve|have|already|accidentally) (?:have |had |just )?"
    r"(?:paid|transferred|sent (?:you )?money)\b"
    r"|\b(?:dafa3t|dafa3it|7awalt|hawalt|khalast|khallast)\b"
)
# «خصمتو مني», «حاسبني»: it was taken.
_TAKEN: Final = re.compile(
    rf"{_AND}(?:(?:ان|ات)?(?:خصم|سحب)(?:ت|تو|توا|تم|و|وا)?|"
    rf"(?:ا?خذ|ا?خد|خذي|خدي)(?:ت|تو|توا|تم|و|وا)? (?:مني|منا)"
    r"|حاسب(?:ت|تو|و|توا)?(?:ني|نا|وني|ونا)|حسب(?:ت|تو|توا|و|وا)(?:ها|ه|ني|نا|وني)?)\b"
    r"|\b(?:(?:was|were|been|got|am) (?:over)?(?:charged|billed|debited)|(?:charged|billed|debited)"
    r" (?:me|us|my)|took|taken) ?"
)
_TWICE: Final = re.compile(
    r"\b(?:ب|ال|بال)?(?:مرتين|مرتان|ضعف|دبل|دوبل|الضعف|الزايد|زايد)\b|\bزياده (?:عن|علي|عل)\b"
    r"|\b(?:twice|double|doubled|two times|too much)\b|\b(?:marrten|marten|marteen|mrten|double)\b"
)
# One of these stands in each that tells twice or more.
_MUCH: Final = Told(
    "(?:ب|ال|بال)?(?:مرتين|مرتان|ضعف|دبل|دوبل|الضعف|الزايد|زايد|زياده|زود)|اكثر|اكتر|كتر|ازيد"
    "|twice|doubled?|two|too|marr?tee?n|mrten|extra|more"
)
_MORE: Final = re.compile(
    r"\b(?:ب|ال|بال)?(?:زياده|زود)\b|\b(?:اكثر|اكتر|كتر|ازيد) (?:من|ما|م)\b|\b(?:extra|more than)\b"
)


def overpaid(said: Sequence[str]) -> bool:
    """Whether somebody tells that he paid, or was charged, twice or too much.

    Args:
        said: folded words of one message.
    """
    if not any(map(_MUCH.fullmatch, said)) or not IF.isdisjoint(said) or elsewhere(said):
        return False
    text = " ".join(said)
    paid, taken = _PAID.search(text), _TAKEN.search(text)
    return bool((paid or taken) and _TWICE.search(text)) or bool(taken and _MORE.search(text))
