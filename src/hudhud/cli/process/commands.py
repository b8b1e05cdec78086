"""`hudhud web`, `worker`, `simulator`: one process each; `hudhud up` starts them all.

A bare `hudhud web` does not come by here (entry.py): these are their help, and what is said of
options that they do not have.
"""

from __future__ import annotations

import typer

from hudhud.cli.process.serving import serve


def web() -> None:
    """Run one web process: webhooks, console, probes. SIGTERM drains it."""
    raise typer.Exit(serve("web"))


def worker() -> None:
    """Run one worker process: answers and deliveries. SIGTERM drains it."""
    raise typer.Exit(serve("worker"))


def simulator() -> None:
    """Run the phone simulator, which stands in for the provider. It needs no database."""
    raise typer.Exit(serve("simulator"))
