"""What commands stand on: settings with keys, an open database, one way of printing."""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import typer

from hudhud.cli.process.loading import loaded
from hudhud.settings import Settings
from hudhud.text import typed_number

POOL_SIZE = 2
PIPED_WIDTH = 400
Result = TypeVar("Result")

AsJson = typer.Option(False, "--json", help="Print JSON for a machine.")
OfMerchant = typer.Option(None, "--merchant", help="Key of the merchant, when there are several.")


def with_database(deed: Callable[[Settings, Any], Awaitable[Result]]) -> Result:
    """Do something with an open database as the runtime role.

    Args:
        deed: takes the settings (with real addresses) and the `Database`.

    Raises:
        NotFoundError: there is no data directory yet.
        StoreUnavailableError: PostgreSQL does not answer.
    """
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.core.secrets import check_key, vault_of  # noqa: PLC0415 - the same
    from hudhud.ops.addresses import with_postgresql  # noqa: PLC0415 - the same
    from hudhud.store.pool import Database  # noqa: PLC0415 - the same

    async def run(settings: Settings) -> Result:
        database = await Database.open(settings.database_url, size=POOL_SIZE, name="hudhud-cli")
        try:
            async with database.deed() as connection:
                await check_key(connection, vault_of(settings))
            return await deed(settings, database)
        finally:
            await database.close()

    settings = loaded()
    configure(settings, least="warning")
    with with_postgresql(settings) as reached:
        return asyncio.run(run(reached))


def with_merchant(key: str | None, deed: Callable[[Any, int], Awaitable[Result]]) -> Result:
    """Run a deed of one merchant; it gets the database and the merchant's id.

    Args:
        key: of the merchant; None where there is only one.
        deed: what to run.

    Raises:
        NotFoundError: there is no such merchant, or there are several and no key was given.
    """

    async def run(_settings: Settings, database: Any) -> Result:
        from hudhud.store import merchants  # noqa: PLC0415 - `--help` must not wait for it

        async with database.reading() as connection:
            owner = await merchants.named(connection, key)
        return await deed(database, owner.id)

    return with_database(run)


def actor() -> Any:
    """Whoever types, as an `Actor` whose name the audit keeps."""
    from hudhud.core.dead_letters import Actor  # noqa: PLC0415 - `--help` must not wait for it

    return Actor(name=f"cli:{getpass.getuser()}")


def print_json(data: Any) -> None:
    """Print for a machine."""
    import msgspec  # noqa: PLC0415 - `--help` must not wait for it

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")
    sys.stdout.flush()


def print_table(headings: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> None:
    """Print a table for a person; when there is nothing, what to do about it.

    Args:
        headings: one for each column.
        rows: of plain values.
        empty: a sentence in place of a table without rows.
    """
    if not rows:
        typer.echo(empty)
        return
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - `--help` must not wait for it
    from rich.console import Console  # noqa: PLC0415 - the same
    from rich.table import Table  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    from hudhud.text import visible  # noqa: PLC0415 - the same

    table = Table(box=SIMPLE_HEAD)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else visible(str(value))) for value in row))
    Console(width=None if sys.stdout.isatty() else PIPED_WIDTH).print(table)


def read_any_digits(command: Any) -> None:
    """Let each number of a command, and of those below it, be typed as people type numbers."""
    for below in getattr(command, "commands", {}).values():
        read_any_digits(below)
    for param in command.params:
        if param.type_descriptor.annotation in (int, float):
            param.process_value = partial(_process_typed, param.process_value)


def _process_typed(process: Callable[[Any, Any], Any], context: Any, value: Any) -> Any:
    if isinstance(value, str):
        with suppress(ValueError):  # what is no number is refused by the command's own words
            value = typed_number(value)
    return process(context, value)
