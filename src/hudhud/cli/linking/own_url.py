"""`hudhud inbox webhook`: the URL that answers for an inbox (S10)."""

from __future__ import annotations

import getpass
from typing import Any

import typer

from hudhud.cli.running import AsJson, print_json, with_database
from hudhud.errors import NotFoundError
from hudhud.settings import Settings

_KEY = typer.Argument(help="Key of the inbox, the end of its webhook address.")


def webhook(
    key: str = _KEY,
    *,
    url: str | None = typer.Option(
        None, help="Where its batches are posted; `none` takes it away."
    ),
    new_secret: bool = typer.Option(
        False, "--new-secret", help="Sign with a new secret too; it is shown once."
    ),
    drop_old: bool = typer.Option(
        False, "--drop-old", help="Sign with the newest secret only, once its receiver knows it."
    ),
    as_json: bool = AsJson,
) -> None:
    """Show, set or take away the URL that answers for an inbox, and change its secret."""

    async def deed(settings: Settings, database: Any) -> Any:
        from hudhud.core.connecting import own_url as urls  # noqa: PLC0415 - `--help` is quick
        from hudhud.core.secrets import vault_of  # noqa: PLC0415 - the same
        from hudhud.store import inboxes  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            inbox = await inboxes.by_key(connection, key)
        if inbox is None:
            raise NotFoundError(f"Inbox {key!r}; see hudhud inbox list.")
        where, vault = (inbox.merchant_id, inbox.id), vault_of(settings)
        actor = f"cli:{getpass.getuser()}"
        told = await urls.own_url(database, *where, vault)
        if url is not None:
            wanted = "" if url == "none" else url
            told = await urls.set_own_url(database, settings, vault, *where, wanted, actor=actor)
        if new_secret or drop_old:
            told = await urls.change_secret(database, vault, *where, drop_old=drop_old, actor=actor)
        return told

    told = with_database(deed)
    if as_json:
        print_json(told)
        return
    typer.echo(f"{told.url} answers for it." if told.url else "No URL answers for it.")
    if told.new:
        typer.echo(f"Its secret, which is not shown again: {told.new}")
    if told.secrets > 1:
        typer.echo("Two secrets sign. When its receiver knows the new one: --drop-old")
