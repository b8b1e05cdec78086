"""The draft beside what answers now: what holds with each of them, and what got worse; pure.

A model answers otherwise each time, so a script is played several times; an expectation holds when
it held in more than half of them, and the spread of the runs is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hudhud.core.rehearsing.judging import Mark, marks
from hudhud.core.rehearsing.result import Beside, Compared, Exchange, Played, Score
from hudhud.core.rehearsing.script import Script
from hudhud.model import Product

Runs = Sequence[Sequence[Played]]


def compared(
    script: Script, after: Runs, before: Runs | None, priced: Mapping[str, Product]
) -> Compared:
    """Judge a script that was played.

    Args:
        script: with its expectations.
        after: what the draft answered, in each run.
        before: what answers now, in each run; None: not played.
        priced: the products that expectations name, by sku.
    """
    new = [_judged(script, run, priced) for run in after]
    old = [_judged(script, run, priced) for run in before] if before is not None else None
    holds = _holds(new)
    held_before = None if old is None else _holds(old)
    return Compared(
        name=script.name,
        before=None if old is None else _score(old),
        after=_score(new),
        expected=[
            Beside(
                turn=mark.turn,
                what=mark.what,
                wanted=mark.wanted,
                before=None if held_before is None else held_before[place],
                after=holds[place],
                lost=_lost(after, mark.turn),
            )
            for place, mark in enumerate(new[0])
        ],
        exchanges=[
            Exchange(
                says=burst.says,
                before=_at(before[0], place) if before else None,
                after=_at(after[0], place),
            )
            for place, burst in enumerate(script.turns)
        ],
    )


def _judged(script: Script, run: Sequence[Played], priced: Mapping[str, Product]) -> list[Mark]:
    return [
        mark
        for place, burst in enumerate(script.turns)
        for mark in marks(burst, _at(run, place), place + 1, priced)
    ]


def _at(run: Sequence[Played], place: int) -> Played | None:
    return run[place] if place < len(run) else None


def _lost(runs: Runs, turn: int) -> bool:
    """Whether a turn was not answered, or not reached for that, in half of the runs or more."""
    return 2 * sum(any(one.lost for one in run[:turn]) for run in runs) >= len(runs)


def _holds(runs: Sequence[Sequence[Mark]]) -> list[bool]:
    return [2 * sum(mark.held for mark in same) > len(same) for same in zip(*runs, strict=True)]


def _score(runs: Sequence[Sequence[Mark]]) -> Score:
    held = [sum(mark.held for mark in run) for run in runs]
    return Score(held=sum(_holds(runs)), of=len(runs[0]), worst=min(held), best=max(held))
