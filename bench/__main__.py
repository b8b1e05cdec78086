"""`python -m bench` prints the figures; QUICK=1 takes shorter rounds."""

from __future__ import annotations

import asyncio
import logging
import os
import platform
import tempfile
from pathlib import Path

import structlog
import uvloop

from bench import batches, intake
from bench.figures import Figure
from bench.ground import ground


async def measured(folder: Path, *, quick: bool) -> list[Figure]:
    """Every figure, on engines of its own in this folder."""
    rounds = 3 if quick else 7
    async with ground(folder) as on:
        return [
            *await intake.measure(on, rounds=rounds, webhooks=2_000 if quick else 10_000),
            *await batches.measure(on, rounds=rounds, conversations=512 if quick else 2_048),
        ]


def main() -> None:
    """Measure in a folder that is thrown away, and print one line for each figure."""
    quick = bool(os.environ.get("QUICK"))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()};")
    print(
        "client, server and engines share them; fsync is on. Median of the rounds (lowest-highest)."
    )
    with (
        tempfile.TemporaryDirectory(prefix="hudhud-", ignore_cleanup_errors=True) as folder,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        figures = runner.run(measured(Path(folder), quick=quick))
    for figure in figures:
        print(figure)


if __name__ == "__main__":
    main()
