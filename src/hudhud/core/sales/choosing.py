"""Which of the sizes and colours that are offered somebody means; pure."""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.model import Line, Offer, Refused
from hudhud.text import fold, latin_digits, without_article, words


def chosen(offers: Sequence[Offer], *, size: str = "", colour: str = "") -> Offer | Refused:
    """The one offer that is meant; where several could be, it asks for what tells them apart.

    Args:
        offers: of one product.
        size: in any spelling or digits; empty: not said.
        colour: in Arabic or English, in any spelling; empty: not said.
    """
    if not offers:
        return Refused(why="unknown_product")
    sized = [offer for offer in offers if not size or _same(size, offer.size)]
    if not sized:
        return Refused(why="unknown_size", told={"sizes": _sizes(offers)})
    both = [offer for offer in sized if not colour or _same(colour, offer.colour, offer.colour_en)]
    if not both:
        return Refused(why="unknown_colour", told={"colours": _colours(sized)})
    if len({offer.size for offer in both}) > 1:
        return Refused(why="unknown_size", told={"sizes": _sizes(both)})
    if len({offer.colour for offer in both}) > 1:
        return Refused(why="unknown_colour", told={"colours": _colours(both)})
    return both[0]


def left_of(offers: Sequence[Offer], *, size: str = "", colour: str = "") -> int | Refused:
    """How many can be ordered in this size and colour; what is not said may be any."""
    found = chosen(offers, size=size, colour=colour)
    if isinstance(found, Offer):
        return found.left
    if found.why == "unknown_product":
        return found
    fit = [offer for offer in offers if not size or _same(size, offer.size)]
    fit = [o for o in fit if not colour or _same(colour, o.colour, o.colour_en)]
    # Not unknown, only not said: all of them together.
    return sum({offer.variant_id: offer.left for offer in fit}.values()) if fit else found


def is_of(line: Line, offer: Offer) -> bool:
    """Whether a line is exactly this offer, as the merchant writes it."""
    return (line.sku, line.size, line.colour) == (offer.sku, offer.size, offer.colour)


def means(line: Line, *, size: str = "", colour: str = "") -> bool:
    """Whether a line of a cart is meant by a size and a colour; what is not said may be any."""
    return (not size or _same(size, line.size)) and (
        not colour or _same(colour, line.colour, line.colour_en)
    )


def _same(said: str, *written: str) -> bool:
    return any(_bare(said) == _bare(one) for one in written if one)


def _bare(said: str) -> str:
    return " ".join(without_article(word) for word in words(latin_digits(fold(said))))


def _sizes(offers: Sequence[Offer]) -> list[str]:
    return list(dict.fromkeys(offer.size for offer in _there(offers) if offer.size))


def _colours(offers: Sequence[Offer]) -> list[str]:
    return list(dict.fromkeys(offer.colour for offer in _there(offers) if offer.colour))


def _there(offers: Sequence[Offer]) -> Sequence[Offer]:
    """Those of which something is left, where there are any."""
    return [offer for offer in offers if offer.left] or offers
