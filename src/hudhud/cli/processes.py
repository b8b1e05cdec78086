"""`hudhud web`, `worker`, `simulator`: one process each; `hudhud up` starts them all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from importlib import import_module

import typer

from hudhud.cli.running import loaded
from hudhud.settings import Settings


def web() -> None:
    """Run one web process: webhooks, console, probes. SIGTERM drains it."""
    _run("hudhud.web.asgi")


def worker() -> None:
    """Run one worker process: answers and deliveries. SIGTERM drains it."""
    _run("hudhud.worker.run")


def simulator() -> None:
    """Run the phone simulator, which stands in for the provider. It needs no database."""
    _run("hudhud.simulator.app", engines=False)


def _run(module: str, *, engines: bool = True) -> None:
    from hudhud.cli.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.addresses import resolved  # noqa: PLC0415 - the same
    from hudhud.ops.supervisor import end_with_parent  # noqa: PLC0415 - the same

    end_with_parent()
    settings = loaded()
    if engines:
        settings = resolved(settings)
    configure(settings)
    serve: Callable[[Settings], Awaitable[int | None]] = import_module(module).serve
    raise typer.Exit(_finish(serve, settings))


def _finish(serve: Callable[[Settings], Awaitable[int | None]], settings: Settings) -> int:
    async def serving() -> int:
        return await serve(settings) or 0

    try:
        import uvloop  # noqa: PLC0415 - `--help` must not wait for it
    except ImportError:
        return asyncio.run(serving())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(serving())
