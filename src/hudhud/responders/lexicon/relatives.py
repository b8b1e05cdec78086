"""Whose somebody is: «اخوي», «اختي», "my brother"; and for whom: «لولدي»; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.text import without_article, words

_GROWN = frozenset(words("صغار كبار صغيرين كبيرين زغار جبار"))
_PERSONS = frozenset(
    words(
        "دراري اطفال اولاد ولاد عيال بنات بزاز وليدات ناس رجال رجاجيل نسوان نساء حريم شباب صبيان "
        "بزور جهال كتاكيت مواليد قطط كلاب بالغين"
    )
)
_STEMS = (
    "[اأ]خو?|[اأ]خت|خو|زوجت?|مرت|[اإ]بن|بنت|ولد|[اأ]ولاد|عيال|[اأ]م|[اأ]بو?|والدت?|صديقت?|صاحبت?|"
    "جارت?|عمت?|خالت?|جدت?"
)
# Said of one's own: «اخوي», "my sister".
_MY_KIN = rf"(?:my\s+(?!name)\w+|(?:{_STEMS})(?:ي|يا|ى))"
_FOR_KIN = re.compile(rf"ل(?:{_STEMS})(?:ي|يا|ه|ها|هم|نا|و|تي|ته|تها)")
OF_KIN = re.compile(rf"^{_MY_KIN}\s+(?=\w)", re.IGNORECASE)
# «اللي راح يستلم اخوي مصطفى», "my sister will receive it: Dina Adel".
RECEIVES = re.compile(
    rf"(?:^|(?<=[\s،,.]))(?:(?:{_MY_KIN}|some(?:one|body)\s+else)\s*)?(?:"
    r"(?:will|is\s+going\s+to)\s+(?:receive|collect|take|pick)(?:\s+(?:it|them|the\s+order))?"
    r"(?:\s+up)?(?:\s+for\s+me)?"
    r"|(?:(?:اللي|الي|الذي|التي|يلي)\s+)?(?:(?:راح|رح|حا|غادي|سوف)\s+)?[هحبغس]?[يت]ستلم(?:ه|ها|و|هم)?"
    r"(?:\s+ال(?:طلب|[اأ]وردر))?"
    r")[\s:،,-]+(?P<value>\w.*)",
    re.IGNORECASE,
)


def for_kin(word: str) -> bool:
    """Whether a folded word says for whom of a family: «لولدي», «لاختها»."""
    return bool(_FOR_KIN.fullmatch(word))


def for_persons(said: Sequence[str], at: int) -> bool:
    """Whether great or small are those it is for, and no size: «للكبار», «الدراري الصغار».

    Args:
        said: folded words.
        at: the place of the word.
    """
    word, before = said[at], without_article(said[at - 1]) if at else ""
    many = word.removeprefix("لل").removeprefix("ال") in _GROWN
    return many and (word.startswith("لل") or before.removeprefix("لل") in _PERSONS)
