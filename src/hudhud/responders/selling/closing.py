"""Towards the order: what is missing is asked, then all of it is shown, and placed after a yes."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Cart, Field, Order, PlaceOrder, Quote, Refused
from hudhud.responders import phrases
from hudhud.responders.lexicon import understood
from hudhud.responders.selling import choosing, showing
from hudhud.responders.selling.choosing import Steps
from hudhud.responders.selling.naming import as_product
from hudhud.responders.selling.pending import TRAITS, UNCLEAR
from hudhud.responders.selling.sale import Talk
from hudhud.responders.selling.sentences import say
from hudhud.responders.telephones import shown
from hudhud.text import words

_SUM = frozenset(
    words("المجموع مجموع مجموعهم الاجمالي اجمالي الحساب حسابي حسابهم توتال التوتال total sum")
)
_WHOLE = _SUM | frozenset(
    words(
        "كل كله كلها كلهم كلهن كلو الكل الكلي سوا يطلع طلع صار يصير صاروا حساب order طلب الطلب "
        "يصيرن تصير بيصير بيصيرو يصيرون بيصيروا بيطلع بيطلعو طلبي all everything altogether "
        "together whole it kollo kolo kolha kollha kolhom kolshi"
    )
)

# So often a size or colour is asked for that nobody tells; then a person asks.
_ASKED_MAX = 2


def place(talk: Talk) -> Steps:
    """Place what was shown and agreed to; what changed meanwhile is shown again instead."""
    known = talk.told.known
    talk.acted = True
    placed: Order | Refused = yield PlaceOrder(
        name=known.get("name", ""), phone=known.get("phone", ""), address=known.get("address", "")
    )
    if isinstance(placed, Refused):
        _not_placed(talk, placed)
        return
    talk.order, talk.cart, talk.ended = placed, Cart(), True
    number = showing.number(talk.wording, placed.number)
    talk.say("placed", name=placed.name or known["name"], number=number)
    known_lines = {line.sku: as_product(line, talk.names.products) for line in placed.lines}
    talk.says += showing.order_lines(talk.wording, placed, known_lines)
    agreed = say("delivery_agreed", talk.wording.language)
    if placed.delivery_minor is None and any(agreed in said.text for said in talk.turn.history):
        talk.says.append(agreed)


def ask(talk: Talk, fields: Sequence[Field]) -> Steps:
    """End the reply with the one question that brings the order on."""
    if talk.hand_over is not None or talk.ended:
        return
    lacking = bool(talk.waiting or talk.choose)
    if talk.cart.lines and (lacking or talk.offers or talk.told.missing):
        _show_cart(talk)
    if talk.waiting and _asked_in_vain(talk):
        talk.give("unknown_detail", "to_order")
        return
    _ask_what(talk, fields)
    ordering = bool(talk.cart.lines or talk.waiting)
    if talk.told.missing and ordering:
        _note(talk, fields)
        _doubt(talk)
        talk.says.append(talk.wording.ask(talk.told.missing))
    elif talk.cart.lines and not (lacking or talk.offers):
        yield from _quote(talk, fields)
    elif talk.told.values and not (lacking or talk.offers or any(talk.heard.left.values())):
        _note(talk, fields)
        talk.say("what_to_order")


def _ask_what(talk: Talk, fields: Sequence[Field]) -> None:
    """Ask what is wanted exactly: in which size, which of several, or whether at all."""
    if talk.waiting:
        if not talk.told.missing:
            _note(talk, fields)
        talk.says += talk.options  # of several nobody chose yet: it is not left out unsaid
        _ask_traits(talk)
    elif talk.choose:
        if not (talk.told.missing and talk.cart.lines):
            _note(talk, fields)
        apart = [one for one in talk.heard.wishes if one.live and one.named and not one.firm]
        if len(apart) > 1 and not talk.options:
            _list_all(talk)
        question = f"{say('which_one', talk.wording.language)}{talk.of_options}"
        talk.hanging = [] if talk.options else [question]
        talk.says += [*talk.options, question]
    elif talk.offers:
        question = say("offer", talk.wording.language)
        talk.hanging = [*talk.offers, question] if talk.about else []
        talk.says += [*talk.offers, question]


def _list_all(talk: Talk) -> None:
    """List all that was wanted: «طقم معالق وطاسة» asks of both, whichever of them a row shows."""
    told = (talk.wording.product(p, {"price"}, (), single=False) for p in talk.about)
    talk.options = [f"• {one}" for one in dict.fromkeys(told)]


def _ask_traits(talk: Talk) -> None:
    """Ask for the size and colour that are lacking."""
    both = {"size", "colour"} <= talk.lacking
    key = "which_traits" if both or not talk.lacking else f"which_{min(talk.lacking)}"
    talk.says += [*talk.offers, *talk.waiting]  # what was found only nearly is not left out
    _list_choices(talk)
    talk.say(key)


def _asked_in_vain(talk: Talk) -> bool:
    """Whether a size or colour was asked for twice, and nothing has moved since.

    What is asked or told meanwhile moves a talk too, where anybody can read it.
    """
    moved = talk.changed or talk.offers or talk.choose or talk.told.values
    left = [text for texts in talk.heard.left.values() for text in texts]
    read = any(understood(text).meanings or understood(text).asks for text in left)
    if moved or read or talk.asked.ask not in TRAITS:
        return False
    before = [told.splitlines() for told in talk.asked.told[:_ASKED_MAX]]
    if len(before) < _ASKED_MAX or not all(set(talk.waiting) <= set(told) for told in before):
        return False
    again, first = before
    return all(line in first or _asks_again(talk, line) for line in again)


def _asks_again(talk: Talk, line: str) -> bool:
    """Whether a line of ours only asks again: what there is of it, or that nobody understood."""
    unclear = [phrases.say("not_clear", talk.wording.language)]
    shown = [talk.wording.product(p, set(), (), single=True) for p in talk.products.values()]
    begins = say("choices", talk.wording.language, choices="").strip(" .")
    return line in [*unclear, *shown] or line.startswith(begins)


def _list_choices(talk: Talk) -> None:
    """List what there is to choose from, where it is asked again and was not told just now."""
    if not (set(talk.waiting) <= set(talk.asked.text.splitlines())):
        return
    for product in talk.products.values():
        wording = talk.wording
        waits = any(showing.product_name(wording, product) in one for one in talk.waiting)
        if not waits or wording.product(product, set(), (), single=True) in talk.says:
            continue
        sizes = [*map(wording.size, product.sizes)] if "size" in talk.lacking else []
        colours = wording.colours(product) if "colour" in talk.lacking else []
        talk.say("choices", choices=wording.listed([*sizes, *colours]))


def tell_total(talk: Talk) -> None:
    """Who asks what all of it costs is shown it again: «كله كام؟», "how much is everything?"."""
    if not talk.cart.lines and talk.asked.ask != "offer":
        return
    for message_id, texts in list(talk.heard.left.items()):
        left = [text for text in texts if not _of_total(text)]
        if len(left) < len(texts):
            talk.acted = talk.changed = True
            talk.heard.left[message_id] = left


def _of_total(text: str) -> bool:
    told, said = understood(text), set(words(text))
    rest = {term for term in told.terms if term not in _WHOLE}
    summed = not _SUM.isdisjoint(said) or ("price" in told.meanings and not _WHOLE.isdisjoint(said))
    return summed and not rest and set(told.meanings) <= {"price", "ack", "thanks"}


def _quote(talk: Talk, fields: Sequence[Field]) -> Steps:
    """Show all of it with its total; asked before and unchanged, only the question is repeated."""
    shown = talk.cart.quoted == talk.cart.version and not (talk.changed or talk.told.values)
    if shown and talk.asked.ask not in (None, *UNCLEAR):
        talk.say("confirm")
        return
    quoted: Cart | Refused = yield Quote(address=talk.told.known.get("address", ""))
    if isinstance(quoted, Refused):
        _not_placed(talk, quoted)
        return
    talk.cart = quoted
    talk.say("quote")
    _list(talk)
    _tell_not_yet(talk)
    if _from_before(talk):
        talk.say("as_before")
    talk.says.append(_who(talk, fields))
    _doubt(talk)
    _delivery(talk)
    talk.say("confirm")


def _show_cart(talk: Talk) -> None:
    if talk.changed:
        talk.say("now")
        _list(talk)


def _list(talk: Talk) -> None:
    for line in talk.cart.lines:
        talk.show(as_product(line, talk.names.products))
    talk.says += showing.lines(talk.wording, talk.cart, talk.products)


def _tell_not_yet(talk: Talk) -> None:
    """Say what was offered or listed and not chosen: nobody says yes in the belief that it comes.

    «ليس فيه بعد: حلق لؤلؤ أو حلق أطفال.»
    """
    open_ = talk.asked.ask in ("offer", "which_one") and not talk.asked.stale
    if not open_ or talk.heard.answers & {"no", "later"}:
        return
    there = {line.sku for line in talk.cart.lines}
    waiting = [one for one in talk.heard.wishes if one.asked and not one.live]
    products = [one.found.products for one in waiting if one.found.products]
    told = [some for some in products if there.isdisjoint(p.sku for p in some)]
    if told:
        either = say("either", talk.wording.language)
        names = [
            either.join(showing.product_name(talk.wording, product) for product in some)
            for some in told
        ]
        talk.say("not_yet", names=talk.wording.listed(names))


def _from_before(talk: Talk) -> bool:
    """Whether nobody said where to in this conversation: it is known from an earlier one."""
    address = talk.told.known.get("address", "")
    said = [*talk.turn.history, *talk.turn.messages]
    return not talk.told.values and not any(address in one.text for one in said)


def _who(talk: Talk, fields: Sequence[Field]) -> str:
    values = {field.name: talk.told.known[field.kind] for field in fields}
    return talk.wording.fields(fields, shown(fields, values, talk.turn))


def _doubt(talk: Talk) -> None:
    if talk.told.doubt:
        talk.says.append(talk.wording.doubted(talk.told.doubt))


def _note(talk: Talk, fields: Sequence[Field]) -> None:
    new = [field for field in fields if field.name in talk.told.values]
    if new:
        talk.says.append(talk.wording.noted(new, shown(new, talk.told.values, talk.turn)))


def _delivery(talk: Talk) -> None:
    """What the merchant answers about delivery, where the cart says nothing of its price.

    One who answers nothing either agrees on it with the contact: nobody is surprised by it later.
    """
    if talk.cart.delivery_minor is not None:
        return
    row = next((faq for faq in talk.turn.faqs if faq.topic == "delivery"), None)
    if row is None:
        talk.say("delivery_agreed")
        return
    told = talk.wording.faq(row)
    if not any(told in said.text for said in talk.turn.history):
        talk.says.append(told)
        talk.sources.append("faq:delivery")


def _not_placed(talk: Talk, refused: Refused) -> None:
    """Say what stands in the way; a changed cart is shown again by the question that follows."""
    line = next((one for one in talk.cart.lines if one.sku == refused.told.get("sku")), None)
    if refused.why == "changed":
        talk.say("changed")
        talk.changed = True
    elif line is not None:
        product = as_product(line, talk.names.products)
        size, colour = refused.told.get("size", ""), refused.told.get("colour", "")
        choosing.explain(talk, product, refused, size=size, colour=colour)
        talk.changed = True
    elif refused.why == "empty_cart":
        talk.say("nothing_open")
        talk.ended = True
    else:
        talk.give("wants_to_order", "to_order")
