"""`hudhud queue show|drain|switch`: what waits, and the emergency switches (Q9)."""

from __future__ import annotations

import asyncio
import getpass
import time
from typing import Any, Literal, cast

import typer

from hudhud.cli.running import AsJson, loaded, print_json, print_table, with_database
from hudhud.settings import Settings

app = typer.Typer(help="What waits, and the emergency switches.")
LOOK_S = 0.25
# What a drain waits for; everything else stays where it is, safe in PostgreSQL.
RUNNING = ("answering", "sending")


@app.command("show")
def show(*, as_json: bool = AsJson) -> None:
    """Show everything that waits, by merchant and state, and how old the oldest is."""
    rows = with_database(_waiting)
    if as_json:
        print_json(rows)
    else:
        _print_waiting(rows)


@app.command("switch")
def switch(
    name: str = typer.Argument(help="queue, ai, intake_only or drain."),
    position: str = typer.Argument(help="on, off; or clear to take a file override away."),
    *,
    in_file: bool = typer.Option(
        False, "--file", help="Write DATA/switches.json: it works when PostgreSQL is down."
    ),
) -> None:
    """Turn an emergency switch; every process follows within 2 s, and the audit knows who did."""
    from hudhud.core import switches  # noqa: PLC0415 - `--help` must not wait for it

    if position not in ("on", "off") and not (in_file and position == "clear"):
        raise typer.BadParameter("on or off (clear with --file)", param_hint="POSITION")
    if in_file:
        wanted = None if position == "clear" else cast("Literal['on', 'off']", position)
        switches.flip_in_file(loaded().data_dir, name, wanted)
    else:
        with_database(lambda _, database: _flip(database, name, position))
    typer.echo(f"{name} is {position}.")


@app.command("drain")
def drain(
    *,
    resume: bool = typer.Option(False, "--resume", help="Take new batches again."),
    timeout_s: float = typer.Option(30.0, "--timeout", help="Seconds to wait.", min=0, max=3600),
    as_json: bool = AsJson,
) -> None:
    """Take no new batch, wait for what runs, print what is left; 1 when something still runs."""
    if resume:
        with_database(lambda _, database: _flip(database, "drain", "off"))
        typer.echo("Batches are taken again.")
        return

    async def deed(settings: Settings, database: Any) -> list[dict[str, Any]]:
        await _flip(database, "drain", "on")
        deadline = time.monotonic() + timeout_s
        rows = await _waiting(settings, database)
        while _runs(rows) and time.monotonic() < deadline:
            await asyncio.sleep(LOOK_S)
            rows = await _waiting(settings, database)
        return rows

    rows = with_database(deed)
    if as_json:
        print_json(rows)
    else:
        _print_waiting(rows)
        typer.echo("Nothing new is taken. Go on with: hudhud queue drain --resume")
    if _runs(rows):
        raise typer.Exit(1)


async def _waiting(_settings: Settings, database: Any) -> list[dict[str, Any]]:
    from hudhud.store import merchants, sweep  # noqa: PLC0415 - `--help` must not wait for it

    async with database.reading() as connection:
        keys = {one.id: one.key for one in await merchants.listed(connection)}
    return [
        {
            "merchant": keys.get(row.merchant_id, str(row.merchant_id)),
            "state": row.state,
            "count": row.count,
            "oldest_s": round(row.oldest_s, 1),
        }
        for row in await sweep.waiting(database)
    ]


async def _flip(database: Any, name: str, position: str) -> None:
    from hudhud.core import switches  # noqa: PLC0415 - `--help` must not wait for it

    await switches.flip(
        database, name, cast("Literal['on', 'off']", position), actor=f"cli:{getpass.getuser()}"
    )


def _runs(rows: list[dict[str, Any]]) -> bool:
    return any(row["state"] in RUNNING for row in rows)


def _print_waiting(rows: list[dict[str, Any]]) -> None:
    print_table(
        ("Merchant", "State", "Count", "Oldest (s)"),
        [tuple(row.values()) for row in rows],
        "Nothing waits.",
    )
