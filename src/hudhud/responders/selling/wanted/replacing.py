"""What goes and what comes in its place, told in two clauses; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from msgspec import structs

from hudhud.responders.selling import deeds
from hudhud.responders.selling.counting import surely
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.wanted.wish import Wish
from hudhud.text import words

# Between two clauses: no word of anybody's.
_CUT = "–"
# In the place of a number: it names nothing («ثلاث قطع»).
COUNT = "–"
# «بداله», "badalha": what goes is pointed at, and not named.
_POINTING = ("ه", "ها", "هم", "هن", "ha", "ho", "hom", "hum", "hon", "lo", "no", "to")
# Between what goes and what comes instead.
_TURNS = frozenset(words("with to into for الى ل ب"))


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


def offered_without(wishes: Sequence[Wish], wish: Wish, *, alone: bool) -> list[Wish] | None:
    """The wishes when something that is offered is not wanted; None where none of it is.

    Args:
        wishes: what a batch wants, what was offered among it.
        wish: what goes, or how many of it.
        alone: whether nothing is in the cart: what is offered alone is left to be refused.
    """
    gone = {product.sku for product in wish.found.products} if wish.named else set()
    offered = [one for one in wishes if one.asked]
    for one in offered:  # «شيل الرمل», of several that were listed
        left = tuple(p for p in one.found.products if p.sku not in gone)
        if left and len(left) < len(one.found.products):
            one.found = structs.replace(one.found, products=left)
            return [*wishes]
    kept = [one for one in offered if gone.isdisjoint(p.sku for p in one.found.products)]
    if fewer := wish.count():  # "drop one strap" of two leaves one
        for one in offered:
            many = one.count() or 1
            if one not in kept and many > fewer:
                one.said, one.counts = [str(many - fewer), *one.said[1:]], surely(many - fewer)
                return [*wishes]
    if (alone and not kept) or len(kept) == len(offered):
        return None
    return [one for one in wishes if one in kept or not one.asked]


def segments(said: Sequence[str], names: Names) -> list[list[str]]:
    """The words between deeds, and before what comes instead: «بدل التبولة بفتوش».

    Args:
        said: folded words of a wish.
        names: the products at hand.
    """
    cuts = {at for mark in deeds.marks(said) for at in range(mark.start, mark.end)}
    cuts |= {at for at, word in enumerate(said) if word == COUNT}
    segments: list[list[str]] = [[]]
    for at, word in enumerate(said):
        # «بالفتوش», «لحمص», «للحمص»
        bare = word[1:] if word[0] in "بل" else ""
        comes = bare and names.word(bare) and not names.spelled(word)
        if at in cuts or word in _TURNS:
            segments.append([])
        elif comes:
            segments.append([f"ا{bare}" if word.startswith("لل") else bare])
        else:
            segments[-1].append(word)
    return [segment for segment in segments if segment]


def given_up(said: Sequence[str], segments: Sequence[list[str]]) -> list[str] | None:
    """Of several segments the one behind «بدال», "instead of": what goes, be it there or not.

    Args:
        said: folded words of a wish.
        segments: of them.
    """
    ends = [mark.end for mark in deeds.marks(said) if mark.deed == "swap" and _of_what(said, mark)]
    behind = [one for one in segments if any([*said[at : at + len(one)]] == one for at in ends)]
    return behind[0] if behind and len(segments) > 1 else None


def _of_what(said: Sequence[str], mark: deeds.Mark) -> bool:
    """Whether what goes stands behind it: not behind «بداله», nor behind "instead" alone."""
    told = said[mark.start : mark.end]
    return not told[-1].endswith(_POINTING) and told[-1] != "instead" and "its" not in told
