"""The words of a reply about the cart, each by itself: «و», and which of them is meant; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from hudhud.model import Line
from hudhud.responders.selling import deeds, traits
from hudhud.responders.selling.amending.vocabulary import ABOUT, ALSO, HALF, ONLY, OTHER
from hudhud.responders.selling.clauses.others import ONE_OF_THEM
from hudhud.responders.selling.counting import number
from hudhud.responders.selling.naming import Names, ordinal
from hudhud.text import words

_THE_FIGURE = re.compile(r"(?:و?ال|el|al)(\d{1,3})")
# «الثاني» is the other of two, and tells of what is there already.
_PLACES_MIN, _PLACES = 3, 5
_BEING = frozenset(words("is be as يكون تكون يصير تصير خليه خليها"))
# «ابي اغير وحدة»: what is asked of us, said of themselves.
_CHANGING = frozenset(words("اغير نغير نبدل اعدل نعدل"))


def taken_apart(text: str, lines: Sequence[Line], own: Names) -> list[str]:
    """The folded words, and «و» by itself: «وواحد», «وخلي», «والثانية».

    Args:
        text: one sentence.
        lines: what is in the cart.
        own: the products of these lines.
    """
    return _one_of_them(list(_each(text, own)), lines)


def _each(text: str, own: Names) -> Iterator[str]:
    said = words(text)
    for word, after in zip_longest(said, said[1:], fillvalue=""):
        if figure := _THE_FIGURE.fullmatch(word):
            yield figure[1]  # «خلي ال6 احمر»
            continue
        if word in ONE_OF_THEM:
            yield "واحد"
            continue
        if word in _CHANGING and not own.spelled(word):
            yield "غير"
            continue
        bare = word.removeprefix("و")
        joined = bare != word and len(bare) > 1 and not own.spelled(word)
        if joined and (_begins(bare, own) or (bare in HALF and traits.coloured((after,)))):
            yield from ("و", bare)
        elif word[0] == "ل" and traits.coloured((word[1:],)) and not traits.coloured((word,)):
            yield word[1:]  # «غير وحدة لأسود»
        else:
            yield word


def _begins(word: str, own: Names) -> bool:
    known = number(word) is not None or own.word(word) or traits.coloured((word,))
    known = known or (word.startswith("ال") and _place(word) is not None)
    return known or word in OTHER or word in ALSO or word in ONLY or bool(deeds.marks([word]))


def _place(word: str) -> int | None:
    """Which of several a folded word says, from the third on; 0 is the last of them."""
    place = ordinal([word], _PLACES + 1)
    if place is None or place < _PLACES_MIN:
        return None
    return 0 if place > _PLACES else place


def _between(word: str) -> bool:
    """Whether a folded word may stand between which of them is meant and what it shall be."""
    return word in ABOUT or word in _BEING


def _one_of_them(said: list[str], lines: Sequence[Line]) -> list[str]:
    """«خليهم ثلاثة والثالث أخضر», "the last one in black": one of them is to be so."""
    if len(lines) != 1:
        return said
    many = max([0, *(number(word) or 0 for word in said)])
    more = any(mark.deed == "more" for mark in deeds.marks(said))
    there = lines[0].count + many if more else max(lines[0].count, many)
    plain, at = list[str](), 0
    while at < len(said):
        word, place = said[at], _place(said[at])
        after = range(at + 1, len(said))
        behind = next((k for k in after if not _between(said[k])), len(said))
        the = word.startswith("ال") or plain[-1:] == ["the"]
        made = traits.coloured(said[behind : behind + 1]) or any(
            map(traits.size_word, said[behind : behind + 1])
        )
        if place is None or place > there or not (the and made):
            plain.append(word)
            at += 1
            continue
        plain = [*(plain[:-1] if plain[-1:] == ["the"] else plain), "1", "منهم"]
        at = behind
    return plain
