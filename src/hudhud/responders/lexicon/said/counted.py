"""What a shop counts in: pieces, and whatever holds, binds or measures out its wares.

A container holds any ware: a row of dates tells of no bottle, and «شيشة دبس» is one of it all the
same. One and several of it stand in two lists, for one that stands alone counts one.
"""

from __future__ import annotations

import re

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import measuring, words

# One of these beside what it holds is one of it: «شيشة دبس», "kartoon tamr".
_HOLDERS = frozenset(
    words(
        "علبة باكيت بكيت باكت باكيج باكج بكج باكو صندوق كرتون كرتونة كارتون كارتونة صينية صنية كيس "
        "ربطة طبق قالب بوكس زجاجة قنينة قزازة ازازة غرشة بطل عبوة قارورة برطمان مرطبان قطرميز حزمة "
        "شيشة قوطية قوطي تنكة صفيحة قرعة جالون جركن سطل دبة جرة شوال كونية خيشة شيكارة بستوكة "
        "رزمة"
    )
)
_HOLDERS_LATIN = words(
    "3elba 3olba 3ilba sheesha shisha kartoon kartoona karton kartona carton cartona 2anina "
    "9anina ganina 2zaze ezaza izaza 2ezaza gharsha ghersha 3obwa 3ebwa 3abwa bortman burtuman "
    "martaban 2atramiz 2otiye 2otiyye 8otiya ghotiya tanake 9ar3a gar3a jalon galon jerkan "
    "satl shwal rabta 7ezme rezme rizma bakeet baket bakou bako sandoo2 sandou2 sandoug seniye "
    "siniyya"
)
_HOLDERS_ENGLISH = words("box pack packet tray bottle jar tin carton tub sack sachet bucket bundle")
_PIECES = words(
    "حبة حبات حبايات قطعة قطع وحدة وحدات نسخة نسخ مرات حتة حتت كوب اكواب لفة لفات شدة شدات طقم "
    "اطقم اطقمة سيت رول رولات رولة بكرات "
    "piece pieces pcs pc unit units of x cans roll rolls set sets "
    "7abba 7abbe 7abbat 7abat 2et3a 2eta3 7abet 3elab 3olab"
)
_MANY = words(
    "علب باكيتات باكتات بواكيت باكيجات بكجات باكوات صناديق كراتين كرتونات كارتونات صواني صنيات "
    "اكياس ربطات ربط اطباق قوالب بوكسات زجاجات قناني قنينات قزايز قزازات ازايز ازازات غرش غراش "
    "بطول عبوات قوارير برطمانات براطم مرطبانات قطرميزات حزم شيشات قواطي قوطيات تنك تنكات "
    "صفائح قرعات قراعي جوالين جالونات جركنات سطول سطولة دبات دبب جرار شوالات كواني خيش شكاير "
    "رزم رزمات "
    "boxes packs packets trays bottles jars tins cartons tubs sacks buckets bundles"
)
# What is measured out, in all its spellings: «كيلو», "kelo", "litre"; a lone letter is none.
_WEIGHED = frozenset(
    word for word, one in measuring.UNITS.items() if one in ("كغ", "لتر") and len(word) > 1
)
_KILO = frozenset(word for word in _WEIGHED if measuring.UNITS[word] == "كغ")
_LITRE = frozenset(words("لتر ليتر"))

ONE = _HOLDERS | _KILO | _LITRE | frozenset(_HOLDERS_ENGLISH)
UNITS = ONE | _WEIGHED | frozenset((*_PIECES, *_MANY))
# As it is written in full, «كيساً»; «رولا» is a woman before she is a roll.
_IN_FULL = frozenset(f"{one}ا" for one in UNITS if not one.isascii()) - {"رولا"}
_FEMININE, _ENDS = "ه", ("ين", "ان")
_ONE_HEARD = frozenset(map(spelled, _HOLDERS_LATIN))
# In two these are never an English word: "rolein", "keesein", "litrein".
_IN_TWO = _ONE_HEARD | frozenset(
    map(
        spelled,
        words(
            "7abba 7abbe 2et3a 2at3a wa7da w7da 2otla laffa roll bakeet kees boks litr letr kilo "
            "kilow kelo to2m ta2m nos5a dabba"
        ),
    )
)
_DUAL = re.compile(r"(.+?)(?:[ea][iy]|ee?)n")
_LETTERS_MIN = 4


def holds_one(word: str) -> bool:
    """Whether a folded word, alone beside a ware, counts one of it: «شيشة», "tin", "kartoon".

    Args:
        word: one.
    """
    return word in ONE or _heard(word)


def counted_in(word: str) -> bool:
    """Whether a folded word is what a shop counts in, one or several.

    Args:
        word: one.
    """
    return word in UNITS or word in _IN_FULL or _heard(word)


def _heard(word: str) -> bool:
    latin = len(word) >= _LETTERS_MIN and word.isascii() and not word.isdecimal()
    return latin and spelled(word) in _ONE_HEARD


def _duals() -> dict[str, str]:
    made: dict[str, str] = {}
    for one in UNITS:
        if not one.isascii():
            stem = f"{one.removesuffix(_FEMININE)}ت" if one.endswith(_FEMININE) else one
            made |= {stem + ending: one for ending in _ENDS}
    return made


# Of each the dual: «علبتين» are two of «علبة».
DUALS = _duals()
# Before what it counts a dual loses its last letter: «علبتي يانسون», «قطعتا ستيك»; «كيسا» is one.
DUALS_OF = {
    word.removesuffix("ن"): one
    for word, one in DUALS.items()
    if word.endswith(("ين", "تان")) and word.removesuffix("ن") not in UNITS
}


def latin_dual(word: str) -> bool:
    """Whether a folded word is two of what a shop counts in: "7abtein", "kartonain", "rolein".

    Args:
        word: one.
    """
    found = _DUAL.fullmatch(word)
    if found is None:
        return False
    stem = found[1].removesuffix("t").rstrip("ea")
    return any(spelled(one) in _IN_TWO for one in (found[1], f"{stem}a", f"{stem}e"))
