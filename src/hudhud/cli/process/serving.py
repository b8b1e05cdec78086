"""One process that serves until it is told to stop: web, worker or simulator."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module

from hudhud.cli.process.loading import loaded
from hudhud.settings import Settings

# What serves, by the word after `hudhud`.
MODULES = {
    "web": "hudhud.web.asgi",
    "worker": "hudhud.worker.run",
    "simulator": "hudhud.simulator.app",
}
WITHOUT_ENGINES = {"simulator"}
# structlog loads these where they are, to paint tracebacks: 5 MB, and they would print what the
# local names hold, secrets too.
UNWANTED = ("greenlet", "rich")


def serve(name: str) -> int:
    """Serve until SIGTERM or SIGINT, or until whoever started this process is gone.

    Args:
        name: one of MODULES.

    Returns: the exit code.

    Raises:
        SettingsWrongError: everything that is wrong, at once.
    """
    for unwanted in UNWANTED:
        sys.modules[unwanted] = None  # type: ignore[assignment] # not to be found, says Python
    from hudhud.cli.process.logs import configure  # noqa: PLC0415 - `--help` must not wait for it
    from hudhud.ops.addresses import resolved  # noqa: PLC0415 - the same
    from hudhud.ops.supervisor import end_with_parent  # noqa: PLC0415 - the same

    end_with_parent()
    settings = loaded()
    if name not in WITHOUT_ENGINES:
        settings = resolved(settings)
    configure(settings)
    serving: Callable[[Settings], Awaitable[int | None]] = import_module(MODULES[name]).serve
    return _finish(serving, settings)


def _finish(serving: Callable[[Settings], Awaitable[int | None]], settings: Settings) -> int:
    async def until_the_end() -> int:
        return await serving(settings) or 0

    try:
        import uvloop  # noqa: PLC0415 - `--help` must not wait for it
    except ImportError:
        return asyncio.run(until_the_end())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(until_the_end())
