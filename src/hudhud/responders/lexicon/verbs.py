"""What Arabic attaches to a verb, and the three letters that a word is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from hudhud.text import stems, words

ROOT_LETTERS = 3

# «بتفتحون», «هيوصل», «كتقبلوا», «ستفتح»: what the dialects put before the person, and the person.
_BEGUN = re.compile(r"^[وف]?(?:[هحسبك]?[ايتن]|ب)(?=\w{3,})")
_ENDED = re.compile(
    r"(?<=\w{2})(?:وا?|ون|ين|ان|ي|نا|وني|ني|ولي|لي|لنا|لك|لكم|لكن|ه|ها|هم|ك|كم|كن|وه|وها|ش|وش|ا)$"
)
_OF_YOU = re.compile(r"(?:[بك]ا?)?ت\w{2,5}و[ان]?")
_NOT_OF_YOU = frozenset(
    words("تلفون تليفون تيليفون تلفزيون تليفزيون تعاون تكون بتكون تكونوا تريدون تبغون تحبون")
)
_DERIVED = re.compile(r"^(?:است|مست|ست|يست|تست|ان|ات|مت|[اتمين])(?=\w{3,})")
_LEANING = re.compile(r"^(?:[وفبكل]{1,2})(?=\w{3,})")
_INFLECTED = re.compile(r"(?<=\w{3})(?:يات|ات|ون|ين|ان|وا|تو?|كم|كن|هم|ها|نا|يه|[هويان])$")
_PROGRESSIVE = frozenset(words("عم قاعد قاعده كاعد كاعده جالس جالسه"))
_WEAK = re.compile(r"(?<=\w)[اوي]")


@lru_cache(maxsize=4096)
def verb_stems(word: str) -> tuple[str, ...]:
    """What is left of a folded word without what conjugates it; nothing when nothing does.

    A bare word gives nothing: «سكر» is sugar and not to close.
    """
    begun = _BEGUN.sub("", word)
    if begun == word:
        return ()
    return tuple(dict.fromkeys((begun, _ENDED.sub("", begun))))


@lru_cache(maxsize=4096)
def asks_of_you(word: str) -> bool:
    """Whether a folded word is what a shop does, said to it: «تصلحون», «بتوصلوا», «كتبيعو»."""
    return bool(_OF_YOU.fullmatch(word)) and word not in _NOT_OF_YOU


@lru_cache(maxsize=8192)
def roots(word: str) -> frozenset[str]:
    """Letters that a folded Arabic word may be derived from: «بتقسطوا» and «تقسيط» share قسط.

    Several are guessed, for nobody can tell a root from its dress without a dictionary: good for
    choosing among few rows, not for saying what a word means.
    """
    if not word or not "\u0621" <= word[0] <= "\u064a":
        return frozenset()
    begun = set(stems(word))
    begun |= {_LEANING.sub("", form) for form in begun}
    begun |= {_BEGUN.sub("", form) for form in begun}
    begun |= {_DERIVED.sub("", form) for form in begun}
    ended = begun | {_INFLECTED.sub("", form) for form in begun}
    bare = {_WEAK.sub("", form) for form in ended} | ended
    return frozenset(form for form in bare if len(form) == ROOT_LETTERS)


def without_progressive(said: list[str]) -> list[str]:
    """The words without what only says that a verb goes on: «ما عم تشتغل», «قاعد يقطع».

    Args:
        said: folded words of one message.
    """
    if _PROGRESSIVE.isdisjoint(said):
        return said
    verb = ("ي", "ت", "ن", "ا", "ب")
    return [
        word
        for word, after in zip(said, [*said[1:], ""], strict=True)
        if not (word in _PROGRESSIVE and after.startswith(verb))
    ]
