"""What makes a thing of a word by which people are called too: «ورد احمر», «بدي ياسمين»; pure."""

from __future__ import annotations

from hudhud.responders import names
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.lexicon.given import GIVEN
from hudhud.responders.selling import deeds
from hudhud.responders.selling.counting import number, unit
from hudhud.responders.selling.traits import size_word
from hudhud.text import words

_OF_THINGS = frozenset({"want", "take", "more", "remove", "make", "swap"})


def amount(word: str) -> bool:
    """Whether a folded word tells how many or which of a thing."""
    return number(word) is not None or bool(unit(word) or size_word(word) or colour_word(word))


def tells(word: str) -> bool:
    """Whether a folded word beside a name makes a thing of it; «هند الاحمد» is a person.

    «زهراء» is spelled like a colour and is a woman.
    """
    return word not in GIVEN and amount(word) and not word.startswith("ال")


def parted(part: str) -> list[str]:
    """A part, and the name behind what leads to it; «بدي ياسمين» wants what is called so."""
    led = names.apart(part)
    wants = any(mark.deed in _OF_THINGS for mark in deeds.marks(words(led[0])))
    return [part] if wants else led
