"""One figure: the median of several rounds, how far they lay apart, and the goal beside it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """What a median has to reach."""

    sense: Literal["≥", "≤"]
    bound: float

    def reached(self, value: float) -> bool:
        """Whether this value is good enough."""
        return value >= self.bound if self.sense == "≥" else value <= self.bound

    def __str__(self) -> str:
        """As the table says it."""
        return f"{self.sense} {shown(self.bound)}"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in which unit, once for each round; without a goal it only informs."""

    name: str
    unit: str
    rounds: Sequence[float]
    goal: Goal | None = None

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return statistics.median(self.rounds)

    @property
    def reached(self) -> bool | None:
        """Whether the median reached its goal; None without one."""
        return None if self.goal is None else self.goal.reached(self.median)

    @property
    def verdict(self) -> str:
        """`pass`, `MISS` or nothing."""
        return {None: "", True: "pass", False: "MISS"}[self.reached]

    def __str__(self) -> str:
        """One line: the name, the median, the spread, the goal."""
        spread = f"({shown(min(self.rounds))}–{shown(max(self.rounds))})"
        goal = f"{self.goal or ''!s:>10} {self.verdict}"
        return f"  {self.name:<58} {shown(self.median):>9} {self.unit:<11} {spread:<19} {goal}"


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of a plot: what it shows, and its points."""

    name: str
    across: str
    up: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of goals: its figures, what to know about them, and curves."""

    name: str
    title: str
    figures: Sequence[Figure]
    notes: Sequence[str] = ()
    curves: Sequence[Curve] = field(default=())


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def percentiles(name: str, values: Sequence[float]) -> Curve:
    """How long the luckiest to the unluckiest waited, half of the way for each ten of them."""
    shares = [0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999]
    points = [(100 * share, percentile(values, share)) for share in shares]
    return Curve(name, "percentile", "ms", points)


def quotients(ours: Iterable[float], theirs: Iterable[float]) -> list[float]:
    """Round by round, because what disturbs the machine disturbs neighbours alike."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]


def shown(value: float) -> str:
    """A value with as many digits as tell something."""
    if abs(value) >= 100:  # noqa: PLR2004 - three digits tell enough
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"  # noqa: PLR2004 - the same
