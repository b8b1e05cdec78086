"""`hudhud drill`: proves on this machine that nothing is lost while everything is killed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import typer

from hudhud.cli.running import AsJson, print_json
from hudhud.settings import load

app = typer.Typer(help="Drills: kill everything, and count what the provider saw.")

MESSAGES = 20_000
CONTACTS = 500
MINUTES = 5.0
KEEP = typer.Option(None, help="Keep the history in this file.")


@app.command()
def chaos(
    *,
    messages: int = typer.Option(MESSAGES, help="How many messages customers write.", min=1),
    contacts: int = typer.Option(CONTACTS, help="How many customers write.", min=1, max=2000),
    minutes: float = typer.Option(MINUTES, help="How long they write and faults strike."),
    seed: int = typer.Option(1, help="The same seed makes the same plan."),
    plan: bool = typer.Option(False, "--plan", help="Only print the plan."),
    history: Path | None = KEEP,
    as_json: bool = AsJson,
) -> None:
    """Kill processes and engines while customers write; fails on any message lost or repeated.

    Engines, ports, keys and data are the drill's own and temporary.
    """
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.drills import chaos as drill  # noqa: PLC0415 - the same
    from hudhud.ops.drills.plan import Wanted, planned  # noqa: PLC0415 - the same
    from hudhud.ops.drills.telling import plan_lines, report_lines  # noqa: PLC0415 - the same

    wanted = Wanted(messages=messages, contacts=contacts, minutes=minutes, seed=seed)
    made = planned(wanted)
    if plan:
        print_json(made) if as_json else typer.echo("\n".join(plan_lines(made)))
        return
    configure(load(), least="error")  # deaths are the purpose, and are told as figures

    def tell(line: str) -> None:
        typer.echo(line, err=True)

    report = asyncio.run(drill.run(made, tell, history))
    print_json(report) if as_json else typer.echo("\n".join(report_lines(report)))
    raise typer.Exit(0 if report.clean else 1)


@app.command()
def check(history: Path) -> None:
    """Judge the kept history of a drill again; fails on any miss."""
    from hudhud.ops.drills.history import read  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.drills.judge import judged  # noqa: PLC0415 - the same
    from hudhud.ops.drills.seen import seen  # noqa: PLC0415 - the same

    found = seen(read(history))
    misses = judged(found)
    for miss in misses:
        typer.echo(f"✗ {miss.kind}: {miss.what}")
    typer.echo(
        f"{len(found.messages)} messages, {len(found.batches)} batches, {len(misses)} misses"
    )
    raise typer.Exit(1 if misses else 0)
