"""A reply about the cart in stretches: what each does, to how many of what; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec import structs

from hudhud.model import Line, Product
from hudhud.responders import shelf
from hudhud.responders.lexicon.courtesy import excuses, praises
from hudhud.responders.selling import deeds, traits
from hudhud.responders.selling.amending.apart import taken_apart
from hudhud.responders.selling.amending.brought import brought_down, one_of
from hudhud.responders.selling.amending.vocabulary import (
    ACTS,
    AND,
    AWAY,
    EXCESS,
    GHIR,
    HALF,
    INDEED,
    KNOWN,
    ONLY,
    OTHER,
    OUT,
    PART,
    STAYS,
    SUMMED,
    Act,
    Said,
    sums,
)
from hudhud.responders.selling.counting import Count, counts, expanded, number, unit
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.taking import of_kind_said
from hudhud.responders.sizes import measured_by
from hudhud.text import words

# More is a story, and no reply.
WORDS_MAX = 40
_NOT = frozenset(words("مو مش مب موب مهب ماشي ليس وليس not mesh msh mish mo mou machi"))
_BEING = frozenset({"are", "were", "is", "be", "im"})
_DO_NOT = frozenset({"dont", "not", "never"})


@dataclass(slots=True)
class Part:
    """A stretch of a reply: what it does, to how many of which product, in which size and colour.

    `act` is empty where none is named; `joined` begins with «و»; `denied` holds a no;
    `unclear` names several of them, and of `excess` there are too many.
    """

    said: list[str]
    joined: bool
    denied: bool
    unclear: bool = False
    excess: bool = False
    act: Act = ""
    count: int | None = None
    product: Product | None = None
    named: bool = False
    definite: bool = False
    size: str = ""
    colours: list[str] = field(default_factory=list)

    @property
    def colour(self) -> str:
        """The one that is said."""
        return "".join(self.colours)

    @property
    def trait(self) -> bool:
        """Whether a size or colour is said."""
        return bool(self.size or self.colour)

    def holds(self, *of: Said) -> bool:
        """Whether one of some words is said."""
        return any(one.among(self.said) for one in of)

    @property
    def sums(self) -> bool:
        """Whether it tells what comes of it all."""
        return any(map(sums, self.said))

    def like(self, line: Line) -> bool:
        """Whether a line is of the size and colour that are said."""
        return self.size in ("", line.size) and self.colour in ("", line.colour)

    def of(self, line: Line) -> Line:
        """A line in the size and colour that are said."""
        return structs.replace(line, size=self.size or line.size, colour=self.colour or line.colour)


def parts(text: str, lines: Sequence[Line], own: Names) -> list[Part]:
    """What a sentence says part by part; none where a word of it speaks of something else.

    Args:
        text: one sentence.
        lines: what is in the cart.
        own: the products of these lines.
    """
    told = list[Part]()
    said = _without_former(expanded(taken_apart(text, lines, own), own))
    whole = _once(_only(said, own), own)
    for joined, said in _stretches(whole, own) if len(whole) <= WORDS_MAX else ():
        part = _read(said, lines, own, told[-1] if told else None, joined=joined)
        if part is None:
            return []
        told.append(part)
    return told


def _only(said: list[str], own: Names) -> list[str]:
    """«خلي غير الموسوعة», «حيد القصص وغير الموسوعة»: Maghrebi for "only"; elsewhere it changes."""
    keeps = {at for at, word in enumerate(said) if word in STAYS or word in AND}
    removes = any(mark.deed == "remove" for mark in _deeds(said, own))
    plain = list[str]()
    for at, word in enumerate(said):
        kept = at - 1 in keeps and (removes or said[at - 1] not in AND)
        thing = any(map(own.known, said[at + 1 : at + 3]))  # "ghir el hoodie"
        only = word in GHIR and thing and (kept or word.isascii())
        plain.append("بس" if only else word)
    return plain


def _without_former(said: list[str]) -> list[str]:
    """«خليها ١ بدال ٢», "1 instead of 2": without the number that it was."""
    for mark in deeds.marks(said):
        now, then = said[: mark.start], said[mark.end :]
        if mark.deed == "swap" and then and number(then[0]) and any(map(number, now)):
            return [*now, *then[1:]]
    return said


def _once(said: list[str], own: Names) -> list[str]:
    """«علبة شاي واحدة»: the box that is one, without the one that says so again."""
    again = set[int]()
    for one in counts(said, own):
        if one.value == 1 and number(said[one.start]) is None and unit(said[one.start]):
            behind = range(one.end, len(said))
            after = next((at for at in behind if not own.known(said[at])), len(said))
            again |= {at for at in (after,) if number("".join(said[at : at + 1])) == 1}
    return [word for at, word in enumerate(said) if at not in again]


def _stretches(said: list[str], own: Names) -> Iterator[tuple[bool, list[str]]]:
    """Cut at «و», and where another part begins; with each whether «و» joins it."""
    cuts = _Cuts(said, own)
    begun, joined = 0, False
    for at, word in enumerate(said):
        if word in AND or cuts.begins(begun, at):
            if said[begun:at]:
                yield joined, said[begun:at]
                joined = False
            begun = at
        if word in AND:
            begun, joined = at + 1, True
    if said[begun:]:
        yield joined, said[begun:]


class _Cuts:
    """Where a sentence does something else, or to something else, than a word before."""

    def __init__(self, said: Sequence[str], own: Names) -> None:
        self.said, self.own = said, own
        self.acts: dict[int, Act] = {at: "remove" for at, word in enumerate(said) if word in AWAY}
        for mark in _deeds(said, own):
            if mark.deed in ACTS or mark.deed == "cancel":
                self.acts[mark.start] = ACTS.get(mark.deed, "remove")
        self.counts = {one.start: one for one in counts(said, own)}
        self.sizes = {w for product in own.products for size in product.sizes for w in words(size)}

    def begins(self, begun: int, at: int) -> bool:
        """Whether a part begins at a word, while another runs since `begun`."""
        word, before = self.said[at], range(begun, at)
        full = any(place in self.counts for place in before)
        act = next((self.acts[place] for place in before if place in self.acts), "")
        if self.acts.get(at, act) != act:
            # «الكاب شيله», "one more", «وحدة منهن خليها ٨»: the deed stands behind what it is
            # done to.
            of_these = full and PART.among(self.said[begun:at])
            return bool(act) or (full and not of_these and self.acts[at] != "more")
        if word in OTHER or (act == "remove" and word in ONLY):
            return True
        if act == "remove" and self._another(begun, at):
            return True
        if sums(word):
            # "four in total", and "one more, total four"
            return not (full and word in SUMMED) or at + 1 in self.counts
        if full and self.said[at - 1] in _NOT:
            return False  # "three notebooks, not two"
        # «واحد 42»: the second number is a size of it.
        one = self.counts.get(at)
        return full and one is not None and not self._sized(at, sure=one.sure)

    def _sized(self, at: int, *, sure: bool) -> bool:
        """Whether a number behind another is a size: "make it three, 24 pieces"."""
        word, after = self.said[at], "".join(self.said[at + 1 : at + 2])
        own = (product.sizes for product in self.own.products if len(product.sizes) > 1)
        return (word in self.sizes and not sure) or any(
            measured_by(word, after, sizes) for sizes in own
        )

    def _another(self, begun: int, at: int) -> bool:
        """Whether a word names none of what is named before: «شيل الكاب الهودي يكفي»."""
        before = _named(self.said[begun:at], self.own)
        here = _named(self.said[at : at + 1], self.own)
        return bool(before and here) and not before & here


def _named(said: Sequence[str], own: Names) -> set[str]:
    """By SKU, what words name."""
    found = own.find([word for word in said if own.known(word)])
    return {p.sku for p in found.products} if found.by == "name" else set()


def _deeds(said: Sequence[str], own: Names) -> list[deeds.Mark]:
    """The deeds; «بدلة» that is in the cart is none, "take the cap out" and "make one" are."""
    # "to" sounds like "too", which adds; "we are more" adds no cake.
    marks = [mark for mark in deeds.marks(said) if said[mark.start] != "to"]
    marks = [m for m in marks if not (m.deed == "more" and ["", *said][m.start] in _BEING)]
    marks = [m for m in marks if m.end - m.start > 1 or not own.spelled(said[m.start])]
    out = next((at for at, word in enumerate(said) if word in OUT), 0)
    bare: dict[str, deeds.Deed] = {"make": "make"}
    if out:
        bare["take"] = "remove"
    kept = [m for m in marks if said[m.start] not in bare or m.end - m.start > 1]
    more = [
        deeds.Mark(bare[word], at, at + 1)
        for at, word in enumerate(said)
        if word in bare and not any(m.start == at for m in kept)
    ]
    return sorted([*kept, *more], key=lambda mark: mark.start)


def _read(
    said: list[str], lines: Sequence[Line], own: Names, before: Part | None, *, joined: bool
) -> Part | None:
    """What a stretch says; None where a word of it speaks of something else."""
    marks = _deeds(said, own)
    part = Part(said=said, joined=joined, denied=any(mark.deed == "no" for mark in marks))
    part.act = next((ACTS[mark.deed] for mark in marks if mark.deed in ACTS), "")
    part.product, part.named = _spoken_of(said, lines, own, before)
    part.unclear = not part.named and len(_named(said, own)) > 1
    part.definite = part.named and _definite(said, own)
    cancels = any(mark.deed == "cancel" for mark in marks) or _unadded(marks, said)
    # «رمادي مو أسود»: what a no stands before is not wanted.
    denied = {mark.end for mark in marks if mark.deed == "no" and mark.start}
    told = [one for one in counts(said, own) if one.start not in denied]
    known = {at for mark in marks for at in range(mark.start, mark.end)} | denied
    if part.product is not None:
        size = _size(part, part.product, told, before)
        if size.size or not (told and _of_one(part.product, lines)):
            if not size.size and size.places:
                return None  # it has none such: that is said elsewhere
            part.size, known = size.size, known | size.places
        part.colours = traits.colours(
            [word for at, word in enumerate(said) if at not in denied], part.product
        )
    if len(lines) > 1 and ((cancels and part.trait) or (part.named and (cancels or _goes(part)))):
        part.act = "remove"  # «الغي الكاب» of several, "skip the cap", «الغي اللي مقاس ٤»
    elif cancels:
        return None
    told = [one for one in told if one.start not in known]
    known |= {at for one in told for at in range(one.start, one.end)}
    strange = any(at not in known and not _ours(w, part.product, own) for at, w in enumerate(said))
    if strange or len(told) > 1 or len(part.colours) > 1:
        return None
    if told and EXCESS.among(said) and not part.named:
        part.excess, part.act = True, ""  # "five are too many"
        return part
    one = part.act == "more" and any(map(unit, said))  # «زيدهن علبة»
    one = one or (part.act == "remove" and one_of(said))
    # «أحدهما 27 والآخر 25»
    one = one or (part.holds(OTHER) and part.trait and before is not None and before.count == 1)
    part.count = told[0].value if told else 1 if one else None
    part.act = brought_down(part.act, said, told)
    mine = [line for line in lines if part.product and line.sku == part.product.sku]
    if part.holds(HALF):
        # «خل نصها أبيض»
        if told or len(mine) != 1 or mine[0].count % 2:
            return None
        part.count = mine[0].count // 2
    return part


def _definite(said: Sequence[str], own: Names) -> bool:
    """Whether what is there is spoken of, and nothing new: «القهوة ثلاث», "the notebooks A4"."""
    return any(
        own.known(word) and (before == "the" or word.startswith("ال"))
        for before, word in pairwise(["", *said])
    )


def _of_one(product: Product, lines: Sequence[Line]) -> bool:
    """Whether there is one measure of it, of which more are counted: three kilos of «١ كيلو»."""
    return any(line.sku == product.sku and words(line.size)[:1] == ["1"] for line in lines)


def _goes(part: Part) -> bool:
    """Whether a word says so that elsewhere says other things: «طلع صغير», «ارفعه لثلاثة»."""
    other = any(number(word) is not None or traits.size_word(word) for word in part.said)
    return AWAY.among(part.said) and not (part.act or other)


def _unadded(marks: Sequence[deeds.Mark], said: Sequence[str]) -> bool:
    """Whether something shall not be added: «لا تضيفوا الكاب», "don't add"; «لا ضيف» adds."""
    denied = {mark.end for mark in marks if mark.deed == "no"}
    added = [m for m in marks if m.deed == "more" and m.start in denied]
    return any(said[m.start][0] == "ت" or said[m.start - 1] in _DO_NOT for m in added)


def _size(part: Part, product: Product, told: Sequence[Count], before: Part | None) -> traits.Size:
    # «البولو ٣ والجيبة ٢»: as the first number counts, so does the second.
    alike = before is not None and bool(before.count) and not before.trait and part.named
    adds = part.act == "more" or part.sums or (alike and not any(map(traits.of_size, part.said)))
    counted = {at for one in told if one.sure or adds for at in range(one.start, one.end)}
    said = traits.size(part.said, product, frozenset(counted))
    whole = None if adds else traits.size(part.said, product)
    if whole is not None and whole.size and len(whole.places) > 1:
        said = whole  # «خليها ١٥ كيلو» of what is sold by 10 and by 15
    return said or traits.Size("", "", frozenset())


def _spoken_of(
    said: Sequence[str], lines: Sequence[Line], own: Names, before: Part | None
) -> tuple[Product | None, bool]:
    """The product of the lines that is meant, and whether it is named."""
    found = own.find([word for word in said if own.known(word)])
    meant = of_kind_said(found.products, said) if found.by == "name" else ()
    skus = {product.sku for product in meant}
    named = len(skus) == 1
    if not named and before is not None and before.product is not None:
        return before.product, False
    made = _sized(said, lines, own) or _coloured(said, own)
    skus = skus if named else made or {line.sku for line in lines}
    told = [product for product in own.products if product.sku in skus]
    return (told[0] if len(skus) == 1 else None), named


def _sized(said: Sequence[str], lines: Sequence[Line], own: Names) -> set[str]:
    """By SKU, what is made in a size that is announced: «غيّر المقاس إلى ٨» is of no cap."""
    if not any(map(traits.of_size, said)):
        return set()
    there = {line.sku for line in lines if line.size}
    told = ((p.sku, traits.size(said, p)) for p in own.products if p.sku in there)
    return {sku for sku, size in told if size and size.size}


def _coloured(said: Sequence[str], own: Names) -> set[str]:
    """By SKU, what there is in the colour that is rather wanted: «بل ذهبي» is of no rice."""
    wanted = INDEED.among(said)
    return {p.sku for p in own.products if wanted and traits.colour(said, p)}


def _ours(word: str, product: Product | None, own: Names) -> bool:
    """Whether a word speaks of what is in the cart, or of nothing."""
    if own.known(word) or (own.spelled(word) and not word.isdecimal()):
        return True
    if product is not None and shelf.only_sizes((product,), (word,)):
        return True
    if traits.coloured((word,)):
        return product is not None and bool(traits.colour((word,), product))
    if any(word in one for one in KNOWN) or sums(word) or unit(word) or deeds.little((word,)):
        return True
    return praises(word) or excuses(word) or traits.of_size(word) or traits.size_word(word)
