"""Whether an answer says only what the merchant's rows say: its prices, its stock, its facts; pure.

Of every sentence those words are looked at that a customer would hold the merchant to: amounts,
stock, numbers, addresses of the net, and the words of `claims.json` (days, cities, ways of paying,
colours, …). Each must stand in a row of a product that the answer names, or in a question that it
answers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import msgspec

from hudhud.model import Faq, Product
from hudhud.ops.sample.sample import Sample
from hudhud.text import fold, money

_CURRENCY = (
    r"د\.ع|ر\.س|ر\.ع|ر\.ق|د\.إ|د\.ك|د\.ب|د\.أ|ج\.م|د\.م|د\.ت|د\.ج|دينار\w*|ريال\w*|جنيه\w*"
    r"|درهم\w*|دراهم|IQD|SAR|OMR|QAR|JOD|BHD|EGP|AED|KWD|MAD|USD|dinars?|riyals?|pounds?|dirhams?|\$"
)
_NUMBER = r"\d+(?:[,٬]\d{3})*(?:[.٫]\d+)?"
_AMOUNT = re.compile(
    rf"(?P<before>{_NUMBER})\s*(?:{_CURRENCY})(?![A-Za-z])"
    # «3imad 7addad» is a name, and no 7 dirhams (MAD).
    rf"|(?<![A-Za-z])(?:{_CURRENCY}|السعر:?|سعره|price:?)\s*(?P<after>{_NUMBER})(?![A-Za-z])",
    re.IGNORECASE,
)
_NUMBERS = re.compile(_NUMBER)
# "+965 5009 8871" behind the number of a house.
_SPACED = re.compile(r"\+?\d(?:[ ().-]?\d)+")
_PLACE_IN_LIST = re.compile(r"^\s*\d{1,2}[.)\-]\s")
_LETTER_OF_ARABIZI = re.compile(r"(?<=[A-Za-z])\d(?=[A-Za-z])")
_NET = re.compile(r"(?:https?://|www\.)\S+|[\w.]*@[\w.]+", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:نفدت?|نفذت?|خلصت?|(?:غير|ليست?|مو|مش) متوفرة?ا?|غير متاحة?|sold out|out of stock"
    r"|not available|unavailable|not in stock)\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:متوفرة?|متاحة?|available|in stock)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:ليست?|لا|لم|لن|غير|مو|مش|بلا|بدون|not?|without|cannot|never)\b|n't", re.IGNORECASE
)
_QUANTITY = re.compile(
    r"\d{1,2}\s*[×x]\s|\s[×x]\s*\d{1,2}|(?:ال)?(?:عدد|كمية):?\s*\d{1,2}", re.IGNORECASE
)
_TELEPHONE_DIGITS_MIN = 7
_SUMMED_MAX = 6


def wrong_prices(answer: str, shop: Sample) -> list[str]:
    """Amounts that are not those of what their line names, and stock that is not so.

    A line that names no product may say an amount of a product that the answer names, or what
    several lines come to, each as often as it says. What stands in an answered question is the
    merchant's own word.
    """
    wrong: list[str] = []
    known: list[str] = []
    for line in _unanswered(answer, shop.faqs).splitlines():
        named = products_named(line, shop.products)
        prices = [price(product) for product in named]
        allowed = _multiples(line, prices) if named else _sums(known)
        known += ([told for told in amounts(line) if told in allowed] or prices) if named else []
        wrong += [f"price {told}" for told in amounts(line) if told not in allowed]
        wrong += _wrong_stock(line, named)
    return wrong


def inventions(answer: str, shop: Sample, said: Sequence[str]) -> list[str]:
    """Numbers, addresses and claims that stand in no row which the answer is about.

    What the customer wrote may be repeated where it is denied or noted («المدينة: جدة»), never
    where it would confirm what no row says.
    """
    text = _plain(answer)
    rows = _plain("\n".join(_rows(text, shop)))
    words = _plain("\n".join(said))
    return [
        why
        for line in text.splitlines()
        for why in _invented(
            line,
            f"{rows}\n{words}" if _repeats(line, shop.products) else rows,
            _telephones(said),
        )
    ]


def _rows(text: str, shop: Sample) -> Iterator[str]:
    """Everything that the merchant says of what the answer is about."""
    yield from (_row(product) for product in products_named(text, shop.products))
    yield from (f"{faq.answer_ar} {faq.answer_en}" for faq in shop.faqs if _given(faq, text))
    yield f"{shop.merchant.name_ar} {shop.merchant.name_en}"
    yield from (f"{product.category_ar} {product.category_en}" for product in shop.products)
    yield from (str(field) for one in shop.assistants for field in one.fields)


def _repeats(line: str, products: Sequence[Product]) -> bool:
    return bool(_DENIED.search(line)) or (":" in line and not products_named(line, products))


def _invented(line: str, ground: str, telephones: set[str]) -> Iterator[str]:
    numbers = {*map(_bare, _NUMBERS.findall(ground)), *telephones}
    yield from (f"number {number}" for number in _loose_numbers(line) if number not in numbers)
    yield from (f"address {net}" for net in _NET.findall(line) if net not in ground)
    yield from (f"claim {word}" for word in _claimed(line) if word not in fold(ground))


def products_named(text: str, products: Sequence[Product]) -> list[Product]:
    """The products whose name stands in a text; of names in one another, the longest."""
    left = fold(text)
    found: list[Product] = []
    names = [(fold(name), p) for p in products for name in (p.name_ar, p.name_en) if name]
    for name, product in sorted(names, key=lambda pair: -len(pair[0])):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", left):
            left = left.replace(name, "\n")
            if product not in found:
                found.append(product)
    return found


def amounts(text: str) -> list[str]:
    """The amounts of money in a text, as plain numbers: «٢٨٬٠٠٠ د.ع» is `28000`."""
    return [_bare(match["before"] or match["after"]) for match in _AMOUNT.finditer(_plain(text))]


def _multiples(line: str, prices: Sequence[str]) -> set[str]:
    """The prices, and each as often as a number of the line says."""
    times = {int(n) for n in _NUMBERS.findall(line) if n.isdecimal() and 0 < len(n) <= 2}  # noqa: PLR2004 - nobody orders a hundred
    return {_shown(float(one) * n) for one in prices for n in times | {1}}


def _sums(known: Sequence[str]) -> set[str]:
    parts = [float(one) for one in known[:_SUMMED_MAX]]
    return {
        _shown(sum(chosen))
        for count in range(1, len(parts) + 1)
        for chosen in combinations(parts, count)
    }


def _wrong_stock(line: str, named: Sequence[Product]) -> Iterator[str]:
    # Of several in one line nobody can say which is meant; a size that is gone is no product.
    if len(named) != 1 or re.search(r"مقاس|size|لون|colou?r", line, re.IGNORECASE):
        return
    (product,) = named
    gone = _GONE.search(line) is not None
    if product.stock > 0 and gone:
        yield f"{product.sku} is in stock"
    if product.stock <= 0 and not gone and _THERE.search(line):
        yield f"{product.sku} is not in stock"


def _unanswered(answer: str, faqs: Sequence[Faq]) -> str:
    """The answer without what it repeats of answered questions."""
    text = _plain(answer)
    for faq in faqs:
        for told in (faq.answer_ar, faq.answer_en):
            text = text.replace(_plain(told), "")
    return text


def _given(faq: Faq, text: str) -> bool:
    return _plain(faq.answer_ar) in text or _plain(faq.answer_en) in text


def _loose_numbers(line: str) -> list[str]:
    # Places in a list, how many are ordered and the 2 of «zar2a» state nothing; `wrong_prices`
    # looks at amounts.
    left = _LETTER_OF_ARABIZI.sub("", _QUANTITY.sub(" ", _PLACE_IN_LIST.sub("", line)))
    left = _AMOUNT.sub(" ", left)
    return [_bare(number) for number in _NUMBERS.findall(left)]


def _telephones(said: Sequence[str]) -> set[str]:
    """The telephone numbers that a customer wrote, with gaps or beside other numbers."""
    digits = [re.sub(r"\D", "", _plain(words)) for words in said]
    digits += [number for words in said for number in _NUMBERS.findall(_plain(words))]
    digits += [re.sub(r"\D", "", run) for words in said for run in _SPACED.findall(_plain(words))]
    return {_bare(number) for number in digits if len(number) >= _TELEPHONE_DIGITS_MIN}


@cache
def _claims() -> tuple[str, ...]:
    told = msgspec.json.decode((Path(__file__).parent / "claims.json").read_bytes())
    return tuple(sorted({fold(word) for words in told.values() for word in words}))


def _claimed(text: str) -> list[str]:
    folded = fold(text)
    return [word for word in _claims() if re.search(rf"(?<!\w)(?:و?ال)?{word}(?!\w)", folded)]


def _row(product: Product) -> str:
    told = msgspec.to_builtins(product)
    return " ".join(str(value) for value in told.values()) + f" {price(product)}"


def price(product: Product) -> str:
    """What a product costs, as `amounts` reads it."""
    return _bare(_NUMBERS.findall(money(product.price_minor, product.currency, "en", "latin"))[0])


def _bare(number: str) -> str:
    return _shown(float(number.replace(",", "").replace("٬", "").replace("٫", ".")))


def _shown(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """Latin digits, and none of the marks that only steer direction."""
    seen = (char for char in text if unicodedata.category(char) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)
