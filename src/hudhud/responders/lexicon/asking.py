"""The words that ask, in every dialect; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from hudhud.text import words

ASKING = frozenset(
    words(
        "هل كيف شلون ازاي كيفاش ليش ليه لماذا علاش متى شوكت امتى وين فين اين شنو شو ايش وش اش واش "
        "منو مين منين بايه تنصحني تنصحوني تنصحها تنصحه قديش قد ينفع ممكن اقدر اكدر يصير "
        "hal kifash kifach leish leh lesh 3lach 3lash wach wesh shu sho shoo shno shnu esh eish "
        "what how why when where who which can could"
    )
)
# They ask where they begin, or before whom they ask: "sleeves are too long" tells something.
_ASKING_FIRST = frozenset(words("do does did are is will would may"))
_ASKED_AFTER = frozenset(
    words("i you u we they he she it this that these those there the your my any")
)
_AUXILIARIES = frozenset(words("is are do does did can could will would may"))
# "hi is it there", "and can you", "do u"
_BEFORE_THEM = frozenset(words("hi hello hey and so but ok okay also then please or pls if"))
_OR_ELSE = frozenset(words("ولا والا wala wla walla"))
# «معاملتكم ولا اروع»
_NOT_BETTERED = frozenset(words("اروع احلى احلي اطيب اجمل الذ احسن افضل اشيك ارقى ارقي ازبط اهون"))
_DENIES = re.compile(
    r"م[اه]?|م\w+ش|ما\w{3,}|لا|لم|ليس\w?|م[وبش]|مهو|ماكو|مفيش|بدون|بلا|غير|m[ie]?sh|mo|ma|no"
)


def asks_with(said: Sequence[str], asking: AbstractSet[str]) -> bool:
    """Whether a question word is said; "is" and its like ask where they begin: "4 is fine".

    Args:
        said: folded words of one message.
        asking: the question words that count.
    """
    if asking.isdisjoint(said):
        return False
    return any(
        word in asking and (word not in _AUXILIARIES or not at or said[at - 1] in _BEFORE_THEM)
        for at, word in enumerate(said)
    )


def asks_first(said: Sequence[str]) -> bool:
    """Whether it is asked by where a word stands: "do you", "is it", «اجي ولا احجز».

    Args:
        said: folded words of one message.
    """
    after = [*said[1:], ""]
    return _asks_which(said) or any(
        word in _ASKING_FIRST and (at == 0 or after[at] in _ASKED_AFTER)
        for at, word in enumerate(said)
    )


def _asks_which(said: Sequence[str]) -> bool:
    """Whether one of two is asked for; «ما رد ولا واحد» denies."""
    return any(
        word in _OR_ELSE
        and 0 < at < len(said) - 1
        and said[at + 1] not in _NOT_BETTERED
        and not any(map(_DENIES.fullmatch, said[:at]))
        for at, word in enumerate(said)
    )
