"""`hudhud spend`, `hudhud spend show|limit`: what models cost, and the ceiling of a day."""

from __future__ import annotations

import getpass
from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_database
from hudhud.errors import BadInputError
from hudhud.settings import Settings
from hudhud.text import cost, money, whole_number

app = typer.Typer(
    help="What models cost; without a command it shows the last days.",
    invoke_without_command=True,
)
DAYS = 7
NONE = "none"


@app.callback()
def spend(context: typer.Context) -> None:
    """What models cost; without a command it shows the last days."""
    if context.invoked_subcommand is None:
        show(days=DAYS, merchant=None, as_json=False)


@app.command("show")
def show(
    *,
    days: int = typer.Option(DAYS, help="How many days, today among them."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Show what a merchant's models cost, day by day, and how much of today's limit is left."""

    async def deed(settings: Settings, database: Any) -> Any:
        from hudhud.core.spending import report  # noqa: PLC0415 - `--help` must not wait for it
        from hudhud.store import merchants  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        return await report(database, settings, owner.id, days=days)

    told = with_database(deed)
    if as_json:
        print_json(told)
        return
    print_table(
        ("Day", "Model", "Calls", "Read", "Written", "Cost"),
        [
            (d.day, d.model, d.calls, d.tokens_in, d.tokens_out, cost(d.micro, told.currency, "en"))
            for d in told.days
        ],
        "No model was asked in these days.",
    )
    today = cost(told.today_micro, told.currency, "en")
    limit = "no limit"
    if told.limit_minor is not None:
        limit = f"of {money(told.limit_minor, told.currency, 'en')}"
    typer.echo(f"Today: {today}, {limit}{'; no more is spent today' if told.over else ''}.")


@app.command("limit")
def limit(
    amount: str = typer.Argument(
        help="In the smallest unit of HUDHUD_SPEND_CURRENCY (500 is 5 dollars); 0 lets no model "
        "that costs be asked; `none` leaves it to HUDHUD_SPEND_DAY_MAX_MINOR."
    ),
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Set what a merchant may spend on models a day; the next call goes by it."""
    try:
        minor = None if amount == NONE else whole_number(amount)
    except ValueError:
        raise BadInputError("The limit must be a whole number, or `none`.") from None

    async def deed(settings: Settings, database: Any) -> Any:
        from hudhud.core.spending import report, set_limit  # noqa: PLC0415 - as above
        from hudhud.store import merchants  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        await set_limit(database, owner.id, minor, actor=f"cli:{getpass.getuser()}")
        return await report(database, settings, owner.id, days=1)

    told = with_database(deed)
    if as_json:
        print_json({"limit_minor": told.limit_minor, "own": told.own_limit})
    elif told.limit_minor is None:
        typer.echo("Nothing limits what is spent on models.")
    else:
        typer.echo(f"A day has {money(told.limit_minor, told.currency, 'en')} now.")
