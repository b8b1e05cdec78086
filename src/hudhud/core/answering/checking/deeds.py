"""How people say that something was done, in folded words of both languages."""

from __future__ import annotations

import re

_DONE = r"(?:تم|تمت|جري|اكتمل|قمت ب|قمنا ب|لقد|وتم|خلص)"
_ORDER = r"(?:ال)?(?:طلب|طلبيه|طلبك|طلبكم|طلبيتك|طلبيتكم|اوردر|اوردرك)(?: رقم \d+| \d+)?"
_BOOKING = r"(?:ال)?(?:موعد|موعدك|موعدكم|حجز|حجزك|حجزكم)"
_WE = r"\b(?:i|we|ive|weve)(?: have| just| now)*"
_A = r"(?:a |the |its |some |your )?"
_IS = r"(?:has been|has now been|is|was|is now|has)(?: now| successfully| already)?"


def _said(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms))


DEEDS: dict[str, re.Pattern[str]] = {
    "placed": _said(
        rf"{_DONE} ?(?:ال)?(?:تاكيد|تسجيل|تثبيت|انشا|ارسال|استلام|قبول|اتمام|تقديم|حفظ|رفع|عمل)?"
        rf" ?{_ORDER}(?!\w)",
        r"(?:سجلت|سجلنا|اكدت|اكدنا|ثبتت|ثبتنا|ثبتلك|حجزت|حجزنا|طلبت لك|طلبنا لك|ارسلت|رفعت)"
        rf" (?:لك |لكم )?{_ORDER}(?!\w)",
        rf"{_ORDER} (?:الان |صار |صارت )?(?:موكد|موكده|تاكد|تاكدت|مسجل|مسجله|تسجل|مثبت|تثبت|انحجز"
        r"|جاهز|قيد التجهيز|قيد التنفيذ)(?!\w)",
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
        rf"{_ORDER} (?:صار )?(?:ملغي|ملغيه|انلغي|التغي)(?!\w)",
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
BARE = re.compile(
    r"(?:حاضر |تمام |اوكي |ok |okay )?(?:تم|تمت|تم بنجاح|done|all set|confirmed|all done)"
)
ASKED = re.compile(
    r"(?<!\w)[وف]?(?:اكد|ثبت|احجز|اطلب|الغي|الغ|كنسل)\w{0,2}(?!\w)|confirm|order|book|cancel|reserve"
)
# Before it: it was not done, or not yet, or is asked for.
OPEN = re.compile(
    r"(?<!\w)(?:لم|لن|لا|ليس|ليست|ما|غير|قبل|بعد|حتي|اذا|لو|عند|عندما|حين|كي|لكي|سوف|راح|رح|حي|هل|دون|بدون|ليتم"
    r"|سيتم|يتم|not|never|will|once|after|before|if|when|until|to|would|should|can|could|cannot|no"
    r"|hasnt|isnt|havent|cant|wont|let|please)(?!\w)"
)
