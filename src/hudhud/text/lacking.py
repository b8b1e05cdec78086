"""What a text says that a thing is to be without: «بدون سكر», "without meat or chicken"; pure.

A customer tells what must not be in a thing, what they do not want or have, or cannot bear; a
description tells what a thing is free of. Both say so in the same few words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from hudhud.text.folding import without_article, words
from hudhud.text.searching import STOP_WORDS, search_terms

KEPT_MAX, KEPT_CHARS_MAX = 4096, 2000

_CLAUSE = re.compile(r"[,،.;؛:!?؟()\n]|\s[-–]\s")
# What must not be there follows these at once, a little word between them or none.
WITHOUT = frozenset(
    words(
        "بدون بدونه بلا بلاش دون without sans bala bla blash bdoun bdon bidoun bidon bedoun bedon"
    )
)
# «من غير», «خالي من», "free of", «حساسية من», "allergic to": two words that say so together.
_TOGETHER = frozenset(
    tuple(pair.split())
    for pair in (
        *("من غير", "خالي من", "خال من", "خاليه من", "حساسيه من", "حساسيه عن", "حساسيه ضد"),
        *("min gher", "mn gher", "men gher", "min 8er", "mn 8er", "men 8er", "men gheir"),
        *("free of", "free from", "allergic to", "allergy to", "instead of", "rather than"),
    )
)
# «خالي السكر»; «خالي» by itself is an uncle.
_FREE = frozenset(words("خال خالي خاليه"))
# "Not", which denies no more than the next word: «غير مصبوغ», "not leather", "nothing too sharp".
_NOT = frozenset(words("غير not non no nothing"))
# The same of what is wished: «هادي مو قوي». «لونها مو موحد», «شعري مش ناعم» tell a trouble.
_IS_NOT = frozenset(words("مو مش مب موب ماشي mo mish mesh msh mou moosh machi"))
_OF_ONES_OWN = re.compile(
    r"(?!(?:اللي|هادي|قوي|عادي|طبيعي|عملي|رسمي|يومي|شي|اشي)$)"
    r"(?:ال\w{2,}|\w{2,}(?:ي|ها|هم|نا|ك|كم)|\w+[iy])"
)
# A verb, or the one thing that was spoken of: «مش بيبان», «مو المشكلة».
_TOLD = re.compile(r"[بك][يتن]\w{2,}|ال\w+|(?:ka|be|bi)[a-z]{3,}")
_DEGREES = frozenset(
    words(
        "too very so really overly كثير كتير كلش مره جدا وايد حيل بزاف برشا اوي هواي ktir "
        "kteer kter awi bzaf wayed marra"
    )
)
# "Not" and a verb of having, wanting or needing, in one word or in two.
_NOT_BEFORE = frozenset(
    words("ما لا لم مو مش مب من ma la mo mish mesh msh dont doesnt do does cant cannot not never")
)
_HAVING = re.compile(
    r"محتاج(?:ه|ين)?|[هك]?[ايتنب]{1,2}حتاج\w{0,3}|[بك]?[ايتن]لزم\w{0,3}|[بك]?[ايتن]?تحمل\w{0,3}|عند(?:ي|ه|ها|نا|هم|و|يش|هاش|هوش|وش)|ال(?:ه|ها|و)|ل(?:ه|ها|و|وش|هاش)"
    r"|بدي|بدنا|بدها|بده|اريد|نريد|يريد|تريد"
    r"|ابي|ابغ[ايى]|نبي|يبي|تبي|عايز(?:ه|ين)?|عاوز(?:ه|ين)?|بغيت(?:ش)?|حاب(?:ه)?|[بن]?ا?حب(?:ش|ها|ه)?"
    r"|[بي]?[يت]?كون|[بنيتك]?[ايتن]?(?:اكل|وكل|شرب|طيق|هضم)\w{0,2}"
    r"|want|need|needs|have|has|like|eat|drink|stand|contain|contains|3andi|3endi|3ndi"
    r"|biddi|bedi|bdi|baddi|3ayez|3ayza|bi7eb|b7eb"
)
# «عسل ما فيه سكر»; where no thing stands before it, it asks whether there is any.
_IN_IT = re.compile(r"في(?:ه|ها|هم|هاش|هوش)|بي(?:ه|ها)|fih|fiha|feh")
_GLUED = re.compile(r"(?:ما|م)(?P<verb>\w{3,})")
_OR = frozenset(words("ولا او ولو or nor and wala aw"))
_JOINED = re.compile(r"و(?!ب\w{4})(?=\w{3,})")
_AMONG = _DEGREES | frozenset(
    words("اي ايه any a an the added of el al ال شي حتي ay لا ولا la it them be ياه ياها اياها")
)
_LESS = re.compile(r"(?P<thing>\w{3,})less")
_WIRELESS = re.compile(r"(?:ال)?لا(?P<thing>سلك)ي(?:ه|ين|ات)?")
_FREE_GOODS = frozenset(words("delivery shipping installation wrapping feel service hands hand"))
_BEGINNING = (
    WITHOUT | {one for one, _ in _TOGETHER} | _FREE | _NOT | _IS_NOT | _NOT_BEFORE | {"free"}
)


def lacking(text: str) -> tuple[str, ...]:
    """The folded words of what is to be, or is, without; as `search_terms` gives them.

    Args:
        text: a message, or the description of a thing.
    """
    return _kept(text) if len(text) <= KEPT_CHARS_MAX else _read(text)


def _read(text: str) -> tuple[str, ...]:
    clauses = (words(clause) for clause in _CLAUSE.split(text))
    return tuple(dict.fromkeys(word for said in clauses for word in _lacked(said)))


_kept = lru_cache(KEPT_MAX)(_read)


def _lacked(said: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(said):
        if not _may_lack(word):
            continue
        if found := _WIRELESS.fullmatch(word) or _LESS.fullmatch(word):
            yield found["thing"]
        if word == "free" and at and said[at - 1] not in STOP_WORDS | _FREE_GOODS:
            yield said[at - 1]
        start, sure = _begins(said, at)
        if start:
            yield from _named(said, start, sure=sure)


@lru_cache(KEPT_MAX)
def _may_lack(word: str) -> bool:
    """Whether it may be told with a word that something is not there; nearly none tells it."""
    bare = word.removeprefix("و")
    if not _BEGINNING.isdisjoint((word, bare)) or _WIRELESS.fullmatch(word):
        return True
    glued = _GLUED.fullmatch(word)
    return bool(_LESS.fullmatch(word) or (glued and _had(glued["verb"], of_it=True)))


def _begins(said: Sequence[str], at: int) -> tuple[int, bool]:
    """Where what is lacking begins, if it is said here, and whether little words may precede it."""
    word, after = said[at], said[at + 1] if at + 1 < len(said) else ""
    bare = word.removeprefix("و")  # «بدون عطر وبدون غبار»
    word = bare if bare in WITHOUT or (bare, after) in _TOGETHER else word
    if word in WITHOUT:
        return at + 1, True
    if (word, after) in _TOGETHER:
        return at + 2, True
    if word in _FREE and after.startswith("ال"):
        return at + 1, True
    of_it = bool(at and _thing(said[at - 1]))
    if word in _NOT_BEFORE and _had(after, of_it=of_it):
        return at + 2, True
    glued = _GLUED.fullmatch(word)
    if glued and _had(glued["verb"], of_it=of_it):
        return at + 1, True
    return (at + 1 + (after in _DEGREES) if _is_not(said, at, after) else 0), False


def _is_not(said: Sequence[str], at: int, after: str) -> bool:
    """Whether it is wished not to be so; of what is theirs already, or was shown, it is told."""
    if said[at] not in _IS_NOT:
        return said[at] in _NOT
    return not ((at and _OF_ONES_OWN.fullmatch(said[at - 1])) or _TOLD.fullmatch(after))


def _had(word: str, *, of_it: bool) -> bool:
    return bool(_HAVING.fullmatch(word) or (of_it and _IN_IT.fullmatch(word)))


def _named(said: Sequence[str], at: int, *, sure: bool) -> Iterator[str]:
    """What is named from here on, and what is joined to it: «لحم ولا دجاج», «ثوم وبصل»."""
    while sure and at < len(said) and said[at] in _AMONG:
        at += 1
    if at >= len(said) or not (first := _thing(said[at])):
        return
    yield first
    at += 1
    while at < len(said):
        if said[at] in _OR:
            at += 1
        elif not _JOINED.match(said[at]):
            return
        thing = _thing(_JOINED.sub("", said[at])) if at < len(said) else ""
        if not thing or said[at] in WITHOUT | _NOT_BEFORE:
            return
        yield thing
        at += 1


@lru_cache(KEPT_MAX)
def _thing(word: str) -> str:
    """The word as it is searched for, if it names anything."""
    return next(iter(search_terms(without_article(word))), "")
