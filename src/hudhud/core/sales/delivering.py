"""What delivery costs at an address: by its city or governorate, in any spelling; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hudhud.errors import BadInputError
from hudhud.store.sales.carts import Delivery, Place
from hudhud.text import bones, forms, without_article, words

PLACES_MAX: Final = 100
NAME_CHARS_MAX: Final = 60
# Names of two or three letters sound like too much else.
_SOUND_MIN: Final = 3
_NAMES = re.compile(r"\s*[،,;؛/|]\s*")
# «شارع بغداد، البصرة» is in Basra.
_STREETS = frozenset(words("شارع طريق جسر street st road rd avenue"))


def at(charge: Delivery | None, address: str) -> Delivery | None:
    """What is charged for delivery to this address; None: nothing is said of it.

    Args:
        charge: as the merchant set it.
        address: as the contact wrote it; empty: not known yet.
    """
    if charge is None:
        return None
    place = place_of(address, charge.places)
    price = charge.price_minor if place is None else place.price_minor
    free_from = charge.free_from_minor
    return None if price is None else Delivery(price_minor=price, free_from_minor=free_from)


def place_of(address: str, places: Sequence[Place]) -> Place | None:
    """The place that an address names; the longest name wins, and a street's name comes last."""
    said = words(address)
    found = [
        (begins == 0 or said[begins - 1] not in _STREETS, length, -begins, place)
        for place in places
        for name in place.names
        for begins, length in _stands(words(name), said)
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None


def named(names: str, price_minor: int) -> Place:
    """A place out of its names as they are typed: «بغداد، Baghdad».

    Raises:
        BadInputError: it has no name, or one that is too long.
    """
    told = tuple(dict.fromkeys(name for name in _NAMES.split(names.strip()) if words(name)))
    if not told or any(len(name) > NAME_CHARS_MAX for name in told):
        raise BadInputError(f"A place has a name of at most {NAME_CHARS_MAX} characters.")
    return Place(names=told, price_minor=price_minor)


def checked(charge: Delivery) -> Delivery:
    """The same, when it can be.

    Raises:
        BadInputError: a price below nothing, a limit without any price, too many places, or one
            that is named twice.
    """
    prices = (charge.price_minor, charge.free_from_minor, *(p.price_minor for p in charge.places))
    if any(price is not None and price < 0 for price in prices):
        raise BadInputError("A price is not below zero.")
    if charge.price_minor is None and charge.free_from_minor is not None and not charge.places:
        raise BadInputError("Say what delivery costs below that.")
    if len(charge.places) > PLACES_MAX:
        raise BadInputError(f"At most {PLACES_MAX} places.")
    names = [" ".join(words(name)) for place in charge.places for name in place.names]
    if len(names) != len(set(names)):
        raise BadInputError("A place is named twice.")
    return charge


def _stands(name: Sequence[str], said: Sequence[str]) -> Iterator[tuple[int, int]]:
    for begins in range(len(said) - len(name) + 1) if name else ():
        pairs = zip(name, said[begins : begins + len(name)], strict=True)
        if all(_same(*pair) for pair in pairs):
            yield begins, len(name)


def _same(name: str, said: str) -> bool:
    """Whether a word of an address is a word of a name: «ببغداد», «البصره», "Baghdad"."""
    bare = without_article(name)
    if bare in {without_article(form) for form in forms(said)}:
        return True
    if name.isascii() == said.isascii():
        return False
    # «البصرة» is heard with and without its last letter: "Basrah", "Basra".
    sounds = [bones(bare), bones(without_article(said))]
    short = [sound.removesuffix("h") for sound in sounds]
    return any(one == other and len(one) >= _SOUND_MIN for one, other in (sounds, short))
