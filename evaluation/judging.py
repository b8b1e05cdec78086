"""What an item's replies are worth; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evaluation.grounding import amounts, inventions, price, wrong_prices
from evaluation.items import Dialect, Item
from evaluation.stage import Reply
from hudhud.ops.sample.sample import Sample
from hudhud.responders.spoken import digit
from hudhud.text import fold, words

FOUND_MAX: Final = 3
NUMBER_DIGITS: Final = 8
# Read where it was not meant, one of these sends the conversation the wrong way.
WEIGHTY: Final = frozenset({"order", "cancel_order", "complaint", "person", "off_topic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One judgement of one item: of what, whether it is right, and else why not."""

    item: str
    dialect: Dialect
    measure: str
    right: bool
    why: str = ""


def marks(item: Item, replies: Sequence[Reply], shop: Sample) -> list[Mark]:
    """Everything that an item says something about.

    Args:
        item: what was expected.
        replies: what came, in the order of the item's bursts; fewer after a hand-over.
        shop: the merchant, whose rows are the only facts there are.
    """
    told = [
        *_searches(item, replies[-1]),
        *_told_price(item, replies[-1], shop),
        *_readings(item, replies),
        *_hand_over(item, replies),
        *_grounded(item, replies, shop),
    ]
    return [
        Mark(item=item.id, dialect=item.dialect, measure=measure, right=not why, why=why)
        for measure, why in told
    ]


def _searches(item: Item, last: Reply) -> Iterator[tuple[str, str]]:
    if item.products:
        yield "product found first", _among(last.found[:1], item.products)
        yield "product found in three", _among(last.found[:FOUND_MAX], item.products)
        yield "product answered first", _among(last.shown[:1], item.products)
    if item.faq:
        yield "FAQ found first", _among(last.found_faqs[:1], item.faq)
        yield "FAQ answered first", _among(last.told[:1], item.faq)


def _told_price(item: Item, last: Reply, shop: Sample) -> Iterator[tuple[str, str]]:
    if item.products and item.intent == ("price",):
        prices = {price(product) for product in shop.products if product.sku in item.products}
        told = prices & set(amounts(last.text))
        yield "price told", "" if told else f"wanted {' or '.join(sorted(prices))}"


def _among(given: Sequence[str], wanted: Sequence[str]) -> str:
    if set(given) & set(wanted):
        return ""
    return f"wanted {' or '.join(wanted)}, got {', '.join(given) or 'nothing'}"


def _readings(item: Item, replies: Sequence[Reply]) -> Iterator[tuple[str, str]]:
    if item.intent:
        yield "intent", misread(item.intent, replies[-1].meanings)
    if item.collected:
        yield "fields collected", misfiled(item.collected, replies[-1].collected)
    orders = [reply for reply in replies if reply.order]
    if item.order:
        yield "order completed", misordered(item, orders[-1]) if orders else "no order was placed"
    if item.no_order:
        yield "order completed", f"ordered {orders[-1].order}" if orders else ""


def misordered(item: Item, placed: Reply) -> str:
    """Why this is not the order that was meant: other lines, or not in the size and colour."""
    if placed.order != item.order:
        return f"ordered {placed.order}"
    told = f" {' '.join(words(placed.text))} "
    missing = [word for word in item.says if f" {' '.join(words(word))} " not in told]
    return f"the order does not say {', '.join(missing)}" if missing else ""


def misread(intent: Sequence[str], meanings: frozenset[str]) -> str:
    """Why this reading is not the meant one: it is missing, or a weighty other is there."""
    if not meanings & set(intent):
        return f"wanted {' or '.join(intent)}, read {', '.join(sorted(meanings)) or 'nothing'}"
    wrongly = (meanings & WEIGHTY) - set(intent)
    return f"read {', '.join(sorted(wrongly))} into it" if wrongly else ""


def misfiled(wanted: Mapping[str, str], collected: Mapping[str, str]) -> str:
    """Which fields are missing or say something else; a number counts by its last digits."""
    wrong = [
        f"{name}: {collected.get(name, 'nothing')}"
        for name, value in wanted.items()
        if _compared(collected.get(name, "")) != _compared(value)
    ]
    return ", ".join(wrong)


def _compared(value: str) -> str:
    digits = "".join(char for char in value if char.isdecimal())
    # With a country's code or with a zero before it, it is the same telephone.
    return digits[-NUMBER_DIGITS:] if len(digits) >= NUMBER_DIGITS else fold(value)


def _hand_over(item: Item, replies: Sequence[Reply]) -> Iterator[tuple[str, str]]:
    if item.hand_over is None:
        return
    handed = [reply for reply in replies if reply.outcome == "handed_over"]
    if handed:
        why = "" if item.hand_over else f"handed over: {handed[0].reason}"
        yield "hand-over precision", why
    if item.hand_over:
        yield "hand-over recall", "" if handed else "no person was called"


def _dictated(text: str) -> str:
    """The digits of a number that was said in words: it may be confirmed in digits."""
    return "".join(map(digit, words(text)))


def _grounded(item: Item, replies: Sequence[Reply], shop: Sample) -> Iterator[tuple[str, str]]:
    # A number that was said in words may be confirmed in digits; an order has one of its own.
    said = [*item.collected.values()]
    prices, facts = [], []
    for reply in replies:
        said += [*reply.said, *map(_dictated, reply.said), *map(str, reply.numbers)]
        prices += wrong_prices(reply.text, shop)
        facts += inventions(reply.text, shop, said)
    yield "wrong price or stock", "; ".join(prices)
    yield "invented fact", "; ".join(facts)
