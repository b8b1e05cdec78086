"""One of several by what it is to the others, as one: «والأخرى زرقاء», "the other blue"; pure.

Of «واحدة رمادية والأخرى زرقاء» the second counts as the first does, and so does "another in navy".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.lexicon.colours import colour_word
from hudhud.responders.selling.counting import expanded, number
from hudhud.responders.selling.naming import Names
from hudhud.responders.selling.traits import is_trait, size_word
from hudhud.text import words

ONE_OF_THEM = frozenset(words("احدهما احداهما احدهم احداهن"))
_OTHERS = frozenset(
    words(
        "الاخر الاخرى اخر اخرى الاخير الاخيرة لاخر لخر لخرى لاخرى التاني التانية تاني تانية "
        "الثاني الثانية ثاني ثانية الثالث الثالثة التالت التالتة ثالث ثالثة الرابع الرابعة "
        "الخامس الخامسة other another second third fourth fifth last"
    )
)
_ARTICLES = ("", "el", "il", "al", "l", "et", "it", "at", "eth", "ith")


def _sounds(said: str) -> frozenset[str]:
    """How words in Latin letters sound, with every article: "ettani", "lakhor"."""
    return frozenset(spelled(f"{one}{word}") for one in _ARTICLES for word in words(said))


_OTHERS_SOUND = _sounds(
    "tani tanye tanya tenye thani thania thanya akhar akhor a5ar o5ra okhra 5ra"
)
_FIRSTS = frozenset(words("الاول الاولى اول اولى first")) | ONE_OF_THEM
_FIRSTS_SOUND = _sounds("awal awwal oula")
_BEFORE = frozenset(words("the el il al كمان برضو ايضا بعد also"))
# How one shall be made, which the colour itself tells: «والثانية تبقى فضي».
_BEING = frozenset(
    words(
        "is be stays stay keep make it تكون يكون تبقى يبقى تضل يضل تظل يظل خليه خليها خله خلها خلي "
        "خلوه خلوها khalliha khallih"
    )
)
# What may stand between one and its colour: "another one in", «والثانية لونها».
_BETWEEN = _BEING | frozenset(
    words(
        "one ones in a an the of colour color size لون لونه لونها بلون باللون اللون مقاس مقاسه "
        "مقاسها بمقاس قياس قياسه قياسها بقياس سايز بال lon loon bel"
    )
)
_BETWEEN_MAX = 3
_TOKEN = re.compile(r"[^\s،,.:;؛!?؟\n]+")


def counted_out(text: str, names: Names, asked: int) -> str:
    """A text in which another of several, of which a colour or size is told, counts as one.

    Args:
        text: a message.
        names: the products at hand.
        asked: of how many things our last question was; «الأول M والثاني L» of two tells which.
    """
    tokens = [*_TOKEN.finditer(text)]
    said = ["".join(words(one[0])[:1]) for one in tokens]
    bare = [*map(_bare, said)]
    told = [_tells(word, names) for word in bare]
    if not any(told):
        return text
    # By their places two things are told apart where two were asked about or named.
    placed = [at for at, word in enumerate(bare) if _is(word, _FIRSTS, _FIRSTS_SOUND)]
    placed = [at for at in placed if bare[at] not in ONE_OF_THEM]
    apart = bool(placed) and (asked > 1 or not (asked or _several(said[: placed[0]], names)))
    found, end = list[tuple[int, int, str]](), 0
    for at, word in enumerate(bare):
        first = _is(word, _FIRSTS, _FIRSTS_SOUND)
        other = _is(word, _OTHERS, _OTHERS_SOUND)
        if at < end or not (first or other) or (apart and word not in ONE_OF_THEM):
            continue
        begun, after = _around(bare, at)
        if not _told_behind(told, bare, after) or (other and not any(told[:begun])):
            continue
        joined = said[begun] != bare[begun]
        one = "one" if word.isascii() else "وواحد" if joined else "واحد"
        found.append((tokens[begun].start(), tokens[after - 1].end(), one))
        end = after
    for start, stop, one in reversed(found):
        text = f"{text[:start]}{one}{text[stop:]}"
    return text


def _bare(word: str) -> str:
    """A word without «و», where it is known so; «وردي» and «واحد» are words by themselves."""
    rest = word.removeprefix("و")
    if colour_word(word):
        return word
    known = rest in _OTHERS or rest in _FIRSTS or rest in _BEFORE or bool(number(rest or "-"))
    return rest if known or colour_word(rest) else word


def _is(word: str, written: frozenset[str], sounds: frozenset[str]) -> bool:
    return word in written or (word[:1].isascii() and spelled(word) in sounds)


def _tells(word: str, names: Names) -> bool:
    """Whether a folded word is a colour, or a size of what is sold."""
    if not word:
        return False
    letters = size_word(word) and number(word) is None
    own = word.isdecimal() and names.sized(word)
    return colour_word(word) or (letters and is_trait(word)) or own


def _around(said: Sequence[str], at: int) -> tuple[int, int]:
    """From where to where the other one is told: "the other one", «كمان وحدة تانية»."""
    begun, after = at, at + 1
    while begun and (said[begun - 1] in _BEFORE or number(said[begun - 1]) == 1):
        begun -= 1
    while after < len(said) and (number(said[after]) == 1 or said[after] in _BEING):
        after += 1
    return begun, after


def _told_behind(told: Sequence[bool], said: Sequence[str], after: int) -> bool:
    """Whether a colour or size stands right behind."""
    for at in range(after, min(len(said), after + _BETWEEN_MAX)):
        if told[at]:
            return True
        if said[at] not in _BETWEEN:
            return False
    return False


def _several(said: Sequence[str], names: Names) -> bool:
    """Whether more than one of a thing are told: «كاميرتين», "two"."""
    return any((number(word) or 0) > 1 for word in expanded([w for w in said if w], names))
