"""Numbers as people type them: ١٢٣, ۱۲۳ and 123, with every keyboard's separators."""

from __future__ import annotations

import re
import unicodedata

TYPED_CHARS_MAX = 64
PHONE_DIGITS_MAX = 20

_COMMAS = "[,،٬'’ \u00a0\u202f]"
_GROUPED = re.compile(rf"\d{{1,3}}(?:{_COMMAS}\d{{3}})+")
# A comma before one or two digits can only be a decimal sign: «٢,٥» is two and a half.
_SHORT = re.compile(r"(\d+)[,،](\d{1,2})")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_MINUS = str.maketrans("−‒–﹣－", "-----")


def latin_digits(text: str) -> str:
    """The same text with 0-9 in place of every other script's digits; nothing else changes."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def typed_number(text: str) -> str:
    """A number that a person typed, as a program reads it: «١٢٬٥٠٠٫٥» is `12500.5`.

    A comma before three digits groups them, before one or two it is a decimal sign; invisible
    marks of direction are passed over.

    Raises:
        ValueError: it is no number; its text is not repeated.
    """
    shown = "".join(char for char in text[:TYPED_CHARS_MAX] if unicodedata.category(char) != "Cf")
    found = latin_digits(shown).strip().translate(_MINUS)
    sign = found[:1] if found[:1] in "+-" else ""
    whole, point, part = _parted(found[len(sign) :].strip())
    if _GROUPED.fullmatch(whole):
        whole = re.sub(_COMMAS, "", whole)
    number = f"{sign}{whole}{'.' if point else ''}{part}"
    if not _PLAIN.fullmatch(number):
        raise ValueError("must be a number")
    return number


def whole_number(text: str) -> int:
    """A whole number that a person typed.

    Raises:
        ValueError: it is none; its text is not repeated.
    """
    number = typed_number(text)
    if "." in number:
        raise ValueError("must be a whole number")
    return int(number)


def decimal_number(text: str) -> float:
    """A number that a person typed, with or without decimals.

    Raises:
        ValueError: it is none; its text is not repeated.
    """
    return float(typed_number(text))


def typed_phone(text: str) -> str:
    """The digits of a phone number that a person typed, with its + if it had one; else empty.

    «+٩٦٤ (٧٧٠) ١٢٣-٤٥٦٧» is `+9647701234567`; a leading 00 is a +.
    """
    shown = latin_digits(text.strip()[:TYPED_CHARS_MAX])
    digits = "".join(char for char in shown if char.isdigit() and char.isascii())
    if not digits or len(digits) > PHONE_DIGITS_MAX:
        return ""
    if digits.startswith("00"):
        return "+" + digits[2:]
    marks = shown.lstrip("\u200e\u200f\u061c\u202a\u202b\u2066\u2067\u2068")
    return ("+" if marks[:1] in {"+", "＋"} else "") + digits


def _parted(found: str) -> tuple[str, str, str]:
    """What stands before the decimal sign, the sign, and what stands behind it."""
    if short := _SHORT.fullmatch(found):
        return short[1], ".", short[2]
    return found.replace("٫", ".").partition(".")
