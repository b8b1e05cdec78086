"""What goes and what comes in its place, told in two clauses; pure."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from msgspec import structs

from hudhud.responders.selling.wanted.wish import Wish

# Between two clauses: no word of anybody's.
_CUT = "–"


def replaced(wishes: list[Wish], cart: Collection[str]) -> None:
    """Let what is wanted behind what goes take its place, in the same number where none is told.

    «شيل المتبل وحط بداله حمص», "not moutabal, hummus".

    Args:
        wishes: what a batch wants, in order; changed in place.
        cart: by SKU, what is there.
    """
    for goes, comes in [*pairwise([wish for wish in wishes if wish.live])]:
        if not (_goes(goes, cart) and _comes(comes, cart)):
            continue
        moved = len(goes.said) + 1
        comes.said = [*goes.said, _CUT, *comes.said]
        comes.counts = [
            structs.replace(one, start=one.start + moved, end=one.end + moved)
            for one in comes.counts
        ]
        comes.texts = [*goes.texts, *comes.texts]
        comes.act, comes.firm, comes.corrects = "swap", True, False
        wishes.remove(goes)


def _goes(wish: Wish, cart: Collection[str]) -> bool:
    """Whether all of something that is there goes."""
    there = any(product.sku in cart for product in wish.found.products)
    return wish.act == "remove" and wish.named and there and not wish.counts


def _comes(wish: Wish, cart: Collection[str]) -> bool:
    """Whether one thing is wanted that is not there."""
    new = len(wish.found.products) == 1 and wish.found.products[0].sku not in cart
    return new and wish.named and not wish.asked and wish.act in ("add", "make", "swap")
