"""What comes with an order and is declined: «ما احتاج تغليف», "no bag needed"; pure.

It is in no cart, so nothing is taken out for it, and no row is asked about; whoever says so beside
a yes has said yes.
"""

from __future__ import annotations

from collections.abc import Sequence

from hudhud.responders.lexicon.arabizi import spelled
from hudhud.responders.lexicon.imperatives import bid
from hudhud.responders.selling.naming import Names
from hudhud.text import fold, words

_WITHOUT = frozenset(words("بدون بلا بلاش دون without no skip"))
_NOT = frozenset(words("ما مش مو مب موب لا ماكو مافي مفيش مافيش مامن dont not no ma msh mesh mo"))
_NEED = frozenset(
    words(
        "داعي لداعي حاجه لزوم ضروره ضروري لازم يحتاج تحتاج نحتاج محتاج محتاجه مطلوب فيه في need "
        "want needs da3i"
    )
)
_OTHERWISE = (("من", "غير"), ("من", "دون"), ("min", "gheir"), ("men", "ghir"), ("min", "ghair"))
_EXTRAS = frozenset(
    words(
        "تغليف تغليفه تغليفها تغليفهم تغلفونه تغلفوها تغلفه تغلفها لف لفه تلفه تلفوه كيس اكياس "
        "شنطه شنط كرت كارت بطاقه فاتوره ايصال تركيب هديه هدايا اهداء تهنئه شريطه باكينج "
        "wrap wrapping wrapped giftwrap giftwrapping bag bags card receipt invoice gift packaging "
        "installation assembly ribbon note"
    )
)
_LATIN_EXTRAS = frozenset(map(spelled, words("taghleef taghlif tghleef kees akyas hadiya hdiye")))
_BESIDE = frozenset(
    words(
        "a an the any for of to it be in your needed required necessary thanks please pls this "
        "time لا ل الى من على حق ديال مال بتاع خاص ولا لل"
    )
)
_ENDS = ("،", ",", ".", "!", "؛", ";")
_WORDS_MAX = 5


def without_forgone(text: str, own: Names) -> str:
    """A message without the extras that it declines.

    Args:
        text: of one message.
        own: what is in the cart: who does not want that gives it up.
    """
    lines = (_line(line, own) for line in text.splitlines())
    return "\n".join(lines)


def _line(line: str, own: Names) -> str:
    tokens = line.split()
    said = [" ".join(words(token)) for token in tokens]
    if {"?", "؟"} & set(line):
        return line
    for at in range(len(said)):
        begun = _declines(said, at)
        end = _extras(said, at + begun, own) if begun else 0
        if end:
            kept = [*tokens[:at], *tokens[end:]]
            return _line(" ".join(kept), own)
    return line


def _declines(said: Sequence[str], at: int) -> int:
    """How many words say that something is not wanted, beginning with one."""
    first, second = said[at].removeprefix("و"), "".join(said[at + 1 : at + 2])
    if (first, second) in _OTHERWISE:
        return 2
    if {first, said[at]} & _NOT and (second in _NEED or bid(second or "-")[0] == "want"):
        return 2
    return int(first in _WITHOUT or said[at] in _WITHOUT)


def _extras(said: Sequence[str], at: int, own: Names) -> int:
    """Where the extras end that stand there; 0 where none does, or it is something in the cart."""
    end, found = at, False
    for word in said[at : at + _WORDS_MAX]:
        extra = _extra(word)
        if extra and own.word(word):
            return 0
        if not (extra or word in _BESIDE):
            break
        end, found = end + 1, found or extra
    return end if found else 0


def _extra(word: str) -> bool:
    bare = fold(word)
    for before in ("لل", "ال", "بال", "ب", "ل"):
        if bare.startswith(before) and bare.removeprefix(before) in _EXTRAS:
            return True
    return bare in _EXTRAS or (bare.isascii() and spelled(bare) in _LATIN_EXTRAS)
