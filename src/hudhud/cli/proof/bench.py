"""`hudhud bench fill`: a database as large as years of work, to measure on."""

from __future__ import annotations

from pathlib import Path

import typer

app = typer.Typer(help="Measuring: a large database to measure on.")

MESSAGES = 10_000_000
CONVERSATIONS = 1_000_000
FOLDER = typer.Argument(help="A data directory of its own; made when it is not there.")


@app.command()
def fill(
    folder: Path = FOLDER,
    *,
    messages: int = typer.Option(MESSAGES, help="How many messages.", min=1),
    conversations: int = typer.Option(CONVERSATIONS, help="In how many conversations.", min=1),
    waiting: int = typer.Option(0, help="Conversations that also wait for an answer.", min=0),
) -> None:
    """Fill an empty database with answered conversations; goes on where it was stopped.

    Only the packaged PostgreSQL of the folder is touched. One that holds other data is refused.
    """
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.growth.filling import fill_folder  # noqa: PLC0415 - the same
    from hudhud.ops.growth.shape import Shape  # noqa: PLC0415 - the same
    from hudhud.settings import load  # noqa: PLC0415 - the same

    configure(load(), least="warning")
    fill_folder(folder, Shape(messages, conversations), typer.echo, waiting=waiting)
