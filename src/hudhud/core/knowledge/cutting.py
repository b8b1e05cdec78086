"""Cuts a document into passages: as long as an answer needs, each with the headings above it; pure.

A passage ends where a paragraph ends, or a sentence, or at least a word. The next one begins with
the end of the one before it, so that nothing which belongs together is only in two halves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from hudhud.core.knowledge.formats.block import Block
from hudhud.store.knowledge.documents import BELOW
from hudhud.text import split_text

PASSAGE_CHARS: Final = 600
OVERLAP_CHARS: Final = 120
HEADING_CHARS_MAX: Final = 240

_SENTENCE = re.compile(r"(?<=[.!?؟。…])\s+|\n+")


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """One passage before it is stored; `page` is where it begins, 0 where there are no pages."""

    heading: str
    text: str
    page: int = 0


def passages(blocks: Iterable[Block]) -> Iterator[Cut]:
    """The passages of a document, in their order."""
    above: list[Block] = []
    held: list[Block] = []
    for block in blocks:
        if not block.level:
            held.append(block)
            continue
        if held or (above and above[-1].level >= block.level):
            yield from _under(above, held)
        held = []
        above = [*(one for one in above if one.level < block.level), block]
    yield from _under(above, held)


def _under(above: list[Block], held: list[Block]) -> Iterator[Cut]:
    """What stands under one heading; one with nothing under it is itself what is said."""
    if above and not held:
        *above, alone = above
        held = [Block(alone.text, page=alone.page)]
    heading = BELOW.join(" ".join(one.text.split()) for one in above)[:HEADING_CHARS_MAX]
    before = ""
    for text, page in _filled(held):
        whole = f"{before}\n{text}" if before else text
        yield Cut(heading=heading, text=whole, page=page)
        before = _end_of(text)


def _filled(held: list[Block]) -> Iterator[tuple[str, int]]:
    """Paragraphs put together up to `PASSAGE_CHARS`, longer ones cut."""
    text, page = "", 0
    for block in held:
        for part in split_text(block.text, PASSAGE_CHARS):
            if text and len(text) + len(part) >= PASSAGE_CHARS:
                yield text, page
                text = ""
            page = page if text else block.page
            text = f"{text}\n{part}" if text else part
    if text:
        yield text, page


def _end_of(text: str) -> str:
    """The last whole sentences that are no longer than `OVERLAP_CHARS`; else none."""
    kept = ""
    for sentence in reversed(_SENTENCE.split(text)):
        longer = f"{sentence} {kept}".strip()
        if len(longer) > OVERLAP_CHARS:
            break
        kept = longer
    return kept if len(kept) < len(text) else ""
