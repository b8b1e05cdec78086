"""Praise, excuses, questions and corrections beside what tells who orders; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders import addresses, names
from hudhud.responders.lexicon import correcting, courtesy, interrogates, understood
from hudhud.responders.selling import clauses, deeds
from hudhud.responders.selling.counting import number
from hudhud.text import words

PARTS = re.compile(r"\s*[\n،,؛;]\s*|\s+[-–/|]\s+|\.\s+|\.$")

_SENTENCE = re.compile(r"(?<=[.!؟?])\s+|\n")
_COMMA = re.compile(r"[،,؛;]\s*|\s[-–]\s")
# "Basra 52"
_TOWN_WORDS_MAX = 2
_LED = re.compile(r"(^|[\n،,.؛;!])([^\n،,.؛;:!]*):")
# «… وهاي معلوماتي:», behind what is ordered
_LED_BEHIND = re.compile(
    r"\s(?:و(?:ه\w{1,4}|خ[ذد]\w*)\s+(?:ال)?(?:بيانات|معلومات|تفاصيل)\w*"
    r"|and\s+here\s+(?:are|is)\s+my\s+\w+)\s*:"
)
_ORDER = frozenset(words("الطلب طلبي طلبيتي الطلبيه طلبيه الاوردر اوردر اوردري الكوموند order"))


def unled(text: str) -> str:
    """A text without what only hands over what follows: «خذوا معلوماتي: …», "my details: …"."""
    bare = _LED_BEHIND.sub("\n", text)
    return _LED.sub(lambda led: led[1] if names.hands_over(words(led[2])) else led[0], bare)


def asks_something(text: str) -> bool:
    """Whether something is to be told, though without its sign: «شكد التوصيل للبصرة»."""
    return interrogates(text) or not {"price", "delivery"}.isdisjoint(understood(text).meanings)


def courteous(part: str) -> bool:
    """Whether a part is praise, an excuse, or a word that something told before was wrong."""
    praised = courtesy.courteous(words(part)) and not part.rstrip().endswith("ء")  # «حسناء»
    return praised or correcting.corrects(part) or _thanks(part)


def _thanks(part: str) -> bool:
    """Whether a part only thanks, or hands over what follows: «الله يعطيكم العافية»."""
    told, said = understood(part), words(part)
    thanked = told.meanings == ("thanks",) and not (told.terms or told.asks)
    counted = any(number(word) is not None for word in said)
    return thanked or (names.hands_over(said) and not counted)


def unpraised(text: str) -> str:
    """A text without praise: «خوش سعر» asks no price."""
    parts = (part for part in PARTS.split(text) if not courteous(part))
    # "Lama Shahin" is written like «شحن».
    return "، ".join(p for p in parts if not (p.isascii() and names.surely(p)))


def bids_first(said: Sequence[str]) -> bool:
    """Whether folded words with a place in them bid something first: «واخا نعم أكدي الطلب …».

    A word of praise or a no may stand before it; what confirms an order does so anywhere.
    """
    marks = deeds.marks(said)
    begun = 0
    for mark in marks:
        if mark.start == begun and mark.deed not in ("no", "fine"):
            return True
        begun = mark.end if mark.start == begun else begun
    confirms = any(mark.deed == "confirm" for mark in marks)
    return confirms and not _ORDER.isdisjoint(said)


def denied_place(part: str) -> bool:
    """Whether a part only says where it is not to be brought: «لا مو الرياض»."""
    return correcting.denies(part) and addresses.first_place(part) is not None


def without_courtesy(text: str) -> str:
    """What is left of a message that told something, without what is answered by its being shown.

    «تمام» stays: it may say yes to what was offered.
    """
    parts = [part for part in PARTS.split(text) if part.strip()]
    left = [part for part in parts if part.strip(" ؟?!.+") and not _only_beside(part)]
    return (text if len(left) == len(parts) else "، ".join(left)).strip()


def _only_beside(part: str) -> bool:
    """Whether a part says nothing but what stands beside a name or a correction."""
    said = words(part)
    marks = deeds.marks(said)
    # «لحظة» of who goes on to say what was wrong puts nothing off.
    if clauses.plain_answer(said, marks) and {mark.deed for mark in marks} != {"later"}:
        return False
    counted = marks or any(number(word) is not None for word in said)
    return courteous(part) or (names.hands_over(said) and not counted)


def told_beside(text: str) -> tuple[str, str]:
    """Where it is to be brought, told in one message with a question, and that question.

    «العنوان بغداد شارع ٥٢ بيت ٤، كم التوصيل؟», "how long does it take? I live in …". Two texts of
    which the first is empty where nothing is told so; a town alone is what is asked about.

    Args:
        text: one message.
    """
    sentences = [one for one in _SENTENCE.split(text) if one.strip()]
    if not any(map(asks_something, sentences)):
        return "", text
    told, left = list[str](), list[str]()
    for sentence in sentences:
        place, rest = (sentence, "") if not asks_something(sentence) else _before_asking(sentence)
        if not _a_place(place):
            place, rest = "", sentence
        told += [place] if place else []
        left += [rest] if rest.strip() else []
    return (", ".join(told) if told and left else ""), "\n".join(left) if told else text


def _before_asking(sentence: str) -> tuple[str, str]:
    """A sentence as far as it asks nothing, up to a comma or, where it announces, to a word."""
    cuts = [found.end() for found in _COMMA.finditer(sentence)]
    if not cuts and _says_where(sentence):
        cuts = [found.end() for found in re.finditer(r"\s+", sentence)]
    for cut in reversed(cuts):
        if not asks_something(sentence[:cut]) and asks_something(sentence[cut:]):
            return sentence[:cut].strip(" ،,"), sentence[cut:]
    return "", sentence


def _says_where(sentence: str) -> bool:
    """Whether a sentence without its end announces an address."""
    said = sentence.split()
    return any(addresses.address(" ".join(said[:at]))[0] for at in range(3, len(said)))


def _a_place(part: str) -> bool:
    """Whether a part tells a place, and not a town alone."""
    long = len(words(part)) > _TOWN_WORDS_MAX and any(map(str.isdecimal, part))
    return long and addresses.first_place(part) is not None
