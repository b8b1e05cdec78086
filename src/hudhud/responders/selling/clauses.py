"""A batch cut into clauses, each with what is read of it; pure.

A clause ends where a sentence does, at what joins things («،», «و», "and"), and before a thing that
«و» or a number begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hudhud.responders.addresses import first_place, lives_in
from hudhud.responders.lexicon import forms, inquires, understood
from hudhud.responders.lexicon.asking import IF, may_i, services
from hudhud.responders.lexicon.courtesy import pleads
from hudhud.responders.lexicon.given import GIVEN
from hudhud.responders.lexicon.relatives import for_kin
from hudhud.responders.selling import deeds, traits
from hudhud.responders.selling.counting import (
    Count,
    counts,
    expanded,
    in_a_name,
    number,
    of_name,
    sizing,
    together,
    unit,
)
from hudhud.responders.selling.deeds import Mark
from hudhud.responders.selling.naming import Names, ordinal
from hudhud.responders.shelf import Found, colour_word
from hudhud.responders.sizes import measured_by
from hudhud.text import fold, without_article, words
from hudhud.text.ranges import TO, ranged

Act = Literal["add", "more", "remove", "make", "swap"]
CLAUSES_MAX = 40
# What bids us stands among the first words.
_BIDDING = 2
# So many words behind «و» the number of what it joins is told.
_UNKNOWN_MAX, _BARE_MIN = 4, 3
_SENTENCE = re.compile(r"(?<=[؟?!؛;\n])|(?<=\D)\.(?=\s|$)")
# «+1.50» joins nothing.
_JOINT = re.compile(
    r"[،,&\n]|\+(?!\d+[.,٫]\d)|(?<!\w)(?:و|w|and|then|ثم|plus)(?!\w)", re.IGNORECASE
)
_ACTS: dict[str, Act] = {"more": "more", "remove": "remove", "make": "make", "swap": "swap"}
ANSWERS = frozenset({"yes", "confirm", "fine", "no", "later", "cancel", "rethink", "done"})
# Who asks one of these wants to be told, whatever else was said.
_TOLD = frozenset(
    {"price", "picture", "see", "browse", "complaint", "person", "order_status", "off_topic"}
)
_APPOINTMENTS = frozenset(
    words("موعد موعدي الموعد مواعيد رونديفو رانديفو appointment appointments maw3ed mow3ed rdv")
)
# Where a run-on message stops ordering and begins to ask: «اطلب قميص كتان لارج شكد التوصيل».
_RUNS_ON = frozenset(
    words("بكم بكام كم شكد شقد بيش قديش اديش شحال بشحال متى امتى شوكت وين فين هل how when where")
)
_WITH = frozenset(words("مع ويا وياه وياها with ma3"))
_PIECES = frozenset(words("قطعة قطع حبة حبات وحدة وحدات piece pieces pcs"))
_PRICE = frozenset(words("سعر السعر سعره سعرها price"))
# «مكان المتبل فتوش»: elsewhere it is where somebody lives.
_IN_PLACE = frozenset(
    words("مكان بمكان محل عوض بلاصة بلاصت مطرح makan mkan 3awad blaset blast matra7")
)
_AFTER_NO = frozenset({"no", "swap"})
# In the place of a word that was denied: no word of anybody's.
_DENIED = "–"
_ARTICLES = frozenset({"a", "an"})


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
        return [_ACTS[mark.deed] for mark in self.marks if mark.deed in _ACTS]

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
        """Whether a thing is named; «ابيض» is no name, though a white filling is called so."""
        bare = (word for word in self.found.words if not is_trait(word))
        return self.found.by == "name" and any(bare)

    @property
    def only_counts(self) -> bool:
        """Whether all it names is what its number counts: «٣ علب» of what was named before."""
        named = [word for word in self.found.words if not unit(word)]
        only = not named or (bool(self.terms) and all(map(unit, self.terms)))
        return self.named and any(one.sure for one in self.counts) and only

    @property
    def undenied(self) -> list[Count]:
        """The counts without what is denied: «اثنين مو واحد» is two."""
        denied = {mark.end for mark in self.marks if mark.deed in _AFTER_NO}
        return [count for count in self.counts if count.start not in denied] or self.counts

    @property
    def trait(self) -> bool:
        """Whether a size or colour is said."""
        return any(is_trait(word) for word in self.said)


def clauses(messages: Mapping[int, str], names: Names) -> Iterator[Clause]:
    """Cut a batch into clauses.

    Args:
        messages: what is left of each message, by id, in order.
        names: the products at hand.
    """
    read = 0
    for message_id, text in messages.items():
        for sentence in _sentences(text, names):
            asks = inquires(sentence) or _supposes_return(sentence) or _of_deeds(sentence, names)
            questioned = not {"?", "؟"}.isdisjoint(sentence)
            for piece in _pieces(sentence, names):
                read += 1
                if read <= CLAUSES_MAX:
                    yield _clause(message_id, piece, names, asks=asks, questioned=questioned)


def _supposes_return(sentence: str) -> bool:
    """Whether it is asked what may be done if a thing does not fit: it changes no order."""
    told = understood(sentence)
    supposed = not IF.isdisjoint(words(sentence)) and not pleads(words(sentence))
    return supposed and told.asks and "returns" in told.meanings


def _of_deeds(sentence: str, names: Names) -> bool:
    """Whether it is asked what we do with a thing, or they may: "will you fit a tyre for me?"."""
    said = words(sentence)
    if deeds.marks(said) or any(number(w) and w not in _ARTICLES for w in said):
        return False
    done = {deed for deed in services(said) if not names.word(deed)}
    plain = any(map(str.isascii, done)) or not any(map(is_trait, said))  # «لارج وتغلفونه»
    return may_i(said) or (bool(done) and plain)


def _sentences(text: str, names: Names) -> Iterator[str]:
    """Cut where a sentence ends, and where a run-on one stops ordering and begins to ask."""
    for sentence in _SENTENCE.split(text):
        yield from run_on(sentence, names)


def run_on(sentence: str, names: Names) -> list[str]:
    """A sentence cut where it stops ordering and begins to ask: «خليهم ٣ وكم يصير المجموع؟».

    Args:
        sentence: one.
        names: the products at hand.
    """
    tokens = sentence.split()
    said = [fold(token) for token in tokens]
    asks = next((at for at, word in enumerate(said) if word.removeprefix("و") in _RUNS_ON), 0)
    first = words(" ".join(said[:asks]))
    named = any(map(names.word, first))
    if not (named and _orders(" ".join(first))) and not _changes(first, named=named):
        return [sentence]
    return [" ".join(tokens[:asks]), " ".join(tokens[asks:])]


def _changes(said: Sequence[str], *, named: bool) -> bool:
    """Whether words bid us change an order: «بدل المتبل فتوش», «خليهم ٣»."""
    acts = [m for m in deeds.marks(said) if m.deed in ("more", "make", "swap")]
    # «المكنسة أم غير كيس بكام» bids nothing.
    counted = any(number(word) is not None for word in said)
    return any(m.start <= _BIDDING for m in acts) and (named or counted)


def _pieces(sentence: str, names: Names) -> Iterator[str]:
    """Cut at what joins things, and before a thing that «و» or a number begins."""
    for part in _JOINT.split(sentence):
        kept: list[str] = []
        tokens = part.split()
        for at, token in enumerate(tokens):
            after = fold(tokens[at + 1]) if at + 1 < len(tokens) else ""
            cut = _begins(fold(token), after, kept, names)
            if not cut and _unknown(tokens[at:], kept, names):
                cut = "joined"
            if cut == "with" and not _apart(kept, tokens[at + 1 :], names):
                cut = ""
            if cut and kept:
                yield " ".join(kept)
                kept = []
            if cut != "with":
                kept.append(token[1:] if cut == "joined" else token)
        if kept:
            yield " ".join(kept)


def _begins(word: str, after: str, kept: Sequence[str], names: Names) -> str:
    if kept and together(fold(kept[-1]), word):
        return ""  # «قياس ثمانية وخمسين»
    if _joined(word, after, names):
        return "joined"
    piece = traits.sized_piece(word, after, [fold(one) for one in kept], names.products)
    of_names = [one for one in map(fold, kept) if names.word(one)]
    if of_names and word in _WITH and names.known(after) and not names.spelled(word):
        return "with"
    # «قياس ٥٨ وحده»: the number is the size.
    if piece or not of_names or word in _ARTICLES or not number(word) or sizing(fold(kept[-1])):
        return "counted" if piece else ""
    # «٣٤ وحزام»: what «و» begins is another thing.
    of_it = names.word(after) and not (after[0] == "و" and names.word(after[1:]))
    sized = any(measured_by(str(number(word)), after, p.sizes) for p in names.products)
    if sized or in_a_name(word, after, names) or (of_it and all(map(unit, of_names))):
        return ""  # «باقة 12 وردة», «طقم واحد شراشف»
    # «قميصين واحد ابيض وواحد اسود»: what was counted is told one by one.
    told = is_trait(after) and any(_many(fold(one), names) for one in kept)
    return "counted" if of_it or unit(after) or told else ""


def _joined(word: str, after: str, names: Names) -> bool:
    """Whether «و» begins another thing with a word, or a part of it: «وفضي وحدة»."""
    bare = word.removeprefix("و")
    if bare == word or not (len(bare) > 1 or bare.isdecimal()) or names.spelled(word):
        return False
    if names.measured(word):
        return False  # «12 وردة»
    dual = expanded([bare, *([after] if after else [])], names)[0] != bare
    marked = any(
        mark.deed in ("more", "remove", "make", "want", "take") for mark in deeds.marks([bare])
    )
    amount = dual or number(bare) is not None or (unit(bare) and _counted(after, names))
    part = colour_word(bare) and bool(after) and number(after) is not None
    bidden = deeds.sends(bare) and bool(after) and names.known(after)  # «وحط فتوش»
    # «الأول M والثاني L»
    bidden |= bare.startswith("ال") and ordinal([bare], CLAUSES_MAX) is not None
    return names.known(bare) or amount or marked or part or bidden


def begins_joined(text: str, names: Names) -> bool:
    """Whether a message goes on with what was spoken of: «وشيكر واحد», "w 2 cola", "and a cap".

    Args:
        text: a message.
        names: the products at hand.
    """
    first, after = [*map(fold, text.split()), "", ""][:2]
    joint = _JOINT.match(text.strip())
    return bool(joint and joint[0] not in "،,\n") or _joined(first, after, names)


def _unknown(tokens: Sequence[str], kept: Sequence[str], names: Names) -> bool:
    """Whether «و» joins so many of what nobody sells to what was counted: «وسلطة يونانية واحدة»."""
    said = [fold(token) for token in tokens[: _UNKNOWN_MAX + 1]]
    bare = said[0].removeprefix("و")
    if bare == said[0] or len(bare) < _BARE_MIN or names.spelled(said[0]) or number(said[0]):
        return False
    if is_trait(bare) or is_trait(said[0]):
        return False  # «وردي واحد» is one in pink
    before = [fold(token) for token in kept]
    if not any(map(names.word, before)) or not any(number(word) is not None for word in before):
        return False
    told = next((at for at, word in enumerate(said[1:], 1) if number(word) is not None), 0)
    what = " ".join([bare, *said[1:told]])
    read = understood(what)
    plain = told and not deeds.marks(words(what)) and bool(read.terms) and not read.meanings
    return bool(plain) and first_place(what) is None and number(bare) is None and bare not in GIVEN


def _counted(after: str, names: Names) -> bool:
    """Whether what follows a unit is what it counts, or how many of it: «وكيلو واحد»."""
    return names.word(after) or number(after) is not None


def _apart(before: Sequence[str], after: Sequence[str], names: Names) -> bool:
    """Whether «مع» stands between two things, and not within one: «كيك مع فراوله».

    What it comes with is none («فروج مع بطاطا» of one that does), nor what it is to go with:
    «بنطلون ألبسه مع البدلة».
    """
    first, then = (names.find(words(" ".join(part))) for part in (before, after))
    one = {product.sku for product in first.products}
    if not (first.by == then.by == "name" and one.isdisjoint(p.sku for p in then.products)):
        return False
    theirs = after[0].startswith("ال") and not any(part.startswith("ال") for part in before)
    told = words(f"{first.products[0].description_ar} {first.products[0].description_en}")
    held = {form for word in told for form in forms(word)}
    comes = all(not held.isdisjoint(forms(word)) for word in then.words)
    return not (theirs and not names.spelled(fold(after[0]))) and not comes


def _many(word: str, names: Names) -> bool:
    # A token of signs alone (🙏) is no word.
    return bool(word) and ((number(word) or 1) > 1 or expanded([word], names) != [word])


def _orders(text: str) -> bool:
    taken = any(mark.deed == "take" for mark in deeds.marks(words(text)))
    return taken or "order" in understood(text).meanings


def _clause(message_id: int, text: str, names: Names, *, asks: bool, questioned: bool) -> Clause:
    said = expanded(ranged(text), names)
    marks = [
        m for m in deeds.marks(said) if m.end - m.start > 1 or not names.spelled(said[m.start])
    ]
    marks += [
        Mark("swap", at, at + 1)
        for at, word in enumerate(said[:-1])
        if word in _IN_PLACE and names.word(said[at + 1])
    ]
    counted = [
        one
        for one in counts(said, names)
        if one.sure or not any(m.start <= one.start < m.end for m in marks)
    ]
    denied = {
        m.end
        for m in marks
        if m.deed == "no" and m.end < len(said) and any(map(is_trait, said[: m.start]))
    }
    # «اسود مو ابيض» says one colour.
    said = [_DENIED if at in denied and is_trait(word) else word for at, word in enumerate(said)]
    used = {at for mark in marks for at in range(mark.start, mark.end)}
    used |= {at for one in counted for at in range(one.start, one.end)}
    units = {
        at
        for one in counted
        for at in (one.end, one.start - 1)  # «كيلوغراماً واحداً»
        if 0 <= at < len(said) and unit(said[at]) and number(said[at]) is None
    }
    told = names.read(text)
    # «انا بالرياض» names no sport.
    placed = {
        at for at, w in enumerate(said) if lives_in(w) and not names.spelled(without_article(w))
    } | {at for at, word in enumerate(said) if word == TO}
    placed |= {at for at, word in enumerate(said) if for_kin(word)}  # «واحد لولدي»
    rest = [word for at, word in enumerate(said) if at not in used | units | denied | placed]
    found = names.find(rest)
    if found.by != "name" and units:
        # «كوبين» of a shop that sells cups: what counts is what is sold.
        rest = [word for at, word in enumerate(said) if at not in used]
        found = names.find(rest)
    if counted and units and deeds.little(w for w in rest if w not in _PIECES):
        found, rest = Found(), []  # «قطعة واحدة فقط» names nothing
    if found.by == "name" and len(found.products) == 1:
        named = [words(name) for name in (found.products[0].name_ar, found.products[0].name_en)]
        counted = [one for one in counted if not any(of_name(one, said, n) for n in named)]
    asked = set(told.meanings) - ({"price"} if _praised(said, marks) else set())
    if any(mark.deed in _ACTS or mark.deed == "confirm" for mark in marks):
        asked.discard("order_status")  # «أزيلوا الحزام من الطلب» asks after none
    other = bool(_TOLD & asked) or not _APPOINTMENTS.isdisjoint(said)
    return Clause(
        id=message_id,
        text=text,
        said=said,
        marks=marks,
        counts=counted,
        found=found,
        asks=(asks or other) and not plain_answer(said, marks),
        questioned=questioned,
        orders="order" in told.meanings,
        meanings=frozenset(told.meanings),
        terms=names.read(" ".join(rest)).terms,
    )


def _praised(said: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether a price is only praised: «خوش سعر», «السعر زين», "good price"."""
    beside = {at for m in marks if m.deed == "fine" for at in (m.start - 1, m.end)}
    return any(0 <= at < len(said) and said[at] in _PRICE for at in beside)


def plain_answer(said: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether nothing but a yes or no is said: "do it" asks nothing."""
    used = {at for mark in marks if mark.deed in ANSWERS for at in range(mark.start, mark.end)}
    return bool(used) and deeds.little(w for at, w in enumerate(said) if at not in used)


def is_trait(word: str) -> bool:
    """Whether a folded word is a size or a colour."""
    return traits.size_word(word) or colour_word(word)
