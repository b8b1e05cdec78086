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

PIECE_CHARS_MAX = 5
# Of a longer message the beginning tells its kind.
TEXT_CHARS_MAX = 300
_FILE = "utterances.txt"
# What a piece that a kind never held counts for: measured, see the decision.
_UNSEEN = 0.05
_COUNT_MAX = 255
# The letters of folded text, a number of seven bits for each; those of other scripts share some.
_LETTERS = "_0123456789abcdefghijklmnopqrstuvwxyzابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LETTER_BITS = 7
_OTHERS = (1 << _LETTER_BITS) - len(_LETTERS) - 1
# Numbers of pieces are spread evenly, each its own: the factor is odd.
_BITS = 48
_MASK = (1 << _BITS) - 1
_SPREAD = 0x9E37_79B9_7F4A_7C15 & _MASK
_SLICES = 64
SUBJECT = "#"
# Parts of the lexicon that are a kind by themselves.
_KIND_OF_PART = {".defect": "complaint", ".not_arrived": "complaint", ".late": "complaint",
                 ".praise": "thanks", ".cancel": "cancel_order"}  # fmt: skip


class Learnt(msgspec.Struct, frozen=True):
    """What was learnt: which kinds held each piece how often, in a tenth of a dictionary's memory.

    `pieces` are the numbers of all pieces in order, `starts` where those of each begin in `pairs`,
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
        counts = Counter(piece for text in texts for piece in pieces(text))
        totals.append(counts.total())
        for piece, many in counts.items():
            counted[piece * _SLICES >> _BITS].append(
                piece << 16 | place << 8 | min(many, _COUNT_MAX)
            )
    known, starts, pairs = _indexed(counted)
    unseen = _UNSEEN * len(known)
    return Learnt(
        kinds=tuple(of_kind),
        pieces=known,
        starts=starts,
        pairs=pairs,
        rest=tuple(math.log(_UNSEEN / (total + unseen)) for total in totals),
        gains=tuple(math.log1p(many / _UNSEEN) for many in range(_COUNT_MAX + 1)),
    )


def _indexed(counted: Iterable[array[int]]) -> tuple[array[int], array[int], bytes]:
    known, starts, pairs = array("Q"), array("I"), bytearray()
    for number in chain.from_iterable(map(sorted, counted)):
        piece, place, many = number >> 16, number >> 8 & 255, number & 255
        if not known or known[-1] != piece:
            known.append(piece)
            starts.append(len(pairs))
        pairs += bytes((place, many))
    starts.append(len(pairs))
    return known, starts, bytes(pairs)


class _Codes(dict[str, int]):
    """The number of each letter."""

    def __missing__(self, letter: str) -> int:
        return len(_LETTERS) + 1 + ord(letter) % _OTHERS


_CODES = _Codes({letter: code for code, letter in enumerate(_LETTERS, 1)})


def pieces(text: str) -> set[int]:
    """The pieces of a text as it is compared, borders of words among them, each as its number.

    It is the same in every process, so what was learnt can be kept.
    """
    plain = f"_{fold(text[:TEXT_CHARS_MAX]).replace(' ', '_')}_"
    codes = [_CODES[letter] for letter in plain]
    found = set[int]()
    for at, code in enumerate(codes):
        piece = 1 << _LETTER_BITS | code
        for after in codes[at + 1 : at + PIECE_CHARS_MAX]:
            piece = piece << _LETTER_BITS | after
            found.add(piece * _SPREAD & _MASK)
    return found
