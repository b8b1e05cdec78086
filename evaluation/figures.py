"""The marks as shares, by dialect, with the goals of the product beside them; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evaluation.items import ARABIC, DIALECTS
from evaluation.judging import Mark

# What must not happen at all is counted; of everything else the share that is right is told.
NEVER: Final = ("wrong price or stock", "invented fact")
GOALS: Final[dict[str, float | None]] = {
    "product found first": 0.90,
    "product found in three": 0.97,
    "product answered first": None,
    "price told": None,
    "FAQ found first": None,
    "FAQ answered first": 0.85,
    "intent": 0.90,
    "order completed": 0.90,
    "fields collected": None,
    "hand-over precision": 0.85,
    "hand-over recall": 0.95,
    **dict.fromkeys(NEVER, 0.0),
}
COUNTED: Final = ("all", "arabic", "english")
COLUMNS: Final = (*COUNTED, *ARABIC)
_WIDTHS = (24, 8, 6, 14, 14, 14, 10, 10, 10, 10, 10, 10, 10)
_SET_WIDTH = 14


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: how many marks were right of how many."""

    right: int
    of: int

    @property
    def share(self) -> float:
        """Of the marks those that are right; nothing asked is nothing reached."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One measure with a figure for each of `COLUMNS`, and its goal."""

    measure: str
    figures: dict[str, Figure]
    goal: float | None

    @property
    def verdict(self) -> str:
        """`pass`, `MISS`, or nothing without a goal."""
        if self.goal is None:
            return ""
        whole = self.figures["all"]
        never = self.measure in NEVER
        reached = whole.right == whole.of if never else whole.share >= self.goal
        return "pass" if reached and whole.of else "MISS"


def rows(marks: Iterable[Mark]) -> list[Row]:
    """A row for every goal, whether or not anything was judged."""
    given = list(marks)
    return [
        Row(measure, {column: _figure(given, measure, column) for column in COLUMNS}, goal)
        for measure, goal in GOALS.items()
    ]


def _figure(marks: Sequence[Mark], measure: str, column: str) -> Figure:
    dialects = {"all": DIALECTS, "arabic": ARABIC}.get(column, (column,))
    chosen = [m.right for m in marks if m.measure == measure and m.dialect in dialects]
    return Figure(sum(chosen), len(chosen))


def table(figured: Sequence[Row]) -> str:
    """The rows as text: the goal and its verdict first, then every column."""
    return "\n".join(
        [_line(["measure", "goal", "", *COLUMNS]), *(_line(_cells(r)) for r in figured)]
    )


def table_by_set(figured: Mapping[str, Sequence[Row]]) -> str:
    """The goals, and what all items of each set come to, as text."""
    lines = [["measure", "goal", "", *figured]]
    for number, measure in enumerate(GOALS):
        given = [rows_of_set[number] for rows_of_set in figured.values()]
        lines.append([measure, _goal(given[0]), "", *(_cell(row, "all") for row in given)])
    widths = (*_WIDTHS[:3], *(_SET_WIDTH for _ in figured))
    return "\n".join(_line(cells, widths) for cells in lines)


def _cells(row: Row) -> list[str]:
    return [row.measure, _goal(row), row.verdict, *(_cell(row, column) for column in COLUMNS)]


def _goal(row: Row) -> str:
    if row.goal is None:
        return ""
    return "0" if row.measure in NEVER else f"≥ {row.goal:.2f}"


def _cell(row: Row, column: str) -> str:
    figure = row.figures[column]
    if not figure.of:
        return "–"
    if row.measure in NEVER:
        told, counted = str(figure.of - figure.right), f" of {figure.of}"
    else:
        told, counted = f"{figure.share:.2f}", f" {figure.right}/{figure.of}"
    return told + (counted if column in COUNTED else "")


def _line(cells: Sequence[str], widths: Sequence[int] = _WIDTHS) -> str:
    first, *others = zip(cells, widths, strict=False)
    padded = (cell.rjust(width) for cell, width in others)
    return "".join([first[0].ljust(first[1]), *padded]).rstrip()
