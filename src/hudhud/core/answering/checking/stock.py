"""Whether what an answer says of stock is so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.naming import Named, named, unbroken
from hudhud.core.answering.checking.reading import Clause, Plain, about, clauses
from hudhud.model import Product
from hudhud.model.tools import CheckStock
from hudhud.text import Digits, digits

_THERE = re.compile(
    r"(?<!\w)(?:و?متوفر(?:ة|ه|ين|ات)?|و?متاح(?:ة|ه)?|و?موجود(?:ة|ه|ين)?|بالمخزون|في المخزون|بالمخزن"
    r"|يتوفر|تتوفر|available|in stock|in-stock|we have (?:it|this|them))(?!\w)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"(?<!\w)(?:نفدت?|نفذت?|خلصت?|خلصان[ةه]?|(?:غير|ليست?|مو|مش|ما هو|موب|ما) (?:هو )?"
    r"(?:متوفر|متاح|موجود)\w*"
    r"|لا (?:يتوفر|تتوفر|يوجد)|sold out|out of stock|(?:not|isn't|aren't|no longer) (?:currently )?"
    r"(?:available|in stock)|unavailable|un available)(?!\w)",
    re.IGNORECASE,
)
# Of one size or colour, or if something were so, nothing is said of the product.
_PART = re.compile(
    r"مقاس|قياس|لون|ألوان|الوان|size|colou?r|إذا|اذا|لو|عندما|حين|هل|سوف|قريبا|عند توفر|\bif\b"
    r"|\bwhen\b|\bsoon\b|\bonce\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?:بقي\w*|تبقى|متبقي?\w*|باقي)\s+(?:(?:منه\w*|عندنا|لدينا|فقط|هو)\s+)*(?P<a>\d{1,5})(?![\d,٬.])"
    r"|(?P<b>(?<![\d,٬.])\d{1,5})\s*(?:قطع[ةه]?|حب[ةه]|pieces?|items?|units?|pcs)?"
    r"\s*(?:left|remaining|in stock|available|متبقي\w*|متوفر\w*|بالمخزن)",
    re.IGNORECASE,
)


def wrong_stock(answer: str, read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """What an answer says of the stock of one product, and is not so."""
    cut = clauses(unbroken(read.text, grounds.shelf))
    if not any(said.search(one.text) for one in cut for said in (_THERE, _GONE, _LEFT)):
        return
    before = named(grounds.batch, grounds.shelf)
    for clause in cut:
        here = named(clause.text, grounds.shelf)
        meant = here if here.products else before if not about(clause.text) else Named()
        before = here if here.products else before
        if meant.clear and not clause.asks:
            yield from _of_one(answer, read, clause, meant.products[0], grounds)


def _of_one(
    answer: str, read: Plain, clause: Clause, product: Product, grounds: Grounds
) -> Iterator[Finding]:
    if _PART.search(clause.text) or _PART.search(grounds.batch) or _checked(product, grounds):
        return
    gone, there = _GONE.search(clause.text), _THERE.search(_GONE.sub(" ", clause.text))
    said = (
        gone if gone and product.stock > 0 else there if product.stock <= 0 and not gone else None
    )
    if said:
        yield Finding(what="wrong_stock", found=f"{product.sku}: {said[0]}")
        return
    left = _LEFT.search(clause.text)
    if left and product.stock > 0:
        group = "a" if left["a"] else "b"
        if int(left[group]) != product.stock:
            at = clause.start + left.start(group)
            start, end = read.original(at, at + len(left[group]))
            style: Digits = "latin" if answer[start:end].isascii() else "arabic"
            instead = digits(str(product.stock), style)
            yield Finding(
                what="wrong_stock", found=answer[start:end], start=start, end=end, instead=instead
            )


def _checked(product: Product, grounds: Grounds) -> bool:
    """Whether a size or colour of it was looked up: then more is known than the row says."""
    return any(
        isinstance(call.wanted, CheckStock)
        and call.wanted.sku.casefold() == product.sku.casefold()
        and (call.wanted.size or call.wanted.colour)
        for call in grounds.calls
    )
