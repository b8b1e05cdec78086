"""From a wish to an order: what is said, and which calls are made on the way.

`sell` is a generator: it yields a call, is sent what came of it, and returns what is to be said.
So all of it is decided from values, and `carrying` is the only part that does anything.
Nothing is placed that was not shown whole, with its total, and answered with yes.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any

from msgspec import structs

from hudhud.model import Assistant, Line, Product, Tool, Turn
from hudhud.responders.addresses import pinned
from hudhud.responders.collecting import asked_before, in_words
from hudhud.responders.examples import CALLS, calm, strays, unmistakable
from hudhud.responders.lexicon import understood
from hudhud.responders.matching import overheard
from hudhud.responders.selling import afterwards, changing, choosing, closing, traits
from hudhud.responders.selling.agreeing import consents, unclear
from hudhud.responders.selling.amending import amended
from hudhud.responders.selling.amending.forgone import without_forgone
from hudhud.responders.selling.amending.vocabulary import EXCESS
from hudhud.responders.selling.choosing import Steps
from hudhud.responders.selling.deeds import marks
from hudhud.responders.selling.naming import Names, as_product
from hudhud.responders.selling.pending import TRAITS, Pending, dormant, ordered, pending, thanked
from hudhud.responders.selling.sale import Sale, Talk
from hudhud.responders.selling.spoken_of import of_these, spoken_of
from hudhud.responders.selling.wanted import Wish
from hudhud.responders.selling.wanted.joining import adjusted, joined, told_of_one
from hudhud.responders.selling.wanted.reading import beside, made_firm, read
from hudhud.responders.selling.wanted.replacing import replaced
from hudhud.responders.selling.wanted.seeking import at_hand, sought
from hudhud.responders.selling.who import KINDS, fields
from hudhud.responders.selling.wishes import Heard
from hudhud.responders.wording import Wording
from hudhud.text import words

_PARTING = frozenset({"thanks", "goodbye"})
_NEEDED = ("add_to_cart", "change_cart", "quote", "place_order")


def sells(assistant: Assistant) -> bool:
    """Whether an assistant takes orders: it may, and it is not there to collect other things."""
    allowed = assistant.tools is None or set(_NEEDED) <= set(assistant.tools)
    return allowed and {field.kind for field in assistant.fields} <= set(KINDS)


def sell(turn: Turn, wording: Wording) -> Generator[Tool[Any], Any, Sale]:
    """Decide what a batch means for the contact's order.

    Args:
        turn: everything that may be read.
        wording: of this reply.
    """
    messages = in_words(turn.messages)
    pins = any(said.kind == "location" and pinned(said.text) for said in turn.messages)
    if not sells(turn.assistant) or not (messages or pins):
        return Sale(left=messages)
    asked = pending(turn.history)
    still = thanked(turn.history, asked)
    if asked.stale and turn.cart.lines and not still:
        asked = Pending(told=asked.told)
    names = Names((yield from at_hand(turn, asked)))
    names = yield from sought(names, messages)
    turn = _without_forgone(turn, names)
    messages = in_words(turn.messages)
    waiting = asked.ask in (*TRAITS, "offer", "which_one") and not asked.stale
    open_ = [p for one in dormant(asked, names) for p in one.found.products] if waiting else None
    if (these := of_these(asked, messages, names, turn.cart.lines)) is not None:
        asked, lines = these, None
    else:
        lines, messages = amended(messages, turn.cart.lines, names, waiting=open_)
    asked = spoken_of(asked, messages, names, turn)
    told, batch = read(turn, messages, names, asked)
    if any(w.firm and w.live and w.named and w.act != "remove" for w in batch.wishes):
        made_firm(batch)
    if asked.ask in (*TRAITS, "offer", "which_one"):
        for wish in joined(batch.wishes, _written(turn), names):
            wish.firm = True
    # «كربلاء حي الموظفين» is where somebody lives, and calls nobody.
    texts = told.left.values()
    meanings = frozenset(m for text in texts for m in calm(text, names.read(text)).meanings)
    meanings |= {m for text in texts for m in calm(text, understood(text)).meanings} & {"person"}
    meanings |= {kind for text in texts if (kind := unmistakable(text, understood(text)))}
    talk = Talk(turn, wording, names, asked, told, batch, turn.cart, lines)
    talk.beside = beside(messages, names) if lines is not None else []
    took = bool(asked.items) and asked.ask is None
    trouble = meanings & CALLS
    if trouble == {"complaint"} and "confirm" in batch.answers and _agreed(talk):
        trouble = frozenset()  # «ماكو شي غلط ثبتها»
    begun = talk.begun or took or _surely_ordered(batch)
    if trouble or not (begun or not _elsewhere(messages, names)):
        return Sale(left=messages, collected=told.values)
    _calm_what_is_left(talk)
    yield from _act(talk, meanings)
    _ask_what_changes(talk)
    if _goes_on(talk, meanings):
        yield from closing.ask(talk, fields(turn.assistant))
    return talk.sale()


def _without_forgone(turn: Turn, names: Names) -> Turn:
    """A turn without the extras that are declined; in an open order only."""
    if not turn.cart.lines:
        return turn
    own = Names([as_product(line, names.products) for line in turn.cart.lines])
    told = [structs.replace(m, text=without_forgone(m.text, own)) for m in turn.messages]
    return structs.replace(turn, messages=tuple(told))


def _surely_ordered(batch: Heard) -> bool:
    """Whether a batch names things that are sold, as many as are wanted, and says nothing else."""
    told = [wish for wish in batch.wishes if wish.live]
    exact = all(wish.firm and wish.counts and wish.found.exact for wish in told)
    return bool(told) and exact and not any(batch.left.values())


def _elsewhere(messages: Mapping[int, str], names: Names) -> bool:
    """Whether a message calls for a person though no rule reads it so, or all are only talk."""
    told = [overheard(names.products, text) for text in messages.values()]
    return any(not CALLS.isdisjoint(one.meanings) for one in told) or all(map(strays, told))


def _calm_what_is_left(talk: Talk) -> None:
    """Leave out what sounds like trouble by itself, where the whole batch is none.

    «غلايتي خربت» is why another is wanted, in «غلايتي خربت وابي وحدة».
    """
    left = talk.heard.left
    for said, texts in left.items():
        told = ((text, calm(text, understood(text))) for text in texts)
        left[said] = [text for text, one in told if "complaint" not in one.meanings]


def _ask_what_changes(talk: Talk) -> None:
    """Ask again, where a reply to what was shown may change it, and nobody read what."""
    moved = talk.changed or talk.says or talk.offers or talk.choose or talk.told.values
    if talk.asked.ask != "confirm" or moved or talk.hand_over or not talk.cart.lines:
        return
    left = [text for texts in talk.heard.left.values() for text in texts]
    left += [text for text in talk.told.left.values() if EXCESS.among(words(text))]
    own = Names([as_product(line, talk.names.products) for line in talk.cart.lines])
    if unclear(left, own):
        talk.heard.left.clear()
        talk.say("change_what")
        talk.acted = talk.ended = True


def _amend(talk: Talk, wanted: Sequence[Line]) -> Steps:
    """Have these lines, and what comes beside them: «خليهم اتنين وحط معاهم قارئ»."""
    yield from changing.amend(talk, wanted)
    for wish in talk.beside:
        yield from choosing.add(talk, wish)


def _act(talk: Talk, meanings: frozenset[str]) -> Steps:
    """Do what the batch says, before anything is asked."""
    if talk.amended is not None:
        yield from _amend(talk, talk.amended)
        return
    if _agreed(talk):
        talk.heard.left.clear()
        yield from closing.place(talk)
        return
    answers = talk.heard.answers
    against = bool(answers & {"no", "later", "cancel"})
    yes = not against and (talk.heard.nodded or bool(answers & {"yes", "confirm", "fine"}))
    if (yield from afterwards.answer(talk, meanings, yes=yes)):
        return
    replaced(talk.heard.wishes, {line.sku for line in talk.cart.lines})
    wishes = [wish for wish in talk.heard.wishes if wish.live]
    if "rethink" in answers and not _instead(talk, wishes):
        answers.add("cancel")
    open_to_drop = talk.cart.lines or talk.asked.ask
    some = [_of_some(talk, one, wishes) for one in wishes]
    if "cancel" in answers and open_to_drop and not any(some):
        yield from changing.drop(talk)
        return
    if talk.asked.ask == "which_one" and yes and not (wishes or talk.cart.lines):
        wishes = choosing.likeliest(talk)
    swapped = choosing.exchanged(talk, wishes)
    corrects = talk.asked.ask == "offer" and len(talk.asked.items) > 1 and adjusted(wishes)
    if swapped or corrects or (not against and _accepts(talk, wishes, yes=yes)):
        wishes = _revived(talk.heard)
    talk.model = _model(wishes)
    for wish in wishes:
        yield from _grant(talk, wish)
    choosing.tell_missed(talk)
    closing.tell_total(talk)
    if not (talk.acted or talk.told.values):
        yield from _answer(talk, yes=yes, against=against)


def _of_some(talk: Talk, wish: Wish, wishes: Sequence[Wish]) -> bool:
    """Whether only some of it is given up: «الغي اللي مقاس 4», and not «ما بدي، لغيه».

    «الغي الكاب وعطيني هودي» gives up the one thing that is there, and not the order.
    """
    gone = any(mark.deed == "cancel" for mark in marks(wish.said))
    there = {line.sku for line in talk.cart.lines}
    there = there or {p.sku for w in talk.heard.wishes if w.asked for p in w.found.products}
    other = any(w.act == "add" and w.named and w.firm for w in wishes if w is not wish)
    meant = {p.sku for p in wish.found.products}
    one = wish.named and (meant < there or (other and not there.isdisjoint(meant)))
    if gone and (one or (wish.act == "make" and wish.traits)):
        wish.act = "remove"
    return wish.act == "remove" and bool(wish.named or wish.things or wish.traits or wish.counts)


def _accepts(talk: Talk, wishes: Sequence[Wish], *, yes: bool) -> bool:
    """Whether what was offered is wanted.

    Who answers an offer with their name has taken it; all of it is shown before it is placed.
    """
    if talk.asked.ask != "offer":
        return False
    yes = yes and (not talk.asked.stale or "confirm" in talk.heard.answers)
    told = bool(talk.told.values) and (ordered(talk.asked) or not talk.cart.lines)
    bare = (yes or told) and not wishes
    beside = joined(wishes, _written(talk.turn), talk.names)
    return bare or bool(beside) or told_of_one(wishes) or _adds(wishes) or adjusted(wishes)


def _answer(talk: Talk, *, yes: bool, against: bool) -> Steps:
    """Do what a yes or no to the last question says, when nothing else was said."""
    answers = talk.heard.answers
    if yes and talk.asked.ask == "confirm":
        agreed = talk.cart.lines and talk.cart.quoted == talk.cart.version
        if agreed and not talk.told.missing:
            yield from closing.place(talk)
    elif against and talk.asked.ask == "confirm" and talk.cart.lines:
        talk.say("kept" if "later" in answers else "change_what")
        talk.acted = talk.ended = True
    elif "confirm" in answers and not talk.cart.lines and not talk.asked.ask:
        talk.say("nothing_open")
        talk.acted = talk.ended = True


def _instead(talk: Talk, wishes: Sequence[Wish]) -> bool:
    """Whether something is wanted in the place of what is there: «غيرت رأيي، بدي ياه أسود»."""
    told = [wish for wish in wishes if wish.named or wish.traits or wish.counts]
    for wish in told:
        if wish.act == "add" and len(talk.cart.lines) == 1:
            wish.act, wish.firm = "swap" if wish.named else "make", True
    return bool(told)


def _model(wishes: Sequence[Wish]) -> str:
    """The phone that all of it is for: «كفر شفاف وحماية زجاج للايفون 16»."""
    told = (
        traits.size(wish.said, product, wish.counting())
        for wish in wishes
        for product in wish.found.products[:1]
    )
    models = {size.size for size in told if size and " " in size.size}
    return models.pop() if len(models) == 1 else ""


def _agreed(talk: Talk) -> bool:
    """Whether all of it was shown as it is, and the batch says yes to it and nothing else."""
    whole = talk.asked.ask == "confirm" and talk.cart.lines and not talk.told.missing
    whole = whole and talk.cart.quoted == talk.cart.version and not talk.told.values
    if not whole:
        return False
    own = Names([as_product(line, talk.names.products) for line in talk.cart.lines])
    return consents(talk.told.left.values(), talk.names, own)


def _grant(talk: Talk, wish: Wish) -> Steps:
    if not wish.firm:
        choosing.offer(talk, wish)
    elif wish.act == "remove" and talk.cart.lines:
        yield from changing.take_out(talk, wish)
    elif talk.cart.lines and _alters(wish):
        yield from changing.alter(talk, wish)
    elif talk.cart.lines and not (wish.named or wish.things or wish.counts or wish.traits):
        talk.acted = True  # «اطلبه»: what is in the cart already
    elif wish.act != "remove":
        yield from choosing.add(talk, wish)
    elif talk.asked.ask in ("offer", "which_one", *TRAITS) and choosing.dropped(talk, wish):
        talk.acted = True  # «شيل الستاند ما ابيه»: the others are offered on
        if talk.asked.ask == "offer":
            _offer_those(talk, talk.heard.wishes, told=True)
        else:
            talk.heard.answers.discard("no")  # «لا شيلي الحمالة»: it is said of what goes
    else:
        talk.leave(wish)


def _alters(wish: Wish) -> bool:
    """Whether it is about what is in the cart already: «زيد واحد» names nothing new."""
    more = wish.act == "more" and not wish.named and not wish.things
    return more or wish.act in ("make", "swap")


def _goes_on(talk: Talk, meanings: frozenset[str]) -> bool:
    """Whether the reply ends with the order's next question: it moved, or it was being made."""
    if talk.acted or talk.offers or talk.choose:
        _still_asked(talk)
        return True
    if not talk.begun or "later" in talk.heard.answers:
        return False
    thanks = meanings == {"thanks"} and bool(talk.cart.lines)  # what was asked still is
    told = bool(talk.told.values) or bool(talk.heard.answers & {"confirm", "done"})
    if meanings and meanings <= _PARTING and not (thanks or told):
        return False
    _remind(talk)
    was_asking = asked_before(fields(talk.turn.assistant), talk.turn.history)
    going = talk.asked.ask not in (None, "cancel_it", "offer") or was_asking
    return going or told


def _still_asked(talk: Talk) -> None:
    """What was offered or lacked a size still is, when something else is wanted beside it."""
    open_ = [wish for wish in talk.heard.wishes if wish.asked and not wish.live]
    if not open_ or talk.ended or talk.heard.answers & {"no", "later", "cancel", "rethink"}:
        return
    again = bool(talk.offers) or ordered(talk.asked)
    if talk.asked.ask == "offer" and again and not talk.asked.stale:
        _offer_those(talk, open_, told=False)
    elif talk.asked.ask in TRAITS or (talk.asked.ask == "which_one" and not talk.choose):
        _remind(talk)


def _remind(talk: Talk) -> None:
    """What was being chosen still is, when something else was said meanwhile."""
    # «أكد الطلب»: what nobody chose holds nothing up.
    settled = talk.cart.lines and talk.heard.answers & {"confirm", "done"}
    if talk.asked.ask == "which_one" and not settled:
        for wish in talk.heard.wishes:
            if wish.asked and not wish.live:
                choosing.ask_which(talk, wish, wish.found.products)
    open_ = not (talk.asked.stale or talk.cart.lines) or (ordered(talk.asked) and not settled)
    if talk.asked.ask == "offer" and open_:
        _offer_again(talk)
    if talk.asked.ask not in TRAITS:
        return
    wanting = {"which_size": {"size"}, "which_colour": {"colour"}}
    for wish in talk.heard.wishes:
        if wish.live or not wish.found.products:
            continue
        product, count = wish.found.products[0], wish.count() or 1
        line = choosing.item(talk, product, wish, count)
        if not choosing.lacks(wish, product):
            talk.offers.append(line)  # it was offered beside what lacked a colour
            continue
        talk.lacking |= wanting.get(talk.asked.ask, {"size", "colour"})
        talk.show(product)
        _tell_again(talk, product)
        talk.waiting.append(line)


def _tell_again(talk: Talk, product: Product) -> None:
    """In which sizes and colours there is one, where what was answered is none of them."""
    told = talk.wording.product(product, set(), (), single=True)
    if not (talk.acted or told in talk.asked.text):
        talk.says.append(told)


def _offer_again(talk: Talk) -> None:
    """What was offered still is, when something was asked meanwhile that names nothing else."""
    left = [text for texts in talk.heard.left.values() for text in texts]
    if talk.heard.answers & {"no", "later"} or talk.names.named(left):
        return
    # What it costs was asked, where nothing is left.
    _offer_those(talk, talk.heard.wishes, told=not left)


def _offer_those(talk: Talk, wishes: Sequence[Wish], *, told: bool) -> None:
    for wish in wishes:
        if not wish.live and wish.found.products:
            product, count = wish.found.products[0], wish.count() or 1
            if told:
                talk.says.append(talk.wording.product(product, set(), (), single=True))
            talk.offers.append(choosing.item(talk, product, wish, count))


def _written(turn: Turn) -> dict[int, str]:
    return {said.id: said.text for said in turn.messages}


def _adds(wishes: Sequence[Wish]) -> bool:
    """Whether something is wanted beside what was offered, and so that as well: «وضيفلي حزام»."""
    return any(wish.act == "more" and wish.named and not wish.asked for wish in wishes)


def _revived(batch: Heard) -> list[Wish]:
    """What was offered, once it is wanted."""
    for wish in batch.wishes:
        wish.live = True
    return batch.wishes
