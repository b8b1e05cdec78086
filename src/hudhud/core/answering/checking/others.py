"""Whether an answer holds what is of nobody here: another's number, address, order, name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.reading import Plain, plain
from hudhud.responders.telephones import spoken_number
from hudhud.text import fold, without_article, words

PHONE_DIGITS_MIN = 7
PHONE_TAIL = 8  # with or without a country's code, the same telephone
ORDER_DIGITS_MAX = 12
SIZE_DIGITS = (2, 3)
_PHONE = re.compile(r"(?<![\w.,٬])[+＋]?\d(?:[ \-.()/]{0,2}\d){6,19}(?![\w٬]|,\d)")
# Prices do not begin with 0 or +; whatever cuts such a number up, it is one.
_CUT_UP = re.compile(r"(?<![\w.,٬])(?:\+|0)[^\w\n]{0,3}\d(?:(?:[^\w]|_){0,3}\d){7,18}(?!\w)")
_BROKEN = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])")
_ACCOUNT = re.compile(
    r"(?<!\w)(?:[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?"
    r"|(?:bc1|0x)[0-9A-Za-z]{20,64}|T[1-9A-HJ-NP-Za-km-z]{33})(?!\w)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ORDER = re.compile(
    r"(?:رقم\s+(?:ال)?طلب\w*|طلب\w*\s+(?:ذو\s+)?(?:ال)?رقم|order(?:\s+(?:number|no\.?|id))?)\s*(?:هو|is|:)?\s*#?\s*(\d{1,12})(?![\d,٬.]*\s*(?:ألف|الف|د\.|دينار|IQD))"
    r"|(?<!\w)#(\d{1,12})(?!\w)",
    re.IGNORECASE,
)
# Whoever is called so is somebody. Names that are also words (نور, سلام, كريم, Grace) are left
# out: as words they are said to anybody.
GIVEN_NAMES: Final = frozenset(
    words(
        "محمد احمد محمود مصطفى ابراهيم يوسف عمر عثمان حسين عباس جعفر مرتضى حيدر كرار زيد "
        "عبدالله عبدالرحمن عبدالعزيز سعود فيصل تركي بندر نايف سلطان خالد وليد طارق زياد "
        "سامر سمير باسم بلال حمزة ياسر ياسين انس اسامة ايهاب تامر رامي هشام وائل شريف عصام "
        "جمال صلاح عادل ماجد نواف مشعل عبدالكريم رشيد ادريس يونس اسماعيل اسحاق يعقوب موسى "
        "هارون سليمان داود زكريا مهند عمار مصعب فاطمة زينب عائشة خديجة مريم سارة رقية سكينة "
        "هاجر اسماء سمية شيماء رانيا ليلى سعاد نجلاء هبة دينا منى رغد روان لمياء نادية "
        "سميرة كوثر حنين غادة ريم رنا لينا لمى ديمة سلمى جميلة بثينة عبير نسرين ياسمين شهد "
        "دعاء اسراء الاء mohammed mohamed muhammad ahmed ahmad mahmoud mustafa ibrahim "
        "youssef yousef omar othman hussein hassan abbas jaafar haider abdullah khalid "
        "khaled tariq ziad samir bilal hamza yasser osama rami hisham fatima zainab aisha "
        "khadija maryam mariam sarah rania layla leila huda hoda dina noura john james "
        "michael david robert william peter thomas susan linda emily jennifer"
    )
)


def foreign(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """Numbers, addresses, orders and names that are neither this contact's nor the merchant's."""
    phones, mails = [*_phones(read.text)], _MAIL.findall(read.text)
    orders, names = [*_ORDER.finditer(read.text)], [*_named(read.text)]
    if not (phones or mails or orders or names):
        return
    known = plain("\n".join((*grounds.texts, grounds.own))).text
    there = re.sub(r"(?<=\d)[^\w\n,٬]{1,3}(?=\d)", "", known)
    # «مقاس ٤ #57» holds 57 and, read as one number, 457.
    told = {number for text in (known, there) for number in re.findall(r"\d+", text)}
    sizes = told | {*_BROKEN.findall(known)}
    for shown, figures in phones:
        if figures[-PHONE_TAIL:] not in there and not _sizes(shown, sizes):
            yield Finding(what="foreign_data", found=shown)
    own = {int(number) for number in told if len(number) <= ORDER_DIGITS_MAX}
    own |= {order.number for order in grounds.orders}
    for found in orders:
        if int(found[1] or found[2]) not in own:
            yield Finding(what="foreign_data", found=found[0])
    for mail in mails:
        if mail.casefold() not in known.casefold():
            yield Finding(what="foreign_data", found=mail)
    for name in names:
        if name not in _names_in(fold(known)):
            yield Finding(what="foreign_data", found=name)


def _sizes(shown: str, told: set[str]) -> bool:
    """Whether it is short numbers that are all known: «٥٤ ٥٦ ٥٨ ٦٠» looks like a telephone.

    So do the strengths of reading glasses: «+1.00، +1.50، +2.00».
    """
    broken, whole = _BROKEN.findall(shown), re.findall(r"\d+", _BROKEN.sub(" ", shown))
    short = bool(broken or whole) and all(len(one) in SIZE_DIGITS for one in whole)
    return short and told.issuperset((*broken, *whole))


def _phones(text: str) -> Iterator[tuple[str, str]]:
    """Each telephone or account as it is shown, and its figures; also one said in words."""
    for form in (_PHONE, _CUT_UP, _ACCOUNT):
        for shown in form.finditer(text):
            figures = re.sub(r"\W|_", "", shown[0])
            if len(figures) >= PHONE_DIGITS_MIN:
                yield shown[0], figures
    # In figures it was looked for above: «المقاسات ٥٤ ٥٦ ٥٨ ٦٠» is no telephone.
    if (spoken := spoken_number(text)) and spoken not in re.sub(r"\D", "", text):
        yield spoken, spoken


def _named(text: str) -> Iterator[str]:
    for name in words(text):
        bare = name if name in GIVEN_NAMES else name.removeprefix("و")
        if bare in GIVEN_NAMES:
            yield bare


@lru_cache(maxsize=64)
def _names_in(folded: str) -> frozenset[str]:
    said = folded.split()
    return (
        frozenset(said)
        | {without_article(word) for word in said}
        | {w[1:] for w in said if w[:1] in "وي"}
    )
