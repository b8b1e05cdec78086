"""The business is the scope: what lies beyond it is refused politely, once.

WhatsApp lets no general assistant answer its people (PLATFORM_FACTS, January 2026): one serves the
customers of a business in what concerns it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds
from hudhud.core.answering.checking.naming import named
from hudhud.core.answering.checking.reading import Plain, about, clauses, content
from hudhud.model import Turn
from hudhud.responders.lexicon import ASPECTS, TOPICS, understood
from hudhud.responders.phrases import say
from hudhud.text import fold, language

# A refusal says less of the world than this; so does a sentence about the shop.
WORDS_MAX = 12
# What nobody recognised as foreign still is, when so much of it is said in words none of which the
# merchant uses: a recipe, a poem, a program.
ESSAY_WORDS_MAX = 30
ESSAY_CHARS_MIN = 240
ESSAY_SHARE_MIN = 0.75
_OURS = frozenset({*ASPECTS, *TOPICS, "order", "browse", "complaint", "order_status", "person"})


def beyond_scope(read: Plain, turn: Turn, grounds: Grounds) -> Iterator[Finding]:
    """An answer to what is none of the merchant's business.

    It is replaced by the refusal; where that was the last thing said, a person decides.
    """
    meanings = {m for said in turn.messages for m in understood(said.text).meanings}
    known, most = "off_topic" in meanings, WORDS_MAX
    if meanings & _OURS or not (known or len(read.text) > ESSAY_CHARS_MIN):
        return
    ours_too = frozenset(grounds.folded.split())
    if named(grounds.batch, grounds.shelf).clear or content(grounds.batch) & ours_too:
        return
    said = {word for clause in clauses(read.text) for word in about(clause.text)}
    if not known:
        most = max(ESSAY_WORDS_MAX, round(ESSAY_SHARE_MIN * len(said)))
    if sum(word not in ours_too for word in said) <= most:
        return
    refusal = say("off_topic", language(grounds.batch), merchant=turn.merchant_name)
    ours = [said.text for said in turn.history if said.author == "assistant"]
    again = bool(ours) and fold(refusal) in fold(ours[-1])
    yield Finding(
        what="out_of_scope",
        found=read.text[:40],
        start=0,
        end=len(read.places) and read.places[-1] + 1,
        instead=None if again else refusal,
    )
