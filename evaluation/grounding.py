"""Whether an answer says only what the merchant's rows say: its prices, its stock, its facts; pure.

Of every sentence those words are looked at that a customer would hold the merchant to: amounts,
stock, numbers, addresses of the net, and the words of `claims.json` (days, cities, ways of paying,
colours, …). Each must stand in a row of a product that the answer names, in an answered question,
or in the customer's own words.
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
    r"د\.ع|ر\.س|د\.إ|د\.ك|د\.أ|ج\.م|د\.م|د\.ت|د\.ج|دينار\w*|ريال\w*|جنيه\w*|درهم\w*|دراهم"
    r"|IQD|SAR|JOD|EGP|AED|KWD|MAD|USD|dinars?|riyals?|pounds?|dirhams?|\$"
)
_NUMBER = r"\d+(?:[,٬]\d{3})*(?:[.٫]\d+)?"
_AMOUNT = re.compile(
    rf"(?P<before>{_NUMBER})\s*(?:{_CURRENCY})|(?:{_CURRENCY}|السعر:?|سعره|price:?)\s*(?P<after>{_NUMBER})",
    re.IGNORECASE,
)
_NUMBERS = re.compile(_NUMBER)
_PLACE_IN_LIST = re.compile(r"^\s*\d{1,2}[.)\-]\s")
_NET = re.compile(r"(?:https?://|www\.)\S+|[\w.]*@[\w.]+", re.IGNORECASE)
_GONE = re.compile(
    r"\b(?:نفدت?|نفذت?|خلصت?|(?:غير|ليست?|مو|مش) متوفرة?ا?|غير متاحة?|sold out|out of stock"
    r"|not available|unavailable|not in stock)\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:متوفرة?|متاحة?|available|in stock)\b", re.IGNORECASE)
_SUMMED_MAX = 6


def wrong_prices(answer: str, shop: Sample) -> list[str]:
    """Amounts that are not those of what their line names, and stock that is not so.

    A line that names no product may say an amount of a product that the answer names, or what
    several lines come to. What stands in an answered question is the merchant's own word.
    """
    wrong: list[str] = []
    known: list[str] = []
    for line in _unanswered(answer, shop.faqs).splitlines():
        named = products_named(line, shop.products)
        prices = [_price(product) for product in named]
        known += prices
        allowed = _multiples(line, prices) if named else _sums(known)
        wrong += [f"price {told}" for told in _amounts(line) if told not in allowed]
        wrong += _wrong_stock(line, named)
    return wrong


def inventions(answer: str, shop: Sample, said: Sequence[str]) -> list[str]:
    """Numbers, addresses and claims that stand in no row which the answer is about."""
    text = _plain(answer)
    rows = [_row(product) for product in products_named(text, shop.products)]
    rows += [f"{faq.answer_ar} {faq.answer_en}" for faq in shop.faqs if _given(faq, text)]
    rows += [*said, shop.merchant.name_ar, shop.merchant.name_en]
    rows += [f"{p.category_ar} {p.category_en}" for p in shop.products]
    rows += [str(field) for one in shop.assistants for field in one.fields]
    ground = _plain("\n".join(rows))
    numbers = {*map(_bare, _NUMBERS.findall(ground)), *_telephones(said)}
    return [
        *(f"number {n}" for n in _loose_numbers(text) if n not in numbers),
        *(f"address {net}" for net in _NET.findall(text) if net not in ground),
        *(f"claim {word}" for word in _claimed(text) if word not in fold(ground)),
    ]


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


def _amounts(line: str) -> list[str]:
    return [_bare(match["before"] or match["after"]) for match in _AMOUNT.finditer(line)]


def _multiples(line: str, prices: Sequence[str]) -> set[str]:
    """The prices, and each as often as a number of the line says."""
    times = {int(n) for n in _NUMBERS.findall(line) if n.isdecimal() and 0 < len(n) <= 2}  # noqa: PLR2004 - nobody orders a hundred
    return {_shown(float(price) * n) for price in prices for n in times | {1}}


def _sums(known: Sequence[str]) -> set[str]:
    amounts = [float(price) for price in known[:_SUMMED_MAX]]
    return {
        _shown(sum(chosen))
        for count in range(1, len(amounts) + 1)
        for chosen in combinations(amounts, count)
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


def _loose_numbers(text: str) -> list[str]:
    lines = (_PLACE_IN_LIST.sub("", line) for line in text.splitlines())
    priced = (_AMOUNT.sub(" ", line) for line in lines)  # `wrong_prices` looks at those
    return [_bare(number) for line in priced for number in _NUMBERS.findall(line)]


def _telephones(said: Sequence[str]) -> set[str]:
    """Numbers that a customer wrote with gaps, and that are repeated without them."""
    digits = (re.sub(r"\D", "", _plain(words)) for words in said)
    return {_bare(number) for number in digits if number}


@cache
def _claims() -> tuple[str, ...]:
    told = msgspec.json.decode((Path(__file__).parent / "claims.json").read_bytes())
    return tuple(sorted({fold(word) for words in told.values() for word in words}))


def _claimed(text: str) -> list[str]:
    folded = fold(text)
    return [word for word in _claims() if re.search(rf"(?<!\w)(?:و?ال)?{word}(?!\w)", folded)]


def _row(product: Product) -> str:
    told = msgspec.to_builtins(product)
    return " ".join(str(value) for value in told.values()) + f" {_price(product)}"


def _price(product: Product) -> str:
    return _bare(_NUMBERS.findall(money(product.price_minor, product.currency, "en", "latin"))[0])


def _bare(number: str) -> str:
    return _shown(float(number.replace(",", "").replace("٬", "").replace("٫", ".")))


def _shown(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _plain(text: str) -> str:
    """Latin digits, and none of the marks that only steer direction."""
    seen = (char for char in text if unicodedata.category(char) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)
