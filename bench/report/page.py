"""The result as one HTML page that needs nothing else: no network, no script, light and dark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

from bench.figures import Curve, Figure, Row, shown
from bench.report.plots import bars, curves

STYLE = """
:root { color-scheme: light dark; --page: #fbfaf7; --ink: #22211f; --soft: #6d6a64; --rule: #dcd8cf;
  --bar: #5b7fa6; --good: #3f8361; --bad: #b4503c; --goal: #22211f;
  --c1: #b4703c; --c2: #3f8361; --c3: #84609e; --c4: #8a7a2f; }
@media (prefers-color-scheme: dark) { :root { --page: #1b1b1d; --ink: #e9e6e0; --soft: #a09c94;
  --rule: #3a3a3d; --bar: #7fa3ca; --good: #6cb48e; --bad: #dc8069; --goal: #e9e6e0;
  --c1: #d99a68; --c2: #6cb48e; --c3: #b391cb; --c4: #c3b25c; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--page);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h2 { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
td, th { padding: .25rem .6rem; border-bottom: 1px solid var(--rule); text-align: end; }
td:first-child, th:first-child { text-align: start; }
.soft { color: var(--soft); } .pass { color: var(--good); } .miss { color: var(--bad); }
.pass, .miss { font-weight: 600; }
.wide { overflow-x: auto; }
svg { width: 100%; min-width: 40rem; height: auto; margin: .75rem 0; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
.bar { fill: var(--bar); } .bar.reached { fill: var(--good); } .bar.missed { fill: var(--bad); }
.spread { stroke: var(--ink); stroke-width: 1.5; } .grid { stroke: var(--rule); }
.goal { stroke: var(--goal); stroke-width: 2; stroke-dasharray: 3 2; }
.line { fill: none; stroke: var(--bar); stroke-width: 2; }
.bar.c1 { fill: var(--c1); } .bar.c2 { fill: var(--c2); } .bar.c3 { fill: var(--c3); }
.bar.c4 { fill: var(--c4); } .line.c1 { stroke: var(--c1); } .line.c2 { stroke: var(--c2); }
.line.c3 { stroke: var(--c3); } .line.c4 { stroke: var(--c4); }
"""


def drawn(machine: Mapping[str, str], rows: Sequence[Row], *, void: bool) -> str:
    """The whole page.

    Args:
        machine: what the figures were measured on.
        rows: in the order in which they are shown.
        void: whether the machine was too busy for any of it to count.
    """
    told = "".join(f"<tr><td>{escape(k)}</td><td>{escape(v)}</td></tr>" for k, v in machine.items())
    warning = '<p class="miss">void: machine too busy</p>' if void else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Hudhud: speed</title>'
        f"<style>{STYLE}</style></head><body><h1>Speed</h1>{warning}"
        "<p>Medians, with the lowest and highest of the rounds. Client, engines and product share "
        "the cores of one machine. In a plot the thin line is the spread, the dashed one the goal."
        f"</p><details><summary>Machine and versions</summary>"
        f"<table>{told}</table></details>{''.join(map(_row, rows))}</body></html>"
    )


def _row(row: Row) -> str:
    by_unit = defaultdict[str, list[Figure]](list)
    for figure in row.figures:
        by_unit[figure.unit].append(figure)
    plots = [
        f"<h3>{escape(unit)}</h3><div class=wide>{bars(figures)}</div>"
        for unit, figures in by_unit.items()
    ]
    by_axes = defaultdict[tuple[str, str], list[Curve]](list)
    for curve in row.curves:
        by_axes[curve.across, curve.up].append(curve)
    plots += [
        f"<h3>{escape(up)} by {escape(across)}</h3><div class=wide>{curves(lines)}</div>"
        for (across, up), lines in by_axes.items()
    ]
    notes = "".join(f'<p class="soft">{escape(note)}</p>' for note in row.notes)
    return f"<h2>{escape(row.title)}</h2>{_table(row.figures)}{notes}{''.join(plots)}"


def _table(figures: Sequence[Figure]) -> str:
    head = "<tr><th>figure<th>median<th>lowest<th>highest<th>unit<th>goal<th></tr>"
    return f"<div class=wide><table>{head}{''.join(map(_line, figures))}</table></div>"


def _line(figure: Figure) -> str:
    cells = [shown(figure.median), shown(min(figure.rounds)), shown(max(figure.rounds))]
    cells += [escape(figure.unit), escape(str(figure.goal or ""))]
    verdict = f'<td class="{figure.verdict.lower()}">{figure.verdict}</td>'
    return (
        f"<tr><td>{escape(figure.name)}</td>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + verdict
        + "</tr>"
    )
