"""What one cell says: a price, a number, a list, a yes. Whatever has two readings is refused; pure.

A wrong price is worse than none: it would be told to customers, and bought at.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from hudhud.core.importing.sheet import UNCOMPUTED, Cell
from hudhud.text import exponent, fold, latin_digits, majority, typed_number

PRICE_MINOR_MAX: Final = 10**15
STOCK_MAX: Final = 1_000_000
PARTS_MAX: Final = 60
# In the money of Iraq nobody writes thousandths, though the standard counts them.
WITHOUT_PARTS: Final = frozenset({"IQD", "YER", "SYP", "LBP", "SDG", "DZD"})
_GENERIC: Final = {
    "دينار": "IQD KWD BHD JOD LYD TND DZD", "ريال": "SAR QAR OMR YER", "﷼": "SAR QAR OMR YER",
    "رس": "SAR", "رق": "QAR", "رع": "OMR", "ري": "YER", "دع": "IQD", "دإ": "AED", "دا": "JOD AED",
    "دأ": "JOD", "دك": "KWD", "دب": "BHD", "جم": "EGP", "جس": "SDG", "دل": "LYD", "دت": "TND",
    "دم": "MAD", "دج": "DZD", "لس": "SYP", "لل": "LBP", "درهم": "AED MAD", "جنيه": "EGP SDG",
    "ليره": "SYP LBP TRY", "دولار": "USD", "$": "USD", "usd": "USD", "us$": "USD", "€": "EUR",
    "يورو": "EUR", "kd": "KWD", "bd": "BHD", "jd": "JOD", "sr": "SAR", "qr": "QAR", "dhs": "AED",
    "id": "IQD", "le": "EGP", "dinar": "IQD KWD BHD JOD LYD TND DZD", "riyal": "SAR QAR OMR YER",
    "omani": "OMR", "₺": "TRY", "£": "GBP EGP SYP LBP",
}  # fmt: skip
_PEOPLES: Final = {
    "عراقي": "IQD", "سعودي": "SAR", "كويتي": "KWD", "بحريني": "BHD", "اردني": "JOD",
    "قطري": "QAR", "عماني": "OMR", "مصري": "EGP", "اماراتي": "AED", "ليبي": "LYD", "تونسي": "TND",
    "يمني": "YER", "سوري": "SYP", "لبناني": "LBP", "مغربي": "MAD", "جزاءري": "DZD",
    "سوداني": "SDG", "امريكي": "USD", "iraqi": "IQD", "kuwaiti": "KWD", "saudi": "SAR",
}  # fmt: skip
# What a spreadsheet writes where a formula failed.
FAILED: Final = {"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!"}
_NUMBER: Final = re.compile(r"[-−‒–﹣－+]?\s*\d[\d.,،٬٫'’ \u00a0\u202f]*")
_SHORTENED: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES, _NO = (
    {*said.split()}
    for said in (
        "yes y true 1 نعم اي ايوه صح متوفر معروض فعال نشط ظاهر active published on",
        "no n false 0 لا كلا خطا متوقف موقوف مخفي draft archived inactive hidden off",
    )
)
_GONE: Final = frozenset(
    {"نفد", "نفذ", "نفدت", "منتهي", "خلص", "غير متوفر", "sold out", "out of stock", "none"}
)


class UnreadableError(ValueError):
    """Why a cell is not taken: a key of the interface's texts, and what it names."""

    def __init__(self, why: str, told: str = "") -> None:
        """Keep both."""
        self.why, self.told = why, told
        super().__init__(why)


def price(cell: Cell, currency: str) -> int | None:
    """A price in the smallest unit of the currency; None for an empty cell.

    «٢٥٬٠٠٠ د.ع», "25,000", "IQD 25 000" and 25000 are one price. Refused is what a person may have
    meant otherwise: "25.000" where nobody writes thousandths, "1,250" where people do, another
    currency, more decimals than the currency has, a share, a number in words.

    Raises:
        UnreadableError: it is no price, or none that is sure.
    """
    said = _said(cell)
    if not said:
        return None
    shown = latin_digits(_visible(said))
    if _SHORTENED.fullmatch(shown.strip()):
        raise UnreadableError("price")
    found = _NUMBER.search(shown)
    if found is None or shown.count("%") or "٪" in shown:
        raise UnreadableError("price")
    number = found[0].strip(" \u00a0\u202f.,،")
    rest = f"{shown[: found.start()]} {shown[found.end() :]}"
    _check_currency(rest, currency)
    _check_sure(number, currency)
    try:
        amount = Decimal(typed_number(number))
    except ValueError:
        raise UnreadableError("price") from None
    minor = amount.scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise UnreadableError("price_decimals", currency)
    if not 0 <= minor <= PRICE_MINOR_MAX:
        raise UnreadableError("price")
    if currency in WITHOUT_PARTS and amount != amount.to_integral_value():
        raise UnreadableError("price_unsure")  # «٢٥٫٥» may be twenty-five thousand and a half
    return int(minor)


def price_minor(cell: Cell) -> int | None:
    """A price that stands in smallest units already; None for an empty cell.

    Raises:
        UnreadableError: it is no whole number of them.
    """
    return _whole(_said(cell), PRICE_MINOR_MAX, "price")


def stock(cell: Cell) -> int | None:
    """How many lie on the shelf; None for an empty cell. «نفد» and "sold out" are none.

    Raises:
        UnreadableError: it is no number from 0 to STOCK_MAX.
    """
    said = _said(cell)
    return 0 if fold(said) in {fold(word) for word in _GONE} else _whole(said, STOCK_MAX, "stock")


def yes(cell: Cell) -> bool | None:
    """Whether a cell says yes; None for an empty one.

    Raises:
        UnreadableError: it says neither yes nor no.
    """
    said = fold(_said(cell))
    if not said:
        return None
    if said in _YES or said in _NO or said in {fold(word) for word in _GONE}:
        return said in _YES
    raise UnreadableError("yes_or_no")


def parts(cell: Cell) -> tuple[str, ...]:
    """A list: between bars where there are any, else between commas, semicolons or lines.

    Raises:
        UnreadableError: there are more than PARTS_MAX.
    """
    if isinstance(cell, list):
        found = cell
    else:
        said = _said(cell)
        found = said.split("|") if "|" in said else re.split(r"[,،;؛\n]", said)
    kept = tuple(dict.fromkeys(part.strip() for part in found if part.strip()))
    if len(kept) > PARTS_MAX:
        raise UnreadableError("too_many_parts", str(PARTS_MAX))
    return kept


def joined(of: tuple[str, ...]) -> str:
    """A list as one cell that `parts` reads as it was."""
    plain = not any(mark in part for part in of for mark in ",،;؛\n")
    return ", ".join(of) if plain else " | ".join(of) + (" |" if len(of) == 1 else "")


def word(cell: Cell, chars_max: int) -> str:
    """Words as they stand.

    Raises:
        UnreadableError: they are longer than a product has room for, or a formula.
    """
    said = _said(cell)
    if len(said) > chars_max:
        raise UnreadableError("too_long", str(chars_max))
    return said


def article_number(cell: Cell, chars_max: int) -> str:
    """An article number, unless a spreadsheet has made another of it: 6.29E+12, or a date.

    Raises:
        UnreadableError: it was shortened, is a date or a list, or is too long.
    """
    said = " ".join(word(cell, chars_max).split())
    if _SHORTENED.fullmatch(latin_digits(said)) and ("+" in said or "." in said):
        raise UnreadableError("sku_shortened")
    if _DATE.fullmatch(said):
        raise UnreadableError("sku_date")
    return said


def is_arabic(text: str) -> bool:
    """Whether words of one language are Arabic."""
    return majority(text) != "ltr"


def is_currency(said: str, currency: str) -> bool:
    """Whether words name this currency."""
    try:
        _check_currency(said, currency)
    except UnreadableError:
        return False
    return True


def _said(cell: Cell) -> str:
    said = ", ".join(cell) if isinstance(cell, list) else cell.strip()
    if said == UNCOMPUTED or said in FAILED:
        raise UnreadableError("formula")
    return said


def _visible(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _whole(said: str, most: int, why: str) -> int | None:
    if not said:
        return None
    try:
        number = Decimal(typed_number(said))
    except ValueError:
        raise UnreadableError(why) from None
    # "1.250" pieces are a thousand to some, and one and a quarter to others.
    if number != number.to_integral_value() or not 0 <= number <= most or _point(said, 3):
        raise UnreadableError(why)
    return int(number)


def _point(said: str, decimals: int) -> bool:
    """Whether a point stands before exactly so many digits at the end."""
    return re.search(rf"\.\d{{{decimals}}}$", latin_digits(_visible(said)).strip()) is not None


def _check_sure(number: str, currency: str) -> None:
    """Refuse what groups thousands for one reader and parts a unit for another."""
    single = re.fullmatch(r"[+-]?\d{1,3}([.,،])\d{3}", number)
    if single is None:
        return
    parts_written = exponent(currency) == 3 and currency not in WITHOUT_PARTS  # noqa: PLR2004 - thousandths
    if parts_written if single[1] != "." else not parts_written:
        raise UnreadableError("price_unsure")


def _check_currency(rest: str, currency: str) -> None:
    """What stands beside the number is this currency, or nothing.

    Raises:
        UnreadableError: it is another, or words that are no currency: «٢٥ ألف», "from 10".
    """
    peoples = {_PEOPLES[one] for one in fold(rest).split() if one in _PEOPLES}
    if peoples - {currency}:
        raise UnreadableError("price_currency", currency)
    for said in rest.split():
        bare = fold(said)
        dotless = re.sub(r"[.\s]", "", said).casefold()
        if not dotless.strip("-/:=,،()") or bare in _PEOPLES or dotless.strip("()") in _PEOPLES:
            continue
        dotless = dotless.strip("()-/:")
        meant = _GENERIC.get(dotless) or _GENERIC.get(bare) or dotless.upper()
        if currency in meant.split():
            continue
        if re.fullmatch(r"[A-Z]{3}(?: [A-Z]{3})*", meant):
            raise UnreadableError("price_currency", currency)
        raise UnreadableError("price")
