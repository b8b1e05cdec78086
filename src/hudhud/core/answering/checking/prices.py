"""Whether every amount of an answer is one: of the product spoken of, a total, or told by a text.

A wrong price of a product that is clearly meant is replaced by the right one; about any other
wrong amount only a person can say what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product as combined
from typing import NamedTuple

from hudhud.core.answering.checking.amounts import Amount, amounts
from hudhud.core.answering.checking.commands import commanding
from hudhud.core.answering.checking.discounts import percents
from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds, major
from hudhud.core.answering.checking.naming import Named, named, unbroken
from hudhud.core.answering.checking.reading import (
    TEXTS_KEPT_MAX,
    Clause,
    Plain,
    about,
    clauses,
    content,
    plain,
)
from hudhud.model import Cart, Order, Product
from hudhud.responders.spoken import counted
from hudhud.text import Digits, Language, language, money, spans, without_article, words

_DUAL = ("ين", "ان")
SUMMED_MAX = 5
COUNTS_SUMMED_MAX = 6
COUNT_MAX = 99
SUMS_MAX = 20_000
_PHONE_DIGITS_MIN = 9
# In the Gulf telephones are no longer than prices: one that was given is one where it is called so.
_SHORT_PHONE = re.compile(r"(?<!\d)\d{7,8}(?!\d)")
_PHONE_SAID = re.compile(
    r"(?:هاتف|جوال|تلفون|موبايل|رقم|phone|mobile|number)\w*\s*:?\s*\Z", re.IGNORECASE
)
_TOTAL = re.compile(
    r"(?<!\w)(?:و?(?:ال)?مجموع\w*|و?(?:ال)?[إا]جمالي\w*|(?:ال)?حساب|المبلغ|(?:ال)?كلي?|الحاصل|كلهم|معا|سوا|total"
    r"|sum|altogether|together|all in all|in all|both)(?!\w)|[=+]",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"(?<!\w)(?:(?:ال)?خصم|تخفيض\w*|بعد الخصم|قبل الخصم|بدلا?ً?(?: من| عن)?|كانت?|discount\w*|off"
    r"|was|instead of|reduced|save)(?!\w)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(r"(?<!\w)(?:ال)?فرق|differen|cheaper|more than", re.IGNORECASE)
_BUDGET = re.compile(
    r"(?<!\w)[بلو]?(?:ميزاني\w*|تحت|[أا]قل|دون|لغاي[ةه]|حدود|بحدود|ضمن|مبلغك|معك|budget|under|below|less"
    r"|within|up to|afford|range)(?!\w)",
    re.IGNORECASE,
)

_QUOTED_MIN = 12


class _Piece(NamedTuple):
    """An amount with the words that belong to it, and of what they and those before speak."""

    amount: Amount
    said: str
    clause: Clause
    here: Named
    before: Named


def wrong_prices(answer: str, read: Plain, grounds: Grounds) -> Iterator[Finding]:
    """The amounts of an answer that nothing stands behind.

    Args:
        answer: as it was made.
        read: the same, as it is compared.
        grounds: what is true for its turn.
    """
    shown = amounts(read.text, _other(read.text, grounds.own))
    given = [*_quoted(read.text, grounds)] if shown else ()
    found = [amount for amount in shown if not _within(amount, given)]
    if not found:
        return
    for piece in _pieces(read.text, found, grounds):
        if not _right(piece, read.text, grounds):
            start, end = read.original(piece.amount.start, piece.amount.end)
            yield Finding(
                what="invented_discount" if _REDUCED.search(piece.clause.text) else "wrong_price",
                found=answer[start:end],
                start=start,
                end=end,
                instead=_instead(piece, read.text, grounds, answer[start:end]),
            )


def _pieces(text: str, found: Sequence[Amount], grounds: Grounds) -> Iterator[_Piece]:
    before = named(grounds.batch, grounds.shelf)
    text = unbroken(text, grounds.shelf)
    for clause in clauses(text):
        inside = [amount for amount in found if clause.start <= amount.start < clause.end]
        for amount, said in _shared(text, clause, inside):
            here = named(said, grounds.shelf)
            yield _Piece(amount, said, clause, here, before)
            before = here if here.products else before
        last = named(clause.text, grounds.shelf) if not inside else Named()
        before = last if last.products else before


def _shared(text: str, clause: Clause, inside: Sequence[Amount]) -> Iterator[tuple[Amount, str]]:
    """Each amount of a clause with its own words: those before it, unless they all stand after."""
    if not inside:
        return
    starts = [clause.start, *(amount.end for amount in inside)]
    head = text[clause.start : inside[0].start]
    after = not about(head) and len(inside) > 0 and bool(about(text[inside[0].end : clause.end]))
    if after:
        starts = [amount.start for amount in inside] + [clause.end]
    for place, amount in enumerate(inside):
        end = starts[place + 1] if after or place + 1 < len(inside) else clause.end
        said = text[starts[place] : end]
        # Its own digits name nothing.
        cut = amount.start - starts[place]
        yield amount, f"{said[:cut]} {said[cut + amount.end - amount.start :]}"


def _right(piece: _Piece, text: str, grounds: Grounds) -> bool:
    meant = piece.here if piece.here.products else piece.before
    counts = _counts(piece.said, meant)
    total = bool(_TOTAL.search(piece.clause.text))
    alone = not piece.here.products
    if any(set(piece.amount.values) & _in_name(product) for product in piece.here.products):
        return True
    if not _REDUCED.search(piece.clause.text):
        products = meant.products or (grounds.products if not about(piece.said) else ())
        if (not alone or not _elsewhere(piece)) and any(
            _is(piece.amount, minor * count, p.currency)
            for p in products
            for minor in p.costs_minor
            for count in counts
        ):
            return True
        if (total or alone) and _is_kept(piece.amount, grounds):
            return True
        if total and _is_sum(piece, text, grounds):
            return True
    elif _is_reduced(piece, text, grounds):
        return True
    ways = (_is_told(piece, grounds), _is_budget(piece, grounds))
    return any(ways) or _is_difference(piece, text, grounds)


def _in_name(product: Product) -> frozenset[Decimal]:
    """What its name says like a price: a power bank of «٢٠ ألف» holds milliamperes."""
    said = f"{product.name_ar}\n{product.name_en}"
    names = "" if commanding(said) else plain(said).text
    return frozenset(value for amount in amounts(names) for value in amount.values)


def _elsewhere(piece: _Piece) -> bool:
    """Whether the words around an amount speak of something that is no product: a delivery."""
    return bool(content(" ".join(about(piece.said))) - piece.before.words)


def _is(amount: Amount, minor: int, currency: str) -> bool:
    fits = not amount.currencies or currency in amount.currencies
    return fits and major(minor, currency) in amount.values


def _is_kept(amount: Amount, grounds: Grounds) -> bool:
    """Whether it is of the cart or an order: a line, the delivery, the total."""
    bought: tuple[Cart | Order, ...] = (*grounds.carts, *grounds.orders)
    kept = [
        (minor, one.currency)
        for one in bought
        for minor in (
            one.total_minor,
            one.delivery_minor,
            sum(line.total_minor for line in one.lines),
            *(line.total_minor for line in one.lines),
            *(line.price_minor for line in one.lines),
        )
        if minor is not None
    ]
    return any(_is(amount, minor, currency) for minor, currency in kept)


def _is_sum(piece: _Piece, text: str, grounds: Grounds) -> bool:
    extras = {Decimal(0), *(value for told in grounds.told for value in told.amount.values)}
    sums = _sums(piece, text, grounds)
    return any(
        value - extra in sums
        for value in piece.amount.values
        for extra in (extras if len(sums) <= SUMS_MAX else ())
    )


def _is_reduced(piece: _Piece, text: str, grounds: Grounds) -> bool:
    """Whether it is what a granted percentage leaves of a sum."""
    left = [(100 - Decimal(str(percent))) / 100 for percent in percents(grounds)]
    sums = _sums(piece, text, grounds)
    return any(
        value == one * part for value in piece.amount.values for one in sums for part in left
    )


def _is_difference(piece: _Piece, text: str, grounds: Grounds) -> bool:
    if not _DIFFERENCE.search(piece.clause.text):
        return False
    prices = [major(p.price_minor, p.currency) for p in _spoken_of(text, grounds)]
    return any(abs(a - b) in piece.amount.values for a in prices for b in prices if a != b)


def _sums(piece: _Piece, text: str, grounds: Grounds) -> frozenset[Decimal]:
    """What the products that are spoken of come to, each as often as a number says, or not."""
    spoken = _spoken_of(text, grounds) or piece.before.products
    meant = Named(spoken)
    counts = sorted(_counts(text, meant) | _counts(grounds.batch, meant))[:COUNTS_SUMMED_MAX]
    ways = [
        [
            Decimal(0),
            major(p.price_minor, p.currency),
            *(major(p.price_minor * count, p.currency) for count in counts if count > 1),
        ]
        for p in spoken[:SUMMED_MAX]
    ]
    return frozenset(sum(chosen, Decimal(0)) for chosen in combined(*ways) if any(chosen))


def _spoken_of(text: str, grounds: Grounds) -> tuple[Product, ...]:
    cut = clauses(unbroken(text, grounds.shelf))
    found = [one for clause in cut for one in named(clause.text, grounds.shelf).products]
    return tuple({product.sku: product for product in found}.values())


def _is_told(piece: _Piece, grounds: Grounds) -> bool:
    """Whether a text of the merchant says this amount of what these words speak of."""
    of_products = frozenset(w for p in grounds.products for w in Named((p,)).words)
    said = content(piece.said) or content(piece.clause.text)
    said = (said - of_products) or (content(piece.clause.text) - of_products)
    if not (piece.here.products or piece.before.products):
        said |= content(grounds.batch)  # «وسعره ٨ آلاف», to who asked for a delivery
    return any(
        set(told.amount.values) & set(piece.amount.values) and said & told.about
        for told in grounds.told
    )


def _is_budget(piece: _Piece, grounds: Grounds) -> bool:
    own = {value for amount in amounts(plain(grounds.own).text) for value in amount.values}
    return bool(own & set(piece.amount.values) and _BUDGET.search(piece.clause.text))


def _counts(said: str, meant: Named) -> frozenset[int]:
    """How many of a thing may be spoken of: one, the numbers said, two in a dual (قميصين)."""
    two = any(
        word.endswith(_DUAL) and {word[:-2], f"{word[:-2]}ه"} & meant.words
        for word in map(without_article, words(said))
    )
    held = {int(word) for word in counted(words(said)) if word.isdigit() and len(word) <= 2}  # noqa: PLR2004 - COUNT_MAX
    held |= {2} if two else set()
    return frozenset({1, *(count for count in held if 0 < count <= COUNT_MAX)})


def _instead(piece: _Piece, text: str, grounds: Grounds, original: str) -> str | None:
    """The right amount, where it can only be the one."""
    clause = piece.clause.text
    speaks = language(text)
    style = _style(original, speaks)
    if _REDUCED.search(clause):
        return None
    if _TOTAL.search(clause):
        carts = grounds.carts[-1:] if grounds.calls else ()
        minor = [(cart.total_minor, cart.currency) for cart in carts]
        return money(*minor[0], speaks, style) if minor else None
    meant = piece.here
    if not meant.products and not _elsewhere(piece):
        meant = piece.before
    if not meant.clear or _counts(piece.said, meant) != {1}:
        return None
    (one,) = meant.products
    if len(one.costs_minor) > 1:
        return None  # which of them is meant hangs on the size
    return money(one.costs_minor[0], one.currency, speaks, style)


def _style(written: str, speaks: Language) -> Digits:
    figures = [char for char in written if char.isdecimal()]
    if not figures:
        return "latin" if speaks == "en" else "arabic"
    return "latin" if figures[0].isascii() else "arabic"


def _quoted(text: str, grounds: Grounds) -> Iterator[tuple[int, int]]:
    """Where the answer repeats a sentence of the merchant's as it is, or what it was just given."""
    # «شقة 1204» of an address that is noted costs nothing.
    for told in (*grounds.texts, *grounds.noted):
        for line in _lines(told):
            at = text.find(line)
            while at >= 0:
                yield at, at + len(line)
                at = text.find(line, at + len(line))


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def _lines(told: str) -> tuple[str, ...]:
    return tuple(line for line in plain(told).text.split("\n") if len(line) > _QUOTED_MIN)


def _other(text: str, own: str) -> tuple[tuple[int, int], ...]:
    """Where addresses and telephone numbers stand; a short one is one that was given as such."""
    given = frozenset(_SHORT_PHONE.findall(plain(own).text))
    return tuple(
        (span.start, span.end)
        for span in spans(text)
        if span.kind == "link"
        or (
            span.kind == "phone"
            and (
                len(figures := re.sub(r"\D", "", text[span.start : span.end])) >= _PHONE_DIGITS_MIN
                or (figures in given and _PHONE_SAID.search(text, 0, span.start))
            )
        )
    )


def _within(amount: Amount, given: Sequence[tuple[int, int]]) -> bool:
    return any(start <= amount.start and amount.end <= end for start, end in given)
