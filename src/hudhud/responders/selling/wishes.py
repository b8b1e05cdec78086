"""What a batch wants of an order: clause by clause, and clauses that belong together as one; pure.

«قميص كتان» «أبيض لارج» «٢» in three messages are one wish; «٢ تيشيرت اسود و١ ابيض» are two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hudhud.responders.lexicon import forms
from hudhud.responders.selling import deeds, traits
from hudhud.responders.selling.amending.reasons import for_somebody
from hudhud.responders.selling.amending.vocabulary import KNOWN
from hudhud.responders.selling.clauses import ANSWERS, Act, Clause, clauses, plain_answer
from hudhud.responders.selling.counting import number, sizing, unit
from hudhud.responders.selling.naming import BOTH, Names, ordinal
from hudhud.responders.selling.taking import unname
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.selling.wanted import (
    Wish,
    another,
    made_so,
    of_other_size,
    of_the_last,
    parted,
)
from hudhud.responders.selling.wanted.joining import of_another, one_thing, pointed
from hudhud.responders.selling.wanted.parts import portions
from hudhud.responders.selling.wanted.sharing import rest_counted
from hudhud.responders.shelf import Found
from hudhud.text import words

_COMES = frozenset({"want", "take", "make", "swap"})
_NOT = frozenset(words("مو مش مب موب مهب ليس no not msh mesh mish mo mou mub"))
_SOMETHING = frozenset(words("something anything sth شي شيء شيئا اشي حاجة chi 7aga shi haja 7aja"))
_UNKNOWN_MAX = 4
_CLEAR = frozenset({"confirm", "no", "later", "cancel", "rethink", "done"})


@dataclass(slots=True)
class Heard:
    """A batch as an order hears it: wishes, answers to a question, and what is for others."""

    wishes: list[Wish] = field(default_factory=list)
    answers: set[str] = field(default_factory=set)
    nodded: bool = False
    left: dict[int, list[str]] = field(default_factory=dict)


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
    context: Clause | None = None
    whole = (dormant[0].count() or 1) if len(dormant) == 1 else 0
    messages = rest_counted(messages, names, whole)
    for clause in clauses(messages, names, sum(wish.asked for wish in dormant)):
        if clause.only_counts and context is not None:
            clause.found, clause.terms = Found(), ()  # «عندكم بن؟ اريد كيسين»
        _unname(clause, done.wishes, names, cart_open=cart_open)
        if _answers(done, clause):
            continue
        if clause.asks or not _of_order(clause, done, cart_open=cart_open):
            done.left.setdefault(clause.id, []).append(clause.text)
            context = clause if clause.named else context
            continue
        if not cart_open:
            _told_without(clause, names)
        wish = _joined(done.wishes, clause, names) or _new(
            done.wishes, clause, names, denied=cart_open and _denied(done, clause)
        )
        wish.firm |= _firm(clause, wish, cart_open=cart_open)
        if not (wish.named or wish.unknown) and context is not None and wish.act in ("add", "more"):
            wish.found, wish.said = context.found, [*wish.said, *context.said]
    parted(done.wishes)
    return done


def _told_without(clause: Clause, names: Names) -> None:
    """«اريد سلة ورد بدون ريحة»: what is wanted is called so, and there is nothing to take out."""
    wanted = min((m.end for m in clause.marks if m.deed in ("want", "take")), default=None)
    gone = [m for m in clause.marks if m.deed == "remove"]
    if wanted is None or len(gone) != 1 or gone[0].start <= wanted:
        return
    before, after = clause.said[wanted : gone[0].start], clause.said[gone[0].end :][:1]
    called = bool(after) and clause.found.words.issuperset(after)
    if clause.named and called and any(map(names.word, before)):
        clause.marks.remove(gone[0])


def _unname(clause: Clause, wishes: Sequence[Wish], names: Names, *, cart_open: bool) -> None:
    """What names nothing else while something is spoken of: «ايفون ١٦» of a cover (`opens`)."""
    offered = [product for one in wishes if not one.live for product in one.found.products]
    if offered or cart_open:
        unname(clause, offered)
    if clause.only_counts and any(not one.live or one is wishes[-1] for one in wishes):
        # «علبتين حلقوم» is two of what nobody sells, and no two of what was named.
        clause.terms = tuple(term for term in clause.terms if not unit(term))
        clause.found = Found()
    for wish in wishes:
        for product in wish.found.products[:1] if wish.named else ():
            own = traits.size_forms(clause.said, product)
            rest = [w for w in clause.found.words if own.isdisjoint(forms(w)) and not is_trait(w)]
            if own and not rest:
                # «وواحد موكا صغير»: of what «موكا» is, the size says nothing.
                terms = (word for word in clause.terms if own.isdisjoint(forms(word)))
                clause.found, clause.terms = Found(), tuple(terms) if clause.counts else ()
            elif own and not wish.live and product in names.find(rest).products:
                # «والرضاعة ٢٥٠ مل»: the size told which, and not «٢٤٠ مل» of another.
                clause.found = Found(
                    products=(product,), words=frozenset(rest), exact=True, by="name"
                )


def _answers(done: Heard, clause: Clause) -> bool:
    """Take a yes or no out; returns whether the clause says nothing else.

    Of a question nothing is taken («صح؟»); a nod that stands beside other words is about those.
    """
    plain = plain_answer(clause.said, clause.marks) and not clause.acts and not clause.counts
    plain = plain and not clause.questioned
    if deeds.nods(clause.text):
        done.nodded = True
        return plain or not clause.said
    told = {mark.deed for mark in clause.marks if mark.deed in ANSWERS}
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
        done.answers |= told & ({"cancel"} if told & {"no", "later", "cancel"} else {"confirm"})
    return plain


def _of_order(clause: Clause, done: Heard, *, cart_open: bool) -> bool:
    """Whether a clause says anything of an order at all."""
    named = clause.named
    if _by_place(done.wishes, clause) is not None or any(
        not wish.live and ordinal(clause.said, len(wish.found.products)) for wish in done.wishes
    ):
        return True
    if clause.acts and (cart_open or named or done.wishes):
        return True
    waiting = [wish for wish in done.wishes if not wish.live]
    if waiting and (traits_said(clause, waiting[0]) or (clause.wants and not clause.terms)):
        return True  # «تمام اريدها», «٨ افراد»: of what we asked about
    last = next((wish for wish in reversed(done.wishes) if wish.live and wish.named), None)
    # «ساعة رياضية سوداء، 46mm»
    told = last is not None and not named and _only_trait(clause, last)
    if told or clause.takes or (clause.wants and clause.tells):
        return True
    if clause.counts or clause.trait:
        # «شارع ٦٢», «5 days»: a number alone is of an order only where there is one.
        return named or cart_open or bool(done.wishes)
    return named


def _joined(wishes: Sequence[Wish], clause: Clause, names: Names) -> Wish | None:
    """The wish that a clause goes on telling; None when it begins another."""
    newest = wishes[-1] if wishes else None
    if newest is not None and newest.live and newest.named and not newest.asked:
        plain = clause.trait and not (clause.named or clause.acts or clause.counts)
        if plain and _goes_on(newest, clause, names):
            newest.take(clause)  # "one 20W charger, white", whatever we asked about
            return newest
    if (just := pointed(wishes, clause)) is not None:
        just.take(clause)
        return just
    if (answered := _answer_to(wishes, clause)) is not None:
        return answered
    last = next((wish for wish in reversed(wishes) if wish.live), None)
    if last is not None and _told_too(last, clause):
        last.take(clause)
        return last
    if last is None or clause.acts or not _goes_on(last, clause, names):
        return None
    last.take(clause)
    return last


def _told_too(last: Wish, clause: Clause) -> bool:
    """Whether only a colour or size is said, of what had none: "a sports cap, also black"."""
    told = [word for word in clause.terms if not is_trait(word)]
    only = clause.acts == ["more"] and clause.trait and not (told or clause.named or clause.counts)
    return only and last.named and last.act in ("add", "more") and not last.traits


def _goes_on(last: Wish, clause: Clause, names: Names) -> bool:
    """Whether a clause tells more of the same thing."""
    if not clause.named:
        other = bool(last.counts) and _unknown(clause, names)
        again = traits_said(clause, last) and bool(traits.size(last.said, last.found.products[0]))
        repeats = bool(last.counts and clause.counts) and (again or (clause.trait and last.traits))
        repeats |= another(last, clause)
        return not (other or repeats) and not (clause.orders and last.named and last.firm)
    if not last.named:
        return last.act == "add" and not (last.told_of and last.counts and clause.counts)
    same = {p.sku for p in clause.found.products} == {p.sku for p in last.found.products}
    if (last.counts and clause.counts) or (same and of_other_size(last, clause)):
        return False
    one = clause.found.exact and last.found.exact and len(clause.found.products) == 1
    if (clause.trait and last.traits) if same else one:
        return False  # of another colour, or another thing
    whole = names.find([*last.said, *clause.said])
    if one_thing(whole, last, clause, names):
        last.found = whole
        return True
    return same


def _answer_to(wishes: Sequence[Wish], clause: Clause) -> Wish | None:
    """What was asked about before is answered by a clause that names it, or names nothing."""
    asked = [wish for wish in wishes if not wish.live]
    if _another_part(wishes, clause):
        return None
    if (placed := _by_place(wishes, clause)) is not None:
        placed.take(clause)
        placed.firm = True
        return placed
    if not asked or "remove" in clause.acts or of_another(asked, clause):
        return None
    # «ثلاث علب» of one whose row tells that it comes in one.
    telling = not all(map(unit, clause.found.words))
    skus = {product.sku for product in clause.found.products if telling}
    meant = [w for w in asked if skus & {product.sku for product in w.found.products}]
    comes = "swap" in clause.acts and len(skus) > len(meant)  # in the place of what was asked
    if clause.named and (comes or not meant):
        return None
    chosen = meant or [wish for wish in asked if made_so(clause, wish)] or asked
    if sum(len(wish.found.products) for wish in chosen) > 1:
        # «اثنينهم»: one of each.
        clause.counts = [one for one in clause.counts if clause.said[one.start] not in BOTH]
    for wish in chosen:
        both = tuple(p for p in wish.found.products if p.sku in skus)
        wish.take(clause)
        wish.firm = True
        if meant and both:
            wish.found = Found(products=both, exact=True, by="name")
    return chosen[0]


def _another_part(wishes: Sequence[Wish], clause: Clause) -> bool:
    """Whether a clause tells another part of what was just answered: «الفستان واحد S وواحد M»."""
    told = [wish for wish in wishes if wish.live and wish.asked and wish.texts]
    last = told[-1] if told else None
    part = clause.trait and clause.counts and not (clause.named or clause.acts)
    return last is not None and bool(part and last.counts) and made_so(clause, last)


def _by_place(wishes: Sequence[Wish], clause: Clause) -> Wish | None:
    """Which of several that we asked about is told of by its place: «الأول M والثاني L»."""
    asked = [wish for wish in wishes if wish.asked]
    place = ordinal(clause.said, len(asked)) if len(asked) > 1 else None
    told = asked[place - 1] if place and not (clause.named or clause.acts) else None
    return told if told is not None and made_so(clause, told) else None


def _goes_too(last: Wish, clause: Clause) -> bool:
    """Whether a clause goes on with what is taken out: «شيل القميص والحزام»."""
    wanted = clause.wants or clause.orders or deeds.sends(clause.said[0])
    bidden = any(mark.deed == "remove" for mark in deeds.marks(last.said))  # «مو متبل، فتوش»
    return bidden and last.act == "remove" and clause.id == last.texts[-1][0] and not wanted


def _new(wishes: list[Wish], clause: Clause, names: Names, *, denied: bool) -> Wish:
    last = next((one for one in reversed(wishes) if one.live and one.texts), None)
    asks_for = bool(clause.wants or clause.orders or clause.acts)
    ordering = asks_for or (last is not None and last.act in ("add", "more"))
    other = ordering and set(clause.acts) <= {"more"} and _unknown(clause, names)
    wish = Wish(unknown=other)
    if clause.acts:
        # «بدلها وخليها ثلاثة»: to make it so many is the stronger of two.
        wish.act = next((a for a in clause.acts if a in ("remove", "swap", "make")), clause.acts[0])
        wish.act = _instead(clause, names) or wish.act
        if not wish.unknown and last is not None and of_the_last(last, clause):
            wish.found = last.found
    elif (denied and _unwanted(clause)) or (last is not None and _goes_too(last, clause)):
        wish.act = "remove"
    elif not (clause.named or wish.unknown) and (
        denied or not (clause.wants or clause.orders) or of_the_last(last, clause)
    ):
        # «٢ اسود و١ ابيض» goes on with the same thing, «ثلاثة» alone corrects.
        wish.act = "add" if last is not None and last.named else "make"
        wish.corrects = wish.act == "make"
        wish.found = last.found if last is not None and last.named else Found()
    wish.more = "more" in clause.acts and "make" not in clause.acts
    # «بطلب كفر ولاصقة»: what goes on in one message is wanted as surely as how it began.
    wish.described = _describes(clause, last)
    wish.follows = last is not None and last.firm and not wish.described
    wish.take(clause)
    wishes.append(wish)
    return wish


def _unknown(clause: Clause, names: Names) -> bool:
    """Whether so many are told of what nobody sells: "1 pepperoni pizza", «سلطة يونانية واحدة»."""
    if clause.named or not clause.counts or clause.meanings or clause.questioned:
        return False
    counted = {at for one in clause.counts for at in range(one.start, one.end)}
    said = [word for at, word in enumerate(clause.said) if at not in counted]
    things = [w for w in said if not (is_trait(w) or w.isdecimal() or deeds.little((w,)))]
    terms = [word for word in clause.terms if word in things or not word.isascii()]
    terms = [word for word in terms if not (unit(word) or sizing(word))]  # «عايز ٤ قزايز»
    plain = [w for w in terms if not (is_trait(w) or w.isdecimal() or deeds.little((w,)))]
    sized = {form for p in names.products for form in traits.size_forms(clause.said, p)}
    if sized:
        plain = [w for w in plain if sized.isdisjoint(forms(w)) and not any(w in k for k in KNOWN)]
    return 0 < len(plain) <= _UNKNOWN_MAX and not for_somebody(clause.said, names)


def _instead(clause: Clause, names: Names) -> Act | None:
    """What is done where one goes and another comes: «بلاش التبولة خليها فتوش»."""
    goes = next((mark for mark in clause.marks if mark.deed == "remove"), None)
    comes = [m for m in clause.marks if goes and m.start >= goes.end and m.deed in _COMES]
    if not comes:
        return None
    first = comes[0]
    before, after = clause.said[: first.start], clause.said[first.end :]
    if any(map(names.word, before)) and any(names.word(w) or is_trait(w) for w in after):
        return "swap"
    makes = first.deed == "make" and any(is_trait(w) or number(w) is not None for w in after)
    return "make" if makes else None


def _unwanted(clause: Clause) -> bool:
    """Whether a thing is only named to say that it is not wanted: "no moutabal", «المتبل لا»."""
    if not clause.named or clause.counts or clause.wants or clause.orders:
        return False
    last = len(clause.said)
    return any(
        m.deed == "no"
        and (m.end == last or (clause.said[m.start] in _NOT and _little(clause.said[: m.start])))
        for m in clause.marks
    )


def _little(said: Sequence[str]) -> bool:
    """Whether words before a no say nothing: "actually no mouse"."""
    return all(deeds.little((word,)) or any(word in one for one in KNOWN) for word in said)


def _firm(clause: Clause, wish: Wish, *, cart_open: bool) -> bool:
    """Whether a clause is to be acted upon: to want a thing may be to ask about it."""
    if clause.takes or (clause.acts and (cart_open or wish.named)) or wish.follows:
        return True
    if ("stock" in clause.meanings and not clause.wants) or wish.described:
        return False
    corrected = wish.corrects and cart_open and clause.trait
    told = bool(clause.counts) or corrected or traits_said(clause, wish)
    if clause.wants or wish.wanted or any(count.sure for count in clause.counts):
        return told
    return (cart_open and not (clause.questioned and wish.found.products[1:])) or wish.firm


def traits_said(clause: Clause, wish: Wish) -> bool:
    """Whether its size or weight is said, or the colour of what has no sizes: that orders."""
    return any(
        bool(traits.size(clause.said, product) or portions(clause.said, clause.counts, product))
        or (len(product.sizes) <= 1 and bool(traits.colour(clause.said, product)))
        for product in wish.found.products[:1]
    )


def _describes(clause: Clause, last: Wish | None) -> bool:
    """Whether a clause tells how a thing shall be, and not which: "something light and fast"."""
    if clause.counts or clause.takes or not clause.said:
        return False
    goes_on = last is not None and last.described and not clause.wants
    return goes_on or clause.said[0] in _SOMETHING


def _only_trait(clause: Clause, wish: Wish) -> bool:
    """Whether a clause tells a size or colour of it and hardly more: «46mm», "quarter tola"."""
    size = traits.size(clause.said, wish.found.products[0])
    own = {clause.said[at] for at in size.places} if size is not None else set[str]()
    return len(own.union(clause.terms)) <= max(1, len(own)) and traits_said(clause, wish)


def _denied(done: Heard, clause: Clause) -> bool:
    """Whether what was understood is contradicted: «لا، ابي اثنين» corrects and adds nothing."""
    return "no" in done.answers or any(mark.deed == "no" for mark in clause.marks)
