"""`hudhud merchant add|list|country`."""

from __future__ import annotations

import re
from typing import Any

import typer

from hudhud.cli.running import (
    AsJson,
    OfMerchant,
    actor,
    print_json,
    print_table,
    with_database,
    with_merchant,
)
from hudhud.settings import Settings

app = typer.Typer(help="Merchants: the owners of inboxes, catalogues and people.")
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@app.command("add")
def add(
    key: str = typer.Argument(help="Short name: small letters, digits, hyphens."),
    name: str = typer.Argument(help="Name as people read it."),
    *,
    language: str = typer.Option("ar", help="ar or en."),
    currency: str = typer.Option("IQD", help="Three letters of ISO 4217."),
    as_json: bool = AsJson,
) -> None:
    """Add a merchant."""
    if not KEY.fullmatch(key):
        raise typer.BadParameter("small letters, digits and hyphens, at most 40", param_hint="KEY")
    if language not in ("ar", "en"):
        raise typer.BadParameter("ar or en", param_hint="--language")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise typer.BadParameter("three capital letters, as IQD", param_hint="--currency")

    async def deed(_settings: Settings, database: Any) -> int:
        from hudhud.core.setting_up import add_merchant  # noqa: PLC0415 - `--help` must not wait

        return await add_merchant(
            database, key=key, name=name, language=language, currency=currency
        )

    merchant_id = with_database(deed)
    if as_json:
        print_json({"id": merchant_id, "key": key})
    else:
        typer.echo(f"Merchant {key} is made. Next: hudhud inbox add --help")


@app.command("list")
def list_them(*, as_json: bool = AsJson) -> None:
    """List all merchants."""

    async def deed(_settings: Settings, database: Any) -> list[Any]:
        from hudhud.store import merchants  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading() as connection:
            return await merchants.listed(connection)

    found = with_database(deed)
    if as_json:
        print_json(found)
        return
    print_table(
        ("Key", "Name", "Language", "Currency"),
        [(one.key, one.name, one.language, one.currency) for one in found],
        "No merchant yet. Make one: hudhud merchant add KEY NAME",
    )


@app.command("country")
def country(
    code: str = typer.Argument("", help="Two letters of ISO 3166, as IQ; without it, show it."),
    *,
    derive: bool = typer.Option(False, "--derive", help="By currency and time zone again."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Say of which country phones without a code are: they are read and kept as its numbers."""

    async def deed(database: Any, merchant_id: int) -> str:
        from hudhud.core.setting_up import set_country  # noqa: PLC0415 - `--help` must not wait
        from hudhud.store import merchants  # noqa: PLC0415 - the same

        if code or derive:
            return await set_country(database, merchant_id, code or None, actor=actor().name)
        async with database.reading(merchant_id) as connection:
            return await merchants.country(connection, merchant_id)

    found = with_merchant(merchant, deed)
    if as_json:
        print_json({"country": found})
    else:
        typer.echo(f"Phones without a code are of {found}.")
