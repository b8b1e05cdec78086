"""Anybody and anything, where they sound like somebody who is to come; pure.

«عشان ما يشوف حدا شاشتي» wants a film for a screen, "abi shay" a thing: «ابي احد» alone, and what is
like it, wants a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hudhud.text import words

_ANYBODY: Final = frozenset(
    words("حد حدا احد احدا واحد شخص 7ad 7add 7ada hada a7ad ahad wa7ad wa7ed anyone anybody")
)
_NOT: Final = frozenset(words("ما لا مو مش بدون ma la mo mish mesh bidoun not no dont cant wont"))
_WISH: Final = frozenset(
    words(
        "ابي ابغى ابغي بدي بدنا اريد عايز عايزه عاوز بغيت نبي محتاج احتاج في فيه اكو كاين عندكم "
        "abi abgha abgi baddi bade bdi badde areed arid 3ayez 3ayza 3awez b8eet bghit fi aku "
        "kayn 3andkom 3andkon want need"
    )
)
_THING: Final = frozenset(
    words("شي شيء شئ اشي حاجه حاجة shay shai shi shee 7aja haja 7agah 7aga something anything")
)
_BETWEEN_MAX: Final = 2


def without_anybody(said: Sequence[str]) -> list[str]:
    """Folded words without him whom a verb is denied of: «ما يخلي حدا يشوف», "no one" apart.

    «ما حدا بيرد» stays: nobody answers there.

    Args:
        said: folded words of one message.
    """
    return [
        word
        for at, word in enumerate(said)
        if not (word in _ANYBODY and _denied(said[max(0, at - 1 - _BETWEEN_MAX) : at]))
    ]


def seeks_a_thing(said: Sequence[str]) -> bool:
    """Whether a wish is for something, whatever that is: «ابي شي», "fi shi", "need something".

    Args:
        said: folded words of one message.
    """
    return any(wish in _WISH and what in _THING for wish, what in pairwise(said))


def _denied(before: Sequence[str]) -> bool:
    """Whether a negator stands before, with its verb between."""
    return not _NOT.isdisjoint(before[:-1])
