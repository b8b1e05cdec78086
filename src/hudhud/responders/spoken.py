"""Digits in words, and how many of something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from hudhud.text import surely_arabic, words

_DIGITS = (
    "صفر زيرو sefr sifr zero oh nil",
    "واحد واحده وحده وحدة one wa7ed wahed wahad",
    "اثنين اثنان اتنين تنين ثنين ثنتين اثنتين تنتين تنتان جوج زوج two tnen tnein itnen jouj",
    "ثلاثه ثلاث تلاته تلات تلت ثلث three tlate tlata thalatha talata",
    "اربعه اربع ربعه four arba3a arb3a arba3",
    "خمسه خمس five khamse 5amse khamsa 5amsa",
    "سته ست six sette sitte setta sitta",
    "سبعه سبع seven sab3a saba3a",
    "ثمانيه ثماني ثمان تمانيه تماني تمنيه ثمنيه eight tmanye tamanya thmanya",
    "تسعه تسع nine tes3a tis3a",
)
_VALUE = {word: str(value) for value, row in enumerate(_DIGITS) for word in words(row)}
# Numbers that are no digits, or said as no digit is.
BEYOND = {
    word: value
    for value, row in (
        (1, "a an"),
        (2, "ثنينهم اثنينهم اتنينهم تنينهم ثنينهن تنيناتهم اثنتان ثنتان جوج زوز"),
        (2, "zouj zouz jouj joj"),
        (3, "تلتة ثلاثه ثلاثة تلاتة ثلاث تلات"), (10, "عشرة عشر عشره ten 3ashra"),
        (11, "احدعش حداشر احدى احداشر حضاش eleven"),
        (12, "اثناعش اطنعش اتناشر اتنعش طناش twelve"),
        (13, "ثلطعش تلطعش تلتعش تلاتاشر تلتاشر ثلاثطعش طلطاش thirteen"),
        (14, "اربعطعش اربعتعش اربعتاشر رباعطاش fourteen"),
        (15, "خمسطعش خمستعش خمستاشر خمسطاش fifteen"), (16, "سطعش ستعش ستاشر سطاش sixteen"),
        (17, "سبعطعش سبعتعش سبعتاشر سبعطاش seventeen"),
        (18, "ثمنطعش تمنطعش تمنتعش تمنتاشر تمانتاشر ثمنتاشر تمنطاش eighteen"),
        (19, "تسعطعش تسعتعش تسعتاشر تسعطاش nineteen"),
        (20, "عشرين twenty 3eshrin"), (30, "ثلاثين تلاتين thirty"), (40, "اربعين forty"),
        (50, "خمسين fifty"), (60, "ستين sixty"),
        (70, "سبعين seventy"), (80, "ثمانين تمانين eighty"),
        (90, "تسعين ninety"), (100, "مية مئة ميه مائة hundred"),
    )
    for word in words(row)
}  # fmt: skip
# «ستعشر»
BEYOND |= {f"{word}ر": value for word, value in BEYOND.items() if word.endswith("عش")}
_ARTICLES = frozenset(words("a an"))
_HUNDRED_OR_WATER = frozenset(words("مية"))
_BEFORE_WATER = frozenset(
    words("مع في من ب شوية شويه قليل كوب كوباية كاس كباية قنينة قنينه زجاجة ازازة قارورة لتر جالون")
)
_TENS = {
    word: value
    for value, row in (("10", "عشر عشره عشرة ten"), ("20", "عشرين عشرون twenty"), ("30", "ثلاثين"))
    for word in words(row)
}


def numeral(word: str) -> str:
    """The figure of a folded word for a number, as names are written with it: «عشر الاف»."""
    return _VALUE.get(word) or _TENS.get(word, "")


@lru_cache(maxsize=4096)
def numeric(word: str) -> bool:
    """Whether a folded word is a number in letters, in Latin ones too: «واحدة», "one", "wa7de"."""
    if word in _HUNDRED_OR_WATER or word in _ARTICLES:
        return False
    return any(one in BEYOND or numeral(one) for one in (word, *surely_arabic(word)))


def digit(word: str) -> str:
    """The digit that a folded word says, or that it is; else empty."""
    return _VALUE.get(word, word if len(word) == 1 and word.isdigit() else "")


def of_water(said: Sequence[str], at: int) -> bool:
    """Whether «ميه» is water at this place, and no hundred: «مع مية السقي», «قنينة مية».

    A hundred stands before the thing that is counted, which has no article then.

    Args:
        said: folded words.
        at: the place of one.
    """
    if said[at].removeprefix("و") not in _HUNDRED_OR_WATER or len(said) == 1:
        return False
    after = said[at + 1] if at + 1 < len(said) else ""
    return not after or after.startswith("ال") or (at > 0 and said[at - 1] in _BEFORE_WATER)


def counted(said: Iterable[str]) -> frozenset[str]:
    """Folded words with every count as a digit: «وجبتين», «جوج وجبات», "two meals" hold 2."""
    held: set[str] = set()
    for word in said:
        dual = len(word) > len("تين") + 1 and word.endswith(("تين", "تان"))
        value = "2" if dual else digit(word)
        noun = word[:-3] if dual else "" if value else word.removesuffix("ات").removesuffix("ه")
        held |= {part for part in (value, noun) if part}
    return frozenset(held)
