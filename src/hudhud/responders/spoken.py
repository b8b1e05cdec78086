"""Digits in words, and how many of something."""

from __future__ import annotations

from collections.abc import Iterable

from hudhud.text import words

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


_TENS = {
    word: value
    for value, row in (("10", "عشر عشره عشرة ten"), ("20", "عشرين عشرون twenty"), ("30", "ثلاثين"))
    for word in words(row)
}


def numeral(word: str) -> str:
    """The figure of a folded word for a number, as names are written with it: «عشر الاف»."""
    return _VALUE.get(word) or _TENS.get(word, "")


def digit(word: str) -> str:
    """The digit that a folded word says, or that it is; else empty."""
    return _VALUE.get(word, word if len(word) == 1 and word.isdigit() else "")


def counted(said: Iterable[str]) -> frozenset[str]:
    """Folded words with every count as a digit: «وجبتين», «جوج وجبات», "two meals" hold 2."""
    held: set[str] = set()
    for word in said:
        dual = len(word) > len("تين") + 1 and word.endswith(("تين", "تان"))
        value = "2" if dual else digit(word)
        noun = word[:-3] if dual else "" if value else word.removesuffix("ات").removesuffix("ه")
        held |= {part for part in (value, noun) if part}
    return frozenset(held)
