"""A body that something hurt, or an illness it brought on: «ضرب عيني», "burned my foot"; pure.

Each deed with each part of each body; told as done, so that «قفازات ما تجرح ايدي» hurts nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from hudhud.responders.lexicon.breaking import came_to_harm
from hudhud.responders.lexicon.denying import kept_from, wishes
from hudhud.text import words

_WHOSE: Final = "(?:ي|ه|ها|هم|هن|و|نا|ا)?"
_BODY: Final = re.compile(
    rf"(?:يد|ايد|ايدي|ايدين|ايدان|اصبع|صبع|اصابع|صوابع|صباع|صبوع|ظهر|راس|عين|عيون|عيني|عينين|رجل|رجلين|قدم|كف|وجه|وش|ويه|"
    rf"ركب[هت]|كتف|رقب[هت]|اذن|ودن|ودان|لسان|شف[هت]|شفايف|بطن|تم|فم|بق|ثم|ذراع|دراع|جبين|خشم|انف|مناخير|جلد|بشر[هت]|كوع){_WHOSE}"
    r"|(?:ابن|بنت|ولد|طفل|طفلت|اخت|اخو|ام|ابو|امر|مرت|زوج|زوجت|جوز|بناتي|اولاد|عيال)(?:ي|ه|ها|و|نا|يا)"
    r"|wlidi|ibn[iy]|bint[iy]|weld[iy]|[ei]+d[eiouy]+|y[ei]d[eiouy]*|3[ei]+n[eiouy]+|ras[iyo]|rejl[iyo]|sba3[iyo]"
)
_TO_BODY: Final = re.compile(rf"[بف](?:{_BODY.pattern})")
# «جرح», «انجرحت», «حرقلي», «لسعتها»: done, and by it.
_HURT: Final = re.compile(
    r"[وف]?(?:ات|ان|ت)?(?:جرح|حرق|لسع|لدغ|شطب|خرمش|خبط|ضرب|عور|كوي?|سلخ|هرس|قرص|عض)(?:ت|ات|و)?(?:ل?(?:ي|ه|ها|و|نا)|ليا?|لو)?"
    r"|[wf]?(?:[ei]n|[ei]t)?(?:ja?ra?7|7ara?[2qg9k]|7re[9q2g]|jre7|lasa3|darab|dharab)(?:a?t|[ae]t|et|o|ha|ni|at)?(?:l?[iy])?"
)
# «دخلت بإصبعي», «طار بعيني», «طحت على ظهري»
_INTO: Final = re.compile(
    r"[وف]?(?:دخل|طار|انغرز|غرز|انغز|فات|طرطش|رش|طش|نط)(?:ت|ات)?(?:لي|له|لها)?"
)
_FELL: Final = re.compile(r"[وف]?(?:طاح|طح|وقع|سقط|طيح|انكسر|اتكسر|تكسر|انهار|انقلب)(?:ت|نا)?")
_ONTO: Final = frozenset(words("علي ع"))
# «انكسر فيني وطحت», «السلم انكسر وانا فوقه», "broke under me"
_UNDER: Final = frozenset(words("فيني فيي بيا فيا تحتي فوقه فوقها فوقو عليه بيي تحتنا تحته"))
_CAUSED: Final = re.compile(
    r"[وف]?(?:سوا|سوي|سوت|سو|عمل|سبب|جاب|دار|صار|طلع)(?:ت|ات)?(?:لي|له|لها|لنا|لو|ليا|ليه|ليها)?"
)
_ILL: Final = re.compile(
    "(?:ال|ب|بال)?(?:اسهال|حساسيه|طفح|حكه|التهاب|التهابات|تسمم|مغص|غثيان|استفراغ|ترجيع|تقيو|دوخه|صداع|حرقان|"
    "احمرار|تسلخ|تسلخات|ورم|تورم|حروق|حرق|ضيق|اختناق|نزيف)"
)
_SICKENS: Final = re.compile("[يتب](?:ي|ت)?(?:كح|قح|ستفرغ|حك|عطس|تقيا|رجع|دوخ|ختنق|سعل|هرش)")
_BEGAN: Final = re.compile("[وف]?(?:صار|بدا|بلش|قعد|قام|ظل|ضل|بقي)(?:ت|و|ات)?")
_POISONED: Final = re.compile("[وف]?(?:ات|ان|ت)سمم(?:ت|نا|و|وا)?|[wf]?[ei]?tsamm?[ae]m(?:et|na|o)?")
_OF_IT: Final = frozenset(words("منه منها منهم منو"))
_ENGLISH: Final = re.compile(
    r"\b(?:cut|burn(?:ed|t)|hurt|injured|sliced|stabbed|pinched|scalded|hit|crushed|bruised|"
    r"scratched|poked|irritated|blistered|stung|landed on|fell on|lost)"
    r" (?:(?:my|his|her|our|their|the) )?(?:(?:\w+s|little|baby|own|right|left) )?"
    r"(?:hands?|fingers?|thumbs?|arms?|legs?|foot|feet|toes?|face|eyes?|head|skin|lips?|mouth|"
    r"tongue|scalp|ears?|neck|back|knees?|cheeks?)\b"
    r"|\b(?:broke|collapsed|snapped|gave way|exploded) (?:\w+ )?(?:under|on|beneath|with|in) "
    r"(?:me|him|her|us|my (?:hands?|face|son|daughter|kid|mother|mom|father|dad|husband|wife))\b"
)
_NEAR: Final = 3


def harms(said: Sequence[str]) -> list[str]:
    """The parts of a message that tell who came to harm.

    Args:
        said: folded words of one message.
    """
    return [*[".harm"] * came_to_harm(said), *[".wounded"] * _wounded(said)]


def _wounded(said: Sequence[str]) -> bool:
    """Whether something hurt somebody, or made them ill, and nothing is wished for against it."""
    if wishes(said):
        return False
    text = " ".join(said)
    told = _ENGLISH.search(text) if text.isascii() else None
    if told and not kept_from(said, len(text[: told.start()].split())):
        return True
    return any(
        begins and (begins == "poisoned" or _hurt(said, at, begins) or _made_ill(said, at, begins))
        for at, begins in enumerate(map(_begun, said))
    )


@lru_cache(maxsize=8192)
def _begun(word: str) -> str:
    """What a word may begin to tell; "" for nothing, as nearly every word does."""
    rows = (
        ("poisoned", _POISONED),
        ("hurt", _HURT),
        ("into", _INTO),
        ("fell", _FELL),
        ("caused", _CAUSED),
        ("began", _BEGAN),
    )
    return next((name for name, row in rows if row.fullmatch(word)), "")


def _hurt(said: Sequence[str], at: int, begins: str) -> bool:
    """Whether a body is hurt at a place: what hurts it, and then the body within few words."""
    if kept_from(said, at):
        return False
    after = said[at + 1 : at + 1 + _NEAR]
    if begins == "hurt":
        return any(map(_BODY.fullmatch, after))
    if begins == "into":
        return any(map(_TO_BODY.fullmatch, after))
    if begins != "fell":
        return False
    onto = after[:1] and after[0] in _ONTO and any(map(_BODY.fullmatch, after[1:2]))
    return bool(onto) or not _UNDER.isdisjoint(after[:2])


def _made_ill(said: Sequence[str], at: int, begins: str) -> bool:
    """Whether it brought on an illness: «سوا لابني اسهال», «صار يكح منها»."""
    after = said[at + 1 : at + 1 + _NEAR]
    if kept_from(said, at):
        return False
    if begins == "caused" and any(map(_ILL.fullmatch, after)):
        return not said[at].startswith("طلع") or not _OF_IT.isdisjoint(said)
    began = _BEGAN.fullmatch(said[at]) and any(map(_SICKENS.fullmatch, after[:2]))
    return bool(began) and not _OF_IT.isdisjoint(after)
