"""What our last words asked of the order, read back out of them; pure.

A turn is decided from its rows alone. What was being chosen when we asked "which size?" stands in
no row, for nothing is in the cart yet: it stands in the question, and is read from there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from hudhud.model import Said
from hudhud.responders.selling.sentences import ASKS, Ask, asked
from hudhud.responders.selling.showing import ITEM
from hudhud.text import latin_digits

TRAITS: tuple[Ask, ...] = ("which_size", "which_colour", "which_traits")

_TAIL = re.compile(r":\s.*$")
_WHICH = re.compile(r"\((\d+) ×([^()]*)\)")
_LISTED = re.compile(r"^•\s*([^:]+):")
_NUMBER = re.compile(r"\b(\d{1,12})\b")


class Item(msgspec.Struct, frozen=True):
    """So many of what we named: words that begin with its name, and what was said of it."""

    count: int
    words: str
    more: str = ""


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What the next batch may answer: the question, and what it was about."""

    ask: Ask | None = None
    items: tuple[Item, ...] = ()
    number: int | None = None
    text: str = ""


def pending(history: Sequence[Said]) -> Pending:
    """What the last thing said asks, when our assistant said it.

    Args:
        history: what was said before this batch, oldest first.
    """
    text = _last(history)
    ask = next((ask for ask in ASKS if asked(ask, text)), None)
    plain = latin_digits(text)
    if ask in (*TRAITS, "offer"):
        found = (ITEM.match(line) for line in plain.splitlines())
        items = [Item(int(one[1]), _TAIL.sub("", one[2])) for one in found if one]
        return Pending(ask=ask, items=tuple(items), text=text)
    if ask == "which_one":
        which = _WHICH.search(plain)
        count, more = (int(which[1]), which[2]) if which else (1, "")
        listed = (_LISTED.match(line) for line in plain.splitlines())
        items = [Item(count, one[1], more) for one in listed if one]
        return Pending(ask=ask, items=tuple(items), text=text)
    if ask == "cancel_it":
        found_number = _NUMBER.search(plain)
        return Pending(ask=ask, number=int(found_number[1]) if found_number else None, text=text)
    return Pending(ask=ask, text=text)


def _last(history: Sequence[Said]) -> str:
    """Our last words: one answer may have left in several parts."""
    parts: list[str] = []
    for said in reversed(history):
        if said.author == "system":
            continue  # the shop told something meanwhile; the question still stands
        if said.author != "assistant":
            break
        parts.append(said.text)
    joined = "\n".join(reversed(parts))
    return "".join(char for char in joined if unicodedata.category(char) != "Cf")
