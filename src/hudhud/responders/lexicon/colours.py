"""A colour in its genders, plurals and dialects, and in Latin letters; a row holds one of them."""

from __future__ import annotations

import re
from functools import lru_cache

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.text import forms, surely_arabic, twins, words

_COLOURS = (
    ("ابيض بيضاء بيضا بيضه بيض white abyad abyadh abiad abyaz abyath bayda baida byad byadh byed "
    "blanc blanche blancs"),
    ("اسود سوداء سودا سوده سود اكحل كحل كحله كحلاء كحلا black aswad aswed asmar sawda soda "
    "noir noire noirs"),
    "احمر حمراء حمرا حمره حمر red a7mar ahmar 7amra rouge rouges",
    "ازرق زرقاء زرقا زرقه زرق blue azra2 azraq azrag zar2a bleu bleue bleus zre9",
    ("اخضر خضراء خضرا خضره خضر green a5dar akhdar a5thar a5dhar akhdhar 5adra khder "
    "vert verte verts"),
    "اصفر صفراء صفرا صفره صفر yellow asfar safra sfer jaune jaunes",
    "رمادي رماديه رصاصي رصاصيه سكني فيراني grey gray gris ramadi rmadi rsasi rosasi",
    "بني بنيه جوزي قهوي قهويه قهوائي قهوائيه شوكولاتي brown marron bonni bunni gahwai kahwe",
    "وردي ورديه زهري زهريه زهر بمبي بمبه بينك روز pink rose wardi zahri bamba",
    "كحلي كحليه نيلي حبري navy ko7li kohli k7li nili", "تركوازي تركواز فيروزي turquoise",
    "بيج بيجي beige", "زيتي زيتيه olive", "سماوي سماويه سمائي سمائيه لبني لبنيه celeste",
    "سكري سكريه كريمي عاجي offwhite cream ivory", "زمردي زمرديه emerald",
    "عنابي عنابيه ماروني خمري نبيتي بوردو burgundy maroon bordeaux 3innabi",
    "برتقالي برتقاليه برتقاني ليموني orange", "ذهبي ذهبيه دهبي دهبيه gold golden dahabi",
    "فضي فضيه silver", "خاكي خاكيه كاكي khaki", "جملي جمليه camel",
    "بنفسجي بنفسجيه موف ليلكي مدادي purple violet lilac", "شفاف شفافه clear transparent",
)  # fmt: skip
_CANONICAL = {word: words(row)[0] for row in _COLOURS for word in words(row)}
# The same in Latin letters, as `spelled` writes them: nobody lists how "bayda" is written.
_SOUNDED = {
    spelled(word): words(arabic)[0]
    for arabic, row in (
        ("ابيض", "abyad abyadh abiad abyaz abiadh bayda beida beyda bidha"),
        ("اسود", "aswad eswed iswid swed sawda k7al ka7la ka7el"),
        ("احمر", "a7mar ahmar 7amra hamra"),
        ("ازرق", "azra2 azraq azrag azre2 zar2a zarqa zarga"),
        ("اخضر", "akhdar a5dar akhdhar a5thar akhthar akhzar 5adra khadra"),
        ("اصفر", "asfar safra"),
        ("رمادي", "ramadi romadi rsasi rasasi rosasi sakani"),
        ("بني", "bonni bunni binni 2ahwi gahwai kahwe"),
        ("وردي", "wardi zahri zaher bamba bamby"), ("كحلي", "ko7li kohli ka7li"),
        ("بيج", "beij baij"), ("زيتي", "zayti zeiti zeti"), ("سماوي", "samawi labani"),
        ("بنفسجي", "banafsaji mauve mov"), ("عنابي", "3innabi 3ennabi nbiti nebiti"),
        ("برتقالي", "borto2ali burtuqali bortoqali"), ("ذهبي", "dahabi thahabi dhahabi zahabi"),
        ("فضي", "faddi fadhi fazzi fiddi fidhi fithi fizzi fethi faddiyya fidhiyya fiddiyya"),
        ("شفاف", "shaffaf shafaf"), ("زمردي", "zomorodi zumurrudi"),
    )
    for word in row.split()
}  # fmt: skip
_SOUNDED_CHARS_MIN = 4
# "lk7el", "el2aswad": with its article, where a digit tells that it is Arabic.
_ARTICLED = re.compile(r"[ae]?l((?=[a-z]*[2-9])[a-z2-9]{4,})")
# A back is nobody's pink, however near the two are spelled: «شنطة ظهر», «ظهره يعوره».
_NO_COLOURS = frozenset(words("ظهر ظهري"))


@lru_cache(maxsize=8192)
def meant(word: str) -> str | None:
    """The colour that a folded word says, by one name for all its spellings; None for no colour.

    Args:
        word: folded; "cake" is spelled like «كاكي», and is none.
    """
    own = forms(word)
    if not _NO_COLOURS.isdisjoint(own):
        return None
    twinned = (twin for form in own for twin in twins(form))
    told = (*own, *twinned, *surely_arabic(word))
    found = next((form for form in told if form in _CANONICAL), "")
    if not found and (bare := _ARTICLED.fullmatch(word)):
        return meant(bare[1])
    if not found and word[:1].isascii() and len(word) >= _SOUNDED_CHARS_MIN:
        return _SOUNDED.get(spelled(word))
    return _CANONICAL.get(found)


@lru_cache(maxsize=2048)
def of_row(colour: str) -> str | None:
    """The same of a colour as a row writes it: «أزرق فاتح» is a blue."""
    return next((found for word in words(colour) if (found := meant(word))), None)


def colour_word(word: str) -> bool:
    """Whether a folded word is a colour, of any shop."""
    return meant(word) is not None


def colour_as_written(word: str) -> bool:
    """Whether a folded word is a colour just so, and not only nearly spelled like one: «ظهر»."""
    return any(form in _CANONICAL for form in forms(word))
