"""The one spelling under which Arabic and Latin texts are compared and searched."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FOLD_CHARS_MAX = 20_000

# One spelling for each letter that keyboards and dialects write in several ways. Hamza seats and
# madda need no row: NFKD takes the mark off. گ is written ك, چ is written ج where keys lack them.
_LETTERS = {
    "ة": "ه", "ۃ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي",
    "ٱ": "ا", "ک": "ك", "ڪ": "ك", "گ": "ك", "چ": "ج", "پ": "ب", "ڤ": "ف", "ژ": "ز",
    "ۆ": "و", "ۇ": "و", "ۋ": "و", "ڵ": "ل", "ڕ": "ر", "ء": "", "ـ": "", "'": "", "’": "", "`": "",
}  # fmt: skip
# NFKD would turn a spacing tashkeel form into a space and a mark, and so cut a word in two.
_SPACING_TASHKEEL = re.compile("[\ufe70-\ufe7f]")
# T-shirt is one word, and people write it in every way.
_LETTER_HYPHEN = re.compile(r"(?<![^\W_])([a-z])[-‐‑](?=[a-z]{2})")
# Not x, w: XXXL is a size and www an address.
_STRETCHED = re.compile(r"([^\W\d_xw])\1{2,}")
# A question word and the article of what it asks about, without the space between them.
_GLUED = re.compile(
    r"(?<!\S)(سعر|بكم|بكام|شكد|قديش|بشحال|شحال|بيش|اريد|ابي|ابغي|عايز|عاوز|بدي|بغيت|وين|فين)(?=ال\w{3})"
)
_SELECTORS = range(0xFE00, 0xFE10)
# What nearly all messages are written in. Here each word is folded for itself and kept: no mark
# joins the letter of another, and no hyphen is taken out.
_EVERYDAY = re.compile(r"[\n -,.-~،؛؟ء-غ\u0640-\u0652٠-٩]*")
# Marks of lower combining classes are the vowels of scripts that cannot be read without them.
_MARK_CLASS_MIN = 10

_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3,})")
_PARTICLE = re.compile(r"^(?:[عه]?ال|[وف]?[بكل]|[وف])(?=\w{2,})")
_SUFFIX = re.compile(
    r"(?<=\w{3})(?:ات(?:ها|هم|كم|نا|ه|ي)?|ين|ون|ها|هم|هن|كم|كن|كو|نا|يه|ه|ي|و|ا|(?<=ss|sh|ch)es|(?<=[a-z])s)$"
)
# They begin like an article and have none.
_NO_ARTICLE = re.compile(r"(?:الوان|الماس|البوم|البس|والدت)(?:ها|هم|كم|نا|ه|ي|و)?")
# «مراحيض» of «مرحاض», «صناديق» of «صندوق»: four radicals, the plural's long ي behind the third.
_BROKEN = re.compile(r"^(?:ال)?([^اوي]\w)ا(\w)ي([^اهوي])$")
_FORM_CHARS_MIN = 3


class _Folding(dict[int, str]):
    """What each character becomes; filled as characters are met, so that folding is one C loop."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _character(chr(code))
        return folded


def _character(char: str) -> str:
    category = unicodedata.category(char)
    if char in _LETTERS:
        return _LETTERS[char]
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in ("Cf", "Me") or ord(char) in _SELECTORS:
        return ""
    if category[0] == "M":
        return "" if unicodedata.combining(char) >= _MARK_CLASS_MIN else char
    return char if category[0] in "LN" else " "


_FOLDING = _Folding()
# The same names, keywords and messages are folded again and again within one answer.
KEPT_MAX, KEPT_CHARS_MAX = 4096, 300
WORDS_KEPT_MAX = 8192


def fold(text: str) -> str:
    """Write a text in the one spelling used for comparing; folding twice changes nothing.

    Hamza and alef forms, taa marbuta, alef maqsura, tashkeel, tatweel, Persian and Urdu letters,
    presentation forms, every script's digits, letter case, Latin accents, stretched letters
    (هلاااا) and invisible marks become one form; punctuation and symbols become one space.

    Args:
        text: anything; what lies beyond `FOLD_CHARS_MAX` is not read.
    """
    return _kept(text) if len(text) <= KEPT_CHARS_MAX else _folded(text)


def _folded(text: str) -> str:
    if len(text) <= KEPT_CHARS_MAX and _EVERYDAY.fullmatch(text):
        return " ".join(filter(None, map(_word, text.split())))
    return _spelled(text)


def _spelled(text: str) -> str:
    plain = _SPACING_TASHKEEL.sub("", text[:FOLD_CHARS_MAX])
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    plain = _LETTER_HYPHEN.sub(r"\1", plain)
    plain = unicodedata.normalize("NFC", plain.translate(_FOLDING))
    return " ".join(_GLUED.sub(r"\1 ", _STRETCHED.sub(r"\1", plain)).split())


_kept = lru_cache(KEPT_MAX)(_folded)
_word = lru_cache(WORDS_KEPT_MAX)(_spelled)


def forget() -> None:
    """Let go of what is kept: what modules fold while they load, nobody writes like that again."""
    _kept.cache_clear()
    _word.cache_clear()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()


def without_article(word: str) -> str:
    """A folded word without its article and what is attached before it (وبالقميص → قميص)."""
    return word if _NO_ARTICLE.fullmatch(word) else _ARTICLE.sub("", word)


@lru_cache(maxsize=4096)
def stems(word: str) -> tuple[str, ...]:
    """Spellings under which one folded word may be looked up, itself first.

    The article, the attached و ف ب ك ل and a light suffix (سعرها, مقاساته) are taken off as
    alternates, never instead of the word: «والد» is no «الد» with a و before it.
    """
    forms = [word, without_article(word), _PARTICLE.sub("", word)]
    forms += [_SUFFIX.sub("", form) for form in forms]
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """A word and its stems, without those so short that they are another word (لكم is not كم)."""
    told = (form for form in stems(word) if form == word or len(form) >= _FORM_CHARS_MIN)
    return (*told, *_singulars(word))


def _singulars(word: str) -> tuple[str, ...]:
    """What a folded word of four radicals may be the broken plural of; nothing where it is none."""
    told = _BROKEN.match(word)
    return tuple(f"{told[1]}{told[2]}{long}{told[3]}" for long in "اوي") if told else ()
