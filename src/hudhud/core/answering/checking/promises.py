"""Whether what an answer says was done was done: an order, a cancelling, a booking, a payment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.reading import Plain, clauses
from hudhud.model import READS, Order
from hudhud.model.tools import (
    AddToCart,
    BookSlot,
    CancelOrder,
    ChangeCart,
    PlaceOrder,
    Quote,
    SendPictures,
)
from hudhud.text import fold

_BEFORE_CHARS = 30
_STATES = {"cancelled": {"cancelled"}, "sent": {"shipped", "delivered"}}

# How people say that something was done, in folded words of both languages.
_DONE = r"(?<!\w)و?(?:تم|تمت|جري|اكتمل|قمت ب|قمنا ب|لقد|وتم|خلص)"
_ORDER = r"(?:ال)?(?:طلب|طلبيه|طلبك|طلبكم|طلبيتك|طلبيتكم|اوردر|اوردرك)(?: رقم \d+| \d+)?"
_BOOKING = r"(?:ال)?(?:موعد|موعدك|موعدكم|حجز|حجزك|حجزكم)"
_WE = r"\b(?:i|we|ive|weve)(?: have| just| now)*"
_A = r"(?:a |the |its |some |your )?"
_IS = r"(?:has been|has now been|is|was|is now|has)(?: now| successfully| already)?"


def _said(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms))


_DEEDS: dict[str, re.Pattern[str]] = {
    "placed": _said(
        rf"{_DONE} ?(?:ال)?(?:تاكيد|تسجيل|تثبيت|انشا|ارسال|استلام|قبول|اتمام|تقديم|حفظ|رفع|عمل)?"
        rf" ?{_ORDER}(?!\w)",
        r"(?:سجلت|سجلنا|اكدت|اكدنا|ثبتت|ثبتنا|ثبتلك|حجزت|حجزنا|طلبت لك|طلبنا لك|ارسلت|رفعت)"
        rf" (?:لك |لكم )?{_ORDER}(?!\w)",
        rf"{_ORDER} (?:الان |صار |صارت )?(?:موكد|موكده|تاكد|تاكدت|مسجل|مسجله|تسجل|مثبت|تثبت|انحجز"
        r"|جاهز|قيد التجهيز|قيد التنفيذ|اتاكد|اتسجل|اتعمل|انعمل|اتثبت|اتحجز)(?!\w)",
        r"(?<!\w)و?(?:سجلناه|ثبتناه|حجزناه|اكدناه|سجلته|ثبتته|اكدته)ا?(?!\w)|محجوزه? باسمك",
        r"(?:حجزت|حجزنا|ثبت|ثبتنا) (?:لك|لكم)(?! موعد)",
        rf"{_ORDER} (?:صار )?عندنا(?!\w)",
        rf"{_ORDER} (?:سوف |راح |رح )?و?(?:يوصلك|يصلك|سيصلك|يجيك|بيوصلك)(?!\w)",
        r"\byour order will (?:arrive|be delivered|be shipped|ship|be there)",
        r"\b(?:we|i)(?:ll| will) ship (?:it|your|the)",
        rf"\border(?: \d+| number \d+)? {_IS} (?:placed|confirmed|registered|received|booked"
        r"|submitted|complete|completed|processed|being prepared)",
        rf"{_WE} (?:placed|confirmed|registered|submitted|booked|reserved)"
        r" (?:your|the|this|an|it|that)\b",
        r"\b(?:order confirmed|order placed|thank you for your order|thanks for your order"
        r"|reserved for you)\b",
    ),
    "cancelled": _said(
        rf"{_DONE} ?(?:ال)?الغا ?{_ORDER}(?!\w)",
        rf"(?:الغيت|الغينا|كنسلت|كنسلنا) (?:لك )?{_ORDER}(?!\w)",
        rf"{_ORDER} (?:صار )?(?:ملغي|ملغيه|انلغي|التغي|اتلغي|اتكنسل)(?!\w)",
        rf"\border(?: \d+| number \d+)? {_IS} cancell?ed",
        rf"{_WE} cancell?ed",
    ),
    "sent": _said(
        rf"{_DONE} ?(?:ال)?(?:شحن|توصيل|تسليم) ?{_ORDER}(?!\w)",
        rf"{_ORDER} (?:في الطريق|بالطريق|خرج|انشحن|وصل|تم شحنه|تم توصيله)(?!\w)",
        rf"\border(?: \d+| number \d+)? {_IS} (?:shipped|delivered|on its way|on the way"
        r"|out for delivery|dispatched)",
    ),
    "booked": _said(
        rf"{_DONE} ?(?:ال)?(?:تاكيد|تسجيل|تثبيت|حجز)? ?{_BOOKING}(?!\w)",
        rf"(?:حجزت|حجزنا|اكدت|ثبتت|سجلت) (?:لك |لكم )?{_BOOKING}(?!\w)",
        rf"{_BOOKING} (?:موكد|تاكد|مثبت|مسجل|محجوز)(?!\w)",
        rf"\b(?:appointment|booking|slot|reservation) {_IS} (?:booked|confirmed|made|reserved"
        r"|scheduled)",
        r"\b(?:booked|scheduled) you\b|\b(?:booked|scheduled) (?:your|an|the) (?:appointment|slot)",
    ),
    "paid": _said(
        rf"{_DONE} ?(?:ال)?(?:استلام|تاكيد|استرداد|ارجاع|اعاده|تحويل) (?:ال)?(?:دفع|دفعه|مبلغ"
        r"|فلوس|مبلغك|فلوسك|حواله|حوالتك)(?!\w)",
        r"(?<!\w)و?تم الدفع(?! (?:عند|نقد|كاش))(?!\w)",
        r"(?<!\w)و?(?:وصلنا|استلمنا|رجعنا|ارجعنا|حولنا|رددنا)(?: لك| لكم)?"
        r" (?:ال)?(?:مبلغ|فلوس|دفعه|حواله)(?:ك|كم)?(?!\w)",
        rf"\b(?:payment|refund)(?: \w+)? {_IS} (?:received|confirmed|issued|processed|made|sent)",
        rf"{_WE} refunded",
    ),
    "shown": _said(
        r"(?<!\w)(?:هذه|هذي|هاي|هاذي|هادي|هيدي|دي|تفضل|تفضلي|اليك|اليكم|تجد|ارفقت|مرفق|مرفقه|ارسلت"
        r"|ارسلنا|بعثت|بعتت|بعتلك|دزيت) (?:لك |لكم )?(?:هنا |الان )?(?:هي |هذه |بعض )?(?:ال)?صور"
        r"(?:ه|ته|تها|تهم|هم|ها)?(?!\w)",
        rf"\bhere (?:is|are|s) {_A}(?:picture|photo|image)s?",
        rf"{_WE} (?:sent|attached|shared) (?:you )?{_A}(?:picture|photo|image)s?",
    ),
    "in_cart": _said(
        r"(?:اضفت|اضفنا|تمت اضافه|تم اضافه|ضفت|ضفنا|حطيت|حطينا)\b.{0,60}\b(?:ال|لل|بال)?(?:سله|سلتك"
        r"|كارت)(?!\w)",
        r"\badded\b.{0,60}\b(?:cart|basket)\b",
    ),
}
# Nothing but this, to who asked for it: it was done.
_BARE = re.compile(
    r"(?:حاضر |تمام |اوكي |ok |okay )?(?:تم|تمت|تم بنجاح|done|all set|confirmed|all done)"
)
_ASKED = re.compile(
    r"(?<!\w)[وف]?(?:اكد|ثبت|احجز|اطلب|الغي|الغ|كنسل)\w{0,2}(?!\w)|confirm|order|book|cancel|reserve"
)
# Before it: it was not done, or not yet, or is asked for.
_OPEN = re.compile(
    r"(?<!\w)(?:لم|لن|لا|ليس|ليست|ما|غير|قبل|بعد|حتي|اذا|لو|عند|عندما|حين|كي|لكي|سوف|راح|رح|حي|هل|دون|بدون|ليتم"
    r"|سيتم|يتم|not|never|will|once|after|before|if|when|until|to|would|should|can|could|cannot|no"
    r"|hasnt|isnt|havent|cant|wont|let|please)(?!\w)"
)


def false_promises(read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """What an answer says was done, and no tool did in this turn, nor any order shows."""
    for clause in clauses(read.text):
        folded = fold(clause.text)
        if clause.asks:
            continue
        if _BARE.fullmatch(folded) and _ASKED.search(fold(grounds.batch)) and not _changed(grounds):
            yield Finding(what="false_promise", found=folded)
        for deed, said in _DEEDS.items():
            found = said.search(folded)
            if not found or _OPEN.search(
                folded[max(0, found.start() - _BEFORE_CHARS) : found.start()]
            ):
                continue
            if not _was_done(deed, read.text, grounds):
                yield Finding(what="false_promise", found=found[0])


def _changed(grounds: Grounds) -> bool:
    """Whether any tool changed anything in this turn."""
    return any(call.done and not isinstance(call.wanted, READS) for call in grounds.calls)


def _was_done(deed: str, text: str, grounds: Grounds) -> bool:
    if deed == "placed":
        return bool(grounds.results(PlaceOrder)) or _shown(text, grounds, without={"cancelled"})
    if deed == "in_cart":
        return bool(grounds.results(AddToCart, ChangeCart, Quote) or grounds.carts)
    if deed == "shown":
        return bool(grounds.results(SendPictures))
    if deed == "booked":
        return bool(grounds.results(BookSlot))
    if deed == "cancelled" and grounds.results(CancelOrder):
        return True
    return any(order.state in _STATES.get(deed, ()) for order in _meant(text, grounds))


def _shown(text: str, grounds: Grounds, *, without: set[str]) -> bool:
    """Whether the answer speaks of an order that there is, by its number."""
    return any(order.state not in without for order in _by_number(text, grounds))


def _meant(text: str, grounds: Grounds) -> list[Order]:
    """The orders spoken of by number; without one, the newest."""
    return _by_number(text, grounds) or [*grounds.orders[-1:], *grounds.orders[:1]]


def _by_number(text: str, grounds: Grounds) -> list[Order]:
    numbers = {int(number) for number in re.findall(r"\d{1,15}", text)}
    return [order for order in grounds.orders if order.number in numbers]
