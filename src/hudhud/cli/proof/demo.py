"""`hudhud demo`: replays the incident and thirty bursts, and checks that nothing was lost."""

from __future__ import annotations

import asyncio
from importlib import import_module

import typer

from hudhud.settings import load


def demo() -> None:
    """Play bursts of customers through real HTTP (about a minute); fails on any message lost."""
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it

    settings = load()  # the demo has keys of its own and leaves the installation alone
    configure(settings, least="warning")
    raise typer.Exit(asyncio.run(import_module("hudhud.ops.demo").run(settings)))
