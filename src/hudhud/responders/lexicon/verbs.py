"""What Arabic attaches to a verb, and the three letters that a word is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from hudhud.text import stems, words

ROOT_LETTERS = 3

# «بتفتحون», «هيوصل», «كتقبلوا», «ستفتح»: what the dialects put before the person, and the person.
_BEGUN = re.compile(r"^[وف]?(?:[هحسبك]?[ايتن]|ب)(?=\w{3,})")
_ENDED = re.compile(
    r"(?<=\w{2})(?:وا?|ون|ين|ان|ي|نا|وني|ني|ولي|لي|لنا|لك|لكم|لكن|ه|ها|هم|ك|كم|كن|وه|وها|هن|وهم|وهن|ونه|ونها|ونهم|ونهن|ش|وش|ا)$"
)
# What it is done to, and for whom: «تطحنونه», «تنقلوهالي», «بتفصلولنا».
_DONE_TO = r"(?:ن?(?:ها?|هم|هن))?(?:[او]?ل(?:ي|نا|ها?|هم|و))?"
_OF_YOU = re.compile(rf"[وف]?(?:[بك]ا?)?ت\w{{2,5}}و(?:[ان]|{_DONE_TO})?")
_NOT_OF_YOU = re.compile(
    r"[وف]?(?:تي?لي?ف(?:ون|زيون)\w*|ت\w?[اع]?او[نل]\w*|ب?تكونوا?|تريدون|تبغون|تحبون)"
)
# The same in Latin letters: "btrakboha", "tat7anoo", "katkhayto".
_LATIN_OF_YOU = re.compile(
    r"(?:[bk]a?)?t\w{3,}?(?:oo?|ou|u|oo?n|oun|un)(?:ha?|hom|hum)?(?:l[iy]|lna)?"
)
_DERIVED = re.compile(r"^(?:است|مست|ست|يست|تست|ان|ات|مت|[اتمين])(?=\w{3,})")
_LEANING = re.compile(r"^(?:[وفبكل]{1,2})(?=\w{3,})")
_INFLECTED = re.compile(r"(?<=\w{3})(?:يات|ات|ون|ين|ان|وا|تو?|كم|كن|هم|ها|نا|يه|[هويان])$")
_SAID_OF_IT = re.compile(rf"(?<=\w{{3}})ون?{_DONE_TO}$")
# Letters that towns do not tell apart: «تنضفون», «كتدبحو»; in a noun they tell things apart.
_IN_TOWN = str.maketrans("ظذث", "ضدت")
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
    """Whether a folded word is what a shop does, said to it: «تصلحون», «بتوصلوا», «تطحنونها لي»."""
    return bool(_OF_YOU.fullmatch(word)) and not _NOT_OF_YOU.fullmatch(word)


def may_ask_of_you(word: str) -> bool:
    """Whether a folded word in Latin letters may be what a shop does: "btrakboha", "katkhayto".

    Many another word looks so: good for choosing among few rows that hold the same verb.
    """
    return word.isascii() and bool(_LATIN_OF_YOU.fullmatch(word))


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
    ended |= {_SAID_OF_IT.sub("", form) for form in begun}
    bare = {_WEAK.sub("", form) for form in ended} | ended
    found = frozenset(form for form in bare if len(form) == ROOT_LETTERS)
    return found | {form.translate(_IN_TOWN) for form in found} if asks_of_you(word) else found


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
