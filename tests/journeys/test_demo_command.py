"""`make demo` as a user runs it: it passes, exits by itself, and leaves nothing running."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

SECONDS_MAX = 60


def test_the_demo_ends_by_itself_with_nothing_lost_and_nothing_left(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("HUDHUD_")}
    mark = f"demo-{os.getpid()}-{time.monotonic_ns()}"
    # What is set for an installation must not reach the demo.
    env = bare | {
        "HUDHUD_DATA_DIR": str(tmp_path),
        "HUDHUD_PUBLIC_URL": "https://shop.example",
        "HUDHUD_SWITCHES": "ai=off",
        "DEMO_MARK": mark,
    }
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "hudhud", "demo"],
        env=env,
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX + 30,
        check=False,
    )
    took_s = time.monotonic() - started
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    assert took_s < SECONDS_MAX
    told = " ".join(run.stdout.split())
    for figure in ("batches 33", "answered 33", "waiting 0", "lost 0", "twice 0"):
        assert figure in told
    assert "batch 1 = {1, 2, 3}" in run.stdout
    assert "goal = \u2068لايف ستايل\u2069" in run.stdout
    assert _marked(mark) == []


def _marked(mark: str) -> list[str]:
    """Processes that carry the mark of this run in their environment."""
    left = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("DEMO_MARK") == mark:
                left.append(process.name())
        except psutil.Error:
            continue
    return left
