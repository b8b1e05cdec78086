"""Plots as inline SVG: bars with their spread and goal, and curves; colours come from the page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from bench.figures import Curve, Figure, shown

WIDTH, LABEL_WIDTH, VALUE_WIDTH, BAR_HEIGHT = 860, 330, 90, 26
CURVE_HEIGHT, MARGIN, TICKS = 260, 48, 4
Place = Callable[[float, float], tuple[float, float]]
COLOURS = 5  # the page knows so many, then they come again


def bars(figures: Sequence[Figure]) -> str:
    """Figures of one unit, one bar each: the median, a line from lowest to highest, the goal.

    Args:
        figures: of the same unit.
    """
    most = max(
        max(*figure.rounds, figure.goal.bound if figure.goal else 0, 0) for figure in figures
    )
    span = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    scale = span / most if most and math.isfinite(most) else 0.0
    drawn = [_bar(figure, at * BAR_HEIGHT, scale) for at, figure in enumerate(figures)]
    return _svg(len(figures) * BAR_HEIGHT + 4, "".join(drawn), figures[0].unit)


def curves(lines: Sequence[Curve]) -> str:
    """Lines in one plot; those of a latency have their percentiles stretched towards 100.

    Args:
        lines: of the same two axes.
    """
    stretched = lines[0].across == "percentile"
    points = [(_across(x, stretched=stretched), y) for line in lines for x, y in line.points]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top = max(y for _, y in points) or 1.0

    def place(x: float, y: float) -> tuple[float, float]:
        share = (_across(x, stretched=stretched) - left) / ((right - left) or 1.0)
        across = MARGIN + share * (WIDTH - 2 * MARGIN)
        return across, CURVE_HEIGHT - MARGIN - y / top * (CURVE_HEIGHT - 2 * MARGIN)

    drawn = [_ticks(lines[0], top, place)]
    for number, line in enumerate(lines):
        path = " ".join("{:.1f},{:.1f}".format(*place(x, y)) for x, y in line.points)
        colour = f"c{number % COLOURS}"
        drawn.append(f'<polyline class="line {colour}" points="{path}"/>')
        at = MARGIN + number * 190
        drawn.append(f'<rect class="bar {colour}" x="{at}" y="6" width="10" height="10"/>')
        drawn.append(_text(at + 16, 15, line.name))
    return _svg(CURVE_HEIGHT, "".join(drawn), lines[0].up)


def _bar(figure: Figure, y: int, scale: float) -> str:
    middle, end = y + BAR_HEIGHT / 2, LABEL_WIDTH + figure.median * scale
    kind = {None: "bar", True: "bar reached", False: "bar missed"}[figure.reached]
    low, high = (LABEL_WIDTH + value * scale for value in (min(figure.rounds), max(figure.rounds)))
    width, height = max(end - LABEL_WIDTH, 1), BAR_HEIGHT - 10
    box = f'x="{LABEL_WIDTH}" y="{y + 5}" width="{width:.1f}" height="{height}"'
    drawn = _text(LABEL_WIDTH - 10, middle + 4, figure.name, "end")
    drawn += f'<rect class="{kind}" {box}/>' + _line("spread", low, middle, high, middle)
    if figure.goal is not None:
        at = LABEL_WIDTH + figure.goal.bound * scale
        drawn += _line("goal", at, y + 2, at, y + BAR_HEIGHT - 2)
    return drawn + _text(WIDTH, middle + 4, shown(figure.median), "end")


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _ticks(line: Curve, top: float, place: Place) -> str:
    drawn, low = "", CURVE_HEIGHT - MARGIN + 16
    for number in range(TICKS + 1):
        value = top * number / TICKS
        _, y = place(line.points[0][0], value)
        drawn += _line("grid", MARGIN, y, WIDTH - MARGIN, y)
        drawn += _text(MARGIN - 6, y + 4, shown(value), "end")
    for x, _ in line.points[:: max(1, len(line.points) // 10)]:
        drawn += _text(place(x, 0)[0], low, f"{x:g}", "middle")
    return drawn + _text(WIDTH / 2, CURVE_HEIGHT - 8, line.across, "middle")


def _across(x: float, *, stretched: bool) -> float:
    # Each nine of a percentile gets the same room: that is where servers differ.
    return -math.log10(1 - x / 100) if stretched else x


def _svg(height: int, inside: str, label: str) -> str:
    box = f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}"'
    return f"<svg {box}>{inside}</svg>"
