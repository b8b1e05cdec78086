"""Towards the order: what is missing is asked, then all of it is shown, and placed after a yes."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Cart, Field, Order, PlaceOrder, Quote, Refused
from hudhud.responders.lexicon import understood
from hudhud.responders.selling import choosing, showing
from hudhud.responders.selling.choosing import Steps
from hudhud.responders.selling.naming import as_product
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
    wording = talk.wording
    lacking = bool(talk.waiting or talk.choose)
    if talk.cart.lines and (lacking or talk.offers or talk.told.missing):
        _show_cart(talk)
    if talk.waiting:
        both = {"size", "colour"} <= talk.lacking
        key = "which_traits" if both or not talk.lacking else f"which_{min(talk.lacking)}"
        talk.says += talk.waiting
        talk.say(key)
    elif talk.choose:
        if not (talk.told.missing and talk.cart.lines):
            _note(talk, fields)
        question = say("which_one", wording.language)
        talk.says += [*talk.options, f"{question}{talk.of_options}"]
    elif talk.offers:
        talk.says += talk.offers
        talk.say("offer")
    ordering = bool(talk.cart.lines or talk.waiting)
    if talk.told.missing and ordering:
        _note(talk, fields)
        _doubt(talk)
        talk.says.append(wording.ask(talk.told.missing))
    elif talk.cart.lines and not (lacking or talk.offers):
        yield from _quote(talk, fields)


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
    if shown and talk.asked.ask not in (None, "change_what"):
        talk.say("confirm")
        return
    quoted: Cart | Refused = yield Quote(address=talk.told.known.get("address", ""))
    if isinstance(quoted, Refused):
        _not_placed(talk, quoted)
        return
    talk.cart = quoted
    talk.say("quote")
    _list(talk)
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
