"""One thing that is wanted, as a batch tells it; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from msgspec import structs

from hudhud.model import Product
from hudhud.responders.selling import deeds, traits
from hudhud.responders.selling.clauses import Act, Clause
from hudhud.responders.selling.counting import Count, number, surely
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.selling.wanted.parts import fraction, portions
from hudhud.responders.shelf import Found
from hudhud.text import measuring, words

# In the place of a word that was taken back.
_GONE = "–"


@dataclass(slots=True)
class Wish:
    """One thing that is wanted: the clauses that tell it, and the products that it may be.

    `firm` wishes are acted upon, others are only offered. `live` is false for what an earlier
    question was about, until the batch answers it. `unknown` ones tell how many of what is not
    sold. `corrects` wishes say a number, size or colour
    and nothing else; `described` ones how a thing shall be, and not which; of `wanted` ones it is
    said that they are.
    """

    act: Act = "add"
    said: list[str] = field(default_factory=list)
    found: Found = field(default_factory=Found)
    counts: list[Count] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    corrects: bool = False
    firm: bool = False
    live: bool = True
    traits: bool = False
    more: bool = False
    follows: bool = False
    unknown: bool = False
    asked: bool = False
    described: bool = False
    wanted: bool = False

    @property
    def named(self) -> bool:
        """Whether a product is named."""
        return self.found.by == "name"

    @property
    def told_of(self) -> bool:
        """Whether only the row of what it may be tells of it."""
        return self.found.by == "description"

    @property
    def things(self) -> list[str]:
        """What is said of it that names a thing, and no size or colour."""
        return [
            word
            for word in self.terms
            if not (is_trait(word) or word.isdecimal() or deeds.little((word,)))
        ]

    @property
    def named_enough(self) -> bool:
        """Whether the name explains most of what was said: «كيك موز» is no lotus cake."""
        if self.told_of:
            return False  # its row tells of it, and perhaps of something else
        sized = {f for one in self.found.products[:1] for f in traits.size_forms(self.said, one)}
        things = [word for word in self.things if word not in sized]  # «كفر ايفون ١٥»
        unknown = [word for word in things if word not in self.found.words]
        # What is only another word for the name has to be more than half: «بسرعة» is no charger.
        other = any(w in self.found.words for w in things) and any(
            word not in self.terms for word in self.found.words
        )
        known = len(things) - len(unknown) - other
        return self.asked or self.found.exact or len(unknown) <= known

    @property
    def part_of_one(self) -> bool:
        """Whether less than one is wanted."""
        of_it = self.found.products
        if len(of_it) == 1 and portions(self.said, self.counts, of_it[0]):
            return False
        whole = (self.said[one.start - 1 : one.end + 1] for one in self.counts)
        return fraction(self._unsized(), of_it) and all(fraction(one, of_it) for one in whole)

    @property
    def measured(self) -> list[tuple[int, str]]:
        """Each number that may count, and the word behind it."""
        return [(one.value, "".join(self.said[one.end : one.end + 1])) for one in self.counts]

    def _unsized(self) -> list[str]:
        """What is said without its size: «درجتين ونص» is no half of one.

        Nor is «نص كيلو» of what is sold so.
        """
        size = next((traits.size(self.said, one) for one in self.found.products[:1]), None)
        gone = size.places if size else frozenset[int]()
        gone |= _as_told(self.said, self.found.products)
        return [word for at, word in enumerate(self.said) if at not in gone]

    def count(self, sized: Collection[int] = ()) -> int | None:
        """How many are wanted: what was said last of what surely counts, or of all.

        Args:
            sized: places of words that say a size, and so count nothing: «حذاء ٤٢».
        """
        told = [one for one in self._counted() if one.sure or one.start not in sized]
        sure = [one for one in told if one.sure]
        return (sure or told)[-1].value if told else None

    def counting(self, product: Product | None = None) -> frozenset[int]:
        """Places of words that surely say how many, and so no size.

        Args:
            product: of which one, where it may be one of several.
        """
        of_it = self.found.products if product is None else (product,)
        told = traits.of_things(self.counts, self.said, of_it)
        return frozenset(at for one in told if one.sure for at in range(one.start, one.end))

    def _counted(self) -> list[Count]:
        return traits.of_things(self.counts, self.said, self.found.products)

    def take(self, clause: Clause) -> None:
        """Add what a clause says to it."""
        told = clause.undenied
        if self.asked or self.counts:
            told = self._uncounted(clause)  # «علبتين شوكولاتة، ٤٨ قطعة»: two of 48
        if self.asked:
            self._correct(clause)
        more = "more" in clause.acts and "make" not in clause.acts
        if told and self.asked and self.counts and more:
            told = surely(self.counts[-1].value + told[0].value)  # "1 more, so 3"
        if told:  # what is said later corrects what was said before
            old = {at for one in self.counts if one.sure for at in range(one.start, one.end)}
            old -= self._measuring()
            self.said = [_GONE if at in old else word for at, word in enumerate(self.said)]
            self.counts = []
        moved = len(self.said)
        self.counts += [
            structs.replace(one, start=one.start + moved, end=one.end + moved) for one in told
        ]
        self.said += clause.said
        self.terms += clause.terms
        self.traits |= clause.trait
        self.wanted |= clause.wants
        self.texts.append((clause.id, clause.text))
        self.live = True
        if (clause.named and not self.named) or (clause.told_of_one and not self.found.products):
            self.found = clause.found

    def _measuring(self) -> frozenset[int]:
        """The places of a size that is told with its unit: «10 كيلو، تنين» are two of ten kilos."""
        size = next((traits.size(self.said, one) for one in self.found.products[:1]), None)
        whole = size is not None and bool(size.size) and len(size.places) > 1
        return size.places if size is not None and whole else frozenset()

    def _uncounted(self, clause: Clause) -> list[Count]:
        """The counts of a clause, without the numbers of a size: «3-6 أشهر» leaves two at two."""
        size = next((traits.size(clause.said, one) for one in self.found.products[:1]), None)
        places = size.places if size is not None and size.size else frozenset[int]()
        # "1 kilo" of two bags that are wanted: the number is its size's, with its unit.
        whole = len(places) > 1
        return [
            one for one in clause.undenied if one.start not in places or (one.sure and not whole)
        ]

    def _correct(self, clause: Clause) -> None:
        """A size or colour that is said now takes the place of what was said before."""
        if len(self.found.products) != 1:
            return
        product = self.found.products[0]
        many = traits.of_things(clause.counts, clause.said, self.found.products)
        counted = frozenset(one.start for one in many if one.sure)
        size = traits.size(clause.said, product, counted)
        gone = set[int]()
        if size is not None and size.size:
            told = traits.sizes(self.said, product, self.counting())
            gone |= {at for one in told for at in one.places}
        if traits.colour(clause.said, product):
            gone |= {at for at, word in enumerate(self.said) if traits.coloured((word,))}
        self.said = [_GONE if at in gone else word for at, word in enumerate(self.said)]


def _as_told(said: Sequence[str], products: Sequence[Product]) -> frozenset[int]:
    """The places of a measure by which the one product is sold, as its row tells: «نصف كيلو»."""
    if len(products) != 1:
        return frozenset()
    row = words(f"{products[0].name_ar} {products[0].description_ar}")
    own = {(one.kind, one.many) for one in measuring.measures(row, number)}
    told = (one for one in measuring.measures(said, number) if (one.kind, one.many) in own)
    return frozenset(at for one in told for at in one.places)
