"""A batch cut into clauses, each with what is read of it; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from hudhud.model import Product
from hudhud.responders.addresses import lives_in
from hudhud.responders.lexicon import inquires, understood
from hudhud.responders.lexicon.asking import IF, may_i, services
from hudhud.responders.lexicon.courtesy import pleads
from hudhud.responders.lexicon.own import purchased
from hudhud.responders.lexicon.relatives import for_kin
from hudhud.responders.lexicon.said.counted import holds_one
from hudhud.responders.selling import deeds
from hudhud.responders.selling.clauses.clause import ACTS, Clause
from hudhud.responders.selling.clauses.crossing import crossed
from hudhud.responders.selling.clauses.cutting import ARTICLES, CLAUSES_MAX, pieces, sentences
from hudhud.responders.selling.clauses.in_names import of_name
from hudhud.responders.selling.clauses.others import counted_out
from hudhud.responders.selling.counting import Count, counts, expanded, number, unit
from hudhud.responders.selling.deeds import Mark
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.shelf import Found
from hudhud.text import without_article, words
from hudhud.text.measuring import UNITS as MEASURED
from hudhud.text.ranges import TO, ranged

ANSWERS = frozenset({"yes", "confirm", "fine", "no", "later", "cancel", "rethink", "done"})
# Who asks one of these wants to be told, whatever else was said.
_TOLD = frozenset(
    {"price", "picture", "see", "browse", "complaint", "person", "order_status", "off_topic"}
)
_APPOINTMENTS = frozenset(
    words("موعد موعدي الموعد مواعيد رونديفو رانديفو appointment appointments maw3ed mow3ed rdv")
)
_PIECES = frozenset(words("قطعة قطع حبة حبات وحدة وحدات piece pieces pcs"))
_PRICE = frozenset(words("سعر السعر سعره سعرها price"))
# «مكان المتبل فتوش»: elsewhere it is where somebody lives.
_IN_PLACE = frozenset(
    words("مكان بمكان محل عوض بلاصة بلاصت مطرح makan mkan 3awad blaset blast matra7")
)
# In the place of a word that was denied: no word of anybody's.
_DENIED = "–"


def clauses(messages: Mapping[int, str], names: Names, asked: int = 0) -> Iterator[Clause]:
    """Cut a batch into clauses.

    Args:
        messages: what is left of each message, by id, in order.
        names: the products at hand.
        asked: of how many things our last question was.
    """
    read = 0
    for message_id, text in messages.items():
        whole = counted_out(crossed(text, names.products), names, asked)
        for sentence in sentences(whole, names):
            asks = inquires(sentence) or _supposes_return(sentence) or _of_deeds(sentence, names)
            questioned = not {"?", "؟"}.isdisjoint(sentence)
            for piece in pieces(sentence, names):
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
    if deeds.marks(said) or any(number(w) and w not in ARTICLES for w in said):
        return False
    done = {deed for deed in services(said) if not names.word(deed)}
    plain = any(map(str.isascii, done)) or not any(map(is_trait, said))  # «لارج وتغلفونه»
    return may_i(said) or (bool(done) and plain)


def _clause(message_id: int, text: str, names: Names, *, asks: bool, questioned: bool) -> Clause:
    said = expanded(ranged(text), names)
    marks = [
        m
        for m in deeds.marks(said)
        if m.end - m.start > 1 or not (_thing(said, m.start, names) or _overly(said, m.start))
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
    counted = _unmeasured(counted, said) or _one_alone(said, marks, names)
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
        if not names.beside(said[at], "".join(said[at + 1 : at + 2]))  # «٢ رول مطبخ»
    }
    told = names.read(text)
    # «انا بالرياض» names no sport.
    placed = {
        at for at, w in enumerate(said) if lives_in(w) and not names.spelled(without_article(w))
    } | {at for at, word in enumerate(said) if word == TO}
    placed |= {at for at, word in enumerate(said) if for_kin(word)}  # «واحد لولدي»
    found, rest = _found(said, used, units | denied | placed, names, counted=bool(units))
    if counted and units and deeds.little(w for w in rest if w not in _PIECES):
        found, rest = Found(), []  # «قطعة واحدة فقط» names nothing
    found, counted = _of_names(_numbered(found, said), counted, said)
    if purchased(said) and not marks and "order" not in told.meanings:
        found, counted = Found(), []  # «اشتريت زوج طيور»: what they have they do not order
    asked = set(told.meanings) - ({"price"} if _praised(said, marks) else set())
    if any(mark.deed in ACTS or mark.deed == "confirm" for mark in marks):
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


def _unmeasured(counted: Sequence[Count], said: Sequence[str]) -> list[Count]:
    """The counts without a measure of each: «ثلاث علب تمر كيلو» are three, of a kilo."""
    told = any(number(said[one.start]) is not None for one in counted if one.sure)
    return [
        one
        for one in counted
        if not told or number(said[one.start]) is not None or said[one.start] not in MEASURED
    ]


def _found(
    said: Sequence[str], used: set[int], beside: set[int], names: Names, *, counted: bool
) -> tuple[Found, list[str]]:
    """What a clause names, and the words that may have named it."""
    rest = [word for at, word in enumerate(said) if at not in used | beside]
    found = names.find(rest)
    if found.by == "name" or not counted:
        return found, rest
    # «كوبين» of a shop that sells cups: what counts is what is sold.
    whole = [word for at, word in enumerate(said) if at not in used]
    of_whole = names.find(whole)
    return (of_whole, whole) if of_whole.by == "name" else (found, rest)


def _of_names(
    found: Found, counted: Sequence[Count], said: Sequence[str]
) -> tuple[Found, list[Count]]:
    """Of several those that a number names: «فلتر 3 مراحل»; a number of a name counts nothing."""
    kept = list[Count]()
    for one in counted if found.by == "name" else ():
        own = tuple(p for p in found.products if _called(p, one, said))
        # «3 قطع» of several things may be three of any.
        sure = len(found.products) == 1 or not unit("".join(said[one.end : one.end + 1]))
        if own and sure:
            found = structs.replace(found, products=own)
        else:
            kept.append(one)
    return found, kept if found.by == "name" else [*counted]


def _one_alone(said: Sequence[str], marks: Sequence[Mark], names: Names) -> list[Count]:
    """One of what was spoken of, where only what holds it is said: «بدي قوطية», "a tin please"."""
    used = {at for mark in marks for at in range(mark.start, mark.end)}
    places = [at for at, word in enumerate(said) if at not in used and holds_one(word)]
    if len(places) != 1 or names.headed(said[places[0]]):
        return []
    rest = (word for at, word in enumerate(said) if at not in used and at != places[0])
    one = Count(value=1, start=places[0], end=places[0] + 1, sure=True)
    return [one] if used and deeds.little(rest) else []


def _numbered(found: Found, said: Sequence[str]) -> Found:
    """Of several the one whose name holds the number that is said: «فلتر ٣ مراحل», "7-stage"."""
    told = [
        Count(value=value, start=at, end=at + 1, sure=False)
        for at, word in enumerate(said)
        if (value := number(word)) is not None and word not in ARTICLES
        if not unit("".join(said[at + 1 : at + 2]))
    ]
    own = tuple(p for p in found.products if any(_called(p, one, said) for one in told))
    alone = found.by == "name" and len(own) == 1
    return structs.replace(found, products=own) if alone else found


def _called(product: Product, one: Count, said: Sequence[str]) -> bool:
    """Whether a number among words stands so in the name of a product."""
    return any(of_name(one, said, words(name)) for name in (product.name_ar, product.name_en))


def _thing(said: Sequence[str], at: int, names: Names) -> bool:
    """Whether a word that may bid us names a thing: as it is sold, or counted: «٣ شيل»."""
    before = said[at - 1] if at else ""
    counted = number(before or "-") is not None and before not in ARTICLES
    return names.spelled(said[at]) or (counted and names.word(said[at]))


def _overly(said: Sequence[str], at: int) -> bool:
    """Whether "too" tells how much, and that nothing comes too: "it gets too cold"."""
    return said[at] == "too" and not deeds.little(said[at + 1 : at + 2])


def _praised(said: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether a price is only praised: «خوش سعر», «السعر زين», "good price"."""
    beside = {at for m in marks if m.deed == "fine" for at in (m.start - 1, m.end)}
    return any(0 <= at < len(said) and said[at] in _PRICE for at in beside)


def plain_answer(said: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether nothing but a yes or no is said: "do it" asks nothing."""
    used = {at for mark in marks if mark.deed in ANSWERS for at in range(mark.start, mark.end)}
    return bool(used) and deeds.little(w for at, w in enumerate(said) if at not in used)
