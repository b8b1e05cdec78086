"""`hudhud queue`, `hudhud queue show|drain|switch`: what waits (Q7), the switches (Q9)."""

from __future__ import annotations

import asyncio
import getpass
import time
from datetime import datetime
from functools import partial
from typing import Any, Literal, cast

import typer

from hudhud.cli.process.loading import loaded
from hudhud.cli.running import (
    AsJson,
    OfMerchant,
    print_json,
    print_table,
    with_database,
)
from hudhud.settings import Settings

app = typer.Typer(
    help="What waits, and the emergency switches; without a command it shows what waits.",
    invoke_without_command=True,
)
LOOK_S = 0.25
# What a drain waits for; everything else stays where it is, safe in PostgreSQL.
RUNNING = ("answering", "sending")
Told = dict[str, Any]


@app.callback()
def queue(context: typer.Context) -> None:
    """What waits, and the emergency switches; without a command it shows what waits."""
    if context.invoked_subcommand is None:
        _print_report(with_database(_report))


@app.command("show")
def show(
    *,
    conversation: int | None = typer.Option(
        None, "--conversation", help="Counters of this one only, by its id.", min=1
    ),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Show everything that waits, by inbox and state, how old the oldest is, and the counters."""
    if conversation is not None:
        told = with_database(partial(_conversation, conversation, merchant))
        print_json(told) if as_json else _print_counts([told])
        return
    told = with_database(_report)
    print_json(told) if as_json else _print_report(told)


@app.command("switch")
def switch(
    name: str = typer.Argument(help="queue, parallel_context, ai, intake_only or drain."),
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

    async def deed(settings: Settings, database: Any) -> Told:
        await _flip(database, "drain", "on")
        deadline = time.monotonic() + timeout_s
        told = await _report(settings, database)
        while _runs(told) and time.monotonic() < deadline:
            await asyncio.sleep(LOOK_S)
            told = await _report(settings, database)
        return told

    told = with_database(deed)
    if as_json:
        print_json(told)
    else:
        _print_report(told)
        typer.echo("Nothing new is taken. Go on with: hudhud queue drain --resume")
    if _runs(told):
        raise typer.Exit(1)


async def _report(settings: Settings, database: Any) -> Told:
    from hudhud.core import report  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.store import merchants  # noqa: PLC0415 - the same

    found = report.told(await report.report(database, settings.data_dir))
    async with database.reading() as connection:
        keys = {one.id: one.key for one in await merchants.listed(connection)}
    for row in (*found["merchants"], *found["waiting"], *found["inboxes"]):
        row["merchant"] = keys.get(row["merchant_id"], str(row["merchant_id"]))
    return found


async def _conversation(
    conversation_id: int, merchant: str | None, _settings: Settings, database: Any
) -> Told:
    from hudhud.store import merchants, report  # noqa: PLC0415 - `--help` must not wait for it

    async with database.reading() as connection:
        owner = await merchants.named(connection, merchant)
    async with database.reading(owner.id) as connection:
        counts = await report.conversation_counts(connection, conversation_id)
    return {"merchant": owner.key, **_plain(counts)}


async def _flip(database: Any, name: str, position: str) -> None:
    from hudhud.core import switches  # noqa: PLC0415 - `--help` must not wait for it

    await switches.flip(
        database, name, cast("Literal['on', 'off']", position), actor=f"cli:{getpass.getuser()}"
    )


def _runs(told: Told) -> bool:
    return any(row["state"] in RUNNING for row in told["states"])


def _plain(counts: Any) -> Told:
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    found: Told = msgspec.structs.asdict(counts)
    return found


def _print_report(told: Told) -> None:
    names = {row["inbox_id"]: f"{row['inbox_id']} {row['name']}" for row in told["inboxes"]}
    waits = ("channel", "state", "count", "oldest_s")
    print_table(
        ("Merchant", "Inbox", "Channel", "State", "Count", "Oldest (s)"),
        [
            (row["merchant"], names.get(row["inbox_id"]), *(row[name] for name in waits))
            for row in told["waiting"]
        ],
        "Nothing waits.",
    )
    if told["inboxes"]:
        _print_counts(told["inboxes"])
    if told["spool"]["records"]:
        spool = told["spool"]
        typer.echo(
            f"In the spool: {spool['records']} webhooks, {spool['bytes']} bytes, "
            f"the oldest {spool['oldest_s']} s old."
        )
    if told["spool"]["damaged"]:
        typer.echo(f"Spool files that the disk has damaged: {told['spool']['damaged']}.")


def _print_counts(rows: list[Told]) -> None:
    print_table(
        ("Merchant", "Inbox or conversation", "Total", "Processed", "Last activity"),
        [
            (
                row["merchant"],
                row.get("name") or row.get("conversation_id"),
                row["total"],
                row["processed"],
                _moment(row["last_at"]),
            )
            for row in rows
        ],
        "No inbox yet.",
    )


def _moment(at: datetime | None) -> str:
    return at.astimezone().isoformat(sep=" ", timespec="seconds") if at else "never"
