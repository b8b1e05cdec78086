"""The verbs that bid us: what is to be done, said to one or to several; pure.

A verb is known by its stem, in either script; who it is said to (a man, a woman, several), what it
is done to and for whom are endings that every dialect shares, so that no list of them is complete.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import arabic_spellings, words

Bid = Literal["want", "take", "more", "remove", "make", "swap", "confirm"]

# «ه», «ها», «هما», «هن», «ياها»: what it is done to. «لي», «يلنا»: for whom.
IT = "(?:ياه|ياها|ياهم|هما?|هن|ها|ه|هون|و|ون)"
US = "(?:ي?لي|ي?لنا|لنه|ي?ليا)"
SENT = (
    "ابعت ابعث بعت بعث ارسل رسل دز ودي صيفط سيفط جيب حط سجل جهز خذ خد احجز اطلب حضر اعمل سوي اكتب"
)
# «هاخده», «غناخد», «رح اخذها»: the future of every dialect before the verb.
_WILL = ("", "ب", "ه", "ح", "غ", "رح", "راح", "ر", "س", "د", "ك")
_TAKEN = " ".join(
    [f"{will}{verb}" for will in _WILL for verb in ("اخذ", "اخد", "ناخذ", "ناخد", "شتري", "اشتري")]
    + ["خذ", "خد"]
)
_WANTED = "اريد نريد ابي نبي ابغي ابغا نبغي نبغا عايز عايزا عاوز عاوزا بدي احتاج بغيت ندي"
_REMOVED = "شيل امسح مسح احذف حذف استبعد اشطب نحي حيد طيح"
# What we do when they ask us to, or they do with us: «تشيلون», «نزيد», «بضيف».
_OURS = "[بهح]?[تنا]"
_YOURS = "ب?ت"
# «باكد», «نثبت», «ياريت تثبتون»; «تاكد» alone is to make sure.
_AGREED = "(?:[بمكل]?[ان]|ت(?=.+(?:ون|ين|وا|لي|لنا)$))"
# Each with what may stand before it, its stems, and what may be attached.
_VERBS: tuple[tuple[Bid, str, str, str], ...] = (
    ("take", _YOURS, SENT, f"{IT}?{US}{IT}?"),
    ("take", _YOURS, "اعط عط اد ناول", f"(?:ني|نا){IT}?"),
    ("take", "", _TAKEN, f"{IT}?"),
    ("take", "", "هات", f"{US}?{IT}?"),
    ("want", "", _WANTED, f"{IT}?"),
    ("remove", _OURS, _REMOVED, f"{IT}?{US}?"),
    ("remove", "[تن]", "زيل", f"{IT}?{US}?"),
    ("remove", _OURS, "نقص انقص قلل", f"{IT}?{US}?"),
    ("remove", "", "ازل ازيل", f"{IT}?"),
    ("remove", "", "بلا", "(?:ه|ها|هم|هن|هون)"),
    ("remove", "", "شل", "(?:ها|هم|هن)"),
    ("remove", "", "مابي مابا مابغي مابغا مبغي مابدي مبدي ماريد مريد", f"{IT}?ش?"),
    ("remove", "", "مابغيت مبغيت مابغين مبغين بديش بدناش مابديش مبديش", f"{IT}?ش?"),
    ("make", "[بهح]?[تن]", "خل خلي سو سوي", f"(?:{IT}{US}?|{US}{IT}?)"),
    ("make", "", "صير دير", IT),
    ("make", "", "اجعل غير عدل حول", f"{IT}?{US}?{IT}?"),
    ("swap", "", "بدل ابدل استبدل", f"{IT}?{US}?"),
    ("swap", "", "تبدل", "(?:ه|ها|هم|هن)"),
    ("confirm", _AGREED, "اكد ثبت اعتمد كمل تمم اتم اتمم مشي نفذ", f"{IT}?{US}?"),
    ("more", _OURS, "زيد زد زود ضيف ضف اضف اضيف", f"(?:ني|نا)?{IT}?{US}?"),
)


def _pattern(before: str, stems: str, ending: str) -> re.Pattern[str]:
    verb = f"(?:{'|'.join(words(stems))})"
    forms = [f"{verb}(?:ي|وا?|ا)?{ending}"]
    # «تشيلون», and not «شلون»: of several whom we speak to, only behind a «ت».
    forms += [f"{before}{verb}(?:ي|وا?|ون|ين)?{ending}"] if before else []
    return re.compile("|".join(forms))


_BIDS = tuple((named, _pattern(*row)) for named, *row in _VERBS)
# The same in Latin letters, as `spelled` writes them.
_IT = "(?:ha|hu|hum|hm|hun|hn|uh|u|h|ih|iah|iaha)"
_US = "(?:li|lna|lina|lia|liya)"
_LATIN_SENT = (
    "eb3at b3at ab3at eb3ath b3ath ersel arsel rsel dez dizz sayfet sifet seyfet jib geeb 7ot 7ut "
    "sajjel saggel jahhez gahhez khod 5od 5ud"
)
_LATIN_REMOVED = (
    "shil sheel chil e7thef e7zef e7dhef e7def 7thef emsa7 imsa7 msa7 na7i 7ayed esteb3ed "
    "azil azeel izil"
)
_LATIN_AGREED = (
    "akked akkid akkad akid thabbit thabbet thabet sabbet sabet kammel kamel e3tamed e3temed nafez "
    "naffez"
)
_LATIN_VERBS: tuple[tuple[Bid, str, str], ...] = (
    ("take", _LATIN_SENT, f"{_US}{_IT}?"),
    ("take", "3ti a3ti e3ti 3t a3t 3at edi eddi nawel", f"(?:ni|na){_IT}?"),
    ("more", "zid zeed zawed zawwed zwed deef dif adif dhif", f"(?:ni)?{_IT}?{_US}?"),
    ("remove", _LATIN_REMOVED, f"{_IT}?{_US}?"),
    ("remove", "mabghit mabghina mabi mabgha mabdi mabeddi mabaddi", f"{_IT}?(?:ch|sh|$)?"),
    ("make", "khall khal 5all 5al", f"(?:i|u|{_IT}){_IT}?{_US}?"),
    ("make", "ghayer ghayyer 8ayer gayer ej3al ij3al", f"{_IT}?{_US}?"),
    ("make", "saww sawi 7awel 3addel rudd dir deer", f"{_IT}{_US}?"),
    ("swap", "badel baddel bdel estabdel istabdel", f"(?:i|{_IT}){_US}?"),
    ("confirm", _LATIN_AGREED, f"{_IT}?{_US}?"),
)
_LATIN_BIDS = tuple(
    (named, re.compile(rf"(?:{'|'.join({spelled(word) for word in words(stems)})})[iu]?{ending}"))
    for named, stems, ending in _LATIN_VERBS
)
_MEN = frozenset({"zaid", "adel"})
# Whom it is for, in a word of its own: «صيفطي ليا», "ib3ati li".
_FOR_US = frozenset(words("لي ليا لنا لينا الي الينا النا li lia liya lya lina lna elna eli ilna"))
_FOR_US_JOINED = {True: "li", False: "لي"}


@lru_cache(maxsize=4096)
def bid(word: str, after: str = "") -> tuple[Bid | None, int]:
    """What a folded word bids us do, and how many words say it; None and one where it bids nothing.

    «ابعتيلي», «سجلوهالي», «خليهم», «أزيلوا», «شيليه», "zidiha"; with `after` also «صيفطي ليا».

    Args:
        word: folded.
        after: the one behind it.
    """
    if after in _FOR_US and (found := _bid(f"{word}{_FOR_US_JOINED[word[0].isascii()]}")):
        return found, 2
    return _bid(word), 1


def _bid(word: str) -> Bid | None:
    if word[0].isascii():
        return _latin(word)
    joined = word[0] in "وف" and len(word) > len("وشي")
    return _arabic(word) or (_arabic(word[1:]) if joined and word != "وحيد" else None)


def _arabic(word: str) -> Bid | None:
    return next((named for named, pattern in _BIDS if pattern.fullmatch(word)), None)


def _latin(word: str) -> Bid | None:
    key = spelled(word)
    if word not in _MEN:
        for named, pattern in _LATIN_BIDS:
            if pattern.fullmatch(key):
                return named
    if not any(map(str.isdecimal, word)):
        return None
    return next(filter(None, map(_arabic, arabic_spellings(word))), None)
