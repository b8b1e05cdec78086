"""Learns what kinds of messages look like: naive Bayes over pieces of 2 to 5 letters; pure.

Pieces do not mind an ending, a missing hamza or a dialect's own letter, which rules must list one
by one. The phrases of the lexicon are examples as well, so that there is one place for each.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from hudhud.responders.examples.subjects import Example, lines, subjects, utterances
from hudhud.responders.lexicon import beyond, talk, topics, trouble, wanting
from hudhud.text import fold

PIECE_CHARS_MIN, PIECE_CHARS_MAX = 2, 5
# Of a longer message the beginning tells its kind.
TEXT_CHARS_MAX = 300
_FILE = "utterances.txt"
# What a piece that a kind never held counts for: measured, see the decision.
_UNSEEN = 0.05
_COUNT_MAX = 255
SUBJECT = "#"
# Parts of the lexicon that are a kind by themselves.
_KIND_OF_PART = {".defect": "complaint", ".not_arrived": "complaint", ".late": "complaint",
                 ".praise": "thanks", ".cancel": "cancel_order"}  # fmt: skip


class Learnt(msgspec.Struct, frozen=True):
    """What was learnt: of each piece by its hash, in pairs of bytes, which kind held it how often.

    `rest` is what a piece counts for each kind that never held it, `gains` what so many times
    add to that; both are natural logarithms.
    """

    kinds: tuple[str, ...]
    pieces: dict[int, bytes]
    rest: tuple[float, ...]
    gains: tuple[float, ...]


def examples() -> Iterator[Example]:
    """Every example, as text and kind: those of the file, then the phrases of the lexicon."""
    kind = ""
    for line in lines(_FILE):
        if line.startswith("["):
            kind = line.strip("[]")
        else:
            yield line, kind
    for table in (talk.SAID, trouble.SAID, topics.SAID, beyond.SAID, wanting.SAID):
        for meaning, said in table.items():
            if not (kind := _KIND_OF_PART.get(meaning, meaning)).startswith("."):
                yield from ((phrase.replace("~", ""), kind) for phrase in said.split(","))


def of_subjects() -> Iterator[Example]:
    """The examples of each subject, its kind told from the same one of `examples` by its sign."""
    for text, kind in (*utterances(), *examples()):
        if kind in subjects():
            yield text, f"{SUBJECT}{kind}"


def learn(told: Iterable[Example]) -> Learnt:
    """Count the pieces of examples.

    Args:
        told: texts with their kinds.
    """
    of_kind: dict[str, Counter[int]] = {}
    for text, kind in told:
        of_kind.setdefault(kind, Counter()).update(hashes(text))
    held: dict[int, bytes] = {}
    # Most pieces are of one kind, once: they share what is kept of them.
    shared: dict[bytes, bytes] = {}
    for place, counts in enumerate(of_kind.values()):
        for piece, many in counts.items():
            pair = held.get(piece, b"") + bytes((place, min(many, _COUNT_MAX)))
            held[piece] = shared.setdefault(pair, pair)
    unseen = _UNSEEN * len(held)
    return Learnt(
        kinds=tuple(of_kind),
        pieces=held,
        rest=tuple(math.log(_UNSEEN / (n.total() + unseen)) for n in of_kind.values()),
        gains=tuple(math.log1p(many / _UNSEEN) for many in range(_COUNT_MAX + 1)),
    )


def hashes(text: str) -> set[int]:
    """The pieces of a text as it is compared, borders of words among them, each as its hash."""
    plain = f"_{fold(text[:TEXT_CHARS_MAX]).replace(' ', '_')}_"
    ends = len(plain) + 1
    return {
        hash(plain[at : at + length])
        for length in range(PIECE_CHARS_MIN, PIECE_CHARS_MAX + 1)
        for at in range(ends - length)
    }
