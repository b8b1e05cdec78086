"""Whether a batch asks for a deed that takes something from who wrote it, or binds them; pure.

A model may be told by a document to cancel an order or to take an appointment. So the words of the
contact decide: they asked for it, or said yes to our question about it. Whoever is refused here
asks, and the answer to that question is consent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hudhud.responders.lexicon import inquires, understood
from hudhud.responders.selling.deeds import marks, nods
from hudhud.text import latin_digits, words

_FOR, _AGAINST = frozenset({"yes", "confirm", "fine", "take"}), frozenset({"no", "later", "cancel"})
_SENTENCE = re.compile(r"(?<=[؟?!؛;\n])|(?<=\D)\.(?=\s|$)")
_PIECE = re.compile(r"[،,:–-]")
# «لا تلغي الطلب», «ما أريد ألغي»; «لا، الغي الطلب» and «لا الغي» cancel it.
_KEPT = re.compile(
    r"(?<!\w)(?:ما|مو|مش|لم|لن|بدون|بلا|ليس|dont|don t|not|never|without)\s"
    r"(?:(?:عايز|عاوز|بد|اب|اريد|نريد|حاب|ناوي|want|wish|need|have|going)\w*\s){0,2}"
    r"(?:to\s)?(?:\w*لغ\w|\w*كنسل|cancel)"
    r"|(?<!\w)لا\s(?:(?:اريد|نريد|اب|نب|حاب)\w*\s(?:ان\s)?\w*(?:لغ|كنسل)|[تي]\w*(?:لغ|كنسل))"
)
_NUMBER = re.compile(r"(?<![\d+])(\d{1,9})(?!\d)")
_TIMED = frozenset(
    words(
        "موعد موعدي الموعد موعدا مواعيد حجز الحجز احجز احجزلي احجزي احجزوا احجزولي نحجز بحجز حجزي "
        "رونديفو رانديفو كشف معاينه جلسه اليوم بكره بكرا باجر باچر غدا غدوه الصبح صباحا الظهر ظهرا "
        "العصر عصرا المغرب المسا مساء مساءا الليل ليلا الساعه ساعه السبت الاحد الاثنين الاتنين "
        "الثلاثاء التلات الثلاثا الاربعاء الاربعا الخميس الجمعه "
        "appointment appointments booking book slot reserve reservation session visit today "
        "tomorrow tonight morning noon afternoon evening am pm oclock saturday sunday monday "
        "tuesday wednesday thursday friday maw3ed mow3ed rdv bokra bukra ghadan"
    )
)


def may_cancel(said: Iterable[str], asked: str, number: int | None) -> bool:
    """Whether these messages ask to cancel an order, or say yes to our asking that.

    Args:
        said: the texts of one batch.
        asked: our last words before it.
        number: of the order; where they name another, they mean that one.
    """
    texts = list(said)
    if any(_names_it(part) and not inquires(part) for text in texts for part in _sentences(text)):
        return _means(number, texts)
    ours = any("؟" in part or "?" in part for part in _sentences(asked) if _names_it(part))
    return ours and _agree(texts) and _means(number, [asked])


def may_book(said: Iterable[str], asked: str) -> bool:
    """Whether these messages may ask for an appointment: a time is spoken of, and not refused.

    Args:
        said: the texts of one batch.
        asked: our last words before it.
    """
    texts = [text for text in said if text.strip()]
    if not any(map(_timed, (*texts, asked))):
        return False
    heard = _deeds(texts)
    wants = any(not inquires(part) for text in texts for part in _sentences(text))
    return _agree(texts) or (wants and not heard & (_AGAINST | {"remove"}))


def _sentences(text: str) -> Iterator[str]:
    return (part for part in _SENTENCE.split(text) if part.strip())


def _names_it(sentence: str) -> bool:
    """Whether cancelling is named, and not ruled out."""
    return any(
        _cancels(words(part), part)
        for part in _PIECE.split(sentence)
        if not _KEPT.search(" ".join(words(part)))
    )


def _cancels(said: list[str], text: str) -> bool:
    named = any(mark.deed == "cancel" for mark in marks(said))
    return named or "cancel_order" in understood(text).meanings


def _means(number: int | None, texts: Iterable[str]) -> bool:
    named = {int(one) for text in texts for one in _NUMBER.findall(latin_digits(text))}
    return number is None or not named or number in named


def _agree(texts: list[str]) -> bool:
    heard = _deeds(texts)
    return (bool(heard & _FOR) or any(map(nods, texts))) and not heard & {"no", "later"}


def _deeds(texts: list[str]) -> set[str]:
    return {mark.deed for text in texts for mark in marks(words(text))}


def _timed(text: str) -> bool:
    return not _TIMED.isdisjoint(words(text)) or any(map(str.isdigit, latin_digits(text)))
