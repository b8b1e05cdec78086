"""`hudhud contact find|merge|apart`: who is who, and two who are one (S3)."""

from __future__ import annotations

from typing import Any

import typer

from hudhud.cli.running import AsJson, OfMerchant, actor, print_json, print_table, with_merchant

app = typer.Typer(help="Contacts: find them by a name, make two of them one.")
One = typer.Argument(help="Id of a contact, as `find` shows it.", min=1)
Other = typer.Argument(help="Id of the other.", min=1)


@app.command("find")
def find(
    name: str = typer.Argument(help="A number or an id, whole as the provider writes it."),
    *,
    merchant: str | None = OfMerchant,
    as_json: bool = AsJson,
) -> None:
    """Find contacts by a phone number, a user id or a visitor's id, and who may be the same."""

    async def deed(database: Any, merchant_id: int) -> list[dict[str, Any]]:
        from hudhud.store.contacts import reading  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading(merchant_id) as connection:
            found = await reading.named(connection, reading.as_name(name))
            return [
                {
                    **row,
                    "perhaps": [
                        each["id"] for each in await reading.perhaps_one(connection, row["id"])
                    ],
                }
                for row in found
            ]

    rows = with_merchant(merchant, deed)
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Id", "Name", "Addresses", "Since", "Conversation", "Perhaps the same as"),
        [
            (
                row["id"],
                row["name"],
                " ".join(row["addresses"]),
                f"{row['created_at']:%Y-%m-%d}",
                row["conversation_id"],
                " ".join(map(str, row["perhaps"])),
            )
            for row in rows
        ],
        "Nobody has that name.",
    )


@app.command("merge")
def merge(
    one: int = One, other: int = Other, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Make two contacts one: the elder stays, with every message of both. It cannot be undone."""

    async def deed(database: Any, merchant_id: int) -> str:
        from hudhud.core.contacts import merging  # noqa: PLC0415 - `--help` must not wait for it

        return await merging.merge(database, None, merchant_id, one, other, actor())

    outcome = with_merchant(merchant, deed)
    if as_json:
        print_json({"contacts": [one, other], "outcome": outcome})
    elif outcome == "merged":
        typer.echo(f"Contact {min(one, other)} has everything of both now.")
    else:
        typer.echo("Something is just being sent there; they become one as soon as it is out.")


@app.command("apart")
def apart(
    one: int = One, other: int = Other, *, merchant: str | None = OfMerchant, as_json: bool = AsJson
) -> None:
    """Say that two contacts who may be the same are two people; nobody is asked again."""

    async def deed(database: Any, merchant_id: int) -> None:
        from hudhud.core.contacts import merging  # noqa: PLC0415 - `--help` must not wait for it

        await merging.keep_apart(database, merchant_id, one, other, actor())

    with_merchant(merchant, deed)
    if as_json:
        print_json({"contacts": [one, other], "outcome": "apart"})
    else:
        typer.echo("They stay two.")
