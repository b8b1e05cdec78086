"""Reads one message: standard Arabic, Gulf, Iraqi, Egyptian, Levantine, Maghrebi, Latin letters.

Entries of the tables are written as people write them and folded when the module loads; a space
makes a phrase, `~` a verb that is heard in every conjugation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from sys import intern

import msgspec

from hudhud.responders.lexicon import arabizi, picturing, places
from hudhud.responders.lexicon.asking import (
    ASKING,
    asks_first,
    asks_with,
    before_buying,
    either,
    in_which,
)
from hudhud.responders.lexicon.composing import WARES, composed, endangers
from hudhud.responders.lexicon.courtesy import leaves
from hudhud.responders.lexicon.denying import kept_from, without_denied
from hudhud.responders.lexicon.flawed import flaws
from hudhud.responders.lexicon.imperatives import bid
from hudhud.responders.lexicon.opening import THINGS, of_a_thing
from hudhud.responders.lexicon.own import did, he_bought, turned_out, whose
from hudhud.responders.lexicon.said import beyond, talk, topics, trouble, wanting
from hudhud.responders.lexicon.said.needing import nobody
from hudhud.responders.lexicon.said.rubbish import rubbish
from hudhud.responders.lexicon.said.wounded import harms
from hudhud.responders.lexicon.verbs import (
    ROOT_LETTERS,
    asks_of_you,
    verb_stems,
    without_progressive,
)
from hudhud.responders.spoken import digit
from hudhud.text import forms, own_pictures, search_terms, surely_arabic, terms_of, words

ASPECTS = ("price", "stock", "sizes", "colours", "picture", "see")
TOPICS = tuple(topics.SAID)
_STEM_CHARS_MIN = 3
_THERE_IS = frozenset(words(wanting.THERE_IS.replace(",", " ")))
_NOT_THERE_AFTER = frozenset(words("اي ايه امان اليوم الليل الصباح وقت حال حاله يوم الساعه كم"))
_QUESTION = re.compile(r"[?؟]")
# «ممكن اطلب …؟», "can I have …?" ask for a deed, and not to be told something.
_POLITE = frozenset(
    words(
        "ممكن اقدر اكدر نقدر ينفع يصير يمكن can could may would will momken mumkin mumken a2dar "
        "aqdar"
    )
)
_GOD = frozenset(words("الله ربي ربنا"))
_BLESSES = re.compile(r"ي\w{2,6}(?:ك|كم|كن|كو|ج)")
# «صباح …» and «مساء …», but for those that tell a time.
_DAYTIMES = frozenset(words("صباح مساء مسا sabah sabaho masa"))
_TIMES = frozenset(words("اليوم بكره بكرا غدا الغد امس الجمعه السبت الاحد الاثنين الخميس"))
_GOOD_DAY_WORDS_MAX = 4
# «الطول» is a size, «طول» that it took long, unless a measure follows, or «على طول».
_LENGTHS = frozenset(words("الطول بطول بالطول والطول طولها طولهم طوله طولو"))
_LENGTH = frozenset(words("طول وطول"))
_METRES = re.compile("متر(?:ين|ان|ا)?|امتار|سم|سنتي|انش|م")
_HOT = frozenset(words("سخون سخونه سخونين"))
# A woman's name, and the word for human in haste.
_HER_NAME = "بشرى"
_TO_IT = "الو"
_NAMED_AFTER = frozenset({"", *words("اسمي انا ام الاسم باسم")})
_SIZES = frozenset(
    words("سمول ميديوم مديوم ميديم لارج اكسلارج اكس small medium large xl xxl 2xl 3xl")
)
_WHAT = frozenset(words("شنو شو ايش وش"))
_PERCENT = re.compile(r"[\d٠-٩]\s*[%٪]")
# A digit for a letter: 7ashwe, ma3ak; no iPhone15, no 2xl. It begins with the digit, which few
# messages have: what begins with a letter is tried at each of theirs.
_DIGIT_LETTER = re.compile(
    r"[23567](?:(?<=[a-z].)(?=[a-z])|(?<![^\W_].)(?<=[37])(?=[a-z]{3}))", re.IGNORECASE
)
Phrase = tuple[str, ...]
# «شكراا», «طيبب»: fold takes three of a letter for one, and leaves two.
_DOUBLED = re.compile(r"(.)\1+")
Row = tuple[Phrase, str]
Table = dict[str, list[Row]]
Hearing = Callable[[str], tuple[str, ...]]
_NOTHING: tuple[Phrase, str] = ((), "")
# A question to the shop begins with what it does: «تصلحون شاشات», «بعد بتوصلوا».
_OPENING_WORDS = 2


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """One message: its meanings in the order said, the words that may name a thing, if it asks.

    `said` are all words worth a search, those of its meanings too, `beside` those that are part
    of the matter and name no thing; `latin` says that it is Arabic in Latin letters, `aside` that a
    person or a trouble is only spoken of, `of_rows` that it is like what answered questions tell,
    `danger` that somebody came to harm. `text` is what was said.
    """

    meanings: tuple[str, ...]
    terms: tuple[str, ...]
    asks: bool
    said: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    latin: bool = False
    aside: bool = False
    of_rows: bool = False
    danger: bool = False
    text: str = ""


def _table() -> Table:
    table: Table = {}
    for rows in (talk.SAID, wanting.SAID, picturing.SAID, topics.SAID, trouble.SAID, beyond.SAID):
        for meaning, said in rows.items():
            for phrase in said.split(","):
                # Each word once, however many phrases it stands in: 1 MB of a process at rest.
                folded = tuple(
                    intern(f"{'~' * ('~' in one)}{words(one)[0]}") for one in phrase.split()
                )
                table.setdefault(folded[0], []).append((folded, meaning))
    for meaning, said in (*arabizi.SAID.items(), *picturing.LATIN.items()):
        for phrase in said.split(","):
            folded = tuple(intern(f"*{arabizi.spelled(word)}") for word in words(phrase))
            table.setdefault(folded[0], []).append((folded, meaning))
    return _with_variants(table)


def _with_variants(table: Table) -> Table:
    """The phrases as they are written in haste: «ماوصلني», «السلامعليكم», «شتبيعون», «وش صار»."""
    said = [row for rows in table.values() for row in rows]
    for phrase, meaning in said:
        for variant in _variants(phrase):
            if (variant, meaning) not in table.setdefault(variant[0], []):
                table[variant[0]].append((variant, meaning))
    # Two words written as one; what is a word of the table already stays what it is.
    joined = [("".join(phrase), meaning) for phrase, meaning in said if _joinable(phrase)]
    for word, meaning in joined:
        table.setdefault(word, [((word,), meaning)])
    return table


def _variants(phrase: Phrase) -> Iterator[Phrase]:
    """The same question with every dialect's «what», and with the ش that is written before it."""
    if len(phrase) == 1 or phrase[0] not in _WHAT:
        return
    yield from ((what, *phrase[1:]) for what in sorted(_WHAT))
    if len(phrase[1]) > ROOT_LETTERS and phrase[1][0] != "~":
        yield (f"ش{phrase[1]}", *phrase[2:])


def _joinable(phrase: Phrase) -> bool:
    plain = not any(word[0] in "~*" or word.isascii() for word in phrase)
    return plain and len(phrase) == len(("ما", "وصل"))


# About a kilobyte each; what is longer is rare, and read anew.
KEPT_MAX, KEPT_CHARS_MAX = 4096, 500
_TABLE = _table()
_ANYTHING = frozenset(search_terms(wanting.ANYTHING))
_ASKS_PRICE = frozenset(words("بيش كم جم كام بكم بكام شكد شقد قديش اديش بقديش شحال بشحال"))
_NAMELESS = frozenset(words(f"{beyond.NAMELESS} {arabizi.NAMELESS} {picturing.NAMELESS}"))
_LATIN = frozenset(words(arabizi.SURELY))


def understood(text: str, unread: AbstractSet[str] = frozenset()) -> Understood:
    """Read one message.

    The longest phrase wins at each place: «كم» asks a price, «كم الساعة» is about hours, and what
    a phrase took is not searched among products.

    Args:
        text: what was said.
        unread: folded words that are to mean nothing, because here they name a thing:
            «مشكلة» of a sweet is mixed, «شحن» of a cable is charging.
    """
    if len(text) > KEPT_CHARS_MAX:
        return _read(text, frozenset(unread))
    return _kept(text, frozenset(unread))


def _read(text: str, unread: frozenset[str]) -> Understood:
    whole = without_progressive(words(text))
    maybe_latin = not arabizi.english(whole)
    latin = maybe_latin and (bool(_DIGIT_LETTER.search(text)) or not _LATIN.isdisjoint(whole))
    hear = _spoken if latin else _heard if maybe_latin else _plain
    said, at = without_denied(whole), 0
    found = [*whose(whole), *[".no_trouble"] * (len(said) < len(whole)), *flaws(whole)]
    free: list[str] = []
    beside: list[str] = []
    brought: set[int] = set()
    places_of: dict[int, str] = {}
    unbought = before_buying(said)
    sooner = (tuple(said[unbought.start : unbought.stop]), ".before_buying")
    while at < len(said):
        plainly = _NOTHING if said[at] in unread else _longest(said, at, hear)
        phrase, meaning = sooner if at in unbought else plainly
        if meaning and (meaning := _unless_named(meaning, said, at, text)):
            found.append(meaning)
            places_of[at] = meaning
            brought |= {*range(at, at + len(phrase))} if meaning == "delivery" else set()
            latin |= phrase[0].startswith("*")
            if meaning[0] == "." or meaning in ("detail", "off_topic"):
                beside += said[at : at + len(phrase)]
        elif said[at] in unread or said[at] not in _NAMELESS:
            free.append(said[at])
        at += max(1, len(phrase))
    named = places.destinations(said, brought)
    terms = terms_of([word for word in free if word not in named])
    if terms and _there_is(said, latin=latin):
        found.append("stock")
    if terms and "stock" in found and _ANYTHING.issuperset(terms):  # «ايه اللي موجود النهارده»
        found, terms = ["browse" if one == "stock" else one for one in found], []
    found += harms(said)
    if not trouble.ANGRY_SIGNS.isdisjoint(text):
        found.append("complaint")
    if _PERCENT.search(text):
        found.append("discount")
    asks = bool(_QUESTION.search(text)) or asks_with(said, ASKING)
    asks |= not {".when", ".how_long"}.isdisjoint(found)
    asks |= any(map(asks_of_you, said[:_OPENING_WORDS])) or asks_first(said)
    asks |= bool(unbought) or either(said, places_of)
    if asks and not _SIZES.isdisjoint(said):
        found.append("sizes")
    meanings = composed(found, asks=asks)
    return Understood(
        meanings=meanings,
        terms=tuple(terms),
        asks=asks,
        said=tuple(term for term in search_terms(text) if term not in _NAMELESS),
        beside=tuple(terms_of(beside)),
        latin=latin,
        aside=_in_passing(found, meanings, asks=asks),
        danger=endangers(found, asks=asks) and not {"person", "complaint"}.isdisjoint(meanings),
        text=text,
    )


def _in_passing(found: Sequence[str], meanings: Sequence[str], *, asks: bool) -> bool:
    """Whether a person or a trouble is spoken of, and nobody is to see to it."""
    if "complaint" in meanings or "person" in found:
        return False
    wished = asks and ".own" in found and not WARES.isdisjoint((*found, *meanings))
    return wished or not {".no_person", ".no_trouble", ".remedy"}.isdisjoint(found)


def english(text: str) -> bool:
    """Whether a word stands in it that only who writes English writes."""
    return arabizi.english(words(text))


# One answer asks of the same few messages again and again: who escalates, who checks, who answers.
_kept = lru_cache(KEPT_MAX)(_read)


def inquires(text: str) -> bool:
    """Whether something is to be told: «ممكن أطلب …؟» asks as well, and wants a deed."""
    said = frozenset(words(text))
    told = ASKING - _POLITE - {"هل"}
    asks = asks_with(words(text), told) or bool(before_buying(words(text)))
    return asks or (understood(text).asks and _POLITE.isdisjoint(said))


def interrogates(text: str) -> bool:
    """Whether a question word or sign stands in a text; a verb said to us («توكلوا») is none."""
    return bool(_QUESTION.search(text)) or asks_with(words(text), (ASKING - _POLITE) | _ASKS_PRICE)


def _blessing(said: list[str], at: int) -> bool:
    """Whether a wish of God for us stands here, and so thanks: «الله يعطيك», «ربي يحفظكم»."""
    return said[at] in _GOD and at + 1 < len(said) and bool(_BLESSES.fullmatch(said[at + 1]))


def _there_is(said: list[str], *, latin: bool) -> bool:
    """Whether it begins «في …», «اكو …», "any …": is there such a thing?"""
    if said[0] == "any" or (latin and said[0] == "fi"):
        return True
    begins = next((at for at, word in enumerate(said[:2]) if word in _THERE_IS), None)
    if begins is None:
        return False
    after = said[begins + 1 : begins + 2]
    return bool(after) and after[0] not in _NOT_THERE_AFTER


def _unless_named(meaning: str, said: Sequence[str], at: int, text: str) -> str:
    """A word that stands where it means another thing: «حي الموظفين», «بشرى نعمة», «طول مترين»."""
    before, after = said[at - 1] if at else "", "".join(said[at + 1 : at + 2])
    if meaning == ".late":
        long = said[at] in _LENGTHS or (said[at] in _LENGTH and _measured(after))
        return "sizes" if long else "" if before == "علي" else meaning
    if meaning == "greeting":
        none = before in places.STREETS or (at and said[at] == _TO_IT)
        return "" if none else "goodbye" if leaves(said, at) else meaning
    other = (meaning == "order" and he_bought(said, at)) or turned_out(said, at)
    other |= (meaning == ".harm" and kept_from(said, at)) or in_which(said[at], after)
    other |= meaning == "hours" and of_a_thing(said, at)
    other |= meaning == "discount" and "عرض" in said[at] and _measured(after)  # «عرضه ٤ متر»
    other |= meaning == "off_topic" and places.beside(said, at)
    if other or (said[at] in _HOT and before in THINGS):
        return ""
    if (meaning == "picture" and own_pictures(text)) or rubbish(said, at):
        return ""
    if meaning != "person":
        return meaning
    hers = _HER_NAME in text and words(_HER_NAME)[0] == said[at] and before in _NAMED_AFTER
    none = hers or did(said, at) or nobody(said, at) or before in places.STREETS
    return ".no_person" if none else meaning


def _measured(word: str) -> bool:
    return word[:1].isdecimal() or bool(digit(word)) or bool(_METRES.fullmatch(word))


def _good_day(said: list[str], at: int) -> bool:
    """Whether a day is wished in any words: «صباح العسل», «يا مساء السكر»."""
    after = said[at + 1 :]
    few = at <= 1 and bool(after) and len(said) <= _GOOD_DAY_WORDS_MAX
    return few and said[at] in _DAYTIMES and after[0] not in _TIMES


def _longest(said: list[str], at: int, hear: Hearing) -> Row:
    alone, longer = _begun(said[at], hear)
    if longer and at + 1 < len(said):
        rows = [row for form in hear(said[at + 1]) for row in longer.get(form, ())]
        for row in sorted(rows, key=lambda row: -len(row[0])) if len(rows) > 1 else rows:
            if _follows(said, at, row[0], hear):
                return row
    if alone is not None:
        return alone
    if _good_day(said, at):
        return tuple(said[at : at + 2]), "greeting"
    return (tuple(said[at : at + 2]), "thanks") if _blessing(said, at) else _NOTHING


@lru_cache(maxsize=8192)
def _begun(word: str, hear: Hearing) -> tuple[Row | None, dict[str, list[Row]]]:
    """The row of the table that a word is, and the longer ones that it begins, by their second."""
    alone: Row | None = None
    longer: dict[str, list[Row]] = {}
    for form in hear(word):
        for row in _TABLE.get(form, ()):
            if len(row[0]) == 1:
                alone = alone or row
            elif row not in longer.setdefault(row[0][1], []):
                longer[row[0][1]].append(row)
    return alone, longer


def _follows(said: list[str], at: int, phrase: Phrase, hear: Hearing) -> bool:
    """Whether a phrase whose first two words are said goes on as it does."""
    rest = said[at + 2 : at + len(phrase)]
    return len(rest) == len(phrase) - 2 and all(
        word in hear(heard) for heard, word in zip(rest, phrase[2:], strict=True)
    )


@lru_cache(maxsize=4096)
def _plain(word: str) -> tuple[str, ...]:
    """What a word may stand for in the words of who writes English."""
    return forms(word) if word[0].isascii() else _heard(word)


@lru_cache(maxsize=4096)
def _heard(word: str) -> tuple[str, ...]:
    """What a word may stand for in the table: itself, its stems, its verb, its Arabic."""
    if word[0].isascii():
        return (*forms(word), f"*{arabizi.spelled(word)}")
    if digit(word) and not word.isdigit():
        return (word,)  # «ثمنية» is no «ثمن»
    heard = (*forms(word), *(f"~{stem}" for stem in verb_stems(word)))
    once = _DOUBLED.sub(r"\1", word)
    asked = word[2:] if word.startswith("ما") and len(word) >= len("ما") + _STEM_CHARS_MIN else ""
    # «ماسعر», «وبيش»: a question word without its space, or asked on with a و.
    asked = asked or (word[1:] if word[0] == "و" and word[1:] in _ASKS_PRICE else "")
    return (*heard, *(form for form in (once, asked) if form and form != word))


@lru_cache(maxsize=4096)
def _spoken(word: str) -> tuple[str, ...]:
    """The same in a text that surely is Arabic in Latin letters: what it is spelled like, too."""
    # "b3atli" bids us send, and tells of nothing that broke («بعطلي»).
    guesses = () if bid(word)[0] else surely_arabic(word)
    guesses = (arabizi.LITTLE[word],) if word in arabizi.LITTLE else guesses
    guesses = () if arabizi.SENDS.fullmatch(word) else guesses  # «عاطل» is none of its spellings
    return (*_heard(word), *(form for guess in guesses for form in _heard(guess)))
