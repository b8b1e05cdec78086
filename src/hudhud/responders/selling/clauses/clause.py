"""A clause: a piece of a message, and what is read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hudhud.model import Product
from hudhud.responders.lexicon import forms
from hudhud.responders.lexicon.courtesy import pleads
from hudhud.responders.selling.counting import Count, unit
from hudhud.responders.selling.deeds import Mark
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.shelf import Found
from hudhud.text import words

Act = Literal["add", "more", "remove", "make", "swap"]
ACTS: dict[str, Act] = {"more": "more", "remove": "remove", "make": "make", "swap": "swap"}
_AFTER_NO = frozenset({"no", "swap"})
_NOT = frozenset(words("مو مش موش مب موب ليس ليست mo msh mesh mish mush not"))


@dataclass(slots=True)
class Clause:
    """A piece of a message: its folded words, and what is read of them."""

    id: int
    text: str
    said: list[str]
    marks: list[Mark]
    counts: list[Count]
    found: Found
    asks: bool
    questioned: bool
    orders: bool
    meanings: frozenset[str]
    terms: tuple[str, ...]

    @property
    def acts(self) -> list[Act]:
        """What it does to an order, besides wanting something."""
        return [ACTS[mark.deed] for mark in self.marks if mark.deed in ACTS]

    @property
    def wants(self) -> bool:
        """Whether something is wanted in so many words."""
        asked = any(mark.deed in ("want", "take") for mark in self.marks)
        # «لو سمحت قفل كبير»
        return asked or (not self.questioned and pleads(self.said))

    @property
    def takes(self) -> bool:
        """Whether it is ordered in so many words, and not only wanted."""
        return self.orders or any(mark.deed == "take" for mark in self.marks)

    @property
    def named(self) -> bool:
        """Whether a thing is named; «ابيض» is no name, though a white filling is called so.

        "olives" are one, though a colour is called olive.
        """
        told = self.found.words
        bare = (word for word in told if not is_trait(word) or _kind(word, self.found.products))
        return self.found.by == "name" and any(bare)

    @property
    def told_of_one(self) -> bool:
        """Whether it names nothing, and one thing's row tells of it: another word for its name."""
        return self.found.by == "description" and len(self.found.products) == 1

    @property
    def tells(self) -> bool:
        """Whether it tells which, how many or in which size or colour."""
        return self.named or bool(self.counts) or self.trait or self.told_of_one

    @property
    def only_counts(self) -> bool:
        """Whether all it names is what its number counts: «٣ علب» of what was named before."""
        sure = [one for one in self.counts if one.sure]
        places = {at for one in sure for at in (one.start - 1, one.start, one.end)}
        counted = {f for at, word in enumerate(self.said) if at in places for f in forms(word)}
        # «الاكياس خليها ٣٠ لتر» names bags.
        named = [w for w in self.found.words if not unit(w) or counted.isdisjoint(forms(w))]
        only = not named or (bool(self.terms) and all(map(unit, self.terms)))
        return self.named and any(one.sure for one in self.counts) and only

    @property
    def undenied(self) -> list[Count]:
        """The counts without what is denied: «اثنين مو واحد» is two."""
        denied = {mark.end for mark in self.marks if mark.deed in _AFTER_NO}
        kept = [count for count in self.counts if count.start not in denied]
        # «لا ٢» tells two anew, "not two" behind what is wanted tells nothing.
        return kept or [one for one in self.counts if self.said[one.start - 1] not in _NOT]

    @property
    def trait(self) -> bool:
        """Whether a size or colour is said."""
        return any(is_trait(word) for word in self.said)


def _kind(word: str, products: Sequence[Product]) -> bool:
    """Whether a word says of what kind a thing is: several in English, the first in Arabic."""
    ends = (words(one.name_en)[-1:] for one in products if word.endswith("s"))
    begins = (words(one.name_ar)[:1] for one in products if not word.isascii())
    return any([word] == one for one in (*ends, *begins))
