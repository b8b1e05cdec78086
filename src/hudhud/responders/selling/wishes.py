"""What a batch wants of an order: clause by clause, and clauses that belong together as one; pure.

«قميص كتان» «أبيض لارج» «٢» in three messages are one wish; «٢ تيشيرت اسود و١ ابيض» are two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec import structs

from hudhud.model import Product
from hudhud.responders.lexicon import inquires
from hudhud.responders.selling import deeds, traits
from hudhud.responders.selling.counting import Count, counts, expanded, fraction, number, unit
from hudhud.responders.selling.deeds import Mark
from hudhud.responders.selling.naming import Names, ordinal
from hudhud.responders.shelf import Found, colour_word
from hudhud.text import fold, words

Act = Literal["add", "more", "remove", "make", "swap"]
CLAUSES_MAX = 40

_SENTENCE = re.compile(r"(?<=[؟?!؛;\n])|(?<=\D)\.(?=\s|$)")
_JOINT = re.compile(r"[،,+&\n]|(?<!\w)(?:و|w|and|then|ثم|plus)(?!\w)", re.IGNORECASE)
_ACTS: dict[str, Act] = {"more": "more", "remove": "remove", "make": "make", "swap": "swap"}
_ANSWERS = frozenset({"yes", "confirm", "fine", "no", "later", "cancel", "done"})
# Who asks one of these wants to be told, whatever else was said.
_TOLD = frozenset({"price", "browse", "complaint", "person", "order_status", "off_topic"})
_CLEAR = frozenset({"confirm", "no", "later", "cancel", "done"})
_APPOINTMENTS = frozenset(
    words("موعد موعدي الموعد مواعيد رونديفو رانديفو appointment appointments maw3ed mow3ed rdv")
)
_ARTICLES = frozenset({"a", "an"})
_AFTER_NO = frozenset({"no", "swap"})


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
        return any(mark.deed in ("want", "take") for mark in self.marks)

    @property
    def takes(self) -> bool:
        """Whether it is ordered in so many words, and not only wanted."""
        return self.orders or any(mark.deed == "take" for mark in self.marks)

    @property
    def named(self) -> bool:
        """Whether a thing is named; «ابيض» is no name, though a white filling is called so."""
        bare = (word for word in self.found.words if not _trait(word))
        return self.found.by == "name" and any(bare)

    @property
    def trait(self) -> bool:
        """Whether a size or colour is said."""
        return any(_trait(word) for word in self.said)


@dataclass(slots=True)
class Wish:
    """One thing that is wanted: the clauses that tell it, and the products that it may be.

    `firm` wishes are acted upon, others are only offered. `live` is false for what an earlier
    question was about, until the batch answers it. `corrects` wishes say a number, size or colour
    and nothing else.
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
    asked: bool = False

    @property
    def named(self) -> bool:
        """Whether a product is named."""
        return self.found.by == "name"

    @property
    def things(self) -> list[str]:
        """What is said of it that names a thing, and no size or colour."""
        return [word for word in self.terms if not (_trait(word) or word.isdecimal())]

    @property
    def named_enough(self) -> bool:
        """Whether the name explains most of what was said: «كيك موز» is no lotus cake."""
        unknown = [word for word in self.things if word not in self.found.words]
        return self.asked or self.found.exact or len(unknown) <= len(self.found.words)

    @property
    def part_of_one(self) -> bool:
        """Whether less than one is wanted."""
        return fraction(self.said)

    def count(self, sized: Collection[int] = ()) -> int | None:
        """How many are wanted: what was said last of what surely counts, or of all.

        Args:
            sized: places of words that say a size, and so count nothing: «حذاء ٤٢».
        """
        told = [one for one in self.counts if one.sure or one.start not in sized]
        sure = [one for one in told if one.sure]
        return (sure or told)[-1].value if told else None

    def counting(self) -> frozenset[int]:
        """Places of words that surely say how many, and so no size."""
        return frozenset(at for one in self.counts if one.sure for at in range(one.start, one.end))

    def take(self, clause: Clause) -> None:
        """Add what a clause says to it."""
        told = _undenied(clause)
        if told:  # what is said later corrects what was said before
            self.counts = []
        moved = len(self.said)
        self.counts += [
            structs.replace(one, start=one.start + moved, end=one.end + moved) for one in told
        ]
        self.said += clause.said
        self.terms += clause.terms
        self.traits |= clause.trait
        self.texts.append((clause.id, clause.text))
        self.live = True
        if clause.named and not self.named:
            self.found = clause.found


@dataclass(slots=True)
class Heard:
    """A batch as an order hears it: wishes, answers to a question, and what is for others."""

    wishes: list[Wish] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)
    nodded: bool = False
    left: dict[int, list[str]] = field(default_factory=dict)
    asks: bool = False


def heard(
    messages: Mapping[int, str],
    names: Names,
    dormant: Sequence[Wish],
    *,
    cart_open: bool,
) -> Heard:
    """Read what a batch wants.

    Args:
        messages: what is left of each message, by id, in order.
        names: the products at hand.
        dormant: what our last question was about; a clause without a name answers it.
        cart_open: whether something is in the cart, so that a name alone adds to it.
    """
    done = Heard(wishes=list(dormant))
    context: Found | None = None
    for clause in _clauses(messages, names):
        if _answers(done, clause):
            continue
        if clause.asks or not _of_order(clause, done, cart_open=cart_open):
            done.left.setdefault(clause.id, []).append(clause.text)
            done.asks |= clause.asks
            context = clause.found if clause.named else context
            continue
        wish = _joined(done.wishes, clause, names) or _new(done.wishes, clause)
        wish.firm |= _firm(clause, wish, cart_open=cart_open)
        if not wish.named and context is not None and wish.act in ("add", "more"):
            wish.found = context
    return done


def _clauses(messages: Mapping[int, str], names: Names) -> Iterator[Clause]:
    read = 0
    for message_id, text in messages.items():
        for sentence in _SENTENCE.split(text):
            asks = inquires(sentence)
            questioned = not {"?", "؟"}.isdisjoint(sentence)
            for piece in _pieces(sentence, names):
                read += 1
                if read <= CLAUSES_MAX:
                    yield _clause(message_id, piece, names, asks=asks, questioned=questioned)


def _pieces(sentence: str, names: Names) -> Iterator[str]:
    """Cut at what joins things, and before a thing that «و» or a number begins."""
    for part in _JOINT.split(sentence):
        kept: list[str] = []
        tokens = part.split()
        for at, token in enumerate(tokens):
            after = fold(tokens[at + 1]) if at + 1 < len(tokens) else ""
            cut = _begins(fold(token), after, kept, names)
            if cut and kept:
                yield " ".join(kept)
                kept = []
            kept.append(token[1:] if cut == "joined" else token)
        if kept:
            yield " ".join(kept)


def _begins(word: str, after: str, kept: Sequence[str], names: Names) -> str:
    bare = word.removeprefix("و")
    if bare != word and (len(bare) > 1 or bare.isdecimal()) and not names.spelled(word):
        dual = expanded([bare], names) != [bare]
        marked = any(
            mark.deed in ("more", "remove", "make", "want", "take") for mark in deeds.marks([bare])
        )
        named = names.known(bare)
        amount = dual or number(bare) is not None or (unit(bare) and names.word(after))
        if named or amount or marked:
            return "joined"
    named = any(names.word(fold(one)) for one in kept)
    if named and word not in _ARTICLES and number(word) and (names.word(after) or unit(after)):
        return "counted"
    return ""


def _clause(message_id: int, text: str, names: Names, *, asks: bool, questioned: bool) -> Clause:
    said = expanded(words(text), names)
    marks = [
        m for m in deeds.marks(said) if m.end - m.start > 1 or not names.spelled(said[m.start])
    ]
    counted = [
        one
        for one in counts(said, names)
        if one.sure or not any(m.start <= one.start < m.end for m in marks)
    ]
    used = {at for mark in marks for at in range(mark.start, mark.end)}
    used |= {at for one in counted for at in range(one.start, one.end)}
    units = {one.end for one in counted if one.end < len(said) and unit(said[one.end])}
    told = names.read(text)
    rest = [word for at, word in enumerate(said) if at not in used | units]
    found = names.find(rest)
    if found.by != "name" and units:
        # «كوبين» of a shop that sells cups: what counts is what is sold.
        rest = [word for at, word in enumerate(said) if at not in used]
        found = names.find(rest)
    other = bool(_TOLD & set(told.meanings)) or not _APPOINTMENTS.isdisjoint(said)
    return Clause(
        id=message_id,
        text=text,
        said=said,
        marks=marks,
        counts=counted,
        found=found,
        asks=(asks or other) and not _plain_answer(said, marks),
        questioned=questioned,
        orders="order" in told.meanings,
        meanings=frozenset(told.meanings),
        terms=names.read(" ".join(rest)).terms,
    )


def _plain_answer(said: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether nothing but a yes or no is said: "do it" asks nothing."""
    used = {at for mark in marks if mark.deed in _ANSWERS for at in range(mark.start, mark.end)}
    return bool(used) and deeds.little(w for at, w in enumerate(said) if at not in used)


def _answers(done: Heard, clause: Clause) -> bool:
    """Take a yes or no out; returns whether the clause says nothing else.

    Of a question nothing is taken («صح؟»); a nod that stands beside other words is about those.
    """
    plain = _plain_answer(clause.said, clause.marks) and not clause.acts and not clause.counts
    plain = plain and not clause.questioned
    if deeds.nods(clause.text):
        done.nodded = True
        return plain or not clause.said
    told = {mark.deed for mark in clause.marks if mark.deed in _ANSWERS}
    if plain:
        done.answers |= told
    elif clause.questioned:
        # «ممكن تأكد الطلب؟» asks for the deed itself.
        done.answers |= set() if clause.asks else told & {"confirm"}
    elif not clause.asks:
        begins = {mark.deed for mark in clause.marks if mark.start == 0}
        done.answers |= told & (_CLEAR | ({"yes"} & begins))
    else:
        # «اكد الطلب ومتى يوصل»: the word itself says yes, whatever is asked beside it.
        done.answers |= told & {"confirm"}
    return plain


def _of_order(clause: Clause, done: Heard, *, cart_open: bool) -> bool:
    """Whether a clause says anything of an order at all."""
    named = clause.named
    if any(
        not wish.live and ordinal(clause.said, len(wish.found.products)) for wish in done.wishes
    ):
        return True
    if clause.acts and (cart_open or named or done.wishes):
        return True
    if clause.orders or (clause.wants and (named or clause.counts or clause.trait)):
        return True
    if clause.counts or clause.trait:
        # «شارع ٦٢», «5 days»: a number alone is of an order only where there is one.
        return named or cart_open or bool(done.wishes)
    return named and (cart_open or bool(done.wishes))


def _joined(wishes: Sequence[Wish], clause: Clause, names: Names) -> Wish | None:
    """The wish that a clause goes on telling; None when it begins another."""
    answered = _answer_to(wishes, clause)
    if answered is not None:
        return answered
    last = next((wish for wish in reversed(wishes) if wish.live), None)
    if last is None or clause.acts or not _goes_on(last, clause, names):
        return None
    last.take(clause)
    return last


def _goes_on(last: Wish, clause: Clause, names: Names) -> bool:
    """Whether a clause tells more of the same thing."""
    if not clause.named:
        repeats = bool(last.counts and clause.counts) and clause.trait and last.traits
        return not repeats and not (clause.orders and last.named)
    if not last.named:
        return last.act == "add"
    if last.counts and clause.counts:
        return False
    whole = names.find([*last.said, *clause.said])
    if whole.exact and whole.by == "name" and len(whole.products) == 1:
        last.found = whole
        return True
    same = {p.sku for p in clause.found.products} == {p.sku for p in last.found.products}
    return same and not (clause.trait and last.traits)


def _answer_to(wishes: Sequence[Wish], clause: Clause) -> Wish | None:
    """What was asked about before is answered by a clause that names it, or names nothing."""
    asked = [wish for wish in wishes if not wish.live]
    if not asked or "remove" in clause.acts:
        return None
    skus = {product.sku for product in clause.found.products}
    meant = [w for w in asked if skus & {product.sku for product in w.found.products}]
    if clause.named and not meant:
        return None
    chosen = meant or asked
    for wish in chosen:
        both = tuple(p for p in wish.found.products if p.sku in skus)
        wish.take(clause)
        wish.firm = True
        if meant and both:
            wish.found = Found(products=both, exact=True, by="name")
    return chosen[0]


def _new(wishes: list[Wish], clause: Clause) -> Wish:
    last = next((one for one in reversed(wishes) if one.live and one.texts), None)
    wish = Wish()
    if clause.acts:
        # «بدلها وخليها ثلاثة»: to make it so many is the stronger of two.
        wish.act = next((a for a in clause.acts if a in ("remove", "swap", "make")), clause.acts[0])
    elif last is not None and clause.id == last.texts[-1][0] and last.act == "remove":
        wish.act = "remove"
    elif not clause.named and not clause.wants and not clause.orders:
        # «٢ اسود و١ ابيض» goes on with the same thing, «ثلاثة» alone corrects.
        wish.act = "add" if last is not None and last.named else "make"
        wish.corrects = wish.act == "make"
        wish.found = last.found if last is not None and last.named else Found()
    wish.more = "more" in clause.acts
    # «بطلب كفر ولاصقة»: what goes on in one message is wanted as surely as how it began.
    wish.follows = last is not None and last.firm and last.texts[-1][0] == clause.id
    wish.take(clause)
    wishes.append(wish)
    return wish


def _firm(clause: Clause, wish: Wish, *, cart_open: bool) -> bool:
    """Whether a clause is to be acted upon: to want a thing may be to ask about it."""
    if clause.takes or (clause.acts and (cart_open or wish.named)) or wish.follows:
        return True
    if "stock" in clause.meanings and not clause.wants:
        return False
    told = bool(clause.counts) or traits_said(clause, wish)
    if clause.wants or any(count.sure for count in clause.counts):
        return told
    return cart_open or wish.firm


def traits_said(clause: Clause, wish: Wish) -> bool:
    """Whether its size is said, or the colour of what has no sizes: who tells that, orders."""
    return any(
        _sized(clause.said, product)
        or (len(product.sizes) <= 1 and bool(traits.colour(clause.said, product)))
        for product in wish.found.products[:1]
    )


def _trait(word: str) -> bool:
    return traits.size_word(word) or colour_word(word)


def _sized(said: Sequence[str], product: Product) -> bool:
    return traits.size(said, product) is not None


def _undenied(clause: Clause) -> list[Count]:
    """The counts of a clause without what it denies: «اثنين مو واحد» is two."""
    denied = {mark.end for mark in clause.marks if mark.deed in _AFTER_NO}
    return [count for count in clause.counts if count.start not in denied] or clause.counts
