"""Whether an answer speaks the customer's language, and how long it may be."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.naming import Named
from hudhud.core.answering.checking.reading import Plain
from hudhud.model import Turn
from hudhud.responders.addressing import in_latin, language_of
from hudhud.text import Language, spans, words

LETTERS_KEPT_MAX = 512
ANSWER_CHARS_MAX = 6000  # two messages of WhatsApp; what is longer nobody reads
# Below this share of its letters an answer is not in the language that was asked for.
SHARE_MIN = 0.3
LETTERS_MIN = 12
FEW_LETTERS = int(LETTERS_MIN * (1 - SHARE_MIN))
_SENTENCE_ENDS = re.compile(r"(?<=[.!؟?\n])\s")
# Only in the words of who writes English.
_ENGLISH = frozenset(
    words(
        "the a an is are do does did you your i my me we have has can what how when where with it"
    )
)
Script = Literal["arabic", "latin"]
LETTERS_OF: dict[Language, Script] = {"ar": "arabic", "en": "latin"}


def wrong_language(read: Plain, turn: Turn, grounds: Grounds) -> Iterator[Finding]:
    """An answer in letters that the customer did not write in.

    Arabic in Latin letters is answered in Arabic. Names of products, links and codes are in
    whatever letters they are.
    """
    shown = _letters(read.text)
    if shown["latin"] + shown["other"] <= FEW_LETTERS and not _latin_batch(grounds):
        return  # enough of it is Arabic, whatever names are taken out
    wanted = _wanted(turn, grounds)
    if wanted is None:
        return
    letters = _letters(_bare(read.text, grounds))
    counted = sum(letters.values())
    fits = (wanted, LETTERS_OF[language_of(turn)])  # whoever answers offline goes by the second
    if counted >= LETTERS_MIN and max(letters[one] for one in fits) < SHARE_MIN * counted:
        yield Finding(what="wrong_language", found=read.text[:40])


def too_long(answer: str) -> Iterator[Finding]:
    """What of an answer nobody would read: it ends with the last sentence that fits."""
    if len(answer) <= ANSWER_CHARS_MAX:
        return
    ends = [cut.start() for cut in _SENTENCE_ENDS.finditer(answer, 0, ANSWER_CHARS_MAX)]
    at = ends[-1] if ends else ANSWER_CHARS_MAX
    yield Finding(what="too_long", found=answer[at:], start=at, end=len(answer), instead="")


def _latin_batch(grounds: Grounds) -> bool:
    """Whether English may be wanted: who writes Latin letters, or none, may have before."""
    letters = _letters(grounds.batch)
    return not letters["arabic"] or bool(letters["latin"])


def _wanted(turn: Turn, grounds: Grounds) -> Script | None:
    """The letters to answer in; None where the customer mixed both, or wrote none of them."""
    before = " ".join(said.text for said in turn.history if said.author == "contact")
    for said in (grounds.batch, before):
        letters = _letters(_bare(said, grounds))
        if not sum(letters.values()):
            continue
        if in_latin(said):
            # «slim» is read as Arabic, and may be the name of a cut.
            return "arabic" if in_latin(_unnamed(said, grounds)) else None
        if letters["arabic"] and letters["latin"] > letters["arabic"]:
            return None
        if letters["other"]:
            return None
        if letters["arabic"]:
            return "arabic"
        # A name or a place in Latin letters says nothing of who wrote Arabic before.
        arabic = in_latin(before) or _letters(before)["arabic"]
        return None if arabic and _ENGLISH.isdisjoint(words(said)) else "latin"
    return None


def _unnamed(said: str, grounds: Grounds) -> str:
    """What was said without words that name products."""
    called = Named(grounds.products).words
    return " ".join(word for word in said.split() if called.isdisjoint(words(word)))


def _bare(text: str, grounds: Grounds) -> str:
    for span in reversed(spans(text)):
        text = text[: span.start] + " " + text[span.end :]
    names = (n for p in grounds.products for n in (p.name_ar, p.name_en, *p.colours_en, p.sku))
    low = text.lower()
    spoken = (name for name in names if name and name.lower() in low)  # few of all there are
    for name in sorted(spoken, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return text


def _letters(text: str) -> dict[str, int]:
    counts = {"arabic": 0, "latin": 0, "other": 0}
    for char, times in Counter(text).items():
        if char.isascii():
            counts["latin"] += times * char.isalpha()
        elif unicodedata.category(char)[0] == "L":
            counts[_script(char)] += times
    return counts


@lru_cache(LETTERS_KEPT_MAX)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((one for one in ("arabic", "latin") if name.startswith(one.upper())), "other")
