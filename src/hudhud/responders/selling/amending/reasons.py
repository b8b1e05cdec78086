"""Why a number is what it is, or for whom, said beside it: no part of what is wanted; pure.

«خليها جوج، وحدة لختي», "make it 3, we have guests", «٢ عشان عندي ضيوف»: how many is told once, and
what else is said of it changes nothing. It is taken out only where it does nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders.lexicon import understood
from hudhud.responders.lexicon.given import GIVEN
from hudhud.responders.selling import deeds
from hudhud.responders.selling.amending.vocabulary import AND, KNOWN, PART, Said
from hudhud.responders.selling.counting import number, unit
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.traits import is_trait
from hudhud.text import fold, words

_TOKEN = re.compile(r"[^\s،,]+|[،,]")
_COMMAS, _PAUSE, _SIGN = frozenset("،,"), "،", "–"
_WHY = Said(
    "لان لانه لانها لانهم لاني لاننا لانو لانك "
    "عشان علشان عشانها عشانه عشاني عشانهم مشان منشان كرمال "
    "حيت حيث لحقاش بسبب بحكم عندي عندنا عدنا جايني جايينا جاينا جاييني because cause cuz coz since "
    "cos bcz bc",
    "la2an la2anno la2enno le2an 3ashan 3ashen 3lshan 3alashan 3shan mshan minshan menshan 7it",
)
# "skip the hammer, I have one"
_WE, _HAVE = frozenset(words("i we ive weve")), frozenset(words("have has got own bought"))
_ALREADY = frozenset(words("already still do"))
_MISTAKEN = frozenset(
    words("wrong mistake mistaken غلط بالغلط غلطت غلطان غلطانه خطا بالخطا ghalat ghala6 8alat")
)
_ARTICLES = frozenset({"a", "an", "one", "ones"})
_GOES = frozenset({"more", "remove", "make", "swap", "cancel", "later", "rethink"})
# «لختي», «لقطتنا», «للبيت», «لنفسي»: somebody's own, or one that is known.
_TO = re.compile(r"ل(?:ل\w{3,}|\w{2,}(?:يا?|نا|ه|ها|هم)|يا?|نا|يك)|ال(?:ي|ها|هم)")
_OF = Said(
    "حق حقت ديال تاع متاع بتاع بتاعت مال مالت تبع ل لل الي for",
    "la lal li le 7a2 7ag dyal ta3 mta3 beta3 bta3 taba3",
)
_US = frozenset({"me", "him", "us", "myself"})
_WHOSE = _US | {"my", "our", "his", "her", "the", "a"}
_THERE = Said(
    "تكون بتكون يكون راح رح بتروح تروح هديه كهديه is are goes go going gift as",
    "hadiye hdiya hadiyya rah",
)


def without_reasons(text: str, names: Names) -> str:
    """A sentence without why, or for whom, its numbers are.

    Args:
        text: one sentence.
        names: the products at hand.
    """
    tokens = _TOKEN.findall(text)
    said = [_PAUSE if token in _COMMAS else fold(token) or _SIGN for token in tokens]
    gone = _chatter(said, names) | _why(said, names) | _for_whom(said, names)
    return " ".join(token for at, token in enumerate(tokens) if at not in gone)


def for_somebody(said: Sequence[str], names: Names) -> bool:
    """Whether folded words say for whom something is: «واحد لاختي», "1 for my son"."""
    return any(_whom(said, at, names) for at in range(len(said)))


def _why(said: Sequence[str], names: Names) -> set[int]:
    """«… عشان عندي ضيوف»: as far as a comma goes, where nothing is done or named in it."""
    gone = set[int]()
    for at, word in enumerate(said):
        if at and at not in gone and word in _WHY:
            end = next((n for n in range(at, len(said)) if said[n] == _PAUSE), len(said))
            gone |= set(range(at, end)) if _idle(said[at:end], names) else set()
    return gone


def _chatter(said: Sequence[str], names: Names) -> set[int]:
    """What stands between commas, behind what is done, and does, counts and names nothing."""
    gone, begun = set[int](), 0
    for at in [*(n for n, word in enumerate(said) if word == _PAUSE), len(said)]:
        part = said[begun:at]
        # "wrong ones for a ukulele"
        told = [word for word in part if word not in _ARTICLES or part[0] not in _MISTAKEN]
        numbered = any(number(word) is not None or is_trait(word) for word in told)
        strange = any(not any(word in one for one in KNOWN) for word in part)
        idle = _owned(part) if numbered else strange
        if begun and idle and _idle(part, names):
            gone |= set(range(begun, at))
        begun = at + 1
    return gone


def _owned(part: Sequence[str]) -> bool:
    """Whether somebody says that they have one: "I have one", "we already got two"."""
    begins = [word for word in part if word not in _ALREADY][:2]
    return len(begins) > 1 and begins[0] in _WE and begins[1] in _HAVE


def _idle(part: Sequence[str], names: Names) -> bool:
    """Whether words change no order, and name nothing that is sold."""
    plain = [word for one in part for word in words(one)]
    if plain and plain[0] in _MISTAKEN and not deeds.marks(plain):
        return True  # "take the strings out, wrong ones for a ukulele"
    goes = _GOES & {mark.deed for mark in deeds.marks(plain)}
    if goes and not (goes == {"make"} and "delivery" in understood(" ".join(plain)).meanings):
        return False  # «وخلي التوصيل باجر» changes nothing of it
    return not any(names.word(word) for word in plain)


def _for_whom(said: Sequence[str], names: Names) -> set[int]:
    """«… وحدة لختي»: also its number, where how many was told before."""
    gone, counted = set[int](), False
    marks = {mark.start for mark in deeds.marks(list(said)) if mark.deed in _GOES}
    at = 0
    while at < len(said):
        counted = counted and at not in marks
        first, at = at, at + 1
        if number(said[first]) is None:
            gone |= set(range(first, first + _whom(said, first, names)))
            continue
        then = at
        while then < len(said) and (said[then] in PART or said[then] in _THERE):
            then += 1
        length = _whom(said, then, names)
        if counted and length:
            gone |= set(range(first, then + length))
            at = then + length
        counted = True
    return gone


def _whom(said: Sequence[str], at: int, names: Names) -> int:
    """How many words say for whom something is, from a place on."""
    word, after = [*said[at : at + 2], "", ""][:2]
    if not word or names.known(word) or is_trait(word):
        return 0
    if _TO.fullmatch(word) or (word[0] == "ل" and word[1:] in GIVEN):
        return (
            0
            if any(word in one for one in KNOWN) and (not at or number(said[at - 1]) is None)
            else 1
        )
    if (
        not at
        or word not in _OF
        or not after
        or deeds.marks([after])
        or is_trait(after)
        or unit(after)
        or number(after) is not None
    ):
        return 0
    if word == "for":
        then = "".join(said[at + 2 : at + 3])
        ends = not then or then in AND or then == _PAUSE or names.known(then) or bool(number(then))
        return (2 if ends or after in _US else 3) if after in _WHOSE or after in GIVEN else 0
    return 0 if names.known(after) else 2
