"""What is true for one turn: the rows, the merchant's own texts, and what the tools did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from hudhud.core.answering.checking.amounts import Amount, amounts
from hudhud.core.answering.checking.commands import commanding
from hudhud.core.answering.checking.naming import Shelf, shelf_of
from hudhud.core.answering.checking.reading import TEXTS_KEPT_MAX, clauses, content, plain
from hudhud.core.answering.checking.recording import Call
from hudhud.model import Cart, Order, Passage, Product, Turn
from hudhud.responders.telephones import spoken_number
from hudhud.text import fold, money

TEXT_CHARS_MAX = 4000


class Told(NamedTuple):
    """An amount that the merchant said in a text, and the words of what it was said about."""

    amount: Amount
    about: frozenset[str]


class Grounds(NamedTuple):
    """Everything that an answer of this turn may stand on.

    `texts` are the merchant's own, as written; `folded` the same for comparing; `own` is what this
    contact said or is called, `noted` what the answer keeps of it.
    """

    products: tuple[Product, ...]
    shelf: Shelf
    carts: tuple[Cart, ...]
    orders: tuple[Order, ...]
    calls: tuple[Call, ...]
    texts: tuple[str, ...]
    folded: str
    told: tuple[Told, ...]
    own: str
    noted: tuple[str, ...]
    batch: str

    def results(self, *tools: type[Any]) -> list[Any]:
        """What came of the calls of these tools that did what was wanted."""
        return [call.result for call in self.calls if call.done and isinstance(call.wanted, tools)]


def grounds_of(turn: Turn, collected: Mapping[str, str], calls: Sequence[Call]) -> Grounds:
    """Put together what an answer to this turn may say.

    Args:
        turn: what was read.
        collected: what the answer notes of the contact's.
        calls: what the tools did for it.
    """
    results = [one for call in calls if call.done for one in _flat(call.result)]
    found = (*turn.products, *(one for one in results if isinstance(one, Product)))
    products = tuple({product.sku: product for product in found}.values())
    texts = tuple(
        text[:TEXT_CHARS_MAX]
        for text in _texts(turn, products, results)
        if text and not commanding(text)
    )
    contact = [said.text for said in (*turn.history, *turn.messages) if said.author == "contact"]
    own = "\n".join((*contact, *_spoken(contact), turn.contact_name, *_kept(turn)))
    said = plain(own).text
    return Grounds(
        products=products,
        shelf=shelf_of(products),
        carts=tuple(c for c in (turn.cart, *results) if isinstance(c, Cart) and c.lines),
        orders=(*turn.orders, *(one for one in results if isinstance(one, Order))),
        calls=tuple(calls),
        texts=texts,
        folded=" ".join(map(_folded, texts)),
        told=tuple(told for text in texts for told in _told(text)),
        own=own,
        noted=tuple(value for value in collected.values() if value and plain(value).text in said),
        batch="\n".join(said.text for said in turn.messages),
    )


def major(minor: int, currency: str) -> Decimal:
    """A price in whole units of its currency."""
    return Decimal(money(minor, currency, "en", "latin").split()[-1].replace(",", ""))


def _flat(result: Any) -> Iterable[Any]:
    return result if isinstance(result, tuple | list) else (result,)


def _texts(turn: Turn, products: Sequence[Product], results: Sequence[Any]) -> Iterable[str]:
    for faq in turn.faqs:
        yield f"{faq.question_ar}\n{faq.answer_ar}\n{faq.question_en}\n{faq.answer_en}"
    for product in products:
        yield f"{product.name_ar}\n{product.description_ar}"
        yield f"{product.name_en}\n{product.description_en}"
        yield "\n".join((*product.sizes, *product.colours_ar, *product.colours_en, product.sku))
    for passage in (*turn.passages, *(one for one in results if isinstance(one, Passage))):
        yield f"{passage.heading}\n{passage.text}"
    for result in results:
        if isinstance(result, dict):
            yield msgspec.json.encode(result).decode()
    yield from (said.text for said in turn.history if said.author == "operator")
    yield turn.merchant_name
    yield turn.assistant.name
    # What it is told is a text of the merchant's, sentence by sentence: all of it are orders.
    yield from turn.assistant.instructions.splitlines()
    for field in turn.assistant.fields:
        yield f"{field.label_ar}\n{field.label_en}\n{field.question_ar}\n{field.question_en}"


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def _told(text: str) -> tuple[Told, ...]:
    read = plain(text).text
    found = amounts(read)
    about = frozenset(form for clause in clauses(read) for form in content(clause.text) if found)
    return tuple(Told(amount, about) for amount in found)


@lru_cache(maxsize=TEXTS_KEPT_MAX)
def _folded(text: str) -> str:
    return fold(text)


def _spoken(said: Iterable[str]) -> Iterable[str]:
    """Telephone numbers that were said in words, in digits."""
    return filter(None, map(spoken_number, said))


def _kept(turn: Turn) -> Iterable[str]:
    yield from turn.collected.values()
    for order in turn.orders:
        yield f"{order.name}\n{order.phone}\n{order.address}\n{order.note}"
