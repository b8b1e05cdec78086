"""Digits and prices as people write them."""

from __future__ import annotations

import math
from typing import Literal

from hudhud.text.reading import Language

Digits = Literal["arabic", "latin"]

MICRO = 1_000_000
_ARABIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "01234567890123456789,.")

# ISO 4217 minor units where they are not two.
_EXPONENTS = {"IQD": 3, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "LYD": 3, "TND": 3, "JPY": 0}
_SIGNS = {
    "IQD": "د.ع", "SAR": "ر.س", "AED": "د.إ", "KWD": "د.ك", "BHD": "د.ب", "QAR": "ر.ق",
    "OMR": "ر.ع", "JOD": "د.أ", "EGP": "ج.م", "YER": "ر.ي", "LYD": "د.ل", "TND": "د.ت",
    "MAD": "د.م", "DZD": "د.ج", "SDG": "ج.س", "SYP": "ل.س", "LBP": "ل.ل", "USD": "$",
}  # fmt: skip


def digits(text: str, style: Digits) -> str:
    """The same number with Arabic-Indic (١٢٣) or Latin (123) digits and separators.

    Args:
        text: a number as `str` or `money` made it. Its comma and point are separators and change
            too, so give it a number, not a sentence.
        style: `arabic` or `latin`.
    """
    return text.translate(_ARABIC if style == "arabic" else _LATIN)


def cost(micro: int, currency: str, language: Language, style: Digits | None = None) -> str:
    """A small amount as people write it, to two digits where it is below the smallest unit.

    Args:
        micro: in millionths of the currency's smallest unit.
        currency: ISO 4217 code.
        language: whose order and sign of the currency.
        style: digits; by default Arabic-Indic in Arabic and Latin in English.
    """
    if micro == 0 or abs(micro) >= MICRO:
        return money(round(micro / MICRO), currency, language, style)
    standard = exponent(currency)
    places = standard + 1 - math.floor(math.log10(abs(micro) / MICRO))
    number = f"{micro / MICRO / 10**standard:.{places}f}".rstrip("0")
    if language == "ar":
        return f"{digits(number, style or 'arabic')} {_SIGNS.get(currency, currency)}"
    return f"{currency} {digits(number, style or 'latin')}"


def exponent(currency: str) -> int:
    """How many decimals the smallest unit of a currency has (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


def money(minor: int, currency: str, language: Language, style: Digits | None = None) -> str:
    """A price as people write it; decimals only when there are some.

    Example: `money(125_000_000, "IQD", "ar")` is «١٢٥٬٠٠٠ د.ع», in English "IQD 125,000".

    Args:
        minor: in the currency's smallest unit by ISO 4217 (a thousandth of IQD and KWD, a
            hundredth of SAR and USD).
        currency: ISO 4217 code.
        language: whose order and sign of the currency.
        style: digits; by default Arabic-Indic in Arabic and Latin in English.
    """
    places = exponent(currency)
    whole, part = divmod(abs(minor), 10**places)
    number = f"{'-' if minor < 0 else ''}{whole:,}" + (f".{part:0{places}d}" if part else "")
    if language == "ar":
        return f"{digits(number, style or 'arabic')} {_SIGNS.get(currency, currency)}"
    return f"{currency} {digits(number, style or 'latin')}"
