"""One answer, before it is sent: let through, mended, or given to a person with the reason; pure.

Whoever obeys what a customer, a document or a product text told it still says nothing here that
the merchant's rows, this contact's own words and the deeds of the tools do not bear out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from hudhud.core.answering.checking.discounts import invented_discounts
from hudhud.core.answering.checking.disguises import disguised
from hudhud.core.answering.checking.finding import Finding
from hudhud.core.answering.checking.grounds import Grounds, grounds_of
from hudhud.core.answering.checking.leaks import contents_read, leaked
from hudhud.core.answering.checking.links import foreign_links
from hudhud.core.answering.checking.others import foreign
from hudhud.core.answering.checking.prices import wrong_prices
from hudhud.core.answering.checking.promises import false_promises
from hudhud.core.answering.checking.reading import plain
from hudhud.core.answering.checking.recording import Call
from hudhud.core.answering.checking.scope import beyond_scope
from hudhud.core.answering.checking.speech import too_long, wrong_language
from hudhud.core.answering.checking.stock import wrong_stock
from hudhud.model import Answer, Media, Turn

FINDINGS_MAX = 20


class Vetted(NamedTuple):
    """The answer that may leave, and what was found in the one that was made."""

    answer: Answer
    findings: tuple[Finding, ...] = ()


def vetted(turn: Turn, answer: Answer, calls: Sequence[Call]) -> Vetted:
    """Look an answer over.

    Args:
        turn: what it answers.
        answer: what the responder made.
        calls: what the tools really did for it.

    Returns:
        The same answer when nothing was found; with the right figure where only one can be meant;
        else one without a word of it, for a person, whose reason is the first finding's name.
    """
    if not answer.text and not answer.contents:
        return Vetted(answer)
    grounds = grounds_of(turn, answer.collected, calls)
    found = _found(answer, turn, grounds)
    if not found:
        return Vetted(answer)
    mended = _mended(answer.text, found)
    again = mended is None or _found(msgspec.structs.replace(answer, text=mended), turn, grounds)
    kept = {**answer.trace, "checked": [one.told() for one in found]}
    if mended is not None and not again:
        return Vetted(msgspec.structs.replace(answer, text=mended, trace=kept), found)
    reason = next((one for one in found if one.instead is None), found[0]).what
    given = Answer(
        hand_over=answer.hand_over or reason,
        source=answer.source,
        collected=answer.collected,
        trace=kept,
    )
    return Vetted(given, found)


def _found(answer: Answer, turn: Turn, grounds: Grounds) -> tuple[Finding, ...]:
    text = answer.text
    read = plain(text)
    # One thing at a time: what is not for this customer at all needs no right price.
    scope = tuple(beyond_scope(read, turn, grounds))
    if scope and not answer.contents:
        return scope
    whole = plain(f"{text}\n{contents_read(answer.contents)}") if answer.contents else read
    found: Iterable[Finding] = (
        *leaked(whole, turn, grounds.folded),
        *disguised(whole, grounds),
        *foreign_links(whole, grounds),
        *foreign(whole, grounds),
        *false_promises(whole, grounds),
        *wrong_language(read, turn, grounds),
        *invented_discounts(whole, grounds),
        *wrong_stock(text, read, grounds),
        *wrong_prices(text, read, grounds),
        *too_long(text),
        *(one for under in _captions(answer) for one in _miscaptioned(under, grounds)),
    )
    return tuple(found)[:FINDINGS_MAX]


def _captions(answer: Answer) -> list[str]:
    return [one.caption for one in answer.contents if isinstance(one, Media) and one.caption]


def _miscaptioned(caption: str, grounds: Grounds) -> Iterator[Finding]:
    """What is wrong of prices and stock below a picture; it has no place in the text to mend."""
    read = plain(caption)
    for one in (*wrong_prices(caption, read, grounds), *wrong_stock(caption, read, grounds)):
        yield Finding(what=one.what, found=one.found)


def _mended(text: str, found: Sequence[Finding]) -> str | None:
    if any(one.instead is None for one in found):
        return None
    for one in sorted(found, key=lambda one: -one.start):
        text = text[: one.start] + (one.instead or "") + text[one.end :]
    return text.strip()
