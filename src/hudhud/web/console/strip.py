"""The strip on top of every page: what waits, how old the oldest is, red when a person must act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hudhud.web.drawing import Row

# In the order of a message's life.
STATES = (
    "collecting", "due", "answering", "retrying", "person",
    "to_send", "sending", "unknown", "dead_letter", "set_aside",
)  # fmt: skip
NEED_PERSON = frozenset({"person", "unknown", "dead_letter", "set_aside"})
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


def strip_of(rows: Iterable[Row], spool: Mapping[str, Any]) -> Strip:
    """Put the figures of PostgreSQL and of the spool in order.

    Args:
        rows: state, count, oldest_s.
        spool: records, bytes, oldest_s.
    """
    found = {row["state"]: (int(row["count"]), float(row["oldest_s"] or 0)) for row in rows}
    figures = [_figure(state, *found.get(state, (0, 0.0))) for state in STATES]
    figures.append(_figure("spool", int(spool["records"]), float(spool["oldest_s"])))
    return Strip(tuple(figures))


def _figure(state: str, count: int, oldest_s: float) -> Figure:
    act = count > 0 and (state in NEED_PERSON or oldest_s > STUCK_S)
    return Figure(state, count, oldest_s, act)
