"""What opens or closes and is no shop: a tent that opens by itself, a bag, a light colour; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.lexicon.imperatives import bid
from hudhud.responders.lexicon.verbs import verb_stems
from hudhud.text import arabic_spellings, forms, search_terms, words

# What a thing that is sold opens or closes; a shop is never «المفتوح».
THINGS = frozenset(words("شي شيء شئ اشي حاجه كريم سيروم منتج دواء جهاز something anything"))
_OPENED = frozenset(words("لون وجه ويه بشره جلد مسام تصبغات كلف هالات بقع شعر شهيه نفس عبوه علبه"))
_THE_CLOSED = re.compile(r"ال(?:م(?:فتوح|غلق|قفل|قفول|سكر|سدود))(?:ه|ا|ين)?|[يت]\w?فتحه[ام]?")
_MASCARA = frozenset(words("مسكرا المسكرا ماسكرا الماسكرا مسكرتكم"))
# «سماوي فاتح», «لونها فاتح» is light; «مطعم فاتح جديد» is new.
_LIGHT = frozenset(words("فاتح فاتحه فاتحا"))
_COLOUR = re.compile(r"[وبفل]?(?:ال)?(?:لون|الوان)(?:ه|ها|هم|هن|و)?")
_NEW = frozenset(words("جديد جديده"))
# One thing opens or closes: «بتفتح», «ينقفل».
_OPENS = re.compile(r"[وف]?[بك]?[يت]ن?(?:فتح|قفل|غلق|سكر|سد)")
_BY_ITSELF = frozenset(
    words(
        "لحاله لحالها لحالو لوحده لوحدها وحده وحدها بروحه بروحها بنفسه بنفسها براسه براسها "
        "la7ala la7alo la7alha lawa7da biro7a itself"
    )
)
_SOUGHT = frozenset(words("عندكم عندكن عندك عندكو عدكم لديكم اكو في فيه كاين شو شنو ابغاها"))
# Who tells when, or names the shop, asks for its hours.
_WHEN = frozenset(
    words(
        "متى امتى ايمتى ايمت شوكت وقتاش فوقاش ساعه الساعه وقت اوقات كم لحد لحتى حتى اليوم بكره "
        "بكرا غدا الليله الليل بليل ليلا الصبح الصباح العصر الظهر المسا المساء السبت الاحد الاثنين "
        "الثلاثاء الاربعاء الخميس الجمعه رمضان العيد عيد محل المحل محلكم متجر المتجر فرع الفرع "
        "فرعكم معرض المعرض معرضكم عياده العياده مطعم المطعم دكان الدكان حانوت الحانوت دوام الدوام"
    )
)


def of_a_thing(said: Sequence[str], at: int) -> bool:
    """Whether a word of opening or closing is said of a thing: «شي يفتح اللون», «المكياج المفتوح».

    Args:
        said: folded words of one message.
        at: the place of the word.
    """
    word, before = said[at], said[at - 1] if at else ""
    next_ = said[at + 1] if at + 1 < len(said) else ""
    guesses = (word, *arabic_spellings(word))
    verb = any(verb_stems(one) for one in guesses) and not word.startswith("ال")
    if verb and (before in THINGS or not _OPENED.isdisjoint(forms(next_) if next_ else ())):
        return True
    if not _LIGHT.isdisjoint(guesses):
        return _coloured(before) or next_ in _NEW
    opens = any(map(_OPENS.fullmatch, guesses))
    if opens and (next_ in _BY_ITSELF or _described(said, at)):
        return True
    return word in _MASCARA or bool(_THE_CLOSED.fullmatch(word))


def thing_opens(text: str) -> bool:
    """Whether a thing is told of that opens or is light, and a shop's hours are not asked for.

    Args:
        text: one message.
    """
    said = words(text)
    return any(_may_open(word) and of_a_thing(said, at) for at, word in enumerate(said))


def _may_open(word: str) -> bool:
    return any(one in _LIGHT or _OPENS.fullmatch(one) for one in (word, *arabic_spellings(word)))


def _coloured(before: str) -> bool:
    guesses = filter(None, (before, *arabic_spellings(before)))
    return any(colour_word(one) or _COLOUR.fullmatch(one) for one in guesses)


def _described(said: Sequence[str], at: int) -> bool:
    """Whether any thing that is looked for stands before its verb: «بدي كنبة تفتح»."""
    before = said[at - 1] if at else ""
    if not before or before.startswith("ال") or not search_terms(before):
        return False
    sought = not _SOUGHT.isdisjoint(said[:at]) or any(bid(one)[0] == "want" for one in said[:at])
    return sought and _WHEN.isdisjoint(said)
