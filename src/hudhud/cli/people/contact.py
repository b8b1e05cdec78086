"""`hudhud contact find|merge|apart`: who is who, and two who are one (S3)."""

from __future__ import annotations

import getpass
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import typer

from hudhud.cli.running import AsJson, OfMerchant, print_json, print_table, with_database
from hudhud.settings import Settings

app = typer.Typer(help="Contacts: find them by a name, make two of them one.")
One = typer.Argument(help="Id of a contact, as `find` shows it.", min=1)
Other = typer.Argument(help="Id of the other.", min=1)
Result = TypeVar("Result")


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

    rows = _of_merchant(merchant, deed)
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

        return await merging.merge(database, None, merchant_id, one, other, _actor())

    outcome = _of_merchant(merchant, deed)
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

        await merging.keep_apart(database, merchant_id, one, other, _actor())

    _of_merchant(merchant, deed)
    if as_json:
        print_json({"contacts": [one, other], "outcome": "apart"})
    else:
        typer.echo("They stay two.")


def _actor() -> Any:
    from hudhud.core.dead_letters import Actor  # noqa: PLC0415 - `--help` must not wait for it

    return Actor(name=f"cli:{getpass.getuser()}")


def _of_merchant(key: str | None, deed: Callable[[Any, int], Awaitable[Result]]) -> Result:
    async def run(_settings: Settings, database: Any) -> Result:
        from hudhud.store import merchants  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading() as connection:
            owner = await merchants.named(connection, key)
        return await deed(database, owner.id)

    return with_database(run)
