"""`hudhud secrets show|rotate`."""

from __future__ import annotations

from typing import Any

import typer

from hudhud.cli.running import AsJson, print_json, print_table, with_database
from hudhud.settings import Settings

app = typer.Typer(help="Stored tokens and other secrets: under which key they lie, and a new key.")


@app.command("show")
def show(*, as_json: bool = AsJson) -> None:
    """Say how many stored secrets lie under which key; an id tells nothing of its key."""

    async def deed(settings: Settings, database: Any) -> dict[str, Any]:
        from hudhud.core.secrets import (  # noqa: PLC0415 - `--help` must not wait for it
            key_id_of,
            ring_file,
            vault_of,
        )
        from hudhud.store import sealed  # noqa: PLC0415 - the same

        async with database.reading() as connection:
            word = await sealed.word(connection)
            rows = [dict(row) for row in await sealed.keys(connection)]
        return {
            "writes": key_id_of(word) if word else None,
            "at_hand": list(vault_of(settings).key_ids),
            "from": "file" if ring_file(settings) else "environment",
            "stored": rows,
        }

    told = with_database(deed)
    if as_json:
        print_json(told)
        return
    typer.echo(f"The key {told['writes']} writes. At hand: {', '.join(told['at_hand'])}.")
    rows = [(row["place"], row["key_id"] or "not sealed", row["n"]) for row in told["stored"]]
    print_table(("Column", "Key", "Values"), rows, "Nothing is sealed yet.")


@app.command("rotate")
def rotate(
    *,
    batch_max: int = typer.Option(200, min=1, max=10_000, help="Most rows of one transaction."),
    as_json: bool = AsJson,
) -> None:
    """Seal every stored secret with a new key while all runs; cut off, it is gone on with.

    1 when some could not be opened.
    """

    async def deed(settings: Settings, database: Any) -> Any:
        from hudhud.core.secrets import ring_file, vault_of  # noqa: PLC0415 - `--help` must not wait
        from hudhud.core.secrets.rotation import rotate as rotated  # noqa: PLC0415 - the same

        def told(count: int) -> None:
            if not as_json:
                typer.echo(f"{count} are sealed with the new key.")

        vault, path = vault_of(settings), ring_file(settings)
        return await rotated(database, vault, path, batch_max=batch_max, told=told)

    done = with_database(deed)
    if as_json:
        print_json(done)
    else:
        typer.echo(_said(done))
    if done.left:
        raise typer.Exit(1)


def _said(done: Any) -> str:
    if done.left:
        return (
            f"{done.left} could not be opened and stay under their old key, which is kept. "
            "`hudhud secrets show` names it; put it behind the others and run this again."
        )
    if done.dropped:
        return f"The key {done.key_id} writes; the old one is gone from its file."
    return f"The key {done.key_id} writes; take the old one out of ENCRYPTION_KEY_HEX now."
