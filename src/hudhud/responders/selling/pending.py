"""What our last words asked of the order, read back out of them; pure.

A turn is decided from its rows alone. What was being chosen when we asked "which size?" stands in
no row, for nothing is in the cart yet: it stands in the question, and is read from there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import dropwhile, takewhile
from typing import get_args

import msgspec

from hudhud.model import Product, Said
from hudhud.responders import phrases
from hudhud.responders.lexicon import inquires, understood
from hudhud.responders.selling.clauses import begins_joined
from hudhud.responders.selling.counting import surely
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.sentences import ASKS, Ask, asked, say, settles
from hudhud.responders.selling.showing import ITEM, OPEN
from hudhud.responders.selling.wanted import Wish
from hudhud.responders.shelf import Found
from hudhud.text import Language, latin_digits, words

TRAITS: tuple[Ask, ...] = ("which_size", "which_colour", "which_traits")

# Asked because a change was not understood: what stood before it is shown again.
UNCLEAR: tuple[Ask, ...] = ("change_what", "which_line")

_TAIL = re.compile(r":\s.*$")
_WHICH = re.compile(r"\((?:(?:العدد|quantity): (\d+))?[،,]?\s*([^()]*)\)\s*$", re.MULTILINE)
_LISTED = re.compile(r"^•\s*([^:]+):")
_NUMBER = re.compile(r"\b(\d{1,12})\b")
# «حزام جلد طبيعي: ٢٠٬٠٠٠ د.ع، متوفر.»
_PRICED = re.compile(r"^(?:•\s*)?([^:•◦]{3,80}): (?:[A-Z]{2,4} )?\d")
_WISHES = frozenset({"want", "take", "more"})
_ASKED = frozenset({"stock", "price"})
_CLOSEST = tuple(phrases.say("closest", language) for language in get_args(Language))
_MISSED = tuple(phrases.say("not_clear", language) for language in get_args(Language))
_SHOWN = tuple(say("quote", language) for language in get_args(Language))
# So many of our answers are looked through for an offer, or for what was shown.
LOOK_BACK = 3


class Item(msgspec.Struct, frozen=True):
    """So many of what we named: words that begin with its name, and what was said of it."""

    count: int
    words: str
    more: str = ""


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What the next batch may answer: the question, and what it was about.

    A `stale` offer stood before our last words, which asked nothing: it is not taken by a mere nod.
    `told` are our last answers, newest first. `wished` of what was offered or listed it was said
    that it is wanted, and nothing was asked: «وضيفلي علبة هدية».
    """

    ask: Ask | None = None
    items: tuple[Item, ...] = ()
    number: int | None = None
    told: tuple[str, ...] = ()
    stale: bool = False
    wished: bool = False

    @property
    def text(self) -> str:
        """Our last words."""
        return self.told[0] if self.told else ""


def pending(history: Sequence[Said]) -> Pending:
    """What the last thing said asks, when our assistant said it.

    Args:
        history: what was said before this batch, oldest first.
    """
    told = _ours(history)
    asks = [_question(text) for text in told]
    at = asks.index("offer") if "offer" in asks else 0
    if at and set(asks[:at]) == {None} and not any(map(settles, told[:at])):
        stale = _asked("offer", told[at])
        return msgspec.structs.replace(stale, told=told, stale=True)
    return msgspec.structs.replace(_asked(asks[0], told[0]), told=told, wished=_wished(history))


def _wished(history: Sequence[Said]) -> bool:
    """Whether what our last words answered says that something is wanted, and asks nothing."""
    before = list(dropwhile(lambda said: said.author != "contact", reversed(history)))
    theirs = [one.text for one in takewhile(lambda said: said.author == "contact", before)]
    if any(map(inquires, theirs)):
        return False
    deeds = {mark.deed for text in theirs for mark in marks(words(text))}
    return not _WISHES.isdisjoint(deeds) or any(map(_joins, theirs))


def _joins(text: str) -> bool:
    """Whether a message goes on with one thing more, and asks of none: «وشاي», "and tea"."""
    joint = text.lstrip().startswith("و") or begins_joined(text, Names(()))
    return joint and _ASKED.isdisjoint(understood(text).meanings)


def ordered(asked: Pending) -> bool:
    """Whether what was offered had been ordered, and found only nearly.

    So it was where so many were wanted, or one in a size, or where it was said to be wanted.

    Args:
        asked: what our words offered.
    """
    told = (latin_digits(t) for t in asked.told if any(one in t for one in _CLOSEST))
    nearly = any(all(one.words in text for one in asked.items) for text in told)
    counted = all(one.count > 1 or "(" in one.words for one in asked.items)
    return nearly and (counted or asked.wished)


def thanked(history: Sequence[Said], asked: Pending) -> bool:
    """Whether such an offer stood in our last words but one, and was answered with mere thanks.

    Args:
        history: what was said before this batch, oldest first.
        asked: what our words offered.
    """
    ours = (at for at, said in enumerate(history) if said.author == "assistant")
    theirs = [said.text for said in history[: max(ours, default=0)][-1:]]
    thanks = all({*understood(t).meanings} == {"thanks"} and not marks(words(t)) for t in theirs)
    stood = OPEN in "".join(asked.told[1:2])
    return bool(theirs) and thanks and stood and ordered(asked)


def _question(text: str) -> Ask | None:
    """What a text of ours asks; no yes to it is one to what was shown before it was unclear."""
    ask = next((ask for ask in ASKS if asked(ask, text)), None)
    again = any(line in text for line in _SHOWN)
    missed = any(line in text for line in _MISSED) or any(asked(one, text) for one in UNCLEAR)
    return "change_what" if ask == "confirm" and missed and not again else ask


def shown(text: str) -> list[str]:
    """What the lines of our words begin with, where a price follows: names of products."""
    return [one[1] for line in text.splitlines() if (one := _PRICED.match(latin_digits(line)))]


def dormant(asked: Pending, names: Names) -> list[Wish]:
    """What our last question was about, as wishes that wait for its answer."""
    found = [(item, names.called(item.words)) for item in asked.items]
    known = [(item, product) for item, product in found if product is not None]
    if asked.ask == "which_one":
        products = tuple({product.sku: product for _, product in known}.values())
        return [_waiting(asked.items[0], products)] if products else []
    return [_waiting(item, (product,)) for item, product in known]


def _waiting(item: Item, products: tuple[Product, ...]) -> Wish:
    said = item.more or " ".join(words(item.words)[len(_called(item, products[0])) :])
    return Wish(
        said=[str(item.count), "x", *words(said)],
        found=Found(products=products, exact=True, by="name"),
        counts=surely(item.count),
        firm=True,
        live=False,
        asked=True,
    )


def _called(item: Item, product: Product) -> list[str]:
    """The words of its name that stand in the question."""
    both = (words(product.name_ar), words(product.name_en))
    return max((n for n in both if words(item.words)[: len(n)] == n), key=len, default=[])


def _asked(ask: Ask | None, text: str) -> Pending:
    plain = latin_digits(text)
    if ask in (*TRAITS, "offer"):
        found = (ITEM.match(line) for line in plain.splitlines())
        items = [Item(int(one[1]), _TAIL.sub("", one[2])) for one in found if one]
        return Pending(ask=ask, items=tuple(items))
    if ask == "which_one":
        question = next(line for line in plain.splitlines() if asked("which_one", line))
        which = _WHICH.search(question)
        count, more = (int(which[1] or 1), which[2]) if which else (1, "")
        listed = (_LISTED.match(line) for line in _closed(plain))
        items = [Item(count, one[1], more) for one in listed if one]
        return Pending(ask=ask, items=tuple(items))
    if ask == "cancel_it":
        found_number = _NUMBER.search(plain)
        return Pending(ask=ask, number=int(found_number[1]) if found_number else None)
    return Pending(ask=ask)


def _closed(text: str) -> list[str]:
    """The lines of the list right above the question: what is listed before it is no choice."""
    lines = text.splitlines()
    at = next(at for at, line in enumerate(lines) if asked("which_one", line))
    begins = next((n for n in range(at, 0, -1) if not lines[n - 1].startswith("•")), 0)
    return lines[begins:at]


def _ours(history: Sequence[Said]) -> tuple[str, ...]:
    """Our last words, newest first: one answer may have left in several parts."""
    told: list[list[str]] = [[]]
    for said in reversed(history):
        if said.author == "assistant":
            told[-1].append(said.text)
        elif said.author == "system":
            continue  # the shop told something meanwhile; the question still stands
        elif said.author != "contact" or not told[0]:
            break  # a person spoke: what stood before is theirs
        elif told[-1]:
            if len(told) == LOOK_BACK:
                break
            told.append([])
    joined = ("\n".join(reversed(parts)) for parts in told)
    return tuple("".join(c for c in t if unicodedata.category(c) != "Cf") for t in joined)
