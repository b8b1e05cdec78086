"""`hudhud breaker show|force|release`: which services outside are not asked, and why (R1)."""

from __future__ import annotations

import getpass
from typing import Any, Literal, cast

import typer

from hudhud.cli.running import AsJson, print_json, print_table, with_database
from hudhud.settings import Settings

app = typer.Typer(help="Breakers: services outside that are not asked for a while, and why.")
Service = typer.Argument(help="inbox/ID, by `hudhud inbox list`; or a name of `show`.")


@app.command("show")
def show(*, as_json: bool = AsJson) -> None:
    """Show every breaker that is not closed, or that an operator holds."""

    async def deed(settings: Settings, database: Any) -> tuple[bool, list[Any]]:
        from hudhud.core.breaker import policy_of  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.core.outside.breakers import Breakers  # noqa: PLC0415 - the same
        from hudhud.ops.addresses import resolved  # noqa: PLC0415 - the same
        from hudhud.queue.client import connect  # noqa: PLC0415 - the same
        from hudhud.queue.openings import Openings  # noqa: PLC0415 - the same

        valkey = await connect(resolved(settings).queue_url)
        try:
            breakers = Breakers(
                policy_of(settings.breaker), openings=Openings(valkey), database=database
            )
            await breakers.refresh()
            return valkey.healthy, breakers.standing()
        finally:
            await valkey.close()

    shared, rows = with_database(deed)
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Service", "Breaker", "Again in (s)", "In a row", "Why", "Held by"),
        [
            (
                r.service,
                r.phase,
                round(r.left_s, 1),
                r.count,
                r.why,
                r.forced and r.forced.forced_by,
            )
            for r in rows
        ],
        "Every breaker is closed." if shared else "Nobody holds a breaker.",
    )
    if not shared:
        typer.echo("Valkey is away: each worker decides for itself; its metrics tell.", err=True)


@app.command("force")
def force(
    service: str = Service, position: str = typer.Argument(help="open (ask nobody) or closed.")
) -> None:
    """Hold a breaker open or closed in every process within 2 s, until it is released."""
    if position not in ("open", "closed"):
        raise typer.BadParameter("open or closed", param_hint="POSITION")
    wanted = cast("Literal['open', 'closed']", position)

    async def deed(_settings: Settings, database: Any) -> None:
        from hudhud.core.outside import forcing  # noqa: PLC0415 - `--help` must not wait for it

        await forcing.force(database, service, wanted, actor=f"cli:{getpass.getuser()}")

    with_database(deed)
    typer.echo(f"{service} is held {position}. Let it go with: hudhud breaker release {service}")


@app.command("release")
def release(service: str = Service) -> None:
    """Let go of a breaker: it opens and closes again by what its calls say."""

    async def deed(_settings: Settings, database: Any) -> None:
        from hudhud.core.outside import forcing  # noqa: PLC0415 - `--help` must not wait for it

        await forcing.release(database, service, actor=f"cli:{getpass.getuser()}")

    with_database(deed)
    typer.echo(f"{service} is released.")
