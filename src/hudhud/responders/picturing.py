"""Which pictures an answer shows, and what stands below each; pure.

Who asks to see a thing sees it, and nobody else, unless the merchant wants the picture to go with
the first words about a product (decision 0023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from hudhud.model import Assistant, Media, Product, Turn
from hudhud.model.goods import PICTURES_MAX, pictures_of
from hudhud.responders import shelf
from hudhud.responders.selling.traits import colours
from hudhud.responders.wording import Wording
from hudhud.text import words

Habit = Literal["asked", "first"]


def shows(assistant: Assistant) -> bool:
    """Whether an assistant may show pictures."""
    return assistant.tools is None or "send_pictures" in assistant.tools


def to_show(turn: Turn, told: Sequence[Product], habit: Habit, *, asked: bool) -> list[Product]:
    """The products of an answer whose pictures go with it.

    Args:
        turn: what is answered.
        told: what the answer is about, best first.
        habit: `first`: unasked too, with the first words about one product.
        asked: whether the contact wants to see them.
    """
    if not shows(turn.assistant) or not (asked or (habit == "first" and _new(turn, told))):
        return []
    return [product for product in told if product.images]


def pictures(products: Iterable[Product], wording: Wording) -> tuple[Media, ...]:
    """Of one product its first pictures, of several the first of each; name and price below.

    Args:
        products: each has a picture.
        wording: of this reply.
    """
    shown = tuple(products)[:PICTURES_MAX]
    each = 1 if len(shown) > 1 else PICTURES_MAX
    return tuple(
        media
        for product in shown
        for media in pictures_of(product, wording.caption(product), most=each)
    )


def as_asked(shown: Mapping[str, Product], turn: Turn) -> list[Product]:
    """The products that are shown, each in the colours that the batch says."""
    said = [word for one in turn.messages for word in words(one.text)]
    return [in_colour(product, said) for product in shown.values()]


def in_colour(product: Product, said: Sequence[str]) -> Product:
    """The product with the pictures of the colours that were said, where it has any of its own.

    Args:
        product: as a turn knows it.
        said: folded words.
    """
    if not product.coloured:
        return product
    found = [product.coloured[one] for one in colours(said, product) if one in product.coloured]
    return msgspec.structs.replace(product, images=tuple(found)) if found else product


def _new(turn: Turn, told: Sequence[Product]) -> bool:
    """Whether it is one product, of which nothing was said in this conversation."""
    ours = (said.text for said in turn.history if said.author != "contact")
    return len(told) == 1 and not any(shelf.mentioned(told, text) for text in ours)
