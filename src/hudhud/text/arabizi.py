"""Arabic written with Latin letters and digits (Arabizi: sham3a, 7aleeb), in Arabic letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, islice

SPELLINGS_MAX = 12
UNLIKELY_MAX = 3

_WORD = re.compile(r"[a-z2356789]*[a-z][a-z2356789]*")
_CHARS_MIN, _CHARS_MAX = 3, 16
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")
_SOUND = re.compile(r"sh|kh|gh|th|dh|ch|3'|aa|ee|ei|ii|oo|ou|uu|ah$|eh$|et$|.")
# "2alaye" is «قلاية»: no article stands before a vowel.
_NO_ARTICLE, _ARTICLE = re.compile("2al[aeiou]"), re.compile(r"ال\w{2}")

# The likeliest letter first. A short vowel is seldom written in Arabic, a long one always.
_SOUNDS = {
    "2": ("ق", "ا"), "3": ("ع",), "5": ("خ",), "6": ("ط",), "7": ("ح",), "8": ("غ", "ق"),
    "9": ("ق", "ص"), "sh": ("ش",), "kh": ("خ",), "gh": ("غ",), "th": ("ث", "ذ"), "dh": ("ذ", "ض"),
    "ch": ("ش", "ج"), "b": ("ب",), "c": ("ك", "س"), "d": ("د", "ض", "ظ"), "f": ("ف",),
    "g": ("ج", "ق"), "h": ("ه", "ح"), "j": ("ج",), "k": ("ك", "ق"), "l": ("ل",), "m": ("م",),
    "n": ("ن",), "p": ("ب",), "q": ("ق",), "r": ("ر",), "s": ("س", "ص"), "t": ("ت", "ط"),
    "v": ("ف",), "w": ("و",), "x": ("كس",), "y": ("ي",), "z": ("ز", "ظ", "ذ"), "aa": ("ا",),
    "ee": ("ي",), "ei": ("ي",), "ii": ("ي",), "oo": ("و",), "ou": ("و",), "uu": ("و",),
    "ah": ("ه",), "eh": ("ه",), "et": ("ه", "ت"), "a": ("", "ا"), "e": ("", "ي"),
    "i": ("", "ي"), "o": ("", "و"), "u": ("", "و"),
}  # fmt: skip
_ENDS = {"a": ("ه", "ا"), "e": ("ه", "ي"), "i": ("ي",), "o": ("و",), "u": ("و",)}
_BEGINS = {"a": ("ا", "ق"), "e": ("ا",), "i": ("ا",), "o": ("ا", "او"), "u": ("ا", "او")}

_CONSONANTS = {
    **dict.fromkeys("تط", "t"), **dict.fromkeys("سصث", "s"), **dict.fromkeys("دض", "d"),
    **dict.fromkeys("ذظز", "z"), **dict.fromkeys("حه", "h"), **dict.fromkeys("كق", "k"),
    "ب": "b", "ج": "j", "خ": "K", "ر": "r", "ش": "S", "غ": "g", "ف": "f", "ل": "l", "م": "m",
    "ن": "n",
}  # fmt: skip
_SAID_ALIKE = (
    (re.compile(r"th"), "s"), (re.compile(r"kh|5|x"), "K"), (re.compile(r"sh|ch"), "S"),
    (re.compile(r"gh|8"), "g"), (re.compile(r"dh"), "d"), (re.compile(r"7"), "h"),
    (re.compile(r"6"), "t"), (re.compile(r"[cqk9]"), "k"), (re.compile(r"p"), "b"),
    (re.compile(r"v"), "f"), (re.compile(r"(.)\1+"), r"\1"), (re.compile(r"[aeiouwy23'0-9]"), ""),
)  # fmt: skip


@lru_cache(maxsize=4096)
def arabic_spellings(word: str) -> tuple[str, ...]:
    """Arabic words that a Latin one may be meant for, the likeliest first; often none is a word.

    Args:
        word: folded.

    Returns:
        At most `SPELLINGS_MAX`; nothing for what is too short, too long, or has other characters.
    """
    if not (_CHARS_MIN <= len(word) <= _CHARS_MAX and _WORD.fullmatch(word)):
        return ()
    sounds = _SOUND.findall(_DOUBLED.sub(r"\1", word))
    read = _readings([*_letters(sounds)])
    if _NO_ARTICLE.match(word):
        read = (one for one in read if not _ARTICLE.match(one))
    return tuple(islice(read, SPELLINGS_MAX))


def surely_arabic(word: str) -> tuple[str, ...]:
    """The same of a word in which a digit is a letter: "cake" may be «كاكي», "3arabi" is Arabic.

    Args:
        word: folded.
    """
    return arabic_spellings(word) if any(map(str.isdecimal, word)) else ()


def _letters(sounds: list[str]) -> Iterator[tuple[str, ...]]:
    for place, sound in enumerate(sounds):
        if place == 0 and sound in _BEGINS:
            yield _BEGINS[sound]
        elif place == len(sounds) - 1 and sound in _ENDS:
            yield _ENDS[sound]
        else:
            yield _SOUNDS[sound]


def _readings(letters: list[tuple[str, ...]]) -> Iterator[str]:
    """Readings with the fewest unlikely letters first."""
    likely = [choices[0] for choices in letters]
    others = [(at, other) for at, choices in enumerate(letters) for other in choices[1:]]
    for unlikely in range(UNLIKELY_MAX + 1):
        for chosen in combinations(others, unlikely):
            changed = dict(chosen)
            if len(changed) == unlikely:
                yield "".join(changed.get(at, letter) for at, letter in enumerate(likely))


@lru_cache(maxsize=8192)
def bones(word: str) -> str:
    """The consonants alone, the same for «تقسيط» and "taqseet": to compare with few rows."""
    if word and word[0] > "\u0600":
        return "".join(_CONSONANTS.get(char, "") for char in word)
    for pattern, same in _SAID_ALIKE:
        word = pattern.sub(same, word)
    return word
