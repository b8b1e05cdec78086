"""`hudhud assistant add|list`."""

from __future__ import annotations

from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_database
from hudhud.settings import Settings

app = typer.Typer(help="Assistants: who answers, with what instructions.")


@app.command("add")
def add(
    name: str = typer.Argument(help="Name of the assistant."),
    *,
    responder: str = typer.Option("catalogue", help="Which responder: catalogue or llm."),
    second: str | None = typer.Option(
        None, help="Which responder answers when the first cannot; without one, a person."
    ),
    instructions: str = typer.Option("", help="What it is told before every answer."),
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Add an assistant to a merchant."""

    async def deed(_settings: Settings, database: Any) -> int:
        from hudhud.core.setting_up import add_assistant  # noqa: PLC0415 - `--help` must not wait
        from hudhud.store import merchants  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        return await add_assistant(
            database,
            owner.id,
            name=name,
            responder=responder,
            instructions=instructions,
            second_responder=second,
        )

    assistant_id = with_database(deed)
    if as_json:
        print_json({"id": assistant_id, "name": name})
    else:
        typer.echo(f"Assistant {name} is made.")


@app.command("list")
def list_them(*, merchant: str | None = OfMerchant, as_json: bool = AsJson) -> None:
    """List a merchant's assistants."""

    async def deed(_settings: Settings, database: Any) -> list[Any]:
        from hudhud.store import assistants, merchants  # noqa: PLC0415 - `--help` must not wait

        async with database.reading() as connection:
            owner = await merchants.named(connection, merchant)
        async with database.reading(owner.id) as connection:
            return await assistants.listed(connection, owner.id)

    found = with_database(deed)
    if as_json:
        print_json(found)
        return
    print_table(
        ("Id", "Name", "Responder", "Second", "Collects"),
        [
            (a.id, a.name, a.responder, a.second_responder, ", ".join(f.name for f in a.fields))
            for a in found
        ],
        "No assistant yet. Make one: hudhud assistant add NAME",
    )
