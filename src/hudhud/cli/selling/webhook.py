"""`hudhud webhook add|list|remove|pause|resume|test|replay|secret`: who else hears of orders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import typer

from hudhud.cli.running import (
    AsJson,
    OfMerchant,
    actor,
    print_json,
    print_table,
    with_database,
)
from hudhud.settings import Settings

app = typer.Typer(help="Webhooks: post what becomes of orders to programs of your own.")
Number = typer.Argument(help="The webhook's number, as `hudhud webhook list` shows it.", min=1)
Events = typer.Option(
    None, "--event", help="order.placed, order.confirmed, order.shipped, … ; all without it."
)


@app.command("add")
def add(
    url: str = typer.Argument(help="Where to post, https://…"),
    *,
    event: list[str] = Events,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Post what becomes of orders to an address from now on; its secret is printed this once."""

    async def deed(settings: Settings, database: Any, merchant_id: int) -> Any:
        from hudhud.core.hooks import endpoints  # noqa: PLC0415 - `--help` must not wait for it

        said = (database, settings, merchant_id, url, event)
        return await endpoints.add(*said, actor=actor().name)

    made = _run(merchant, deed)
    if as_json:
        print_json({"id": made.endpoint.id, "url": made.endpoint.url, "secret": made.secret})
    else:
        typer.echo(f"Webhook {made.endpoint.id}. Its secret, shown this one time: {made.secret}")


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List webhooks, how they do, and how many events wait for each."""

    async def deed(_settings: Settings, database: Any, merchant_id: int) -> list[Any]:
        from datetime import UTC, datetime  # noqa: PLC0415 - `--help` must not wait for it

        from hudhud.core.hooks.endpoints import health  # noqa: PLC0415 - the same
        from hudhud.store.hooks import endpoints  # noqa: PLC0415 - the same

        async with database.reading(merchant_id) as connection:
            found = await endpoints.listed(connection, merchant_id)
        now = datetime.now(UTC)
        return [
            {
                "id": one.id,
                "url": one.url,
                "health": health(one, now),
                "waiting": one.waiting,
                "last_event": one.last_event,
                "last_error": one.last_error,
            }
            for one in found
        ]

    found = _run(merchant, deed)
    if as_json:
        print_json(found)
    else:
        headings = ("Number", "Address", "Health", "Waiting", "Last event", "Last error")
        print_table(headings, [tuple(one.values()) for one in found], "No webhook yet.")


@app.command("remove")
def remove(number: int = Number, *, merchant: str | None = OfMerchant) -> None:
    """Post nothing more there."""

    async def deed(_settings: Settings, database: Any, merchant_id: int) -> None:
        from hudhud.core.hooks import endpoints  # noqa: PLC0415 - `--help` must not wait for it

        await endpoints.remove(database, merchant_id, number, actor=actor().name)

    _run(merchant, deed)
    typer.echo(f"Webhook {number} hears nothing more.")


@app.command("pause")
def pause(number: int = Number, *, merchant: str | None = OfMerchant) -> None:
    """Post nothing there for a while; what comes meanwhile waits."""
    _set_active(number, merchant, active=False)


@app.command("resume")
def resume(number: int = Number, *, merchant: str | None = OfMerchant) -> None:
    """Go on where it was paused."""
    _set_active(number, merchant, active=True)


@app.command("replay")
def replay(
    number: int = Number,
    *,
    event: int = typer.Option(..., "--from", help="The event to begin with.", min=1),
    merchant: str | None = OfMerchant,
) -> None:
    """Post again from an event on, each under the id that it has."""

    async def deed(_settings: Settings, database: Any, merchant_id: int) -> None:
        from hudhud.core.hooks import endpoints  # noqa: PLC0415 - `--help` must not wait for it

        await endpoints.replay(database, merchant_id, number, event, actor=actor().name)

    _run(merchant, deed)
    typer.echo(f"Webhook {number} hears everything again from event {event} on.")


@app.command("secret")
def change_secret(
    number: int = Number,
    *,
    drop_old: bool = typer.Option(
        False, "--drop-old", help="Only the newest signs from now on; its program knows it."
    ),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Make a new secret, printed this once, that signs beside the old one until that is dropped."""

    async def deed(settings: Settings, database: Any, merchant_id: int) -> Any:
        from hudhud.core.hooks import secrets  # noqa: PLC0415 - `--help` must not wait for it

        return await secrets.change_secret(
            *(database, settings, merchant_id, number), drop_old=drop_old, actor=actor().name
        )

    now = _run(merchant, deed)
    if as_json:
        print_json({"id": number, "signing": now.secrets, "secret": now.new})
    elif now.new:
        typer.echo(f"The new secret, shown this one time: {now.new}")
        typer.echo(f"When its program knows it: hudhud webhook secret {number} --drop-old")
    else:
        typer.echo(f"Only the newest secret signs for webhook {number}.")


@app.command("test")
def try_out(
    number: int = Number, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Post a signed ping now, and say what came of it; 1 when it was not taken."""

    async def deed(settings: Settings, database: Any, merchant_id: int) -> str:
        from hudhud.core.breaker import Policy  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.core.hooks import endpoints  # noqa: PLC0415 - the same
        from hudhud.core.outside.breakers import Breakers  # noqa: PLC0415 - the same

        # Breakers of its own: a person asks now, and wants to know now.
        mine = (database, Breakers(Policy()), settings)
        return await endpoints.try_out(*mine, merchant_id, number)

    why = _run(merchant, deed)
    if as_json:
        print_json({"taken": not why, "why": why})
    else:
        typer.echo(f"Not taken: {why}" if why else "Taken.")
    if why:
        raise typer.Exit(1)


def _set_active(number: int, merchant: str | None, *, active: bool) -> None:
    async def deed(_settings: Settings, database: Any, merchant_id: int) -> None:
        from hudhud.core.hooks import endpoints  # noqa: PLC0415 - `--help` must not wait for it

        mine = (database, merchant_id, number)
        await endpoints.set_active(*mine, active=active, actor=actor().name)

    _run(merchant, deed)
    typer.echo(f"Webhook {number} {'goes on' if active else 'waits'}.")


def _run(merchant: str | None, deed: Callable[[Settings, Any, int], Awaitable[Any]]) -> Any:
    async def run(settings: Settings, database: Any) -> Any:
        from hudhud.store import merchants  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        return await deed(settings, database, owner.id)

    return with_database(run)
