"""The strip on top of every page: what waits, how old the oldest is, red when a person must act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hudhud.core.report import NEED_PERSON, STATES, Total, totals
from hudhud.store.report import Depth

# Shown only while something is in them: they mend themselves within a sweep.
SELDOM = frozenset({"expired", "orphan", "spool", "damaged", "no_room", "unlinked"})
# With less room than this the next large webhook may be refused (503), so a person is asked now.
ROOM_BYTES_MIN = 8 * 1024 * 1024
# What moves by itself and does not move for so long needs a person after all.
STUCK_S = 60.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One state: how many things, the oldest's age in seconds, whether a person must act."""

    state: str
    count: int
    oldest_s: float
    act: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Every state in order; those without anything count zero."""

    figures: tuple[Figure, ...]

    @property
    def busy(self) -> tuple[Figure, ...]:
        """The states in which something is."""
        return tuple(figure for figure in self.figures if figure.count)

    @property
    def act(self) -> int:
        """How many things need a person."""
        return sum(figure.count for figure in self.figures if figure.act)

    def __getitem__(self, state: str) -> Figure:
        """The figure of one state."""
        return next(figure for figure in self.figures if figure.state == state)


def strip_of(depths: Iterable[Depth], spool: Mapping[str, Any]) -> Strip:
    """Put the figures of PostgreSQL and of the spool in order.

    Args:
        depths: what waits, by inbox and state.
        spool: records, bytes, oldest_s, damaged, room_bytes.
    """
    found = totals(depths, lambda depth: depth.state)
    figures = [_figure(state, found.get(state, Total())) for state in STATES]
    spooled = Total(count=int(spool["records"]), oldest_s=float(spool["oldest_s"]))
    figures.append(_figure("spool", spooled))
    for state, count in (
        ("damaged", int(spool["damaged"])),
        ("no_room", int(spool["room_bytes"] < ROOM_BYTES_MIN)),
    ):
        figures.append(Figure(state, count, 0.0, count > 0))
    return Strip(tuple(figures))


def _figure(state: str, total: Total) -> Figure:
    act = total.count > 0 and (state in NEED_PERSON or total.oldest_s > STUCK_S)
    return Figure(state, total.count, total.oldest_s, act)
