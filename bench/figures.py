"""One figure: the median of several rounds, and how far they lay apart."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in which unit, once for each round."""

    name: str
    unit: str
    rounds: Sequence[float]

    def __str__(self) -> str:
        """One line: the name, the median, the spread."""
        middle, low, high = statistics.median(self.rounds), min(self.rounds), max(self.rounds)
        digits = 0 if middle >= 100 else 1  # noqa: PLR2004 - three digits tell enough
        spread = f"({low:,.{digits}f}-{high:,.{digits}f})"
        return f"  {self.name:<44} {middle:>10,.{digits}f} {self.unit:<10} {spread}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
