"""What was spoken of before, where a batch names nothing itself; pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from hudhud.model import Product, Said, Turn
from hudhud.responders import shelf
from hudhud.responders.lexicon import ASPECTS, TOPICS, Understood, forms, understood
from hudhud.responders.matching import TROUBLE, Matched, as_sold, overheard
from hudhud.responders.referring.shown import means_shown, points, shown_last, unknown_detail
from hudhud.text import words

HISTORY_LOOK_BACK = 12
# What stands in the line of a product: whoever asks for it needs no description.
_OF_ROW = frozenset({"price", "stock", "sizes", "colours", "picture", "see"})
# Who says so asks for a colour or size of anything, or for something else.
_NO_TRAIT = frozenset({*TOPICS, *TROUBLE, "browse", "off_topic", "detail"})
_NO_DETAIL = frozenset({*TOPICS, *TROUBLE, *ASPECTS, "browse"}) - {"stock"}
_ANYTHING = frozenset(
    words("شي شيء اشي حاجه حاجات غيره غيرها ثاني تاني something anything else other another")
)


def overheard_after(history: Sequence[Said], products: Sequence[Product], text: str) -> Understood:
    """Read a message; what points at a thing that was just shown is not about the world.

    Args:
        history: what was said before this batch, oldest first.
        products: what the search found.
        text: one message.
    """
    told = overheard(products, text)
    beyond = "off_topic" in told.meanings and points(text)
    return as_sold(products, text) if beyond and shown_last(history, products) else told


def read_on(turn: Turn, said: Said, *, used: bool, sold: bool) -> Understood:
    """Read what is left of one message; one that gave a field for what else it plainly holds.

    Args:
        turn: what it belongs to.
        said: the message, without what the order took of it.
        used: it gave the assistant's own fields.
        sold: the order says something to this batch.
    """
    told = overheard_after(turn.history, turn.products, said.text)
    if used or sold or ("partner" in told.meanings and turn.assistant.fields):
        # «عندي محل وابي جملة» is what such an assistant is there to write down.
        told = as_sold(turn.products, said.text)
    exact = shelf.find(turn.products, told.terms).exact
    if used and not (exact and told.asks):
        return msgspec.structs.replace(told, terms=(), said=())
    return told


def spoken_of(history: Sequence[Said], known: Sequence[Product]) -> list[shelf.Found]:
    """The products that were named last, by us or by the customer.

    Args:
        history: what was said before this batch, oldest first.
        known: the products at hand.
    """
    for said in history[: -HISTORY_LOOK_BACK - 1 : -1]:
        products = shelf.mentioned(known, said.text)
        if not products and said.author == "contact":
            found = shelf.find(known, understood(said.text).terms)
            products = found.products if found.exact else ()
        if products:
            return [shelf.Found(products=products, exact=True, by="name")]
    return []


def refer_back(
    found: Matched,
    history: Sequence[Said],
    known: Sequence[Product],
    batch: Sequence[tuple[Said, Understood]],
    *,
    asked: bool,
) -> None:
    """What was spoken of last is meant, where nothing names a thing: «وأسود؟», «والمقاسات؟».

    Args:
        found: what the batch is about so far.
        history: what was said before this batch, oldest first.
        known: the products at hand.
        batch: the messages, in order, as they were read.
        asked: whether a size, a price or the like is asked of what is not named.
    """
    if _of_shown(found, history, known, batch):
        return
    spoken = spoken_of(history, known)
    said = [term for _, told in batch for term in told.terms]
    other = any(not _NO_TRAIT.isdisjoint(told.meanings) for _, told in batch)
    other |= any(not _ANYTHING.isdisjoint(words(one.text)) for one, _ in batch)
    held = [
        p for group in spoken for p in group.products if any(shelf.has_trait(p, t) for t in said)
    ]
    of_it = [product for group in spoken for product in group.products]
    traits = all(shelf.points_back(term, of_it, known) for term in said)
    if spoken and said and traits and not other:
        products = tuple(held) or spoken[0].products
        found.groups, found.lost = [msgspec.structs.replace(spoken[0], products=products)], []
    elif product := _described(found, spoken, batch):
        found.described, found.groups, found.rows = product, [spoken[0]], []
        found.lost, found.unsure = [], False
    elif (
        asked
        and spoken
        and not (said and other)
        and all(group.by == "trait" for group in found.groups)
    ):
        found.groups = spoken


def _of_shown(
    found: Matched,
    history: Sequence[Said],
    known: Sequence[Product],
    batch: Sequence[tuple[Said, Understood]],
) -> bool:
    """Whether the batch is about what was just shown and was taken so; a sure row is surer."""
    shown = shown_last(history, known)
    asked = [(said.text, told) for said, told in batch]
    if found.told or found.unanswered or not means_shown(asked, shown, known):
        return False
    found.groups = [shelf.Found(products=shown, exact=True, by="name")]
    found.rows, found.guesses, found.lost = [], [], []
    found.beyond = found.unsure = False
    plain = all(_OF_ROW.isdisjoint(told.meanings) for _, told in asked)
    if plain and len(shown) == 1:
        found.described = shown[0]
        found.unsure = any(unknown_detail(text, told, shown[0], known) for text, told in asked)
    return True


def _described(
    found: Matched, spoken: Sequence[shelf.Found], batch: Sequence[tuple[Said, Understood]]
) -> Product | None:
    """The one thing spoken of, where its description holds every word of a question about it."""
    said = {term for _, told in batch for term in told.said}
    asks = all(told.asks and _NO_DETAIL.isdisjoint(told.meanings) for _, told in batch)
    if not (said and asks and spoken) or len(spoken[0].products) > 1:
        return None
    product = spoken[0].products[0]
    if any(group.exact and product not in group.products for group in found.groups):
        return None
    text = f"{product.description_ar} {product.description_en}"
    held = {form for word in words(text) for form in forms(word)}
    return product if all(not held.isdisjoint(forms(term)) for term in said) else None
