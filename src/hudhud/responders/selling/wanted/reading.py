"""A batch read for both at once: who orders, and what; pure."""

from __future__ import annotations

from collections.abc import Mapping

from hudhud.model import Product, Turn
from hudhud.responders.addresses import address, first_place
from hudhud.responders.collecting import asked_before
from hudhud.responders.names import introduced
from hudhud.responders.selling import traits
from hudhud.responders.selling.amending.brought import brings_more
from hudhud.responders.selling.clauses import begins_joined
from hudhud.responders.selling.naming import Names, as_product
from hudhud.responders.selling.particulars import Particulars, particulars, reached
from hudhud.responders.selling.pending import TRAITS, Pending, dormant
from hudhud.responders.selling.traits import is_trait
from hudhud.responders.selling.wanted.wish import Wish
from hudhud.responders.selling.who import fields
from hudhud.responders.selling.wishes import Heard, heard
from hudhud.responders.shelf import vocabulary
from hudhud.responders.telephones import Dialling, dialling, telephone
from hudhud.text import words

_NUMBER = frozenset(
    words(
        "رقم الرقم رقمي نمره النمره نمرتي تلفون التلفون تلفوني تليفون جوال الجوال جوالي موبايل "
        "الموبايل هاتف الهاتف اخره اوله number phone mobile digit digits raqam ra2m rakam ra2mi"
    )
)
_TURNED = frozenset({"make", "swap"})


def read(
    turn: Turn, messages: Mapping[int, str], names: Names, asked: Pending
) -> tuple[Particulars, Heard]:
    """Who orders, and what: what tells the one is not read as the other."""
    wanted = fields(turn.assistant)
    cart_open = bool(turn.cart.lines)
    batch = heard(messages, names, dormant(asked, names), cart_open=cart_open)
    by = dialling(turn.inbox, turn.history)
    if any(reached(text, by) for text in messages.values()):
        made_firm(batch)
    orders = any(wish.live and wish.firm for wish in batch.wishes)
    was_asked = asked_before(wanted, turn.history)
    open_ = cart_open or orders or asked.ask or was_asked or turn.assistant.fields
    if not (open_ or _told_whole(messages, by)):
        stored = {field.kind: turn.collected.get(field.name, "") for field in wanted}
        known: dict[str, str] = {kind: value for kind, value in stored.items() if value}
        missing = tuple(field for field in wanted if field.kind not in known)
        return Particulars(values={}, known=known, missing=missing, left=dict(messages)), batch
    sold = vocabulary(names.products)
    invited = was_asked or asked.ask in (*TRAITS, "offer", "which_one")
    told = particulars(
        wanted,
        turn.messages,
        turn.collected,
        sold,
        asked=invited,
        by=by,
        ours=_surely_of_order(batch, turn, names),
    )
    if told.left == dict(messages):
        return told, batch
    lived = any(told.values.get(field.name) for field in wanted if field.kind == "address")
    named = any(wish.live and wish.named and not wish.asked for wish in batch.wishes)
    left = {at: _unnumbered(text) for at, text in told.left.items()}
    left = told.left if named or not lived else left
    if any(told.values.get(field.name) for field in wanted if field.kind == "phone"):
        left = {at: "" if _of_the_number(text, names) else text for at, text in left.items()}
    again = heard(left, names, dormant(asked, names), cart_open=cart_open)
    if told.values and not asked.ask:
        made_firm(again)
    return told, again


def _told_whole(messages: Mapping[int, str], by: Dialling) -> bool:
    """Whether a batch announces a name and how else they are reached: it asks after nothing."""
    told = [text for text in messages.values() if reached(text, by)]
    named = any(introduced(text) for text in told)
    return named and any(address(text)[0] or telephone(text, by, wanted=False) for text in told)


def beside(left: Mapping[int, str], names: Names) -> list[Wish]:
    """What messages join to what they said of the cart: «خليهم اتنين وحط معاهم قارئ».

    Args:
        left: by id, what is left of them.
        names: the products at hand.
    """
    joint = {
        at: text
        for at, text in left.items()
        if begins_joined(text, names) or brings_more(text.split())
    }
    told = heard(joint, names, [], cart_open=True).wishes if joint else []
    return [one for one in told if one.firm and one.named and one.act in ("add", "more")]


def beside_data(turn: Turn, names: Names) -> dict[int, str]:
    """What is left of each message, by id, without who orders: «الاسم علي» names nothing sold.

    Args:
        turn: everything that may be read.
        names: the products at hand.
    """
    by = dialling(turn.inbox, turn.history)
    sold = vocabulary(names.products)
    wanted = fields(turn.assistant)
    return particulars(wanted, turn.messages, turn.collected, sold, asked=True, by=by).left


def _of_the_number(text: str, names: Names) -> bool:
    """Whether what is left beside a telephone is said of it: «اخره 98 مش 90», "not 34 but 43"."""
    said = words(text)
    return not _NUMBER.isdisjoint(said) and not any(map(names.word, said))


def _unnumbered(text: str) -> str:
    """What is left beside an address, without the number of a house: «…، شارع ٦، 31»."""
    return "\n".join(line for line in text.splitlines() if not line.strip().isdecimal())


def _surely_of_order(batch: Heard, turn: Turn, names: Names) -> list[str]:
    """Clauses in which a size or colour of what is spoken of answers or changes it: «الرمادي»."""
    cart = [as_product(line, names.products) for line in turn.cart.lines]
    told = list[str]()
    for wish in batch.wishes:
        changes = wish.act in _TURNED and not wish.things
        spoken = wish.found.products[:1] if wish.asked else cart if changes else ()
        texts = [text for _, text in wish.texts] if wish.live else []
        told += [one for one in texts if any(_only_traits(one, product) for product in spoken)]
    return told


def _only_traits(text: str, product: Product) -> bool:
    """Whether a size or colour of a product is said, and no place beside it."""
    said = words(text)
    own = traits.colour(said, product) or traits.size(said, product)
    return bool(own) and first_place(" ".join(w for w in said if not is_trait(w))) is None


def made_firm(batch: Heard) -> None:
    """Who names a thing and tells how they are reached does not ask about it: they order it."""
    for wish in batch.wishes:
        one = len(wish.found.products) == 1 and wish.named_enough and not wish.described
        wish.firm |= wish.live and wish.named and one and wish.act == "add"
