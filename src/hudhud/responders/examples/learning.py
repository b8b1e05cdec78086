"""Learns what kinds of messages look like: naive Bayes over pieces of 2 to 5 letters; pure.

Pieces do not mind an ending, a missing hamza or a dialect's own letter, which rules must list one
by one. The phrases of the lexicon are examples as well, so that there is one place for each.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from hudhud.responders.examples.subjects import Example, lines, subjects, utterances
from hudhud.responders.lexicon.said import beyond, talk, topics, trouble, wanting
from hudhud.text import fold

PIECE_CHARS_MIN, PIECE_CHARS_MAX = 2, 5
# Of a longer message the beginning tells its kind.
TEXT_CHARS_MAX = 300
_FILE = "utterances.txt"
# What a piece that a kind never held counts for: measured, see the decision.
_UNSEEN = 0.05
_COUNT_MAX = 255
# Of a hash: a piece is taken for another once in two thousand million.
_BITS = 48
_MASK = (1 << _BITS) - 1
_SLICES = 64
SUBJECT = "#"
# Parts of the lexicon that are a kind by themselves.
_KIND_OF_PART = {".defect": "complaint", ".not_arrived": "complaint", ".late": "complaint",
                 ".praise": "thanks", ".cancel": "cancel_order"}  # fmt: skip


class Learnt(msgspec.Struct, frozen=True):
    """What was learnt: which kinds held each piece how often, in a tenth of a dictionary's memory.

    `pieces` are the hashes of all pieces in order, `starts` where those of each begin in `pairs`,
    which are two bytes each: the place of the kind, and how often. `rest` is what a piece counts
    for each kind that never held it, `gains` what so many times add to that; both are natural
    logarithms.
    """

    kinds: tuple[str, ...]
    pieces: array[int]
    starts: array[int]
    pairs: bytes
    rest: tuple[float, ...]
    gains: tuple[float, ...]

    def held(self, piece: int) -> bytes:
        """The pairs of one piece; none where it was never seen."""
        at = bisect_left(self.pieces, piece)
        if at == len(self.pieces) or self.pieces[at] != piece:
            return b""
        return self.pairs[self.starts[at] : self.starts[at + 1]]


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
    """Count the pieces of examples: some two seconds of one core for all of ours.

    Args:
        told: texts with their kinds.
    """
    of_kind: dict[str, list[str]] = {}
    for text, kind in told:
        of_kind.setdefault(kind, []).append(text)
    # One number for each piece of each kind: dictionaries of them would stay in the process, and so
    # would a list of them all, which sorting makes; a slice at a time is soon used again.
    counted, totals = [array("Q") for _ in range(_SLICES)], list[int]()
    for place, texts in enumerate(of_kind.values()):
        counts = Counter(piece for text in texts for piece in hashes(text))
        totals.append(counts.total())
        for piece, many in counts.items():
            counted[piece * _SLICES >> _BITS].append(
                piece << 16 | place << 8 | min(many, _COUNT_MAX)
            )
    pieces, starts, pairs = _indexed(counted)
    unseen = _UNSEEN * len(pieces)
    return Learnt(
        kinds=tuple(of_kind),
        pieces=pieces,
        starts=starts,
        pairs=pairs,
        rest=tuple(math.log(_UNSEEN / (total + unseen)) for total in totals),
        gains=tuple(math.log1p(many / _UNSEEN) for many in range(_COUNT_MAX + 1)),
    )


def _indexed(counted: Iterable[array[int]]) -> tuple[array[int], array[int], bytes]:
    pieces, starts, pairs = array("Q"), array("I"), bytearray()
    for number in chain.from_iterable(map(sorted, counted)):
        piece, place, many = number >> 16, number >> 8 & 255, number & 255
        if not pieces or pieces[-1] != piece:
            pieces.append(piece)
            starts.append(len(pairs))
        pairs += bytes((place, many))
    starts.append(len(pairs))
    return pieces, starts, bytes(pairs)


def hashes(text: str) -> set[int]:
    """The pieces of a text as it is compared, borders of words among them, each as its hash."""
    plain = f"_{fold(text[:TEXT_CHARS_MAX]).replace(' ', '_')}_"
    ends = len(plain) + 1
    return {
        hash(plain[at : at + length]) & _MASK
        for length in range(PIECE_CHARS_MIN, PIECE_CHARS_MAX + 1)
        for at in range(ends - length)
    }
