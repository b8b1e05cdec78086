"""`python -m bench`: measures the chosen rows, prints them, keeps JSON and a page with plots."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import structlog
import uvloop

from bench import (
    acknowledgement,
    arguments,
    calls,
    contest,
    growth,
    kills,
    lateness,
    machine,
    memory,
)
from bench.arguments import Chosen
from bench.context import measuring as context
from bench.figures import Row
from bench.report import page

MEASURES: dict[str, Callable[[Chosen], Awaitable[list[Row]]]] = {
    "intake": contest.measure,
    "answers": contest.measure,
    "acknowledgement": acknowledgement.measure,
    "lateness": lateness.measure,
    "calls": calls.measure,
    "kills": kills.measure,
    "memory": memory.measure,
    "slope": growth.slope,
    "waiting": growth.waiting,
    "stored": growth.stored,
    "processes": calls.processes,
    "context": context.measure,
}


async def measured(chosen: Chosen) -> list[Row]:
    """Every chosen row; each is printed as soon as it is known, and a row that fails is told."""
    rows: list[Row] = []
    for deed in dict.fromkeys(MEASURES[name] for name in chosen.only):
        try:
            found = await deed(chosen)
        except Exception as error:  # noqa: BLE001 - the rows that were measured are worth keeping
            names = ", ".join(name for name in chosen.only if MEASURES[name] is deed)
            found = [Row(names, "not measured", [], [f"{type(error).__name__}: {error}"])]
        for row in found:
            print(f"\n{row.name}: {row.title}")
            print(*row.figures, *(f"  {note}" for note in row.notes), sep="\n", flush=True)
        rows += found
    return rows


def main() -> int:
    """Measure in a folder that is thrown away; returns 1 when a row could not be measured."""
    chosen = arguments.read()
    # As Ctrl-C: engines and peers are ended on the way out.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    described = machine.described()
    print(*(f"{name}: {value}" for name, value in described.items()), sep="\n")
    print("Client, engines and product share these cores. Medians (lowest–highest of the rounds).")
    with (
        tempfile.TemporaryDirectory(prefix="hudhud-", ignore_cleanup_errors=True) as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        path = Path(folder)
        path.chmod(0o755)  # the engines' own account passes through it
        rows = runner.run(measured(dataclasses.replace(chosen, folder=path)))
    described["load at the end"] = machine.load()
    void = contest.void(rows)
    _keep(chosen, described, rows, void=void)
    if void:
        print("void: machine too busy")
    whole = all(row.figures for row in rows)
    if chosen.quick and whole:
        print(f"intake ratio to ceiling: {_ratio(rows):.2f}")
    return int(not whole)


def _keep(chosen: Chosen, described: dict[str, str], rows: list[Row], *, void: bool) -> None:
    chosen.out.mkdir(parents=True, exist_ok=True)
    result = {"machine": described, "void": void, "rows": rows}
    encoded = msgspec.json.format(msgspec.json.encode(result, enc_hook=str), indent=1)
    (chosen.out / "result.json").write_bytes(encoded)
    (chosen.out / "index.html").write_text(page.drawn(described, rows, void=void), encoding="utf-8")
    print(f"\nkept: {chosen.out / 'result.json'}, {chosen.out / 'index.html'}")


def _ratio(rows: list[Row]) -> float:
    figures = (figure for row in rows for figure in row.figures)
    return next(one.median for one in figures if one.name == "ratio to the ceiling")


if __name__ == "__main__":
    sys.exit(main())
