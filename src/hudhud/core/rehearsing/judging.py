"""What an answer of a rehearsal is worth: each expectation of its turn, held or not; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import regex

from hudhud.core.answering.checking.amounts import amounts
from hudhud.core.answering.checking.grounds import major
from hudhud.core.answering.checking.reading import plain
from hudhud.core.rehearsing.result import Played
from hudhud.core.rehearsing.script import Burst, Expected
from hudhud.model import Product
from hudhud.text import fold, language, typed_phone
from hudhud.text.phones import DIGITS

# A merchant's pattern runs in our process: it has this long.
PATTERN_TIMEOUT_S = 0.5


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One expectation of one turn (from 1), and whether it held."""

    turn: int
    what: str
    wanted: str
    held: bool


def marks(
    burst: Burst, played: Played | None, turn: int, priced: Mapping[str, Product]
) -> list[Mark]:
    """Judge one turn.

    Args:
        burst: with what was expected.
        played: what came; None: a person had taken over before, so nothing came.
        turn: which one, from 1.
        priced: the products that expectations name, by sku.
    """
    return [
        Mark(turn=turn, what=what, wanted=wanted, held=held)
        for what, wanted, held in _judged(burst.expects, played or _NOTHING, priced)
    ]


_NOTHING = Played(text="", outcome="silent")


def _judged(
    expected: Expected, played: Played, priced: Mapping[str, Product]
) -> Iterator[tuple[str, str, bool]]:
    said = fold(played.text)
    yield from (("contains", one, fold(one) in said) for one in expected.contains)
    yield from (("lacks", one, fold(one) not in said) for one in expected.lacks)
    if expected.matches:
        yield "matches", expected.matches, _matches(expected.matches, played.text)
    if expected.source:
        sources = [one.strip() for one in played.source.split(",")]
        yield "source", expected.source, expected.source in sources
    if expected.price_of:
        yield "price_of", expected.price_of, _tells(played.text, priced.get(expected.price_of))
    for name, value in expected.collected.items():
        yield "collected", f"{name}: {value}", _same(played.collected.get(name, ""), value)
    yield from (("tools", one, one in played.tools) for one in expected.tools)
    if expected.order:
        wanted = ", ".join(f"{sku} × {count}" for sku, count in sorted(expected.order.items()))
        yield "order", wanted, played.order == expected.order
    if expected.handed_over is not None:
        handed = played.outcome == "handed_over"
        yield "handed_over", _told(expected.handed_over), handed is expected.handed_over
    if expected.language is not None:
        spoken = bool(played.text) and language(played.text) == expected.language
        yield "language", expected.language, spoken
    if expected.chars_max is not None:
        yield "chars_max", str(expected.chars_max), len(played.text) <= expected.chars_max


def _same(kept: str, expected: str) -> bool:
    """Whether a field is as expected; a telephone number may be expected as people dial it."""
    dialled = typed_phone(expected).lstrip("+0")
    number = len(dialled) in DIGITS and kept.endswith(dialled)
    return number or fold(kept) == fold(expected)


def _matches(pattern: str, text: str) -> bool:
    try:
        return regex.search(pattern, text, timeout=PATTERN_TIMEOUT_S) is not None
    except (regex.error, TimeoutError):
        return False


def _tells(text: str, product: Product | None) -> bool:
    if product is None:
        return False
    price = major(product.price_minor, product.currency)
    return any(price in amount.values for amount in amounts(plain(text).text))


def _told(value: Any) -> str:
    return str(value).lower()
